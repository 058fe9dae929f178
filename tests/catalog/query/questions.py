"""Queries drawn at random, each with the test that a row must pass by plain Python."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.catalog.query.tables import COLOURS, Row

Passes = Callable[[Row], bool]
Question = tuple[str, Passes]
SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
NUMBERS = {
    "class": ("class", st.integers(-1, 11)),
    "LABEL": ("class", st.integers(0, 9)),
    "writer": ("writer", st.integers(-4, 13)),
    "Points": ("points", st.integers(-300, 300)),
    "points": ("points", st.sampled_from([-0.5, 2.5, 99.0, 254.5, 255.0])),
    "slant": ("slant", st.integers(-10, 10).map(lambda quarters: quarters / 4)),
}
CASES: tuple[Callable[[str], str], ...] = (str.upper, str.lower, str)
FLAGS = {"yes": True, "No": False, "true": True, "0": False}


def _known(name: str, test: Callable[[Any], bool]) -> Passes:
    return lambda row: row[name] is not None and test(row[name])


@st.composite
def bounds(draw: st.DrawFn) -> Question:
    written = draw(st.sampled_from(sorted(NUMBERS)))
    name, numbers = NUMBERS[written]
    sign, number = draw(st.sampled_from(sorted(SIGNS))), draw(numbers)
    return f"{written} {sign}{number}", _known(name, lambda value: SIGNS[sign](value, number))


@st.composite
def items(draw: st.DrawFn, numbers: st.SearchStrategy[float]) -> tuple[str, Passes]:
    """Return a number or a range, and a test of a value in the row ``{"": value}``."""
    low, high = sorted((draw(numbers), draw(numbers)))
    form = draw(st.sampled_from(["one", "..", "<..", "..<", "<..<", "from", "to"]))
    if form == "one":
        return f"{low}", lambda row: row[""] == low
    if form == "from":
        return f"{low}..", lambda row: row[""] >= low
    if form == "to":
        return f"..<{high}", lambda row: row[""] < high
    above = operator.gt if form[0] == "<" else operator.ge
    below = operator.lt if form[-1] == "<" else operator.le
    return f"{low} {form} {high}", lambda row: above(row[""], low) and below(row[""], high)


@st.composite
def lists(draw: st.DrawFn) -> Question:
    written = draw(st.sampled_from(sorted(NUMBERS)))
    name, numbers = NUMBERS[written]
    drawn = draw(st.lists(items(numbers), min_size=1, max_size=9))
    listed = ", ".join(text for text, _ in drawn)
    head, tail = draw(st.sampled_from([("=", ""), ("!=", ""), (" in (", ")"), (" NOT in (", ")")]))
    wanted = head in ("=", " in (")

    def passes(value: object) -> bool:
        return any(fits({"": value}) for _, fits in drawn) == wanted

    return f"{written}{head}{listed}{tail}", _known(name, passes)


@st.composite
def words(draw: st.DrawFn) -> Question:
    chosen = draw(st.lists(st.sampled_from(COLOURS), min_size=1, max_size=3))
    wanted = draw(st.booleans())
    cases = [draw(st.sampled_from(CASES))(word) for word in chosen]
    listed = ",".join(f"'{word}'" for word in cases)
    text = f"color{'=' if wanted else '!='}{listed}"
    return text, _known("colour", lambda value: (value in chosen) == wanted)


@st.composite
def flags(draw: st.DrawFn) -> Question:
    if draw(st.booleans()):
        return "exact", _known("exact", bool)
    said = draw(st.sampled_from(sorted(FLAGS)))
    return f"exact == {said}", _known("exact", lambda value: value == FLAGS[said])


def _join(inner: st.SearchStrategy[Question]) -> st.SearchStrategy[Question]:
    pairs = st.tuples(inner, inner)
    return st.one_of(
        inner.map(lambda one: (f"not ({one[0]})", lambda row: not one[1](row))),
        pairs.map(lambda two: (f"({two[0][0]}) and ({two[1][0]})", _both(*two))),
        pairs.map(lambda two: (f"({two[0][0]}) | ({two[1][0]})", _either(*two))),
    )


def _both(one: Question, other: Question) -> Passes:
    return lambda row: one[1](row) and other[1](row)


def _either(one: Question, other: Question) -> Passes:
    return lambda row: one[1](row) or other[1](row)


CLAUSES = st.one_of(bounds(), lists(), words(), flags())
QUESTIONS = st.recursive(CLAUSES, _join, max_leaves=6)
