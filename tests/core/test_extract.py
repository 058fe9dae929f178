from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests import naive
from tests.pictures import TWO_STROKES, mask_of
from viewer.core.batch import CHUNK, extract_batch
from viewer.core.correction import merge, move, reverse, split, strokes_of
from viewer.core.extract import correct, extract
from viewer.core.sequence import decode, encode, lifts
from viewer.core.sequences import join, replace_sequences
from viewer.core.settings import ExtractionSettings
from viewer.datasets.sample import open_sample
from viewer.errors import Cancelled

stacks = st.tuples(st.integers(0, 4), st.integers(1, 14), st.integers(1, 14)).flatmap(
    lambda shape: arrays(np.uint8, shape)
)
LAB = ExtractionSettings(
    threshold_step=10, threshold_keep=0.2, threshold_ceiling=200, thinning_passes=None,
    minimum_component=1, announce_last_jump=True,
)  # fmt: skip


@settings(deadline=None)
@given(stacks, st.sampled_from([ExtractionSettings(), LAB]))
def test_the_batch_gives_what_one_by_one_gives(
    images: np.ndarray, chosen: ExtractionSettings
) -> None:
    sequences = extract_batch(images, chosen, jobs=2)
    assert len(sequences) == len(images)
    for digit, image in enumerate(images):
        one = extract(image, chosen)
        assert np.array_equal(sequences.sequence(digit), one.rows)
        assert sequences.levels[digit] == one.threshold.level
        assert sequences.exact[digit] == one.exact


@settings(deadline=None)
@given(arrays(np.uint8, (9, 9), elements=st.sampled_from([0, 90, 255])))
def test_the_stages_belong_together(image: np.ndarray) -> None:
    stages = extract(image)
    assert np.array_equal(stages.thresholded, image > stages.threshold.level)
    thinned = stages.thresholded & (stages.removed_by == 0)
    assert np.array_equal(stages.skeleton | stages.small, thinned)
    assert not (stages.skeleton & stages.small).any()
    assert naive.pixels_of(stages.skeleton) == {(int(r), int(c)) for r, c in stages.points}
    assert stages.start == naive.start_of(stages.skeleton)
    assert np.array_equal(decode(stages.rows), stages.points)
    assert stages.stroke_offsets[-1] == len(stages.points)


@settings(deadline=None)
@given(arrays(np.uint8, (9, 9), elements=st.sampled_from([0, 40, 90, 255])), st.integers(0, 255))
def test_a_level_asked_for_is_what_a_threshold_there_would_have_given(
    image: np.ndarray, level: int
) -> None:
    asked, chosen = extract(image, level=level), extract(image)
    assert (asked.level, asked.level_asked) == (level, level)
    assert (chosen.level, chosen.level_asked) == (chosen.threshold.level, None)
    assert asked.threshold.level == chosen.threshold.level
    flat = extract((image > level) * np.uint8(255))
    assert np.array_equal(asked.thresholded, flat.thresholded)
    assert np.array_equal(asked.rows, flat.rows)
    again = extract(image, level=chosen.level)
    assert np.array_equal(again.rows, chosen.rows)
    assert np.array_equal(again.removed_by, chosen.removed_by)


@settings(deadline=None)
@given(arrays(np.uint8, (9, 9), elements=st.sampled_from([0, 90, 255])))
def test_the_computed_strokes_as_a_correction(image: np.ndarray) -> None:
    computed = extract(image)
    same = correct(computed, strokes_of(computed.points, computed.stroke_offsets))
    assert same.corrected
    assert not computed.corrected
    assert (same.start, same.closed_length) == (computed.start, computed.closed_length)
    assert np.array_equal(same.points, computed.points)
    assert np.array_equal(same.stroke_offsets, computed.stroke_offsets)
    assert np.array_equal(same.rows, encode(computed.points, announce_last_jump=True))


def test_a_correction_is_drawn_as_it_is_told() -> None:
    computed = extract(mask_of(TWO_STROKES) * np.uint8(255))
    drawn = strokes_of(computed.points, computed.stroke_offsets)
    assert [len(stroke) for stroke in drawn] == [3, 2, 2, 3]
    strokes = split(merge(move(reverse(drawn, 0), 0, 2), 0), 1, 2)
    made = correct(computed, strokes)
    assert made.stroke_offsets.tolist() == [0, 4, 6, 7, 10]
    assert np.flatnonzero(lifts(made.rows)).tolist() == [4, 6, 7]
    assert np.array_equal(decode(made.rows), made.points)
    assert made.start == (int(drawn[1][0, 0]), int(drawn[1][0, 1]))
    assert made.closed_length == naive.closed_length(
        [(int(row), int(column)) for row, column in made.points]
    )
    assert np.array_equal(made.skeleton, computed.skeleton)
    again = correct(made, drawn)
    assert np.array_equal(again.points, computed.points)


