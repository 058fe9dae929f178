"""A set of digits in words and figures, as ``digit-strokes info`` prints it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet

UNKNOWN = "-"
FEW = 4


def describe(dataset: DigitSet) -> str:
    """Describe a set of digits.

    Parameters
    ----------
    dataset : DigitSet
        The set.

    Returns
    -------
    text : str
        Name, source, image size, digits by class and split, the range of each metadata
        column, and what a user should know.
    """
    sizes = {split.images.shape[1:] for split in dataset.splits.values()}
    facts = [
        ["source", dataset.source],
        ["digits", f"{len(dataset):,}"],
        ["images", ", ".join(f"{rows} x {columns} pixels" for rows, columns in sorted(sizes))],
    ]
    blocks = [dataset.name, align(facts, left=2), align(_classes(dataset), left=1)]
    columns = _columns(dataset)
    if len(columns) > 1:
        blocks.append(align(columns, left=1))
    blocks.extend(dataset.notes)
    return "\n\n".join(blocks)


def _classes(dataset: DigitSet) -> list[list[str]]:
    """Count the digits by class (a row each) and split (a column each)."""
    splits = list(dataset.splits.values())
    counts = [
        np.zeros(0, dtype=np.int64) if split.labels is None else np.bincount(split.labels)
        for split in splits
    ]
    classes = np.unique(np.concatenate([np.flatnonzero(count) for count in counts]))
    table = [["class", *dataset.splits]]
    for name in classes.tolist():
        known = [f"{count[name]:,}" if name < len(count) else "0" for count in counts]
        table.append(
            [
                _class_name(dataset, name),
                *(
                    UNKNOWN if split.labels is None else text
                    for split, text in zip(splits, known, strict=True)
                ),
            ]
        )
    return [*table, ["all", *(f"{len(split):,}" for split in splits)]]


def _class_name(dataset: DigitSet, label: int) -> str:
    """Return a class by its label, with its name where it has one."""
    names = dataset.class_names
    return f"{label} {names[label]}" if label < len(names) else str(label)


def _columns(dataset: DigitSet) -> list[list[str]]:
    """Give the range of each metadata column, by split."""
    splits = list(dataset.splits.values())
    names = dict.fromkeys(name for split in splits for name in split.columns)
    table = [["column", *dataset.splits]]
    for name in names:
        ranges = [_range(split.columns.get(name)) for split in splits]
        table.append([name, *ranges])
    return table


def _range(column: NDArray[Any] | None) -> str:
    """Return the values where they are few, or the ends of their range and how many."""
    if column is None or not len(column):
        return UNKNOWN
    values = np.unique(column)
    if len(values) <= FEW:
        return ", ".join(map(str, values))
    return f"{values[0]} to {values[-1]} ({len(values):,} values)"


def align(table: Sequence[Sequence[str]], *, left: int) -> str:
    """Set a table in columns, the first `left` ones to the left, the others to the right.

    Parameters
    ----------
    table : sequence of sequence of str
        Lines of cells, all of one length.
    left : int
        How many columns are set to the left.

    Returns
    -------
    text : str
        Lines without blanks at their ends.
    """
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = (
        "  ".join(
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in table
    )
    return "\n".join(line.rstrip() for line in lines)
