"""The words and signs of a query, and the error that points at them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from viewer.errors import UserError

TokenKind = Literal[
    "number", "word", "quoted", "range", "compare", "and", "or", "not", "in", "(", ")", ",", "end"
]
KEYWORDS: dict[str, TokenKind] = {"and": "and", "or": "or", "not": "not", "in": "in"}
NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?![\w/+-])")
WORD = re.compile(r"\w[\w/+-]*")
LONGEST_NUMBER = 18
"""Characters of a number; longer ones would not fit into 64 bits."""
LONGEST_SHOWN = 40
"""Characters of what a message repeats."""
_FORMS: tuple[tuple[TokenKind, re.Pattern[str]], ...] = (
    ("quoted", re.compile(r'"(?:[^"\\]|\\.)*"|' + r"'(?:[^'\\]|\\.)*'", re.DOTALL)),
    ("range", re.compile(r"<?\.\.<?")),
    ("number", NUMBER),
    ("word", WORD),
    ("compare", re.compile("<=|>=|!=|==|[=<>]")),
    ("and", re.compile("&&?")),
    ("or", re.compile(r"\|\|?")),
    ("not", re.compile("!")),
    ("(", re.compile(r"\(")),
    (")", re.compile(r"\)")),
    (",", re.compile(",")),
)
_SPACE = re.compile(r"\s*")


class QueryError(UserError):
    """A query that cannot be understood.

    Parameters
    ----------
    problem : str
        What is wrong, as a clause without a final full stop.
    start, end : int
        Characters of the text it is about; equal where something is missing at its end.
    advice : str, optional
        What to write instead, as a sentence.
    """

    def __init__(self, problem: str, start: int, end: int, *, advice: str = "") -> None:
        super().__init__(problem, advice=advice)
        self.start = start
        self.end = end


@dataclass(frozen=True)
class Token:
    """A word or sign of a query.

    Parameters
    ----------
    kind : str
        What it is; a keyword in any case and its sign are of one kind.
    text : str
        What it says; of a quoted word what is between the quotes.
    start, end : int
        Where it stands in the query.
    """

    kind: TokenKind
    text: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """Divide a query into its words and signs.

    Parameters
    ----------
    text : str
        The query.

    Returns
    -------
    tokens : list of Token
        The last is of kind ``end``.

    Raises
    ------
    QueryError
        If a quote is not closed, or a character has no meaning.
    """
    tokens = []
    place = 0
    while True:
        space = _SPACE.match(text, place)
        place = space.end() if space else place
        if place == len(text):
            tokens.append(Token("end", "", place, place))
            return tokens
        token = _read_token(text, place)
        tokens.append(token)
        place = token.end


def quote(word: str) -> str:
    """Return a word as a query has it: bare where that reads back the same."""
    bare = WORD.fullmatch(word) or NUMBER.fullmatch(word)
    if bare and word.lower() not in KEYWORDS:
        return word
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def shorten(text: str) -> str:
    """Return text of a query as it fits into a message."""
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def _read_token(text: str, place: int) -> Token:
    """Read the token that begins at a place."""
    for kind, form in _FORMS:
        match = form.match(text, place)
        if match is None:
            continue
        said = match[0]
        if kind == "word":
            kind = KEYWORDS.get(said.lower(), "word")
        elif kind == "quoted":
            said = re.sub(r"\\(.)", r"\1", said[1:-1], flags=re.DOTALL)
        return Token(kind, said, place, match.end())
    if text[place] in "\"'":
        raise QueryError(
            "the quote is not closed", place, len(text), advice=f"Close it with {text[place]}."
        )
    raise QueryError(
        f"{text[place]!r} has no meaning here",
        place,
        place + 1,
        advice="A query is written like class=7 & strokes>=2.",
    )
