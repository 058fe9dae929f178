"""Which digits a command is about: its arguments, and the set and indices they name."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.errors import UserError
from viewer.progress import ProgressLine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from viewer.datasets.digits import DigitSet

SOURCE_HELP = (
    "a folder or file of digits (IDX as MNIST, QMNIST and EMNIST have it, npz, CSV, parquet, "
    "UNIPEN, stroke sequences, PNG pictures by class), or 'sample', the embedded synthetic digits"
)
WHERE_HELP = "a query such as 'class=7 & strokes>=2 & writer=2103'; see the README for its form"
LABELS_HELP = "QMNIST's extended labels, where they do not lie beside the images"
SEQUENCES_HELP = (
    "stroke sequences of these digits (npz, or the published text files or archive), taken as "
    "the true paths of the pen"
)


def add_source(parser: argparse.ArgumentParser) -> None:
    """Give a command its source, labels and query."""
    parser.add_argument("source", metavar="SOURCE", help=SOURCE_HELP)
    parser.add_argument("--labels", metavar="PATH", help=LABELS_HELP)
    parser.add_argument("--sequences", metavar="PATH", help=SEQUENCES_HELP)
    parser.add_argument("--where", metavar="QUERY", help=WHERE_HELP)


def add_digits(parser: argparse.ArgumentParser, *, several: bool) -> None:
    """Give a command the digits of a source; of several splits unless one is named."""
    left_out = "all by default" if several else "needed where there are several, without --where"
    parser.add_argument("--split", help=f"such as train; {left_out}")
    parser.add_argument("--digits", metavar="RANGES", help="such as 0-99,205; all by default")


def add_jobs(parser: argparse.ArgumentParser, *, processes: bool = False) -> None:
    """Give a command the number of its threads, or of processes that share large jobs."""
    meaning = "processes; one a core by default" if processes else "threads; 1 by default"
    usual = count_cores() if processes else 1
    parser.add_argument("--jobs", type=_count, default=usual, metavar="N", help=meaning)


def count_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def open_set(chosen: argparse.Namespace) -> DigitSet:
    """Open the set of digits a command names."""
    from viewer.datasets.source import open_source

    with ProgressLine("Opening") as progress:
        return open_source(
            chosen.source,
            labels=chosen.labels,
            sequences=chosen.sequences,
            progress=progress,
        )


def choose(
    dataset: DigitSet,
    chosen: argparse.Namespace,
    settings: ExtractionSettings = PUBLISHED,
    *,
    several: bool = False,
) -> dict[str, NDArray[np.int64]]:
    """Return the digits that --split, --digits and --where name together, by split.

    Without --split and --where there has to be only one split, unless several may be meant.

    Raises
    ------
    UserError
        If there are several splits, or no digit.
    """
    from viewer.datasets.selection import parse_digits

    names = [chosen.split] if chosen.split else list(dataset.splits)
    splits = [dataset.split(name) for name in names]
    if len(splits) > 1 and (chosen.digits or (chosen.where is None and not several)):
        raise UserError(
            "there is more than one split",
            path=dataset.source,
            advice=f"Choose one with --split: {', '.join(names)}.",
        )
    digits = {
        split.name: parse_digits(chosen.digits or f"0-{len(split) - 1}", len(split))
        for split in splits
    }
    if chosen.where is not None:
        import numpy as np

        found = find(dataset, chosen, settings)
        digits = {
            name: indices[np.isin(indices, found[name])]
            for name, indices in digits.items()
            if name in found
        }
        digits = {name: indices for name, indices in digits.items() if len(indices)}
    if not digits:
        raise UserError("no digit matches", advice="Try it with info and the same --where.")
    return digits


def find(
    dataset: DigitSet, chosen: argparse.Namespace, settings: ExtractionSettings
) -> dict[str, NDArray[np.int64]]:
    """Return the digits that match --where, by split."""
    from viewer.catalog.table import Table
    from viewer.catalog.where import find_digits

    table = Table(dataset)
    with ProgressLine("Extracting strokes") as progress:
        positions = find_digits(
            table,
            chosen.where,
            settings,
            corrected=not getattr(chosen, "no_corrections", False),
            jobs=chosen.jobs,
            progress=progress,
        )
    return {split.name: indices for split, indices in table.by_split(positions)}


def _count(text: str) -> int:
    """Read a whole number of 1 or more."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 1024")
    return int(text)
