"""The command line that does the same as an export from the window."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.columns import FACT_NAMES, INDEX, SPLIT
from viewer.catalog.query import QueryError, Range, parse, select
from viewer.catalog.query.text import write_node
from viewer.catalog.query.tree import Clause, Item, Node, join_all, join_any
from viewer.catalog.table import Table
from viewer.export.command import write_value
from viewer.export.format import Format, Value
from viewer.export.plan import in_ranges
from viewer.gui.copying import source_words
from viewer.gui.export.scopes import Positions, Subject
from viewer.options import write_options

LONGEST = 32_000
"""Characters of the words that name digits; systems take few more on a command line."""


def write_command(
    subject: Subject,
    digits: list[str],
    form: Format,
    options: Mapping[str, Value],
    target: Path,
    *,
    manifest: bool,
    overwrite: bool,
) -> str:
    """Return the command line that writes the same bytes, marks aside, which it never has.

    Parameters
    ----------
    subject : Subject
    digits : list of str
        The words that name the digits; see `name_digits`.
    form : Format
    options : mapping of str to value
        All of the format's.
    target : path
        The file or folder.
    manifest, overwrite : bool
        Whether a manifest is kept, and whether what is there may be replaced.

    Returns
    -------
    command : str
        As a shell takes it.
    """
    words = ["digit-strokes", "extract"]
    words += [subject.table.dataset.source] if subject.request is None else []
    words += [] if subject.request is None else source_words(subject.request)
    words += [*digits, "--format", form.name]
    for option in form.options:
        value = options[option.name]
        if value != option.default:
            words += ["--option", f"{option.name}={write_exactly(value)}"]
    words += ["--output", str(target.absolute())]
    words += ["--manifest"] if manifest and not form.is_folder(target) else []
    words += ["--overwrite"] if overwrite else []
    return shlex.join([*words, *write_options(subject.settings)])


def name_digits(table: Table, positions: Positions, query: str = "") -> list[str] | None:
    """Return the words of the command line that name digits.

    Parameters
    ----------
    table : Table
    positions : ndarray of int64, shape (n,)
        Ascending.
    query : str
        The filter; it is used if it finds just these digits.

    Returns
    -------
    words : list of str, or None
        None if they are too many to be named.
    """
    splits = list(table.dataset.splits)
    parts = table.by_split(positions)
    whole = {split.name for split, indices in parts if len(indices) == len(split)}
    if len(positions) == len(table):
        return [] if len(splits) == 1 else ["--where", write_node(Clause(INDEX.name, (Range(0),)))]
    if query.strip() and _finds(query, table, positions):
        return ["--where", query.strip()]
    if len(parts) == 1 and not parts[0][0].name.startswith("-"):
        split, indices = parts[0]
        words = ["--split", split.name] if len(splits) > 1 else []
        words += [] if whole else ["--digits", in_ranges(indices)]
    else:
        chosen = [
            _name_part(split.name, None if split.name in whole else indices)
            for split, indices in parts
        ]
        words = ["--where", write_node(join_any(chosen))]
    return words if sum(map(len, words)) <= LONGEST else None


def _finds(query: str, table: Table, positions: Positions) -> bool:
    """Return whether a query finds just these digits, with all that it asks for known."""
    try:
        parsed = parse(query, table)
    except QueryError:
        return False
    if not all(map(table.is_complete, parsed.columns() & FACT_NAMES)):
        return False
    return np.array_equal(np.flatnonzero(select(parsed, table)), positions)


def _name_part(split: str, indices: NDArray[np.int64] | None) -> Node:
    """Return a query for digits of a split; all of them if none are given."""
    own = Clause(SPLIT.name, (split,))
    if indices is None:
        return own
    ranges = (text.partition("-") for text in in_ranges(indices).split(","))
    items: list[Item] = [
        Range(int(low), int(high)) if dash else int(low) for low, dash, high in ranges
    ]
    return join_all([own, Clause(INDEX.name, tuple(items))])


def write_exactly(value: Value) -> str:
    """Return a value of an option as the command line has it, with all of its figures."""
    text = write_value(value)
    return repr(value) if isinstance(value, float) and float(text) != value else text
