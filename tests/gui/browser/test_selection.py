"""The selection, against sets of rows."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from viewer.gui.browser.selection import Selection

POSITIONS = np.array([9, 2, 7, 0, 4, 5])
ROWS = st.integers(0, len(POSITIONS) - 1)
STEPS = st.lists(
    st.tuples(st.sampled_from(["choose", "toggle", "extend", "extend_beside"]), ROWS), max_size=12
)


class Naive:
    """Rows selected, as a set; a range is drawn anew over what was there before."""

    def __init__(self) -> None:
        self.rows: set[int] = set()
        self.before: set[int] = set()
        self.anchor = 0
        self.adding = True

    def choose(self, row: int) -> None:
        self.rows, self.before, self.anchor, self.adding = {row}, set(), row, True

    def toggle(self, row: int) -> None:
        self.before, self.anchor, self.adding = set(self.rows), row, row not in self.rows
        self.extend(row)

    def extend(self, row: int) -> None:
        span = set(range(min(row, self.anchor), max(row, self.anchor) + 1))
        self.rows = self.before | span if self.adding else self.before - span

    def extend_beside(self, row: int) -> None:
        self.before, self.adding = set(self.rows), True
        self.extend(row)


@given(STEPS)
def test_it_does_as_a_set_of_rows_does(steps: list[tuple[str, int]]) -> None:
    made, naive = Selection(10), Naive()
    made.show(POSITIONS)
    for name, row in steps:
        getattr(made, name)(row)
        getattr(naive, name)(row)
        assert made.selected().tolist() == [int(POSITIONS[row]) for row in sorted(naive.rows)]
        assert made.count == len(naive.rows)


def test_it_stays_with_the_digits_that_are_still_shown() -> None:
    made = Selection(10)
    made.show(POSITIONS)
    made.choose_all()
    made.show(np.array([5, 1, 2]))
    assert made.selected().tolist() == [5, 2]
    assert made.count == 2
    made.show(POSITIONS)
    assert made.count == 2


def test_what_was_selected_can_be_taken_up_again() -> None:
    made = Selection(10)
    made.show(POSITIONS)
    made.choose(1)
    kept = made.mask
    made.choose_all()
    made.take(kept)
    made.show(POSITIONS)
    assert made.selected().tolist() == [2]


def test_400_000_digits_are_selected_at_once() -> None:
    made = Selection(400_000)
    made.show(np.arange(400_000))
    made.choose_all()
    made.toggle(7)
    made.extend(399_999)
    assert made.count == 7
