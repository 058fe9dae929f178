"""The command ``digit-strokes fetch``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.fetch.catalogue import SETS, megabytes
from viewer.printing import print_result
from viewer.progress import ProgressLine

if TYPE_CHECKING:
    from viewer.fetch.report import FileReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the command's arguments, and `run` as what it runs."""
    sizes = ", ".join(f"{wanted.name} ({wanted.size_words})" for wanted in SETS.values())
    parser.add_argument("name", metavar="SET", choices=tuple(SETS), help=f"one of {sizes}")
    parser.add_argument(
        "--folder",
        type=Path,
        metavar="DIR",
        help="where its files go; by default a folder in the user's data folder",
    )
    parser.add_argument(
        "--replace",
        action="store_true",
        help="replace files of the same names that are not the published ones",
    )
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Fetch a set and print where it is, what was kept and what came from where.

    Parameters
    ----------
    chosen : Namespace
        With ``name``, ``folder`` and ``replace``.

    Returns
    -------
    code : int
        0; whatever goes wrong is raised as in `viewer.fetch.install.fetch`.
    """
    from viewer.fetch.install import fetch  # brings urllib and ssl along

    reports: list[FileReport] = []
    title = SETS[chosen.name].title
    with ProgressLine(f"Fetching {title}") as progress:
        folder = fetch(
            chosen.name,
            chosen.folder,
            replace=chosen.replace,
            progress=progress,
            on_file=reports.append,
        )
    print_result(f"{folder}: {title}, {describe(reports)}")
    return 0


def describe(reports: Sequence[FileReport]) -> str:
    """Return what was done, such as ``4 files: 3 from example.org (1.7 MB), 1 was there``."""
    parts = []
    for host in dict.fromkeys(report.host for report in reports if report.host):
        sizes = [report.size for report in reports if report.host == host]
        parts.append(f"{len(sizes)} from {host} ({megabytes(sum(sizes))})")
    if kept := sum(not report.host for report in reports):
        parts.append(f"{kept} {'was' if kept == 1 else 'were'} there")
    files = "1 file" if len(reports) == 1 else f"{len(reports)} files"
    return f"{files}: {', '.join(parts)}"
