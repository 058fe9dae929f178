"""Selecting against a plain evaluation row by row; unknown values, types, cancelling."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from numpy.typing import NDArray

from tests.catalog.query.questions import QUESTIONS, Question
from tests.catalog.query.tables import mixed_table, rows_of
from viewer.catalog.columns import Column, find_column
from viewer.catalog.query import Query, Range, parse, select
from viewer.catalog.query.tree import Clause
from viewer.errors import Cancelled

TABLE = mixed_table()
ROWS = rows_of(TABLE)


def count(text: str) -> int:
    return int(select(parse(text, TABLE), TABLE).sum())


@given(QUESTIONS)
def test_as_a_plain_evaluation_of_each_row(question: Question) -> None:
    text, passes = question
    found = select(parse(text, TABLE), TABLE)
    assert found.tolist() == [passes(row) for row in ROWS]


def test_everything_is_every_digit() -> None:
    assert select(Query(), TABLE).all()


def test_an_unknown_value_satisfies_no_clause_but_a_negation() -> None:
    unknown = sum(row["writer"] is None for row in ROWS)
    assert unknown
    assert count("writer=5") + count("writer!=5") == len(ROWS) - unknown
    assert count("not writer=5") == count("writer!=5") + unknown


def test_nan_is_unknown() -> None:
    nothing = sum(row["slant"] is None for row in ROWS)
    assert count("slant!=0.25") == len(ROWS) - nothing - count("slant=0.25")
    assert count("slant<0 | slant>=0") == len(ROWS) - nothing


def test_a_fact_that_is_not_there_yet_matches_nothing() -> None:
    assert count("strokes>=0 | strokes!=3 | noted") == 0
    assert count("not strokes=3") == len(ROWS)


def test_a_query_follows_a_column_that_is_filled() -> None:
    table = mixed_table()
    query = parse("strokes=2", table)
    assert not select(query, table).any()
    for start in (10, 30):
        table.fill(find_column("strokes"), start, np.full(5, 2, np.uint8))
        assert np.flatnonzero(select(query, table))[-5:].tolist() == list(range(start, start + 5))
    assert select(query, table).sum() == 10


def test_a_query_follows_a_column_that_is_replaced() -> None:
    table = mixed_table()
    query = parse("class=3", table)
    select(query, table)
    table.add(find_column("class"), np.full(len(table), 3, np.uint8))
    assert select(query, table).all()


def test_what_is_handed_out_may_be_written_to() -> None:
    query = parse("class=3", TABLE)
    select(query, TABLE)[:] = True
    assert not select(query, TABLE).all()


@pytest.mark.parametrize(
    "values",
    [
        np.array([-128, 0, 127], np.int8),
        np.array([0, 128, 255], np.uint8),
        np.array([-(2**63), 0, 2**63 - 1], np.int64),
        np.array([0, 5, 2**64 - 1], np.uint64),
    ],
)
@pytest.mark.parametrize("text", ["x>-200", "x<=300", "x>=-0.5", "x<127.5", "x=0", "x=-1..255"])
def test_limits_beyond_a_type_are_no_matter(values: NDArray[np.int64], text: str) -> None:
    table = mixed_table(3)
    table.add(Column("x", "X", "X."), values)
    wanted: Callable[[int], bool] = {
        "x>-200": lambda value: value > -200,
        "x<=300": lambda value: value <= 300,
        "x>=-0.5": lambda value: value >= -0.5,
        "x<127.5": lambda value: value < 127.5,
        "x=0": lambda value: value == 0,
        "x=-1..255": lambda value: -1 <= value <= 255,
    }[text]
    assert select(parse(text, table), table).tolist() == [wanted(v) for v in values.tolist()]


def test_reals_are_compared_in_the_precision_of_the_column() -> None:
    table = mixed_table(3)
    column = Column("x", "X", "X.", "real")
    table.add(column, np.array([0.1, 0.2, np.inf], np.float32))
    assert select(parse("x=0.1", table), table).tolist() == [True, False, False]
    assert select(parse("x>0.1", table), table).tolist() == [False, True, True]
    assert select(parse("x=0.1..<0.2", table), table).tolist() == [True, False, False]
    assert not select(Query(Clause("x", (Range(0.1, 0.1, open_high=True),))), table).any()
    assert select(Query(Clause("x", (Range(-1e300, 1e300),))), table).all()


def test_cancelling_stops_before_the_next_clause() -> None:
    asked = []

    def cancelled() -> bool:
        asked.append(True)
        return len(asked) == 2

    with pytest.raises(Cancelled):
        select(parse("class=3 & writer=2 & points=9", TABLE), TABLE, cancelled=cancelled)
    assert len(asked) == 2
