"""The command ``digit-strokes``: one function a subcommand."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from viewer import __version__
from viewer.benchmark.command import add_arguments as add_benchmark
from viewer.choosing import (
    LABELS_HELP,
    SEQUENCES_HELP,
    SOURCE_HELP,
    WHERE_HELP,
    add_jobs,
    add_source,
    find,
    open_set,
)
from viewer.errors import UserError
from viewer.evaluate.command import add_arguments as add_evaluate_order
from viewer.export.command import add_arguments as add_extract
from viewer.export.command import add_formats_arguments as add_formats
from viewer.fetch.command import add_arguments as add_fetch
from viewer.options import add_arguments as add_extraction
from viewer.options import names_settings, read_settings
from viewer.printing import in_one_line, mute_stdout, print_result

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
        sequences=chosen.sequences,
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
        run=show, source=SAMPLE, digit=None, labels=None, sequences=None, where=None,
        screenshot=None,
    )  # fmt: skip
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_show(commands.add_parser("show", help="open the window"))
    _add_info(commands.add_parser("info", help="print what is in a set of digits"))
    add_extract(commands.add_parser("extract", help="write digits as stroke sequences"))
    add_formats(commands.add_parser("formats", help="list the formats that extract writes"))
    add_evaluate_order(
        commands.add_parser("evaluate-order", help="print how near orders come to true pen paths")
    )
    add_benchmark(commands.add_parser("benchmark", help="score predicted steps or classes"))
    add_fetch(commands.add_parser("fetch", help="get MNIST, QMNIST or all of NIST's digits"))
    return parser


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", nargs="?", metavar="SOURCE", help=f"{SOURCE_HELP}; what was open last by default"
    )
    parser.add_argument("--digit", metavar="SPLIT:INDEX", help="such as train:13")
    parser.add_argument("--labels", metavar="PATH", help=LABELS_HELP)
    parser.add_argument("--sequences", metavar="PATH", help=SEQUENCES_HELP)
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
