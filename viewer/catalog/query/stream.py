"""The tokens of a query as they are read one after the other."""

from __future__ import annotations

from typing import NoReturn

from viewer.catalog.query.tokens import QueryError, Token, TokenKind, shorten, tokenize

VALUES: tuple[TokenKind, ...] = ("number", "word", "quoted")


class TokenStream:
    """The tokens of a text, and how far they are read.

    Parameters
    ----------
    text : str
        A query.

    Raises
    ------
    QueryError
        If it cannot be divided into tokens.
    """

    def __init__(self, text: str) -> None:
        self._tokens = tokenize(text)
        self._place = 0

    @property
    def next(self) -> Token:
        """The token that is read next; at the end one of kind ``end``."""
        return self._tokens[self._place]

    @property
    def after_next(self) -> Token:
        """The token after that; at the end the same."""
        return self._tokens[min(self._place + 1, len(self._tokens) - 1)]

    def take(self, *kinds: TokenKind) -> Token | None:
        """Read the next token if it is of one of some kinds."""
        token = self.next
        if token.kind not in kinds:
            return None
        self._place += token.kind != "end"
        return token

    def need(self, problem: str, advice: str, *kinds: TokenKind) -> Token:
        """Read the next token; a QueryError if it is of none of some kinds."""
        token = self.take(*kinds)
        if token is None:
            self.refuse(problem, advice)
        return token

    def refuse(self, problem: str, advice: str) -> NoReturn:
        """Raise a QueryError about the next token."""
        raise refusal(problem, advice, self.next)

    def refuse_rest(self) -> NoReturn:
        """Say that the next token cannot follow what was read."""
        if self.next.kind == ")":
            self.refuse("there is no parenthesis to close here", "Leave it out.")
        self.refuse(f"{shorten(self.next.text)} cannot follow here", "Join clauses with & or |.")


def refusal(problem: str, advice: str, token: Token) -> QueryError:
    """Return an error about a token."""
    return QueryError(problem, token.start, token.end, advice=advice)
