"""Pages of digits that are more than a filter: a writer, a sheet of classes, the like, the odd.

A page is made from a table and shown in the place of the filter's result.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.table import Table
from viewer.errors import UserError

Kind = Literal["writer", "classes", "similar", "odd", "changes"]


@dataclass(frozen=True, eq=False)
class Page:
    """Digits in an order of their own, with headings.

    Parameters
    ----------
    kind : str
        ``writer``, ``classes``, ``similar``, ``odd``; ``changes``: what other settings change.
    title : str
        A few words.
    subtitle : str
        What is on it, in a clause.
    positions : ndarray of int64, shape (k,)
        The digits, each once.
    sections : tuple of (str, int)
        Headings and the rows they stand above, ascending from row 0.
    captions : tuple of str, optional
        A caption for each digit, in the place of a column.
    previous, next : str, optional
        The writer before and behind on a page of a writer.
    """

    kind: Kind
    title: str
    subtitle: str
    positions: NDArray[np.int64]
    sections: tuple[tuple[str, int], ...] = ()
    captions: tuple[str, ...] | None = None
    previous: str | None = None
    next: str | None = None


def writer_of(table: Table, position: int) -> int:
    """Return the number of the writer of a digit; a UserError where it is not known."""
    writers, known = _writers(table)
    if known is not None and not known[position]:
        raise UserError(f"the writer of {table.identity(position)} is not known")
    return int(writers[position])


def writer_page(table: Table, writer: int) -> Page:
    """Return all digits of a writer: class by class, each in the order of writing.

    Parameters
    ----------
    table : Table
    writer : int
        Number of the writer.

    Raises
    ------
    UserError
        If the set does not tell its writers, or has no digit of this one.
    """
    writers, known = _writers(table)
    theirs = writers == writer
    if known is not None:
        theirs &= known
    found = np.flatnonzero(theirs)
    if not len(found):
        raise UserError(f"there is no digit by writer {writer}")
    written = table.values("digit_index")[found] if "digit_index" in table.columns else found
    positions = found[np.lexsort((written, _classes(table, found)))]
    before, behind = (writers < writer), (writers > writer)
    if known is not None:
        before, behind = before & known, behind & known
    digits = "1 digit" if len(found) == 1 else f"{len(found):,} digits"
    return Page(
        "writer",
        f"Writer {writer}",
        digits + _series(table, found),
        positions,
        _class_sections(table, positions, {}),
        previous=str(writers[before].max()) if before.any() else None,
        next=str(writers[behind].min()) if behind.any() else None,
    )


def class_sheet(table: Table, positions: NDArray[np.int64], per_class: int, seed: int) -> Page:
    """Return some digits of each class, drawn at random.

    Parameters
    ----------
    table : Table
    positions : ndarray of int64, shape (k,)
        What they are drawn from.
    per_class : int
        Most digits of a class.
    seed : int
        Another one draws others; the same draws the same.

    Raises
    ------
    UserError
        If the set has no classes.
    """
    chosen, counts = [], {}
    for value, theirs in _by_class(table, positions):
        draw = np.random.default_rng([seed, value])
        some = draw.choice(len(theirs), min(per_class, len(theirs)), replace=False)
        chosen.append(theirs[np.sort(some)])
        counts[value] = len(theirs)
    shown = np.concatenate(chosen) if chosen else np.empty(0, np.int64)
    return Page(
        "classes",
        "Class sheet",
        f"{per_class} of each class, drawn from {len(positions):,} digits",
        shown,
        _class_sections(table, shown, counts),
    )


def similar_page(table: Table, position: int, count: int) -> Page:
    """Return the digits whose strokes are shaped most like those of one, nearest first.

    Parameters
    ----------
    table : Table
        With the shapes that extraction found.
    position : int
        The digit, which stands first.
    count : int
        Most digits beside it.

    Raises
    ------
    UserError
        If the shape of the digit is not known yet.
    """
    from viewer.core.shape import nearest

    known = _extracted(table)
    if table.shapes is None or not known[position]:
        raise UserError(
            "the strokes of this digit are not extracted yet",
            advice="Wait a moment; the status bar says how far the extraction is.",
        )
    there = np.flatnonzero(known)
    shapes = table.shapes if len(there) == len(table) else table.shapes[there]
    rows, distances = nearest(shapes, table.shapes[position], count + 1)
    found = there[rows]
    other = found != position
    positions = np.concatenate(([position], found[other][:count])).astype(np.int64)
    return Page(
        "similar",
        f"Like {table.identity(position)}",
        f"The {len(positions) - 1:,} digits with the nearest shape of strokes",
        positions,
        (("This digit", 0), ("Nearest first", 1)) if len(positions) > 1 else (("This digit", 0),),
        ("", *(f"{distance:.0f}" for distance in distances[other][:count])),
    )


def odd_page(table: Table, positions: NDArray[np.int64], per_class: int) -> Page:
    """Return the most unusual digits of each class, the most unusual first.

    Parameters
    ----------
    table : Table
        With the column ``unusual``.
    positions : ndarray of int64, shape (k,)
        What they are chosen from.
    per_class : int
        Most digits of a class.

    Raises
    ------
    UserError
        If it is not known yet how unusual the digits are.
    """
    if "unusual" not in table.columns:
        raise UserError(
            "how unusual the digits are is not known yet",
            advice="Wait until all strokes are extracted; the status bar says how far it is.",
        )
    unusual, known = table.values("unusual"), table.known("unusual")
    if known is not None:
        positions = positions[known[positions]]
    groups = _by_class(table, positions) if "class" in table.columns else [(-1, positions)]
    chosen = [
        theirs[np.argsort(-unusual[theirs], kind="stable")[:per_class]] for _value, theirs in groups
    ]
    shown = np.concatenate(chosen) if chosen else np.empty(0, np.int64)
    counts = {value: len(theirs) for value, theirs in groups}
    return Page(
        "odd",
        "Odd ones out",
        "Of each class the digits least like the others; the figure is the share of the class, in "
        "percent, that is more usual",
        shown,
        _class_sections(table, shown, counts),
        tuple(f"{share:.1f}" for share in unusual[shown].tolist()),
    )


def _writers(table: Table) -> tuple[NDArray[np.integer], NDArray[np.bool_] | None]:
    """Return the writers, and where they are known."""
    if "writer" not in table.columns:
        raise UserError(
            "this set does not say who wrote its digits", advice="QMNIST's extended labels do."
        )
    return table.values("writer"), table.known("writer")


def _extracted(table: Table) -> NDArray[np.bool_]:
    """Tell of which digits the strokes are known."""
    if "strokes" not in table.columns:
        return np.zeros(len(table), np.bool_)
    known = table.known("strokes")
    return np.ones(len(table), np.bool_) if known is None else known


def _classes(table: Table, positions: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the classes of digits, -1 where unknown."""
    if "class" not in table.columns:
        return np.full(len(positions), -1)
    classes = table.values("class")[positions].astype(np.int64)
    known = table.known("class")
    return classes if known is None else np.where(known[positions], classes, -1)


