"""Rows out of files, and rows to strokes and back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.datasets.sequences.reading import unpack
from tests.datasets.sequences.sequence_files import (
    BAR,
    DIGITS,
    DOTTED,
    PLUS,
    Digit,
    ragged,
    rows_of,
    write_npz,
)
from viewer.core.sequence import decode, lifts
from viewer.datasets.sequences.drawn import Drawn, draw_rows, write_rows
from viewer.datasets.sequences.rows import Rows, check_rows, guess_split, load_rows
from viewer.errors import UserError

NOWHERE = Path("nowhere")


@st.composite
def strokes(draw: st.DrawFn, side: int = 64) -> Digit:
    """Return strokes of pixels; each may begin and go anywhere.

    But the last step within the last stroke is short: a far one is taken for a lift.
    """
    place = st.tuples(st.integers(1, side), st.integers(1, side))
    digit = draw(st.lists(st.lists(place, min_size=1, max_size=5), max_size=4))
    if digit and len(digit[-1]) > 1:
        x, y = digit[-1][-2]
        near = st.tuples(st.integers(x - 1, x + 1), st.integers(y - 1, y + 1))
        digit[-1][-1] = draw(near.filter(lambda place: 1 <= min(place) <= max(place) <= side))
    return digit


def pack(digits: list[Digit]) -> Rows:
    arrays = ragged(digits)
    count = len(digits)
    return Rows(arrays["rows"], arrays["offsets"], None, np.full(count, "train"), np.arange(count))


@given(st.lists(strokes(), min_size=1, max_size=5))
def test_rows_are_strokes_and_back(digits: list[Digit]) -> None:
    rows = pack(digits)
    drawn = draw_rows(rows)
    assert unpack(drawn) == digits
    assert drawn.on_pixels
    bare = Drawn(**{**vars(drawn), "rows": None})
    again = write_rows(bare, NOWHERE)
    np.testing.assert_array_equal(again.rows, rows.rows)
    np.testing.assert_array_equal(again.offsets, rows.offsets)
    assert again.rows.dtype == np.int8


@given(st.lists(strokes(), min_size=1, max_size=5))
def test_points_and_lifts_are_those_of_the_sequence(digits: list[Digit]) -> None:
    rows = pack(digits)
    check_rows(rows.rows, rows.offsets, NOWHERE)
    drawn = draw_rows(rows)
    for digit in range(len(rows)):
        own = slice(drawn.offsets[digit], drawn.offsets[digit + 1])
        sequence = rows.sequence(digit)
        np.testing.assert_array_equal(drawn.points[own][:, ::-1] - 1, decode(sequence))
        starts = drawn.starts[own].copy()
        starts[:1] = False
        np.testing.assert_array_equal(starts, lifts(sequence))
        numbers = drawn.strokes[own]
        np.testing.assert_array_equal(numbers, np.cumsum(lifts(sequence)))


bytes_ = st.integers(-128, 127)


@given(
    st.lists(
        st.lists(
            st.tuples(bytes_, bytes_, st.integers(-1, 2), st.integers(0, 1)),
            min_size=1,
            max_size=4,
        ),
        min_size=1,
        max_size=3,
    )
)
def test_sequences_are_refused_as_one_by_one(digits: list[list[tuple[int, int, int, int]]]) -> None:
    parts = [np.array([*digit, (0, 0, 1, 1)][-4:], np.int8) for digit in digits]
    offsets = np.cumsum([0, *map(len, parts)])
    wrong = []
    for number, part in enumerate(parts):
        try:
            decode(part)
        except ValueError:
            wrong.append(number)
    if not wrong:
        check_rows(np.concatenate(parts), offsets, NOWHERE)
        return
    with pytest.raises(UserError) as caught:
        check_rows(np.concatenate(parts), offsets, NOWHERE)
    assert any(f"of digit {number} " in caught.value.problem for number in wrong)


def test_an_announced_last_jump_stays_as_it_was_read(tmp_path: Path) -> None:
    rows = rows_of(DOTTED)
    announced = [*rows[:-2], [0, 0, 1, 0], *rows[-2:]]
    arrays = {"rows": np.array(rows + announced, np.int8), "offsets": np.array([0, 4, 9])}
    found = load_rows(write_npz(tmp_path / "a.npz", arrays))
    np.testing.assert_array_equal(found.rows, arrays["rows"])
    assert [len(digit) for digit in unpack(draw_rows(found))] == [2, 2]


def test_rows_come_back_exactly(tmp_path: Path) -> None:
    arrays = ragged(
        DIGITS, split=["test"] * 4 + ["train"] * 2, index=[3, 1, 7, 2, 0, 1], label=range(6)
    )
    found = load_rows(write_npz(tmp_path / "a.npz", arrays))
    for name in ("rows", "offsets", "split", "index", "label"):
        np.testing.assert_array_equal(getattr(found, name), arrays[name])
    assert found.label is not None
    kinds = [array.dtype.name for array in (found.label, found.rows, found.index)]
    assert kinds == ["uint8", "int8", "int64"]
    assert len(found) == 6
    np.testing.assert_array_equal(found.sequence(1), rows_of(PLUS))


@pytest.mark.parametrize("dtype", ["<i2", ">i4", "<i8", "|u1"])
def test_rows_of_any_type_are_bytes_where_they_fit(tmp_path: Path, dtype: str) -> None:
    arrays = ragged([BAR])
    arrays["rows"] = arrays["rows"].astype(dtype)
    found = load_rows(write_npz(tmp_path / "a.npz", arrays))
    assert found.rows.dtype == np.int8
    np.testing.assert_array_equal(found.rows, rows_of(BAR))


def test_rows_too_large_for_bytes_are_kept(tmp_path: Path) -> None:
    digit = [[(500, 2), (200, 300)]]
    arrays = {"rows": np.array(rows_of(digit)), "offsets": np.array([0, 3])}
    found = load_rows(write_npz(tmp_path / "a.npz", arrays))
    assert found.rows.dtype == np.int64
    np.testing.assert_array_equal(found.rows, rows_of(digit))
    assert not draw_rows(found).on_pixels


def test_without_identities_digits_are_counted(tmp_path: Path) -> None:
    for name, split, first in (("a", "train", 0), ("mnist-test", "test", 0), ("t10k_x", "test", 5)):
        more = {"first_index": first} if first else {}
        found = load_rows(write_npz(tmp_path / f"{name}.npz", ragged(DIGITS, **more)))
        assert set(found.split.tolist()) == {split}
        assert found.index.tolist() == list(range(first, first + 6))
        assert found.label is None


@pytest.mark.parametrize(
    ("name", "split"),
    [("testing.npz", "test"), ("tests.npz", "train"), ("latest.npz", "train"), ("A-TEST", "test")],
)
def test_names_of_files_tell_the_split(name: str, split: str) -> None:
    assert guess_split(Path("test") / name) == split


def test_labels_count_only_where_all_are_known(tmp_path: Path) -> None:
    arrays = ragged(DIGITS, label=range(6), known_label=[True] * 5 + [False])
    assert load_rows(write_npz(tmp_path / "a.npz", arrays)).label is None


def test_points_outside_are_moved_into_rows() -> None:
    points = np.array([[-3.0, 4.0], [-2.0, 4.0], [5.0, 5.0]])
    drawn = Drawn(
        points, np.array([True, False, True]), np.array([0, 2, 3]), np.array([-1, 3], np.int16),
        np.array(["train", "train"]), np.arange(2), False,
    )  # fmt: skip
    found = write_rows(drawn, NOWHERE)
    first, second = found.sequence(0).tolist(), found.sequence(1).tolist()
    assert first == [[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 1]]
    assert second == [[5, 5, 0, 0], [0, 0, 1, 1]]
    assert found.label is None


@pytest.mark.parametrize(("point", "problem"), [(0.5, "between whole"), (1e6, "apart")])
def test_points_that_are_no_rows_are_refused(point: float, problem: str) -> None:
    drawn = Drawn(
        np.array([[1.0, 1.0], [point, 2.0]]), np.array([True, True]), np.array([0, 1, 2]),
        np.full(2, -1, np.int16), np.array(["train", "train"]), np.arange(2), False,
    )  # fmt: skip
    with pytest.raises(UserError, match=problem):
        write_rows(drawn, NOWHERE)


@pytest.mark.data
def test_the_published_sequences_load(shared_data: Path) -> None:
    path = shared_data / "published-sequences" / "train-00000-09999.npz"
    found = load_rows(path)
    with np.load(path) as stored:
        np.testing.assert_array_equal(found.rows, stored["rows"])
        np.testing.assert_array_equal(found.offsets, stored["offsets"])
    assert (len(found), set(found.split.tolist())) == (10_000, {"train"})
    drawn = draw_rows(found)
    again = write_rows(Drawn(**{**vars(drawn), "rows": None}), path)
    np.testing.assert_array_equal(again.rows, found.rows)
