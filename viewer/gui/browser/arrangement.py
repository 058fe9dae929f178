"""Where cells and headings lie in the grid, by arithmetic; no Qt.

Strategy: a cell's place follows from its row, the number of columns and the few headings
above it. Nothing is kept for a single cell, so that a set of 400,000 digits is laid out
as quickly as one of sixty. Places are in logical pixels from the top of all cells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """Rows below one heading.

    Parameters
    ----------
    title : str
        Words of the heading; "" for none.
    start, stop : int
        First row, and the one behind the last.
    top : int
        Where the heading begins.
    cells : int
        Where the first line of cells begins.
    """

    title: str
    start: int
    stop: int
    top: int
    cells: int


class Arrangement:
    """Cells of one size in lines, section below section.

    Parameters
    ----------
    count : int
        Rows there are.
    sections : sequence of (str, int)
        Headings and the rows they stand above, ascending from row 0; none for one section
        without a heading.
    columns : int
        Cells in a line, 1 or more.
    cell : tuple of int
        Width and height of a cell.
    heading : int
        Height of a heading.
    """

    def __init__(
        self,
        count: int,
        sections: Sequence[tuple[str, int]],
        columns: int,
        cell: tuple[int, int],
        heading: int,
    ) -> None:
        self.count = count
        self.columns = columns
        self.width, self.line = cell
        self.sections: list[Section] = []
        begins = sections or [("", 0)]
        stops = [*(start for _title, start in begins[1:]), count]
        top = 0
        for (title, start), stop in zip(begins, stops, strict=True):
            cells = top + (heading if title else 0)
            self.sections.append(Section(title, start, stop, top, cells))
            top = cells + -(-(stop - start) // columns) * self.line
        self.height = top
        self._starts = [section.start for section in self.sections]
        self._tops = [section.top for section in self.sections]

    def place(self, row: int) -> tuple[int, int]:
        """Return left and top of a row's cell."""
        section = self._section(row)
        line, column = divmod(row - section.start, self.columns)
        return column * self.width, section.cells + line * self.line

    def top(self, row: int) -> int:
        """Return where a row's line begins, its heading included in the first of a section."""
        section = self._section(row)
        first = row - section.start < self.columns
        return section.top if first else self.place(row)[1]

    def row_at(self, x: int, y: int) -> int | None:
        """Return the row whose cell lies at a place, None where there is none."""
        column = x // self.width
        if not (0 <= column < self.columns and 0 <= y < self.height):
            return None
        section = self.sections[bisect_right(self._tops, y) - 1]
        if y < section.cells:
            return None
        row = section.start + (y - section.cells) // self.line * self.columns + column
        return row if row < section.stop else None

    def nearest_row(self, x: int, y: int) -> int:
        """Return the row nearest to a place, in reading order; there must be rows."""
        y = min(max(y, 0), self.height - 1)
        section = self.sections[bisect_right(self._tops, y) - 1]
        column = min(max(x // self.width, 0), self.columns - 1)
        line = max(y - section.cells, 0) // self.line
        return min(section.start + line * self.columns + column, section.stop - 1)

    def visible(self, top: int, bottom: int) -> Iterator[tuple[Section, range]]:
        """Yield the sections between two heights with the rows of the lines there."""
        first = max(bisect_right(self._tops, top) - 1, 0)
        for section in self.sections[first:]:
            if section.top >= bottom:
                return
            line = max(top - section.cells, 0) // self.line
            behind = max(-(-(bottom - section.cells) // self.line), 0)
            rows = range(
                min(section.start + line * self.columns, section.stop),
                min(section.start + behind * self.columns, section.stop),
            )
            yield section, rows

    def below(self, row: int, lines: int) -> int:
        """Return the row some lines below one, or above it where `lines` is negative.

        Lines are those on the screen, across headings; the column is kept as far as a line
        reaches. Past the first or the last line it is the row itself.
        """
        column = (row - self._section(row).start) % self.columns
        for _step in range(abs(lines)):
            section = self._section(row)
            start = row - (row - section.start) % self.columns
            if lines > 0:
                start = min(start + self.columns, section.stop)
            elif start > section.start:
                start -= self.columns
            elif section.start > 0:
                before = self._section(section.start - 1)
                start = (
                    before.start + (before.stop - 1 - before.start) // self.columns * self.columns
                )
            else:
                return row
            if start >= self.count:
                return row
            row = min(start + column, self._section(start).stop - 1)
        return row

    def _section(self, row: int) -> Section:
        return self.sections[bisect_right(self._starts, row) - 1]
