"""The figures of the benchmark as text for people, and as CSV for programs."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from viewer.atomic import writing
from viewer.benchmark.classify import ClassifyReport
from viewer.benchmark.intervals import Estimate
from viewer.benchmark.predict import FIGURES, Group, PredictReport
from viewer.info import align

TITLES = {
    "rmse": "RMSE px",
    "rmse_rows": "RMSE of rows",
    "rmse_points": "RMSE of points px",
    "rmse_eos": "RMSE of eos",
    "rmse_eod": "RMSE of eod",
    "exact": "exact %",
}
IN_CLASSES = ("rmse", "rmse_rows", "rmse_points", "exact")
"""Figures in the table by class; the CSV file has all."""
LEGEND = "\n".join(
    (
        *(f"{TITLES[name]}: {meaning}." for name, meaning in FIGURES.items()),
        "Intervals: 95 %, over sequences (the steps of one are not independent), from the "
        "linearised standard error of a ratio. Digits of one writer are alike, which they do "
        "not account for.",
    )
)
CLASSIFY_LEGEND = (
    "Intervals: 95 %, Wilson's. Digits of one writer are alike, which they do not account for."
)
CSV_HEADER = ("group", "class", "figure", "value", "low", "high", "sequences")


def describe_prediction(title: str, found: PredictReport) -> str:
    """Describe the figures of predicted steps.

    Parameters
    ----------
    title : str
        What was predicted.
    found : PredictReport

    Returns
    -------
    text : str
        Without a line break at the end.
    """
    whole = found.whole
    counts = f"{whole.sequences:,} sequences, {whole.steps:,} predicted steps"
    lines = [f"{title}: {counts}", *_coverage(whole.sequences, found.wanted, found.unused)]
    if found.longest is not None:
        lines.append(f"Of each sequence the first {found.longest:,} rows count.")
    figures = [["figure", "value", "95 % interval"]]
    figures += [[TITLES[name], *_cells(name, whole.figures[name])] for name in FIGURES]
    blocks = ["\n".join(lines), align(figures, left=1), LEGEND]
    if found.classes:
        heads = ["class", "sequences", "steps", *(TITLES[name] for name in IN_CLASSES)]
        table = [heads, *(_class_line(group) for group in found.classes)]
        blocks.append(f"By class; ± half the 95 % interval\n\n{align(table, left=1)}")
    else:
        blocks.append(
            "The sequences have no labels; with --labels-from there is a table by class, too."
        )
    return "\n\n".join(blocks)


def _coverage(predicted: int, wanted: int, unused: int) -> Iterator[str]:
    """Say which sequences or predictions are left out."""
    if predicted < wanted:
        left = wanted - predicted
        yield (
            f"Only {predicted:,} of {wanted:,} sequences are predicted: the other {left:,} do "
            "not count."
        )
    if unused:
        yield f"{unused:,} predictions are of other digits, and not used."


def _class_line(group: Group) -> list[str]:
    cells = [group.name, f"{group.sequences:,}", f"{group.steps:,}"]
    for name in IN_CLASSES:
        found = group.figures[name]
        half = Estimate((found.high - found.low) / 2, math.nan, math.nan)
        cells.append(f"{_cells(name, found)[0]} ± {_cells(name, half)[0]}")
    return cells


def _cells(name: str, found: Estimate) -> list[str]:
    """Return value and interval of a figure."""
    if name == "exact":
        return _percent(found)
    return [_number(found.value, 4), _interval(found, 4)]


def _percent(found: Estimate, decimals: int = 2) -> list[str]:
    scaled = Estimate(100 * found.value, 100 * found.low, 100 * found.high)
    return [_number(scaled.value, decimals), _interval(scaled, decimals)]


def _number(value: float, decimals: int) -> str:
    return "-" if math.isnan(value) else f"{value:.{decimals}f}"


def _interval(found: Estimate, decimals: int) -> str:
    if math.isnan(found.low):
        return "-"
    return f"{found.low:.{decimals}f} to {found.high:.{decimals}f}"


def describe_classification(title: str, found: ClassifyReport) -> str:
    """Describe the figures of predicted classes.

    Parameters
    ----------
    title : str
        What was classified.
    found : ClassifyReport

    Returns
    -------
    text : str
        Without a line break at the end.
    """
    scores = found.scores
    rate, interval = _percent(found.error())
    lines = [
        f"{title}: {found.sequences:,} sequences, {int(scores.wrong.sum()):,} misclassified",
        *_coverage(found.sequences, found.wanted, found.unused),
        "",
        f"Test error rate: {rate} % (95 % interval {interval} %)",
    ]
    table = [["class", "sequences", "wrong", "error %", "95 % interval", "most often taken for"]]
    for row, name in enumerate(scores.classes.tolist()):
        counts = scores.confusion[row]
        if not counts.sum():
            continue  # predicted, but no sequence is of this class
        others = np.delete(counts, row)
        often = np.delete(scores.classes, row)[others.argmax()] if others.any() else "-"
        sizes = [f"{counts.sum():,}", f"{others.sum():,}"]
        table.append([str(name), *sizes, *_percent(found.error_of(row)), str(often)])
    heads = ["true", *(str(name) for name in scores.classes.tolist())]
    confusion = [heads]
    confusion += [
        [name, *(f"{count:,}" if count else "." for count in counts)]
        for name, counts in zip(heads[1:], scores.confusion.tolist(), strict=True)
    ]
    return "\n\n".join(
        (
            "\n".join(lines),
            align(table, left=1),
            CLASSIFY_LEGEND,
            f"Confusion: true classes by row, predicted ones by column\n\n"
            f"{align(confusion, left=1)}",
        )
    )


def write_prediction_csv(path: Path, found: PredictReport, *, overwrite: bool = False) -> None:
    """Write all figures of predicted steps into a CSV file, a figure a line.

    Parameters
    ----------
    path : path
        The file.
    found : PredictReport
    overwrite : bool
        Whether an existing file may be replaced.

    Raises
    ------
    UserError
        If the file exists and may not be replaced, or cannot be written.
    """
    lines = [
        ["class" if group.name else "all", group.name, name, *_plain(figure), str(group.sequences)]
        for group in (found.whole, *found.classes)
        for name, figure in group.figures.items()
    ]
    _write_csv(path, lines, overwrite)


def write_classification_csv(path: Path, found: ClassifyReport, *, overwrite: bool = False) -> None:
    """Write all figures of predicted classes into a CSV file, as `write_prediction_csv` does."""
    scores = found.scores
    lines = [["all", "", "error", *_plain(found.error()), str(found.sequences)]]
    names = [str(name) for name in scores.classes.tolist()]
    for row, name in enumerate(names):
        count = str(int(scores.confusion[row].sum()))
        lines.append(["class", name, "error", *_plain(found.error_of(row)), count])
    for name, counts in zip(names, scores.confusion.tolist(), strict=True):
        for other, count in zip(names, counts, strict=True):
            total = str(sum(counts))
            lines.append(["confusion", name, f"taken for {other}", str(count), "", "", total])
    _write_csv(path, lines, overwrite)


def _write_csv(path: Path, lines: Sequence[Sequence[str]], overwrite: bool) -> None:
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow(CSV_HEADER)
    table.writerows(lines)
    with writing(path, overwrite=overwrite) as file:
        file.write(text.getvalue().encode())


def _plain(found: Estimate) -> list[str]:
    """Return value and interval in nine figures; nothing where there is none."""
    numbers = (found.value, found.low, found.high)
    return ["" if math.isnan(number) else f"{number:.9g}" for number in numbers]
