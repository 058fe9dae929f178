"""The commands ``digit-strokes extract`` and ``digit-strokes formats``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.choosing import add_digits, add_jobs, add_source, choose, open_set
from viewer.options import add_arguments as add_extraction
from viewer.options import read_settings
from viewer.printing import in_one_line, print_result
from viewer.progress import ProgressLine

if TYPE_CHECKING:
    from viewer.export.format import Format, Option
    from viewer.export.run import Exported

USUAL = "npz"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``extract``, and `run` as what it runs."""
    parser.description = (
        "Turn digits into stroke sequences and write them. What a killed run had done is used "
        "again by the same command."
    )
    add_source(parser)
    add_digits(parser, several=False)
    parser.add_argument(
        "--format",
        default=USUAL,
        metavar="NAME",
        help=f"{USUAL} by default; the command 'formats' lists them with their options",
    )
    parser.add_argument(
        "--option",
        action="append",
        default=[],
        type=_option,
        metavar="NAME=VALUE",
        help="an option of the format; can be given several times",
    )
    parser.add_argument(
        "--output",
        type=Path,
        required=True,
        metavar="PATH",
        help="file or folder to write; where a format has both, its suffix means a file",
    )
    add_jobs(parser, processes=True)
    parser.add_argument(
        "--no-corrections",
        action="store_true",
        help="write the computed order of digits that were corrected by hand, too",
    )
    parser.add_argument(
        "--manifest",
        action="store_true",
        help="keep PATH.manifest.json beside a file: version, settings, digits, checksums; a "
        "folder always holds a manifest.json",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace existing files")
    add_extraction(parser)
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write digits, and print what was written.

    Parameters
    ----------
    chosen : Namespace
        With what `add_arguments` names.

    Returns
    -------
    code : int
        0; whatever goes wrong is raised.
    """
    from viewer.catalog.corrections.corrections import Corrections
    from viewer.export.registry import find_format
    from viewer.export.run import export_digits

    began = time.monotonic()
    settings = read_settings(chosen)
    options = find_format(chosen.format).complete(dict(chosen.option))
    dataset = open_set(chosen)
    digits = choose(dataset, chosen, settings)
    told: list[Exported] = []
    corrections = None if chosen.no_corrections else Corrections.open(dataset)
    for note in () if corrections is None else corrections.notes:
        print(f"digit-strokes: {in_one_line(note)}", file=sys.stderr)
    with ProgressLine("Extracting") as progress:
        export_digits(
            dataset,
            digits,
            format=chosen.format,
            options=options,
            output=chosen.output,
            settings=settings,
            corrections=corrections,
            jobs=chosen.jobs,
            overwrite=chosen.overwrite,
            manifest=chosen.manifest,
            progress=progress,
            on_done=told.append,
        )
    (done,) = told
    facts = [f"{done.digits:,} digits of {' and '.join(digits)}", *describe_facts(done)]
    print_result(f"{chosen.output}: {', '.join(facts)}, {time.monotonic() - began:.1f} s")
    return 0


def describe_facts(done: Exported) -> list[str]:
    """Return what is told of an export, in words."""
    facts = []
    if done.rows:
        facts.append(f"{done.rows:,} rows")
        facts.append(f"{done.exact:,} orders exact ({100 * done.exact / done.digits:.2f} %)")
    if done.corrected:
        facts.append(f"{done.corrected:,} corrected by hand")
    if done.unfit:
        facts.append(f"{done.unfit:,} with a correction that does not fit these settings")
    if done.resumed:
        facts.append(f"{done.resumed:,} of them by an earlier, interrupted run")
    return facts


def add_formats_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the arguments of ``formats``, and `run_formats` as what it runs."""
    parser.description = "List the formats that extract writes, or explain one of them."
    parser.add_argument("name", nargs="?", metavar="NAME", help="of a format; all by default")
    parser.set_defaults(run=run_formats)


def run_formats(chosen: argparse.Namespace) -> int:
    """Print what formats there are, or all about one of them."""
    from viewer.export.registry import find_format, formats

    if chosen.name is not None:
        print_result(describe_format(find_format(chosen.name)))
        return 0
    width = max(map(len, formats()))
    print_result("\n".join(f"{form.name:{width}}  {form.meaning}" for form in formats().values()))
    return 0


def describe_format(form: Format) -> str:
    """Return all about a format: where it goes, its options, and Python that loads it."""
    kinds = []
    if form.file is not None:
        kinds.append(f"a file, NAME{form.suffix}")
    if form.folder is not None:
        kinds.append("a folder")
    lines = [f"{form.name}: {form.meaning.removesuffix('.')}.", f"Output: {' or '.join(kinds)}."]
    if form.needs:
        lines.append(f"It needs: pip install 'digit-stroke-viewer[{form.needs}]'")
    if form.options:
        lines += ["", "Options:"]
        width = max(len(option.name) for option in form.options)
        lines += [
            f"  {option.name:{width}}  {option.meaning} ({_values(option)})"
            for option in form.options
        ]
    output = f"digits{form.suffix}" if form.file is not None else "digits"
    loading = (f"  {line}" for line in form.snippet(output).splitlines())
    return "\n".join([*lines, "", "In Python:", *loading])


def _values(option: Option) -> str:
    """Return which values an option can have."""
    if option.choices:
        known = ", ".join(option.choices)
    elif isinstance(option.default, bool):
        known = "yes, no"
    elif option.least is not None and option.most is not None:
        known = f"{option.least:g} to {option.most:g}"
    else:
        known = "any"
    return f"{known}; {write_value(option.default)} by default"


def write_value(value: object) -> str:
    """Return a value of an option as the command line has it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _option(text: str) -> tuple[str, str]:
    """Read ``NAME=VALUE``."""
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    return name, value