def test_strokes_of_another_skeleton_are_refused() -> None:
    computed = extract(mask_of(TWO_STROKES) * np.uint8(255))
    drawn = strokes_of(computed.points, computed.stroke_offsets)
    with pytest.raises(ValueError, match="skeleton"):
        correct(computed, drawn[:-1])
    with pytest.raises(ValueError, match="must have points"):
        correct(computed, (*drawn, np.zeros((0, 2), np.int16)))


@pytest.mark.parametrize("shape", [(1, 1), (1, 64), (64, 1), (2, 2), (3, 3), (64, 64)])
@pytest.mark.parametrize("kind", ["blank", "full", "single", "frame"])
def test_odd_images_have_a_defined_result(shape: tuple[int, int], kind: str) -> None:
    image = np.zeros(shape, dtype=np.uint8)
    if kind == "full":
        image[:] = 255
    elif kind == "single":
        image[shape[0] // 2, shape[1] // 2] = 200
    elif kind == "frame":
        image[0] = image[-1] = image[:, 0] = image[:, -1] = 255
    stages = extract(image)
    assert len(stages.points) == stages.skeleton.sum()
    if kind in ("blank", "single"):
        assert stages.start is None
        assert stages.rows.tolist() == [[0, 0, 1, 1]]
    elif min(shape) > 2 or max(shape) > 2:
        assert len(stages.points)
    assert np.array_equal(extract_batch(image[None]).rows, stages.rows)


def test_read_only_and_transposed_images_are_taken() -> None:
    image = np.zeros((5, 7), dtype=np.uint8)
    image[1:4, 2] = 255
    rows = extract(image).rows
    image.setflags(write=False)
    assert np.array_equal(extract(image).rows, rows)
    flipped = np.ascontiguousarray(image.T).T
    assert np.array_equal(extract(flipped).rows, rows)
    assert np.array_equal(extract_batch(flipped[None]).rows, rows)


def test_progress_counts_up_and_cancel_ends_it() -> None:
    images = np.zeros((CHUNK * 3 + 5, 4, 4), dtype=np.uint8)
    seen: list[tuple[int, int]] = []
    extract_batch(images, progress=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == [CHUNK, 2 * CHUNK, 3 * CHUNK, len(images)]
    assert {total for _, total in seen} == {len(images)}
    with pytest.raises(Cancelled):
        extract_batch(images, cancelled=lambda: True)


def test_sets_are_joined_and_an_empty_one_is_defined() -> None:
    images = np.full((3, 6, 6), 255, dtype=np.uint8)
    whole = extract_batch(images)
    joined = join([extract_batch(images[:1]), extract_batch(images[1:])])
    assert np.array_equal(whole.rows, joined.rows)
    assert np.array_equal(whole.offsets, joined.offsets)
    assert extract_batch(images[:0]).offsets.tolist() == [0]


def test_sequences_are_replaced() -> None:
    images = np.full((4, 6, 6), 255, dtype=np.uint8)
    images[1] = 0
    whole = extract_batch(images)
    other = encode(np.array([(0, 0), (0, 1)]))
    found = replace_sequences(whole, {3: other, 1: other})
    for digit, rows in enumerate([whole.sequence(0), other, whole.sequence(2), other]):
        assert np.array_equal(found.sequence(digit), rows)
    assert found.offsets[-1] == len(found.rows)
    assert np.array_equal(replace_sequences(whole, {}).rows, whole.rows)


@pytest.mark.parametrize(
    ("images", "text"),
    [
        (np.zeros((4, 4), np.uint8), "shape"),
        (np.zeros((1, 4, 65), np.uint8), "64 x 64"),
        (np.zeros((1, 4, 4), np.int32), "uint8"),
    ],
)
def test_a_wrong_stack_is_named(images: np.ndarray, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        extract_batch(images)


@pytest.mark.parametrize(
    "wrong",
    [
        {"threshold_step": 0}, {"threshold_keep": 1.5}, {"threshold_ceiling": 256},
        {"thinning_passes": -1}, {"minimum_component": 0}, {"order": "random"},
    ],
)  # fmt: skip
def test_a_setting_out_of_range_is_named(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        ExtractionSettings(**wrong)  # type: ignore[arg-type]


def test_the_graph_holds_the_skeleton() -> None:
    image = open_sample().split("test").images[0]
    made = extract(image)
    graph = made.graph
    assert graph is made.graph
    held = np.zeros_like(made.skeleton)
    held[tuple(graph.points.T)] = True
    held[graph.junctions >= 0] = True
    held[tuple(graph.beside.T)] = True
    assert np.array_equal(held, made.skeleton)
