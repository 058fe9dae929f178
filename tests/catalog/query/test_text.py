"""The text of a query reads back as the same query, and says it in the shortest way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.query.questions import QUESTIONS, Question
from tests.catalog.query.tables import mixed_table
from viewer.catalog.columns import Column
from viewer.catalog.query import parse
from viewer.catalog.query.text import write_number
from viewer.catalog.table import Table

TABLE = mixed_table()


@given(QUESTIONS)
def test_text_reads_back_as_the_same_query(question: Question) -> None:
    query = parse(question[0], TABLE)
    assert parse(query.text, TABLE) == query
    assert parse(query.text, TABLE).text == query.text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        ("  ", ""),
        ("LABEL == 07", "class=7"),
        ("class in (1, 2,5 .. 9)", "class=1,2,5..9"),
        ("class not in (1)", "class!=1"),
        ("points=2..", "points>=2"),
        ("points = ..<3", "points<3"),
        ("points=2..,7", "points=2..,7"),
        ("points!=2..", "points!=2.."),
        ("slant=-1.50<..<2.0", "slant=-1.5<..<2"),
        ("exact=yes", "exact"),
        ("exact!=yes", "exact!=yes"),
        ("exact=NO", "exact=no"),
        ("! ! exact", "not not exact"),
        ("not(class=1)", "not class=1"),
        ("!(class=1&exact)", "not (class=1 & exact)"),
        ("(class=1 and exact) OR noted", "class=1 & exact | noted"),
        ("class=1 && (exact || noted)", "class=1 & (exact | noted)"),
        ("(class=1 & exact) & noted", "class=1 & exact & noted"),
        ("colour='DEEP BLUE',red", 'colour="deep blue",Red'),
        ("colour='NOT',7", 'colour="not",7'),
    ],
)
def test_the_one_text_of_what_is_meant(text: str, written: str) -> None:
    assert str(parse(text, TABLE)) == written


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4, unique=True))
def test_any_word_can_be_asked_for(words: list[str]) -> None:
    table = mixed_table(4)
    table.add(Column("x", "X", "X.", "word"), table.values("points"), words=words)
    name = '"' + words[0].replace("\\", "\\\\").replace('"', '\\"') + '"'
    query = parse(f"x={name}", table)
    assert query.choice("x") is not None
    assert parse(query.text, table) == query


def test_a_column_with_the_name_of_a_keyword_can_be_asked_for() -> None:
    table: Table = mixed_table(4)
    table.add(Column("in", "In", "In."), table.values("points"))
    query = parse('"in"=3', table)
    assert query.columns() == {"in"}
    assert query.text == '"in"=3'


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_written_without_an_exponent_and_exactly(number: float) -> None:
    written = write_number(number)
    assert "e" not in written
    assert float(written) == number
