"""Words for what is known about a digit, the same in tool tips, captions and details."""

from __future__ import annotations

from viewer.catalog.columns import Column
from viewer.catalog.table import Table

ORIGINS = ("metadata", "facts", "marks")
"""Order in which the columns are told; split and index are in a digit's name."""


def value_text(table: Table, name: str, position: int) -> str | None:
    """Return the value of a column as it is written for people.

    Parameters
    ----------
    table : Table
    name : str
        A column of the table.
    position : int
        The digit.

    Returns
    -------
    text : str or None
        With its unit; None where the value is not known.
    """
    known = table.known(name)
    if known is not None and not known[position]:
        return None
    column, value = table.columns[name], table.values(name)[position]
    if column.kind == "word":
        words = table.words(name)
        return words[value] if value < len(words) else str(value)
    if column.kind == "flag":
        return "yes" if value else "no"
    if column.kind == "real":
        return with_unit(f"{value:.{1 if column.unit else 2}f}", column)
    return with_unit(str(value), column)


def with_unit(figure: str, column: Column) -> str:
    """Return a figure with the unit of its column; a degree sign stands close."""
    if not column.unit:
        return figure
    return f"{figure}{column.unit}" if column.unit == "°" else f"{figure} {column.unit}"


def metadata(table: Table, position: int) -> dict[str, object]:
    """Return what is known about a digit by titles, in the order and the words for display.

    Marks are told only where there is one.
    """
    told: dict[str, object] = {"Digit": table.identity(position)}
    for origin in ORIGINS:
        for name, column in table.columns.items():
            if column.origin != origin or (origin == "marks" and not table.values(name)[position]):
                continue
            text = value_text(table, name, position)
            if text is not None:
                told[column.title] = text
    return told


def tool_tip(table: Table, position: int) -> str:
    """Return what is known about a digit as lines of plain text."""
    return "\n".join(f"{title} {value}" for title, value in metadata(table, position).items())
