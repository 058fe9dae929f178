"""Places of cells, against a layout that goes cell by cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.gui.browser.arrangement import Arrangement

WIDTH, LINE, HEADING = 10, 12, 5


def naive_places(sizes: list[int], columns: int) -> dict[int, tuple[int, int]]:
    """Lay cells out one after the other, below a heading for each section."""
    places, row, y = {}, 0, 0
    for size in sizes:
        y += HEADING
        for number in range(size):
            places[row] = (number % columns * WIDTH, y + number // columns * LINE)
            row += 1
        y += -(-size // columns) * LINE
    return places


def arrange(sizes: list[int], columns: int) -> Arrangement:
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    sections = [(f"section {start}", start) for start in starts]
    return Arrangement(sum(sizes), sections, columns, (WIDTH, LINE), HEADING)


SIZES = st.lists(st.integers(1, 9), min_size=1, max_size=4)


@given(SIZES, st.integers(1, 5))
def test_cells_lie_where_a_layout_cell_by_cell_puts_them(sizes: list[int], columns: int) -> None:
    made, places = arrange(sizes, columns), naive_places(sizes, columns)
    assert [made.place(row) for row in range(made.count)] == list(places.values())
    found: dict[int, tuple[int, int]] = {}
    for y in range(made.height):
        for x in range(0, columns * WIDTH, WIDTH):
            row = made.row_at(x, y)
            if row is not None:
                found.setdefault(row, (x, y))
                assert places[row][0] == x
                assert places[row][1] <= y < places[row][1] + LINE
    assert found == places


@given(SIZES, st.integers(1, 5), st.integers(0, 80), st.integers(1, 60))
def test_what_is_visible_is_all_that_reaches_into_view(
    sizes: list[int], columns: int, top: int, height: int
) -> None:
    made = arrange(sizes, columns)
    seen = {row for _section, rows in made.visible(top, top + height) for row in rows}
    reaching = {
        row
        for row, (_x, y) in naive_places(sizes, columns).items()
        if y < top + height and y + LINE > top
    }
    assert seen == reaching


@given(SIZES, st.integers(1, 5))
def test_below_and_above_are_the_nearest_lines(sizes: list[int], columns: int) -> None:
    made, places = arrange(sizes, columns), naive_places(sizes, columns)
    lines = sorted({y for _x, y in places.values()})
    for row, (x, y) in places.items():
        for step in (-1, 1):
            line = lines.index(y) + step
            if not 0 <= line < len(lines):
                assert made.below(row, step) == row
                continue
            there = {place[0]: other for other, place in places.items() if place[1] == lines[line]}
            assert made.below(row, step) == there.get(x, max(there.values()))


def test_the_first_line_of_a_section_begins_with_its_heading() -> None:
    made = arrange([4, 3], 3)
    assert [made.top(row) for row in (0, 2, 3, 4, 6)] == [
        0, 0, HEADING + LINE, HEADING + 2 * LINE, HEADING + 2 * LINE,
    ]  # fmt: skip


def test_no_heading_takes_no_room() -> None:
    made = Arrangement(7, (), 3, (WIDTH, LINE), HEADING)
    assert made.place(0) == (0, 0)
    assert made.height == 3 * LINE
    assert made.row_at(WIDTH, 2 * LINE) is None


@pytest.mark.parametrize(
    ("x", "y", "row"), [(-5, -5, 0), (500, 0, 2), (0, 500, 6), (500, 500, 6), (11, 13, 4)]
)
def test_the_nearest_row_is_in_reading_order(x: int, y: int, row: int) -> None:
    assert Arrangement(7, (), 3, (WIDTH, LINE), HEADING).nearest_row(x, y) == row


def test_a_page_is_many_lines() -> None:
    made = Arrangement(400_000, (), 5, (WIDTH, LINE), HEADING)
    assert made.below(2, 100) == 502
    assert made.below(502, -200) == 2
    assert made.below(399_990, 50) == 399_995
