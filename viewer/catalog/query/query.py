"""A query that was understood: its text, and the choices it makes column by column."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from viewer.catalog.query.choice import Choice, intersect_choices, read_choice
from viewer.catalog.query.text import write_node
from viewer.catalog.query.tree import EVERYTHING, And, Clause, Node, find_columns, join_all


@dataclass(frozen=True)
class Query:
    """Which digits are asked for.

    Parameters
    ----------
    tree : Clause, Not, And or Or
        What they must satisfy.
    """

    tree: Node = EVERYTHING

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The query as it is written shortest; it reads back as an equal query."""
        return write_node(self.tree)

    @property
    def is_everything(self) -> bool:
        """Whether every digit is asked for."""
        return self.tree == EVERYTHING

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes that must all be satisfied."""
        return self.tree.nodes if isinstance(self.tree, And) else (self.tree,)

    def columns(self) -> set[str]:
        """Return the names of the columns that are asked about."""
        return find_columns(self.tree)

    def choice(self, name: str) -> Choice | None:
        """Return what a column's own clause chooses.

        Parameters
        ----------
        name : str
            Name of the column.

        Returns
        -------
        choice : Choice or None
            None if no part of the query is a plain choice in that column. Of several such
            parts what all of them choose, which may be nothing.
        """
        read = [found for part in self.parts if (found := read_choice(part)) is not None]
        choices = [choice for column, choice in read if column == name]
        return reduce(intersect_choices, choices) if choices else None

    def with_choice(self, name: str, choice: Choice | None) -> Query:
        """Return the query with another choice in a column, the rest untouched.

        Parameters
        ----------
        name : str
            Name of the column.
        choice : Choice or None
            What to choose instead; None or an empty choice takes the column's clause away.

        Returns
        -------
        query : Query
        """
        parts: list[Node] = []
        wanted = [Clause(name, choice.items)] if choice else []
        for part in self.parts:
            if is_choice_in(part, name):
                parts += wanted
                wanted = []
            else:
                parts.append(part)
        return Query(join_all([*parts, *wanted]))


def is_choice_in(node: Node, name: str) -> bool:
    """Return whether a node is a plain choice in a column."""
    found = read_choice(node)
    return found is not None and found[0] == name
