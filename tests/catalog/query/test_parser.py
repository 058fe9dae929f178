"""What a query may say, and where an error is when it cannot be understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.query.questions import QUESTIONS, Question
from tests.catalog.query.tables import find_error, mixed_table
from viewer.catalog.columns import Column
from viewer.catalog.query import QueryError, Range, parse
from viewer.catalog.query.tree import EVERYTHING, And, Clause, Not, Or
from viewer.errors import UserError

TABLE = mixed_table()


def test_and_binds_closer_than_or_and_not_closest() -> None:
    seven, nine = Clause("class", (7,)), Clause("class", (9,))
    exact = Clause("exact", (True,))
    assert parse("class=7 | class=9 & not exact", TABLE).tree == Or(
        (seven, And((nine, Not(exact))))
    )
    assert parse("not (class=7 | class=9) & exact", TABLE).tree == And(
        (Not(Or((seven, nine))), exact)
    )
    assert parse(" ", TABLE).tree == EVERYTHING


def test_ranges() -> None:
    def items(text: str) -> tuple[object, ...]:
        tree = parse(text, TABLE).tree
        assert isinstance(tree, Clause)
        return tree.items

    assert items("points=2..4,7") == (Range(2, 4), 7)
    assert items("points=2..<4") == items("points=2 ..< 4") == (Range(2, 4, open_high=True),)
    assert items("slant=-1..-0.5") == (Range(-1, -0.5),)
    assert items("slant=-.5...5") == (Range(-0.5, 0.5),)
    assert items("points<4") == items("points=..<4") == (Range(high=4, open_high=True),)


def test_a_column_goes_before_an_alias_of_another() -> None:
    table = mixed_table(4)
    table.add(Column("label", "Label", "A label."), table.values("points"))
    assert parse("LABEL=1", table).columns() == {"label"}
    assert parse("digit=1", table).columns() == {"class"}


def test_a_word_that_differs_in_case_means_itself_or_all_such() -> None:
    table = mixed_table(4)
    table.add(Column("x", "X", "X.", "word"), table.values("class"), words=("a", "A", "b"))
    assert parse("x=a", table).text == "x=a"
    assert parse("x=A", table).text == "x=A"
    assert parse("x=B", table).text == "x=b"
    table.add(Column("y", "Y", "Y.", "word"), table.values("class"), words=("Ab", "aB"))
    assert parse("y=AB", table).text == "y=Ab,aB"


@pytest.mark.parametrize(
    ("text", "wrong", "says", "advises"),
    [
        ("clas=3", "clas", "no column clas", "class?"),
        ("slent>0", "slent", "no column", "Did you mean slant?"),
        ("xyzzy=1", "xyzzy", "no column", "There are split, class,"),
        ("class=3 & hsf=2", "hsf", "the HSF series of these digits is not known", "writer"),
        ("colour=rde", "rde", "no colour rde", "Did you mean Red?"),
        ("colour='purple rain'", "'purple rain'", "no colour", "There are none, Red,"),
        ("class", "class", "what class should be is missing", "class=2..4"),
        ("exact & colour", "colour", "what colour should be", "colour=none"),
        ("class 7", "7", "what class should be is missing", ""),
        ("class=seven", "seven", "seven is not a number", "class=2..4"),
        ("class=3-4", "3-4", "3-4 is not a number", "Write a range as 3..4."),
        ("points=4..2", "..", "the range 4..2 is reversed", "2..4"),
        ("points=..", "..", "lacks an end", "2..4"),
        ("points=2..<", "..<", "lacks an end", ""),
        ("points=<..2", "<..", "lacks an end", ""),
        ("points>=2..4", "..", ".. cannot follow here", "&"),
        ("points=1234567890123456789", "1234567890123456789", "too long", ""),
        ("colour<red", "<", "colour has no order", "colour=none"),
        ("exact>no", ">", "exact has no order", "exact=yes"),
        ("exact=maybe", "maybe", "exact is yes or no, not maybe", "exact=no"),
        ("colour=red..none", "..", "cannot follow", ""),
        ("class=3 writer=2", "writer", "writer cannot follow here", "&"),
        ("class=3)", ")", "no parenthesis to close", ""),
        ("exact & (class=3", "(", "not closed", ")"),
        ("(class=3 exact)", "exact", "exact cannot follow here", "&"),
        ("7=class", "7", "a column is missing", "class=7"),
        ("class=3 & & exact", "& exact", "a column is missing", ""),
        ("class=3 ; exact", ";", "';' has no meaning here", "class=7"),
        ("colour='re", "'re", "the quote is not closed", "'"),
        ("class=£", "£", "'£' has no meaning", ""),
    ],
)
def test_an_error_says_where_and_what(text: str, wrong: str, says: str, advises: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text, TABLE)
    error = caught.value
    assert isinstance(error, UserError)
    assert text[error.start :].startswith(wrong.split(" exact")[0])
    assert error.end > error.start
    assert says in error.problem
    assert advises in error.advice


@pytest.mark.parametrize(
    "text",
    ["class=", "class=3 &", "not", "(", "class=3,", "class in (3", "points>", "class not in"],
)
def test_what_is_missing_at_the_end_is_there(text: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text + " ", TABLE)
    assert (caught.value.start, caught.value.end) == (len(text) + 1, len(text) + 1)


def test_nesting_has_a_limit_and_no_crash() -> None:
    assert parse("(" * 40 + "exact" + ")" * 40, TABLE).text == "exact"
    for sign in ("(", "!", "not "):
        with pytest.raises(QueryError, match="nested"):
            parse(sign * 10_000 + "exact", TABLE)


def test_a_long_word_is_shortened_in_the_message() -> None:
    with pytest.raises(QueryError) as caught:
        parse("colour=" + "x" * 10_000, TABLE)
    assert len(str(caught.value)) < 200


@given(QUESTIONS, st.data())
def test_damaged_text_is_a_query_or_an_error_in_its_bounds(
    question: Question, data: st.DataObject
) -> None:
    text = question[0]
    place = data.draw(st.integers(0, len(text)))
    put = data.draw(st.text(st.sampled_from("()=<>!&|.,'\"\\-7a ß\n"), max_size=3))
    text = text[:place] + put + text[place + data.draw(st.integers(0, 3)) :]
    error = find_error(text, TABLE)
    if error is None:
        query = parse(text, TABLE)
        assert parse(query.text, TABLE) == query
    else:
        assert 0 <= error.start <= error.end <= len(text)
        assert error.problem
