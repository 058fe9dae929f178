"""What a query chooses column by column, and how a choice is changed in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.query.questions import QUESTIONS, Question
from tests.catalog.query.tables import mixed_table
from viewer.catalog.query import Choice, Query, Range, parse, select

TABLE = mixed_table()


def choice(text: str, name: str = "points") -> Choice | None:
    return parse(text, TABLE).choice(name)


def test_columns_asked_about() -> None:
    assert parse("label=7 & not (favorite | strokes=2)", TABLE).columns() == {
        "class", "favourite", "strokes",
    }  # fmt: skip
    assert Query().columns() == set()
    assert Query().is_everything
    assert not parse("exact", TABLE).is_everything


def test_the_choice_of_a_column_is_its_own_clause() -> None:
    assert choice("class=1 & points=7,9..12") == Choice(frozenset({7}), (Range(9, 12),))
    assert choice("points>2") == Choice(ranges=(Range(2, open_low=True),))
    assert choice("exact=no & points=1", "exact") == Choice(frozenset({False}))
    assert choice("colour=RED", "colour") == Choice(frozenset({"Red"}))
    assert choice("(points=1 | points=5..) & exact") == Choice(frozenset({1}), (Range(5),))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "exact",
        "points!=7",
        "not points=7",
        "points=7 | exact",
        "(points=7 | points!=9) & exact",
    ],
)
def test_what_is_no_plain_choice_is_none(text: str) -> None:
    assert choice(text) is None


def test_several_clauses_choose_what_all_of_them_do() -> None:
    assert choice("points>=2 & points<=4") == Choice(ranges=(Range(2, 4),))
    assert choice("points>2 & points=1,2,3 & points<9") == Choice(frozenset({3}))
    assert choice("colour=red,none & colour=red", "colour") == Choice(frozenset({"Red"}))
    assert choice("points=1 & points=2") == Choice()


def test_a_choice_is_put_in_its_place() -> None:
    query = parse("class=1 & points=7 & exact & points<9", TABLE)
    chosen = Choice(frozenset({3, 2}), (Range(5, 6),))
    assert str(query.with_choice("points", chosen)) == "class=1 & points=2,3,5..6 & exact"
    assert str(query.with_choice("points", None)) == "class=1 & exact"
    assert str(query.with_choice("points", Choice())) == "class=1 & exact"
    assert str(query.with_choice("colour", Choice(frozenset({"Red"})))) == f"{query} & colour=Red"


def test_a_choice_leaves_the_rest_of_the_query_as_it_is() -> None:
    one = Choice(frozenset({1}))
    assert str(Query().with_choice("points", one)) == "points=1"
    assert str(parse("points=2", TABLE).with_choice("points", None)) == ""
    assert str(parse("exact | noted", TABLE).with_choice("points", one)) == (
        "(exact | noted) & points=1"
    )
    assert str(parse("not points=2", TABLE).with_choice("points", one)) == (
        "not points=2 & points=1"
    )
    assert str(parse("points=2 | points=3", TABLE).with_choice("points", one)) == "points=1"


@given(QUESTIONS, st.sampled_from(["class", "points", "writer", "exact", "colour"]))
def test_taking_a_choice_away_and_putting_it_back_is_the_same_query(
    question: Question, name: str
) -> None:
    query = parse(question[0], TABLE)
    chosen = query.choice(name)
    without = query.with_choice(name, None)
    assert without.choice(name) is None
    back = without.with_choice(name, chosen)
    assert parse(back.text, TABLE) == back
    if chosen is None:
        assert back == query
    elif chosen:
        assert (select(back, TABLE) == select(query, TABLE)).all()
    else:
        assert not select(query, TABLE).any()
