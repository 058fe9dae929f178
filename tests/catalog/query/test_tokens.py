"""The words and signs of a query and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.catalog.query.tokens import QueryError, quote, shorten, tokenize


def kinds(text: str) -> list[str]:
    return [f"{token.kind}:{token.text}" for token in tokenize(text)[:-1]]


def test_tokens_of_every_kind() -> None:
    assert kinds("Class >=2&&(x OR !y)") == [
        "word:Class", "compare:>=", "number:2", "and:&&", "(:(", "word:x", "or:OR", "not:!",
        "word:y", "):)",
    ]  # fmt: skip
    assert kinds("a in 1..<2,.5") == [
        "word:a", "in:in", "number:1", "range:..<", "number:2", ",:,", "number:.5",
    ]  # fmt: skip


def test_numbers_end_where_words_begin() -> None:
    assert kinds("-2.5..-1") == ["number:-2.5", "range:..", "number:-1"]
    assert kinds("2nd 3-4 T-shirt/top ß") == ["word:2nd", "word:3-4", "word:T-shirt/top", "word:ß"]
    assert kinds("1...5") == ["number:1", "range:..", "number:.5"]


def test_quotes() -> None:
    assert kinds("""'a "b"' "c\\"d\\\\" ''""") == ['quoted:a "b"', 'quoted:c"d\\', "quoted:"]
    with pytest.raises(QueryError, match="not closed"):
        tokenize("x='a\\'")


@given(st.text())
def test_a_quoted_word_is_read_back(word: str) -> None:
    (token,) = tokenize(quote(word))[:-1]
    assert token.text == word
    assert token.kind in ("quoted", "word", "number")


@given(st.text(st.sampled_from("ab1.<=>!&|() \t-_'\"é")))
def test_tokens_are_in_order_and_what_the_text_says(text: str) -> None:
    try:
        tokens = tokenize(text)
    except QueryError as error:
        place = error.start
        tokens = tokenize(text[:place])
    ends = [0, *(token.end for token in tokens)]
    for before, token in zip(ends, tokens, strict=False):
        assert before <= token.start <= token.end
        assert not text[before : token.start].strip()


def test_what_is_long_is_shortened() -> None:
    assert shorten("x" * 40) == "x" * 40
    assert shorten("x" * 41) == "x" * 37 + "..."
