"""The command ``digit-strokes``: one function a subcommand."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from viewer import __version__
from viewer.core.settings import ORDERS, ExtractionSettings
from viewer.errors import UserError
from viewer.progress import ProgressLine

if TYPE_CHECKING:
    from viewer.core.batch import SequenceSet
    from viewer.datasets.digits import DigitSet

PROGRAM = "digit-strokes"
SAMPLE = "sample"
USER_ERROR, INTERRUPTED, PIPE_CLOSED = 2, 130, 141
SOURCE_HELP = (
    "a folder or file of digits (MNIST or QMNIST as IDX files, plain, .gz or .xz), or "
    "'sample', the embedded synthetic digits"
)
LABELS_HELP = "QMNIST's extended labels, where they do not lie beside the images"


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
        _mute_stdout()
        return PIPE_CLOSED


def show(chosen: argparse.Namespace) -> int:
    """Open the window, or paint it into a picture."""
    from viewer.gui.app import run

    return run(
        chosen.source, digit=chosen.digit, labels=chosen.labels, screenshot=chosen.screenshot
    )


def info(chosen: argparse.Namespace) -> int:
    """Print what is in a set of digits."""
    from viewer.info import describe

    _print(describe(_open(chosen)))
    return 0


def extract(chosen: argparse.Namespace) -> int:
    """Turn digits into stroke sequences and write them."""
    from viewer.datasets.selection import parse_digits
    from viewer.export.run import check_output, export_digits

    began = time.monotonic()
    check_output(chosen.output, chosen.format, overwrite=chosen.overwrite)
    dataset = _open(chosen)
    split = dataset.split(_choose_split(dataset, chosen.split))
    written: list[SequenceSet] = []
    with ProgressLine("Extracting") as progress:
        export_digits(
            dataset,
            split.name,
            parse_digits(chosen.digits or f"0-{len(split) - 1}", len(split)),
            format=chosen.format,
            output=chosen.output,
            settings=ExtractionSettings(order=chosen.order),
            jobs=chosen.jobs,
            overwrite=chosen.overwrite,
            progress=progress,
            on_extracted=written.append,
        )
    (sequences,) = written
    digits, exact = len(sequences), int(sequences.exact.sum())
    _print(
        f"{chosen.output}: {digits:,} digits of {split.name}, {len(sequences.rows):,} rows, "
        f"{exact:,} orders exact ({100 * exact / digits:.2f} %), "
        f"{time.monotonic() - began:.1f} s"
    )
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
    parser.set_defaults(run=show, source=SAMPLE, digit=None, labels=None, screenshot=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_show(commands.add_parser("show", help="open the window"))
    _add_info(commands.add_parser("info", help="print what is in a set of digits"))
    _add_extract(commands.add_parser("extract", help="write digits as stroke sequences"))
    return parser


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", nargs="?", metavar="SOURCE", help=f"{SOURCE_HELP}; what was open last by default"
    )
    parser.add_argument("--digit", metavar="SPLIT:INDEX", help="such as train:13")
    parser.add_argument("--labels", metavar="PATH", help=LABELS_HELP)
    parser.add_argument(
        "--screenshot",
        type=Path,
        metavar="FILE",
        help="paint the window into a new PNG file and end; needs no display",
    )
    parser.set_defaults(run=show)


def _add_info(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help=SOURCE_HELP)
    parser.add_argument("--labels", metavar="PATH", help=LABELS_HELP)
    parser.set_defaults(run=info)


def _add_extract(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help=SOURCE_HELP)
    parser.add_argument("--labels", metavar="PATH", help=LABELS_HELP)
    parser.add_argument("--split", help="such as train; may be left out where there is only one")
    parser.add_argument("--digits", metavar="RANGES", help="such as 0-99,205; all by default")
    parser.add_argument("--order", choices=ORDERS, default=ORDERS[0], help="rule for the strokes")
    parser.add_argument(
        "--format",
        choices=("npz", "published"),
        default="npz",
        help="one npz file (the default), or a folder of text files as published",
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar="PATH", help="file or folder to write"
    )
    parser.add_argument("--jobs", type=_count, default=1, metavar="N", help="threads; 1 by default")
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")
    parser.set_defaults(run=extract)


def _count(text: str) -> int:
    """Read a whole number of 1 or more."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 to 1024")
    return int(text)


def _open(chosen: argparse.Namespace) -> DigitSet:
    """Open the set of digits a command names."""
    from viewer.datasets.source import open_source

    with ProgressLine("Opening") as progress:
        return open_source(chosen.source, labels=chosen.labels, progress=progress)


def _choose_split(dataset: DigitSet, name: str | None) -> str:
    """Return the split asked for, or the only one there is."""
    if name is None and len(dataset.splits) > 1:
        raise UserError(
            "there is more than one split",
            path=dataset.source,
            advice=f"Choose one with --split: {', '.join(dataset.splits)}.",
        )
    return name or next(iter(dataset.splits))


def in_one_line(text: str) -> str:
    """Return text with line breaks and other control characters escaped."""
    return "".join(
        character if character.isprintable() else ascii(character)[1:-1] for character in text
    )


def _print(text: str) -> None:
    """Print a result; a full disk behind stdout is the user's to know."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        print(text.encode(encoding, "backslashreplace").decode(encoding), flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        _mute_stdout()
        raise UserError(f"the result cannot be printed: {error.strerror}") from error


def _mute_stdout() -> None:
    """Keep Python from trying once more to write what could not be written."""
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
