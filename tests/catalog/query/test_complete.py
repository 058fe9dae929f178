"""What is offered at each place of a query: columns, signs, values with counts, joins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.query.questions import QUESTIONS, Question
from tests.catalog.query.tables import find_error, mixed_table, rows_of
from viewer.catalog.query import complete

TABLE = mixed_table()


def offered(text: str, cursor: int | None = None) -> list[str]:
    return [one.text for one in complete(text, len(text) if cursor is None else cursor, TABLE)]


@pytest.mark.parametrize("before", ["", "not ", "(", "class=7 & ", "exact or ", "(class=7 | !"])
def test_columns_where_a_clause_may_begin(before: str) -> None:
    texts = offered(before)
    assert texts[:3] == ["split", "class", "writer"]
    assert {"exact", "strokes", "favourite", "not "} <= set(texts)
    assert "hsf" not in texts
    assert offered(before + "wr") == ["writer"]


def test_columns_by_alias_and_title_after_those_by_name() -> None:
    assert offered("lab") == ["class"]
    assert offered("CO") == ["colour", "corrected"]
    assert offered("pen") == ["lifts", "travel"]
    assert offered("l") == ["lifts", "length", "level", "loops", "class"]


def test_signs_after_a_column() -> None:
    assert offered("class ") == offered("class") == ["=", "!=", ">=", ">", "<=", "<"]
    assert offered("colour ") == ["=", "!="]
    assert offered("exact ") == ["=no", "& ", "| "]
    assert offered("class i") == ["in ("]
    assert offered("class n") == ["not in ("]


def test_values_with_their_counts() -> None:
    sevens = sum(row["class"] == 7 for row in rows_of(TABLE))
    found = complete("class=7", 7, TABLE)
    assert [(one.start, one.end, one.text, one.help) for one in found] == [
        (6, 7, "7", f"{sevens} digits")
    ]
    assert offered("class=") == [str(number) for number in range(10)]
    assert offered("class in (1, ") == offered("class=1,") == offered("class=")
    assert offered("exact=") == ["no", "yes"]
    assert offered("split=TR") == ["train"]
    assert offered("colour=") == ["none", "Red", '"deep blue"', "7", '"not"']
    assert offered("colour='dee") == offered("colour=d") == ['"deep blue"']
    assert offered("writer=-") == ["-3", "-2"]


def test_ranges_of_a_column_with_many_values() -> None:
    assert offered("points=") == [f"{low}..{low + 19}" for low in range(0, 260, 20)]
    assert offered("points>=1") == ["100", "120", "140", "160", "180"]
    assert offered("points=20..") == []


def test_joins_after_a_clause() -> None:
    assert offered("class=7 ") == offered("(exact) ") == ["& ", "| "]
    assert offered("class in (7)") == [" & ", " | "]
    assert offered("class=7 o") == ["or "]
    assert offered("class=7 A") == ["and "]


def test_a_completion_takes_the_place_of_the_word_at_the_cursor() -> None:
    (one,) = complete("class=7 & writ=3", 12, TABLE)
    assert (one.start, one.end, one.text) == (10, 14, "writer")


@pytest.mark.parametrize(
    "text", ["class=7 ; ", "xyz ", "xyz=", "class=7 7 ", "strokes=", "class < < "]
)
def test_nothing_where_nothing_helps(text: str) -> None:
    assert offered(text) == []


def test_there_is_an_end_to_what_is_offered() -> None:
    table = mixed_table(400)
    table.add(table.columns["writer"], table.values("index"))
    assert len(complete("writer=", 7, table)) == 50


@given(QUESTIONS, st.data())
def test_never_an_error_and_in_bounds(question: Question, data: st.DataObject) -> None:
    text = question[0]
    cursor = data.draw(st.integers(0, len(text)))
    for one in complete(text, cursor, TABLE):
        assert 0 <= one.start <= cursor <= one.end <= len(text)


@given(st.lists(st.integers(0, 30), min_size=3, max_size=12))
def test_a_query_can_be_written_by_completions_alone(picks: list[int]) -> None:
    text = ""
    for pick in picks:
        found = complete(text, len(text), TABLE)
        if not found:
            break
        one = found[pick % len(found)]
        text = text[: one.start] + one.text
    error = find_error(text, TABLE)
    assert error is None or "missing" in error.problem or "not closed" in error.problem