def _by_class(table: Table, positions: NDArray[np.int64]) -> list[tuple[int, NDArray[np.int64]]]:
    """Divide digits by class, each in the set's order; those without one are left out."""
    if "class" not in table.columns:
        raise UserError("this set does not say what its digits are")
    ordered = np.sort(positions)
    classes = _classes(table, ordered)
    return [
        (value, ordered[classes == value]) for value in np.unique(classes).tolist() if value >= 0
    ]


def _class_sections(
    table: Table, positions: NDArray[np.int64], counts: dict[int, int]
) -> tuple[tuple[str, int], ...]:
    """Return a heading for each class of digits that lie class by class.

    Parameters
    ----------
    counts : dict
        Digits there are of each class, where those shown are some of them.
    """
    classes = _classes(table, positions)
    bounds = [*np.flatnonzero(np.diff(classes, prepend=-2)).tolist(), len(classes)]
    sections = []
    for start, stop in itertools.pairwise(bounds):
        value, shown = int(classes[start]), stop - start
        of_all = f" of {counts[value]:,}" if counts.get(value, shown) != shown else ""
        sections.append((f"{_class_title(table, value)}   {shown:,}{of_all}", start))
    return tuple(sections)


def _class_title(table: Table, value: int) -> str:
    words = table.words("class")
    if value < 0:
        return "Class unknown"
    return words[value] if value < len(words) else f"Class {value}"


def _series(table: Table, positions: NDArray[np.int64]) -> str:
    """Return in which HSF series digits are, where that is one."""
    if "hsf" not in table.columns:
        return ""
    series = np.unique(table.values("hsf")[positions])
    return f", HSF series {series[0]}" if len(series) == 1 else ""
