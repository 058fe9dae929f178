"""The command ``digit-strokes evaluate-order``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from viewer.choosing import add_digits, add_jobs, add_source, choose, open_set
from viewer.core.settings import ORDERS
from viewer.printing import print_result
from viewer.progress import ProgressLine

GROUPS = ("class", "writer")
"""What the table of figures can be divided by."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the command's arguments, and `run` as what it runs."""
    parser.description = (
        "Order digits and compare with the true paths of the pen, where they are known (UNIPEN "
        "files, stroke sequences, the sample) or given by --sequences: dynamic time warping in "
        "pixels a step, starts, pen lifts, Kendall's tau. Then order images that hardly differ, "
        "and tell how often that changes the order."
    )
    add_source(parser)
    add_digits(parser, several=True)
    parser.add_argument(
        "--order",
        type=_names(ORDERS),
        default=ORDERS,
        metavar="ORDERS",
        help=f"some of {','.join(ORDERS)}; all by default. They are compared with the first",
    )
    parser.add_argument(
        "--walking",
        action="store_true",
        help="try order natural also with a pen that stays down where it moves over drawn ink",
    )
    parser.add_argument(
        "--by",
        type=_names(GROUPS),
        default=GROUPS,
        metavar="GROUPS",
        help="divide the table by class, writer, class,writer (the default) or none",
    )
    add_jobs(parser)
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write all figures into a CSV file, too"
    )
    parser.add_argument("--overwrite", action="store_true", help="replace an existing file")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print how good orders are.

    Parameters
    ----------
    chosen : Namespace
        With what `add_arguments` names.

    Returns
    -------
    code : int
        0; whatever goes wrong is raised.
    """
    from viewer.atomic import check_target
    from viewer.evaluate.orders import choose_methods
    from viewer.evaluate.report import describe_evaluation, write_csv
    from viewer.evaluate.run import evaluate

    methods = choose_methods(chosen.order, walking=chosen.walking)
    if chosen.output is not None:
        check_target(chosen.output, folder=False, overwrite=chosen.overwrite)
    dataset = open_set(chosen)
    digits = choose(dataset, chosen, several=True)
    with ProgressLine("Ordering") as progress:
        found = evaluate(
            dataset, digits, methods, by=chosen.by, jobs=chosen.jobs, progress=progress
        )
    print_result(describe_evaluation(dataset, found))
    if chosen.output is not None:
        write_csv(chosen.output, found, overwrite=chosen.overwrite)
    return 0


def _names(known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Return a reader of names with commas between them, each once; 'none' names nothing."""

    def read(text: str) -> tuple[str, ...]:
        names = () if text == "none" and "none" not in known else tuple(text.split(","))
        for name in names:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(known)}")
        return tuple(dict.fromkeys(names))

    return read
