"""The command ``digit-strokes``: one function a subcommand."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from viewer import __version__
from viewer.choosing import (
    LABELS_HELP,
    SOURCE_HELP,
    WHERE_HELP,
    add_digits,
    add_jobs,
    add_source,
    choose,
    find,
    open_set,
)
from viewer.errors import UserError
from viewer.evaluate.command import add_arguments as add_evaluate_order
from viewer.fetch.command import add_arguments as add_fetch
from viewer.options import add_arguments as add_extraction
from viewer.options import names_settings, read_settings
from viewer.printing import in_one_line, mute_stdout, print_result
from viewer.progress import ProgressLine

if TYPE_CHECKING:
    from viewer.catalog.corrections.apply import Applied
    from viewer.core.batch import SequenceSet

PROGRAM = "digit-strokes"
SAMPLE = "sample"
USER_ERROR, INTERRUPTED, PIPE_CLOSED = 2, 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Parameters
    ----------
    arguments : sequence of str, optional
        The command line without the program's name; `sys.argv` by default.

    Returns
    -------
    code : int
        0; 2 after one line on stderr that says what cannot be used; 130 after Ctrl-C.
    """
    try:
        chosen = make_parser().parse_args(arguments)
        code: int = chosen.run(chosen)
        return code
    except UserError as error:
        print(f"{PROGRAM}: error: {in_one_line(str(error))}", file=sys.stderr)
        return USER_ERROR
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        mute_stdout()
        return PIPE_CLOSED


def show(chosen: argparse.Namespace) -> int:
    """Open the window, or paint it into a picture."""
    from viewer.gui.app import run

    return run(
        chosen.source,
        digit=chosen.digit,
        labels=chosen.labels,
        where=chosen.where,
        screenshot=chosen.screenshot,
        extraction=read_settings(chosen) if names_settings(chosen) else None,
    )


def info(chosen: argparse.Namespace) -> int:
    """Print what is in a set of digits."""
    from viewer.info import describe

    settings = read_settings(chosen)
    dataset = open_set(chosen)
    if chosen.where is not None:
        found = find(dataset, chosen, settings)
        print_result(f"{sum(map(len, found.values())):,} of {len(dataset):,} digits match")
        if not found:
            return 0
        dataset = dataset.part(found)
    print_result(describe(dataset))
    return 0


def extract(chosen: argparse.Namespace) -> int:
    """Turn digits into stroke sequences and write them."""
    from viewer.catalog.corrections.corrections import Corrections
    from viewer.export.run import check_output, export_digits

    began = time.monotonic()
    settings = read_settings(chosen)
    check_output(chosen.output, chosen.format, overwrite=chosen.overwrite)
    dataset = open_set(chosen)
    digits = choose(dataset, chosen, settings)
    count = sum(map(len, digits.values()))
    written: list[SequenceSet] = []
    corrected: list[Applied] = []
    corrections = None if chosen.no_corrections else Corrections.open(dataset)
    for note in () if corrections is None else corrections.notes:
        print(f"{PROGRAM}: {in_one_line(note)}", file=sys.stderr)
    with ProgressLine("Extracting") as progress:
        export_digits(
            dataset,
            digits,
            format=chosen.format,
            output=chosen.output,
            settings=settings,
            corrections=corrections,
            jobs=chosen.jobs,
            overwrite=chosen.overwrite,
            progress=progress,
            on_extracted=written.append,
            on_corrected=corrected.append,
        )
    facts = [f"{count:,} digits of {' and '.join(digits)}"]
    for sequences in written:
        exact = int(sequences.exact.sum())
        facts.append(f"{len(sequences.rows):,} rows")
        facts.append(f"{exact:,} orders exact ({100 * exact / count:.2f} %)")
    for applied in corrected:
        if applied.corrected.any():
            facts.append(f"{int(applied.corrected.sum()):,} corrected by hand")
        if applied.unfit:
            facts.append(f"{applied.unfit:,} with a correction that does not fit these settings")
    print_result(f"{chosen.output}: {', '.join(facts)}, {time.monotonic() - began:.1f} s")
    return 0


class OneLineParser(argparse.ArgumentParser):
    """A parser whose complaint is a single line, like every other error."""

    def error(self, message: str) -> NoReturn:
        """Raise the complaint as a UserError."""
        raise UserError(message, advice=f"See {self.prog} --help.")


def make_parser() -> argparse.ArgumentParser:
    """Make the parser of the command line."""
    parser = OneLineParser(
        prog=PROGRAM,
        description="See how a handwritten digit was written: images of digits as pen strokes. "
        "Without a command the window opens on the embedded sample.",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.set_defaults(
        run=show, source=SAMPLE, digit=None, labels=None, where=None, screenshot=None
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_show(commands.add_parser("show", help="open the window"))
    _add_info(commands.add_parser("info", help="print what is in a set of digits"))
    _add_extract(commands.add_parser("extract", help="write digits as stroke sequences"))
    add_evaluate_order(
        commands.add_parser("evaluate-order", help="print how near orders come to true pen paths")
    )
    add_fetch(commands.add_parser("fetch", help="get MNIST, QMNIST or all of NIST's digits"))
    return parser


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", nargs="?", metavar="SOURCE", help=f"{SOURCE_HELP}; what was open last by default"
    )
    parser.add_argument("--digit", metavar="SPLIT:INDEX", help="such as train:13")
    parser.add_argument("--labels", metavar="PATH", help=LABELS_HELP)
    parser.add_argument("--where", metavar="QUERY", help=WHERE_HELP)
    parser.add_argument(
        "--screenshot",
        type=Path,
        metavar="FILE",
        help="paint the window into a new PNG file and end; needs no display",
    )
    add_extraction(parser)
    parser.set_defaults(run=show)


def _add_info(parser: argparse.ArgumentParser) -> None:
    add_source(parser)
    add_jobs(parser)
    add_extraction(parser)
    parser.set_defaults(run=info)


def _add_extract(parser: argparse.ArgumentParser) -> None:
    add_source(parser)
    add_digits(parser, several=False)
    parser.add_argument(
        "--format",
        choices=("npz", "published", "identifiers"),
        default="npz",
        help="one npz file (the default), a folder of text files as published, or a list of "
        "names such as train:13",
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar="PATH", help="file or folder to write"
    )
    add_jobs(parser)
    parser.add_argument(
        "--no-corrections",
        action="store_true",
        help="write the computed order of digits that were corrected by hand, too",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")
    add_extraction(parser)
    parser.set_defaults(run=extract)
