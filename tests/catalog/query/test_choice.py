"""Choices within a column: which values they cover, and what two have in common."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from viewer.catalog.query.choice import Choice, as_range, intersect_choices, make_choice
from viewer.catalog.query.tree import Item, Range

ENDS = st.none() | st.integers(0, 6)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    low, high = draw(ENDS), draw(ENDS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Range(low, high, low is not None and draw(st.booleans()), high is not None)


ITEMS: st.SearchStrategy[list[Item]] = st.lists(st.integers(0, 6) | ranges(), max_size=4)
CHOICES = ITEMS.map(make_choice)


def holds(item: Item, number: float) -> bool:
    assert not isinstance(item, str)
    low, high, open_low, open_high = as_range(item)
    above = low is None or number > low or (number == low and not open_low)
    return above and (high is None or number < high or (number == high and not open_high))


def chosen(choice: Choice) -> list[float]:
    halves = [half / 2 for half in range(-2, 15)]
    return [number for number in halves if any(holds(item, number) for item in choice.items)]


@given(CHOICES, CHOICES)
def test_what_two_choices_have_in_common(one: Choice, other: Choice) -> None:
    both = set(chosen(one)) & set(chosen(other))
    assert chosen(intersect_choices(one, other)) == sorted(both)


@given(CHOICES, ranges())
def test_what_is_covered_is_chosen(choice: Choice, part: Range) -> None:
    if choice.covers(part):
        assert set(chosen(make_choice([part]))) <= set(chosen(choice))


def test_covering() -> None:
    choice = Choice(frozenset({3, "Red"}), (Range(5, 9), Range(20, open_low=True)))
    assert choice.covers(3)
    assert choice.covers("Red")
    assert choice.covers(7)
    assert choice.covers(Range(5, 9))
    assert choice.covers(Range(5, 9, open_high=True))
    assert choice.covers(Range(21, 30))
    assert not choice.covers("7")
    assert not choice.covers(4)
    assert not choice.covers(20)
    assert not choice.covers(Range(8, 10))
    assert not choice.covers(Range(8))


def test_items_are_in_order() -> None:
    assert Choice(frozenset({9, 2, 2.5}), (Range(1, 2),)).items == (2, 2.5, 9, Range(1, 2))
    assert Choice(frozenset({"b", "a"})).items == ("a", "b")
    assert not Choice()
