"""Which columns may be named, and what is suggested in place of a wrong name."""

from __future__ import annotations

from tests.catalog.query.tables import mixed_table
from viewer.catalog.columns import FACTS, MARKS, Column
from viewer.catalog.query.names import find_named, find_words, offer_columns, suggest


def test_facts_and_marks_are_offered_before_they_are_there() -> None:
    table = mixed_table(4)
    offered = offer_columns(table)
    assert {column.name for column in (*FACTS, *MARKS)} <= set(offered)
    assert "hsf" not in offered
    assert list(offered)[:3] == ["split", "class", "writer"]


def test_columns_of_the_set_alone_come_last_and_as_they_are() -> None:
    table = mixed_table(4)
    table.add(Column("pen", "Pen", "The pen."), table.values("points"))
    named = Column("class", "Class", "Words.", "word")
    table.add(named, table.values("points"), words=("a",) * 256)
    offered = offer_columns(table)
    assert list(offered)[-1] == "pen"
    assert offered["class"] is named


def test_a_name_in_any_case() -> None:
    columns = offer_columns(mixed_table(4)).values()
    for name in ("colour", "COLOR", "Colour"):
        column = find_named(name, columns)
        assert column is not None
        assert column.name == "colour"
    assert find_named("colours", columns) is None


def test_words_in_any_case() -> None:
    assert find_words("a", ("A", "a", "b")) == ["a"]
    assert find_words("B", ("A", "a", "b")) == ["b"]
    assert find_words("x", ("A", "b")) == []


def test_what_is_close_is_suggested_or_else_the_first_few() -> None:
    assert suggest("Shrit", ("Shirt", "Boot")) == "Did you mean Shirt?"
    assert suggest("dress", ("Ankle boot",), ("dresses",)) == "Did you mean dresses?"
    assert suggest("x", ("Ankle boot", "Bag")) == 'There are "Ankle boot", Bag.'
    many = suggest("xyz", [f"word{place}" for place in range(40)])
    assert many.endswith("word11, ....")
