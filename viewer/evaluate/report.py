"""The figures about orders as text for people, and as CSV for programs."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

from viewer.atomic import writing
from viewer.datasets.digits import DigitSet
from viewer.evaluate.run import Evaluation
from viewer.evaluate.summary import MEDIAN, Summary
from viewer.info import align

COLUMNS = (
    ("dtw", "DTW px", 2, 1),
    (MEDIAN, "median", 2, 1),
    ("dtw_free", "either way", 2, 1),
    ("lifts", "lifts off", 2, 1),
    ("lifts_exact", "lifts right %", 1, 100),
    ("start", "start %", 1, 100),
    ("tau", "tau", 3, 1),
)
"""Figure, heading, decimals and factor of each column."""
LEGEND = (
    "DTW: mean distance along the best warping between order and true path, px a step; either "
    "way: the order or its reverse; lifts off: by how many the count of pen lifts is wrong; "
    "start: within 3 px of the true one; tau: Kendall's, of the order of the pixels and the "
    "true time."
)
CHANGES_LEGEND = (
    "Changed: other pixels or another order; reordered: the pixels that stayed, in another order; "
    "DTW: between the two orders. Thinning passes over the outermost pixels of an image, so "
    "moving ink onto them changes it."
)
CSV_HEADER = ("table", "group", "order", "digits", "figure", "value", "standard_error")


def describe_evaluation(dataset: DigitSet, found: Evaluation) -> str:
    """Describe orders in tables.

    Parameters
    ----------
    dataset : DigitSet
        The set that was ordered.
    found : Evaluation
        What was found.

    Returns
    -------
    text : str
        Without a line break at the end.
    """
    digits = ", ".join(f"{count:,} of {name}" for name, count in found.splits.items())
    people = f", {found.writers:,} writers" if found.writers else ""
    blocks = [f"{dataset.name}: {digits}{people}"]
    if found.blank:
        blocks[0] += f"; {found.blank:,} without strokes are left out"
    if found.pathless:
        blocks[0] += f"; the true paths of {found.pathless:,} are not known"
    total = sum(found.splits.values())
    if any(count < total for count in found.exact.values()):
        complete = ", ".join(f"{name} {count:,}" for name, count in found.exact.items())
        blocks.append(f"Complete searches, of {total:,}: {complete}")
    if found.table:
        blocks.extend(_describe_truth(found))
    elif not found.has_truth:
        blocks.append("True paths of the pen are not known, so the orders cannot be judged.")
    changes = align(_changes(found), left=2)
    blocks += ["Orders of images that hardly differ", changes, CHANGES_LEGEND]
    return "\n\n".join(blocks)


def _describe_truth(found: Evaluation) -> Iterator[str]:
    over = "writers" if found.writers > 1 else "digits"
    yield f"Against the true path of the pen; means ± standard error over {over}"
    yield align(_lines([line for line in found.table if line.by == "all"], ""), left=1)
    yield LEGEND
    if found.pairs:
        yield f"Digit by digit, DTW\n\n{align(list(_pairs(found)), left=1)}"
    for kind in dict.fromkeys(line.by for line in found.table if line.by != "all"):
        lines = [line for line in found.table if line.by == kind]
        over = "digits" if kind == "writer" else over
        yield f"By {kind}; ± standard error over {over}\n\n{align(_lines(lines, kind), left=2)}"


def _lines(table: Sequence[Summary], group: str) -> list[list[str]]:
    """Return headings and lines of a table; with a first column for groups if they are named."""
    heads = ["order", "digits", *(title for _, title, _, _ in COLUMNS)]
    lines = [[group, *heads] if group else heads]
    for line in table:
        cells = [line.method, f"{line.digits:,}"]
        for figure, _, decimals, factor in COLUMNS:
            mean = line.means.get(figure, math.nan)
            error = line.errors.get(figure)
            cells.append(_number(mean, decimals, factor, error))
        lines.append([line.group, *cells] if group else cells)
    return lines


def _number(value: float, decimals: int, factor: int = 1, error: float | None = None) -> str:
    if math.isnan(value):
        return "-"
    text = f"{factor * value:.{decimals}f}"
    if error is None:
        return text
    return f"{text} ± {'-' if math.isnan(error) else f'{factor * error:.{decimals}f}'}"


def _pairs(found: Evaluation) -> Iterator[list[str]]:
    yield ["", "difference px", "ratio", "better for"]
    for pair in found.pairs:
        better = f"{pair.better:,} of {pair.writers:,} writers" if pair.writers else "-"
        yield [
            f"{pair.method} against {pair.base}",
            _number(pair.difference, 3, error=pair.error),
            _number(pair.ratio, 3),
            better,
        ]


def _changes(found: Evaluation) -> list[list[str]]:
    heads = ["image", "order", "images", "changed %", "reordered %", "DTW > 1 px %", "DTW px"]
    return [heads] + [
        [
            line.change,
            line.method,
            f"{line.images:,}",
            _number(line.changed, 2, 100),
            _number(line.reordered, 2, 100),
            _number(line.far, 2, 100),
            _number(line.dtw, 3),
        ]
        for line in found.consistency
    ]


def write_csv(path: Path, found: Evaluation, *, overwrite: bool = False) -> None:
    """Write all figures into a CSV file, a figure a line.

    Parameters
    ----------
    path : path
        The file.
    found : Evaluation
        What was found.
    overwrite : bool
        Whether an existing file may be replaced.

    Raises
    ------
    UserError
        If the file exists and may not be replaced, or cannot be written.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(CSV_HEADER)
    table.writerows(_csv_lines(found))
    with writing(path, overwrite=overwrite) as file:
        file.write(text.getvalue().encode())


def _csv_lines(found: Evaluation) -> Iterator[list[str]]:
    for line in found.table:
        for figure, value in line.means.items():
            error = line.errors.get(figure, math.nan)
            numbers = [_plain(value), _plain(error)]
            yield [line.by, line.group, line.method, str(line.digits), figure, *numbers]
    for pair in found.pairs:
        first = ["pair", pair.base, pair.method, str(found.table[0].digits)]
        yield [*first, "dtw_difference", _plain(pair.difference), _plain(pair.error)]
        yield [*first, "dtw_ratio", _plain(pair.ratio), ""]
        yield [*first, "writers_better", str(pair.better), ""]
    for change in found.consistency:
        first = ["consistency", change.change, change.method, str(change.images)]
        for figure in ("changed", "reordered", "far", "dtw"):
            yield [*first, figure, _plain(getattr(change, figure)), ""]


def _plain(value: float) -> str:
    """Return a number in nine figures; nothing where there is none."""
    return "" if math.isnan(value) else f"{value:.9g}"
