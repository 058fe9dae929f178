from __future__ import annotations

import gzip
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from viewer.core.pen import centre
from viewer.datasets.digits import Split
from viewer.datasets.synthetic import TURN, generate
from viewer.datasets.synthetic.allographs import MAX_POINTS, MAX_STROKES, allographs
from viewer.datasets.synthetic.curves import patterns, spline_matrix
from viewer.datasets.synthetic.draws import bell, draw
from viewer.datasets.synthetic.generator import CHOICES
from viewer.datasets.synthetic.pen import KNOTS, NUMBERS, Ink
from viewer.datasets.synthetic.raster import rasterise
from viewer.errors import Cancelled
from viewer.jit import prepare


@pytest.fixture(scope="module")
def split() -> Split:
    return generate(1500, 11)


def labels_of(split: Split) -> NDArray[np.uint8]:
    assert split.labels is not None
    return split.labels


def paths_of(split: Split) -> list[NDArray[np.float32]]:
    assert split.pen_paths is not None
    points, offsets = split.pen_paths
    return [points[a:b] for a, b in pairwise(offsets)]


def nearest_label(known: Split, images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Class of the most similar known image."""
    a = known.images.reshape(len(known), -1).astype(np.float32)
    b = images.reshape(len(images), -1).astype(np.float32)
    near: NDArray[np.uint8] = labels_of(known)[((a * a).sum(axis=1) - 2 * b @ a.T).argmin(axis=1)]
    return near


# The set and its identity


def test_shapes_and_types(split: Split) -> None:
    assert split.name == "train"
    assert split.images.shape == (1500, 28, 28)
    assert split.images.dtype == np.uint8
    assert labels_of(split).dtype == np.uint8
    assert split.pen_paths is not None
    points, offsets = split.pen_paths
    assert points.shape[1] == 3
    assert points.dtype == np.float32
    assert offsets.dtype == np.int64
    assert (offsets[0], offsets[-1], len(offsets)) == (0, len(points), 1501)


@pytest.mark.parametrize(("first", "count"), [(0, 1), (0, 130), (700, 300), (1499, 1)])
def test_a_digit_does_not_depend_on_the_others(split: Split, first: int, count: int) -> None:
    part = generate(count, 11, first=first)
    run = slice(first, first + count)
    assert np.array_equal(part.images, split.images[run])
    assert np.array_equal(labels_of(part), labels_of(split)[run])
    for name, values in part.columns.items():
        assert np.array_equal(values, split.columns[name][run])
    for got, wanted in zip(paths_of(part), paths_of(split)[run], strict=True):
        assert np.array_equal(got, wanted)


def test_a_digit_does_not_depend_on_the_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = generate(150, 4)
    monkeypatch.setattr("viewer.datasets.synthetic.generator.CHUNK", 37)
    monkeypatch.setattr("viewer.datasets.synthetic.raster.BLOCK", 3)
    chunked = generate(150, 4)
    assert np.array_equal(chunked.images, whole.images)
    for got, wanted in zip(paths_of(chunked), paths_of(whole), strict=True):
        assert np.array_equal(got, wanted)


def test_another_seed_makes_other_digits(split: Split) -> None:
    other = generate(50, 12)
    assert (other.images != split.images[:50]).any(axis=(1, 2)).all()


def test_no_digit_twice(split: Split) -> None:
    assert len(np.unique(split.images.reshape(len(split), -1), axis=0)) == len(split)


def test_columns_are_qmnist_s(split: Split) -> None:
    assert list(split.columns) == [
        "writer",
        "hsf_series",
        "digit_index",
        "nist_class",
        "global_index",
        "duplicate",
        "unused",
    ]
    assert all(column.dtype == np.int32 for column in split.columns.values())
    assert np.array_equal(split.columns["nist_class"], labels_of(split) + np.int32(30))
    pairs = np.stack([split.columns["writer"], split.columns["digit_index"]])
    assert len(np.unique(pairs, axis=1).T) == len(split)


def test_writers_change_after_a_turn() -> None:
    early, late = generate(60, 1, first=TURN - 60), generate(60, 1, first=TURN)
    assert early.columns["writer"].max() + 1 == late.columns["writer"].min()
    assert early.columns["digit_index"].max() == 99
    assert late.columns["digit_index"].min() == 0


def test_number_of_writers_can_be_chosen() -> None:
    columns = generate(30, 1, writers=7).columns
    assert np.array_equal(columns["writer"], np.arange(30) % 7)
    assert np.array_equal(columns["digit_index"], np.arange(30) // 7)


def test_empty_set() -> None:
    empty = generate(0, 1)
    assert empty.images.shape == (0, 28, 28)
    assert paths_of(empty) == []


def test_without_pen_paths(split: Split) -> None:
    bare = generate(40, 11, pen_paths=False)
    assert bare.pen_paths is None
    assert np.array_equal(bare.images, split.images[:40])


@pytest.mark.parametrize(
    "wrong", [{"count": -1}, {"seed": -1}, {"first": -1}, {"writers": 0}], ids=str
)
def test_wrong_numbers(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="negative"):
        generate(**{"count": 1, "seed": 1, **wrong})  # type: ignore[arg-type]


def test_progress_and_cancel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("viewer.datasets.synthetic.generator.CHUNK", 10)
    seen: list[tuple[int, int]] = []
    generate(25, 1, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(10, 25), (20, 25), (25, 25)]
    seen.clear()
    with pytest.raises(Cancelled):
        generate(
            25,
            1,
            progress=lambda done, total: seen.append((done, total)),
            cancelled=lambda: len(seen) == 2,
        )
    assert seen[-1] == (20, 25)


# Handwriting


def test_all_classes_are_legible(split: Split) -> None:
    later = generate(500, 11, first=TURN)
    right = nearest_label(split, later.images) == labels_of(later)
    assert right.mean() > 0.92
    for digit in range(10):
        assert right[labels_of(later) == digit].mean() > 0.75


@pytest.mark.data
def test_real_digits_recognise_them(split: Split, shared_data: Path) -> None:
    def read(name: str, header: int) -> NDArray[np.uint8]:
        content = gzip.decompress((shared_data / "mnist" / name).read_bytes())
        return np.frombuffer(content, np.uint8, offset=header)

    images = read("t10k-images-idx3-ubyte.gz", 16).reshape(-1, 28, 28)
    real = Split("test", images, read("t10k-labels-idx1-ubyte.gz", 8))
    assert (nearest_label(real, split.images) == labels_of(split)).mean() > 0.9


def test_grey_levels_are_like_those_of_mnist(split: Split) -> None:
    # MNIST's training set: mean grey 33.3, ink 19 % of the pixels, 38 % of it at least 250.
    images = split.images
    ink = images[images > 0]
    assert 30 < images.mean() < 37
    assert 0.17 < (images > 0).mean() < 0.22
    assert 0.32 < (ink >= 250).mean() < 0.45
    assert (images.max(axis=(1, 2)) == 255).all()


def test_digits_fill_the_box_and_are_centred(split: Split) -> None:
    places = np.arange(28)
    mass = split.images.sum(axis=(1, 2), dtype=np.int64)
    for axis in (2, 1):
        profile = split.images.sum(axis=axis, dtype=np.int64)
        off = abs((profile * places).sum(axis=1) / mass - 14)
        assert (off <= 0.5).mean() > 0.999
    extent = np.stack(
        [
            (np.where(split.images.any(axis=axis), places, 0).max(axis=1))
            - np.where(split.images.any(axis=axis), places, 27).min(axis=1)
            + 1
            for axis in (2, 1)
        ]
    )
    assert (extent.max(axis=0) == 20).all()


def test_pen_runs_along_the_ink(split: Split) -> None:
    for image, path in zip(split.images[:300], paths_of(split), strict=False):
        places = np.rint(path[:, :2]).astype(np.int64)
        assert (image[places[:, 0], places[:, 1]] > 100).mean() > 0.9
        # and all ink lies near the pen
        pixels = np.argwhere(image > 127)
        gaps = np.sqrt(((pixels[:, None] - path[None, :, :2]) ** 2).sum(axis=2)).min(axis=1)
        assert gaps.max() < 3


def test_pen_points_are_close_and_strokes_numbered(split: Split) -> None:
    lengths = []
    for path in paths_of(split):
        lift = np.diff(path[:, 2])
        assert path[0, 2] == 0
        assert set(lift.tolist()) <= {0.0, 1.0}
        steps = np.sqrt((np.diff(path[:, :2], axis=0) ** 2).sum(axis=1))
        assert steps[lift == 0].max() < 3
        lengths.append(np.median(steps[lift == 0]))
    assert np.mean(lengths) == pytest.approx(1, abs=0.15)


def test_skeletons_are_mostly_clean(split: Split) -> None:
    # MNIST: 39.9 rows a digit, 0.5 pen lifts; a skeleton full of spurs has many more.
    prepare()  # kernels kept on disk by an earlier run are used, where there are some
    from viewer.core.extract import extract

    found = [extract(image) for image in split.images[:200]]
    lifts = np.array([len(extraction.stroke_offsets) - 2 for extraction in found])
    assert 36 < np.mean([len(extraction.rows) for extraction in found]) < 43
    assert lifts.mean() < 0.8
    assert (lifts <= 2).mean() > 0.9


def test_a_writer_writes_alike(split: Split) -> None:
    writer, ink = split.columns["writer"], split.images.mean(axis=(1, 2))
    ink = ink - np.array([ink[labels_of(split) == k].mean() for k in range(10)])[labels_of(split)]
    within = np.mean([ink[writer == w].std() for w in range(50)])
    assert within < 0.75 * ink.std()


# The parts


def test_allographs_fit_the_tables() -> None:
    forms = allographs()
    assert len({(form.digit, form.name) for form in forms}) == len(forms)
    for digit in range(10):
        own = [form for form in forms if form.digit == digit]
        assert len(own) >= 3
        assert sum(form.share for form in own) == pytest.approx(1)
    assert max(len(form.strokes) for form in forms) == MAX_STROKES
    assert max(len(pattern.controls) for pattern in patterns()) <= MAX_POINTS
    assert max(pattern.wobble.shape[1] for pattern in patterns()) <= KNOTS
    assert (CHOICES + NUMBERS) % 4 == 0


def test_patterns_begin_and_end_at_the_control_points() -> None:
    for pattern in patterns():
        for matrix in (pattern.sharp, pattern.soft):
            path = matrix @ pattern.controls
            for stroke, (first, last) in enumerate(pattern.ends):
                own = path[pattern.stroke == stroke]
                assert own[0] == pytest.approx(pattern.controls[first])
                assert own[-1] == pytest.approx(pattern.controls[last])


def test_spline_runs_through_its_values_and_keeps_lines_straight() -> None:
    knots = np.array([0.0, 1.0, 2.5, 3.0])
    assert spline_matrix(knots, knots) == pytest.approx(np.eye(4))
    at = np.linspace(0, 3, 31)
    assert spline_matrix(knots, at) @ (2 * knots + 1) == pytest.approx(2 * at + 1)


def test_draws_are_slices_of_one_stream() -> None:
    whole = draw(3, 0, 0, 20, 8)
    assert np.array_equal(draw(3, 0, 7, 5, 8), whole[7:12])
    assert not np.array_equal(draw(3, 1, 0, 20, 8), whole)
    with pytest.raises(ValueError, match="multiple of 4"):
        draw(3, 0, 0, 1, 6)


def test_bell_has_mean_0_and_deviation_1() -> None:
    numbers = bell(draw(1, 0, 0, 5000, 8))
    assert numbers.shape == (5000, 4)
    assert numbers.mean() == pytest.approx(0, abs=0.02)
    assert numbers.std() == pytest.approx(1, abs=0.02)


def test_a_straight_line_covers_its_width() -> None:
    path = np.stack([np.linspace(4, 16, 41), np.full(41, 10.0)], axis=1)[None]
    path = np.rint(path * 32) / 32
    box = rasterise(Ink(path, np.full((1, 41), 1.25)), np.array([253]))[0]
    across = box[10] / 253
    assert np.array_equal(box[10], box[10, ::-1])
    assert across.sum() == pytest.approx(2.5, abs=0.1)
    assert (box[:2] == 0).all()
    assert (box[18:] == 0).all()


def test_centre_moves_by_whole_pixels() -> None:
    boxes = np.zeros((2, 20, 20), dtype=np.uint8)
    boxes[0, 9:12, 9:12] = 200
    boxes[1, 0, 0] = 200  # its centre of mass can't be reached without cutting the box
    images, shift = centre(boxes)
    assert shift.tolist() == [[4, 4], [8, 8]]
    assert (images[0, 13:16, 13:16] == 200).all()
    assert images[1, 8, 8] == 200
    assert images.sum() == boxes.sum()
