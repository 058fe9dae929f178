"""Sheets: cells that never overlap, as square as possible; captions; what has no room."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.errors import UserError
from viewer.export.format import Whole
from viewer.export.pictures.lettering import text_width
from viewer.export.pictures.sheet import (
    check_count,
    check_names,
    check_size,
    file_name,
    fit_caption,
    plan_sheet,
    shapes_of,
)

SIDE = st.integers(1, 64)


@given(
    shapes=st.lists(st.tuples(SIDE, SIDE), min_size=1, max_size=3),
    count=st.integers(1, 60),
    scale=st.integers(1, 20),
    columns=st.integers(0, 70),
    lines=st.integers(0, 2),
    tiles=st.integers(1, 5),
)
def test_cells_lie_side_by_side_within_the_sheet(
    shapes: list[tuple[int, int]], count: int, scale: int, columns: int, lines: int, tiles: int
) -> None:
    sheet = plan_sheet(shapes, count, scale=scale, columns=columns, lines=lines, tiles=tiles)
    height, width = sheet.size
    boxes = []
    for place in range(count):
        top, left = sheet.corner(place)
        boxes.append((top, left, top + sheet.height + lines * sheet.leading, left + sheet.width))
    for one, other in itertools.combinations(boxes[:20], 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart
    assert min(box[0] for box in boxes) == min(box[1] for box in boxes) == 0
    assert max(box[2] for box in boxes) == height
    assert max(box[3] for box in boxes) == width
    for rows, across in shapes:
        assert sheet.height >= rows * scale
        assert sheet.width >= tiles * across * scale
    if columns:
        assert len({box[1] for box in boxes}) == min(columns, count)


@given(st.integers(1, 60), SIDE, SIDE)
def test_no_number_of_columns_makes_a_sheet_smaller(count: int, rows: int, across: int) -> None:
    chosen = plan_sheet([(rows, across)], count, scale=4)
    others = [plan_sheet([(rows, across)], count, scale=4, columns=n + 1) for n in range(count)]
    assert max(chosen.size) == min(max(other.size) for other in others)


def test_one_digit_has_no_margin() -> None:
    assert plan_sheet([(28, 20)], 1, scale=3).size == (84, 60)
    assert plan_sheet([(28, 28)], 100, scale=10).columns == 10


def test_sheets_are_rather_wide_than_high() -> None:
    assert plan_sheet([(28, 28)], 12, scale=10).columns == 4
    assert plan_sheet([(28, 28)], 2, scale=10).columns == 2
    assert plan_sheet([(28, 28)], 12, scale=10, tiles=5).columns == 2


def test_captions_keep_figures_longest() -> None:
    def measure(text: str) -> float:
        return float(len(text))

    assert fit_caption("train:59999", "6", 20, measure) == "train:59999 (6)"
    assert fit_caption("train:59999", "", 20, measure) == "train:59999"
    assert fit_caption("train:59999", "6", 11, measure) == "train:59999"
    assert fit_caption("train:59999", "6", 7, measure) == "…:59999"
    assert fit_caption("train:59999", "6", 0, measure) == ""


@given(st.text(max_size=20), st.text(max_size=8), st.integers(0, 200))
def test_captions_are_never_too_wide(identity: str, name: str, width: int) -> None:
    caption = fit_caption(identity, name, width, lambda text: text_width(text, 11))
    assert not caption or text_width(caption, 11) <= width


def test_too_many_digits_for_a_sheet() -> None:
    whole = Whole("many", {"train": 300, "test": 101}, {"train": (28, 28), "test": (28, 28)})
    check_count(whole, 401)
    with pytest.raises(UserError, match="room for 400 digits, not 401"):
        check_count(whole, 400)
    with pytest.raises(UserError, match="no digit"):
        check_count(Whole("none", {"train": 0}, {"train": (28, 28)}), 400)


def test_pictures_that_are_too_large() -> None:
    check_size((100, 100), 10_000)
    with pytest.raises(UserError, match="100 x 101 pixels"):
        check_size((101, 100), 10_000)
    with pytest.raises(UserError, match="pixels"):
        check_size((1, 17_000), 1 << 26)


@pytest.mark.parametrize("name", ["../train", "a/b", "a\\b", "", ".", "a b", "-a", "a\n", "a:b"])
def test_names_of_splits_stay_in_the_folder(name: str) -> None:
    with pytest.raises(UserError, match="cannot be part of a file name"):
        check_names(Whole("set", {name: 1}, {name: (28, 28)}))


def test_names_of_files_differ_by_more_than_capitals() -> None:
    check_names(Whole("set", {"train": 1, "train-2": 1, "Prüfung_3": 1}, {}))
    with pytest.raises(UserError, match="capitals"):
        check_names(Whole("set", {"train": 1, "Train": 1}, {}))
    assert file_name("hsf-4:13", ".svg") == "hsf-4-13.svg"


def test_splits_without_digits_take_no_room() -> None:
    whole = Whole("set", {"train": 0, "test": 1}, {"train": (64, 64), "test": (28, 28)})
    assert shapes_of(whole) == [(28, 28)]
