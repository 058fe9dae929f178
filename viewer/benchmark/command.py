"""The command ``digit-strokes benchmark``."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.benchmark import help as words
from viewer.printing import in_one_line, print_result
from viewer.progress import ProgressLine

if TYPE_CHECKING:
    from viewer.datasets.sequences.rows import Rows


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Give a parser the command's subcommands, and `run` as what each runs."""
    parser.description = (
        "The two tasks of the published sequences: predict the next step, and tell the class. "
        "Score a file of predictions, or make one with a reference model."
    )
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = words.FORMAT_HELP
    tasks = parser.add_subparsers(title="tasks", metavar="TASK", required=True)
    _add_scoring(tasks.add_parser("predict", help="score predicted steps"), words.PREDICT, predict)
    _add_scoring(
        tasks.add_parser("classify", help="score predicted classes"), words.CLASSIFY, classify
    )
    baseline = tasks.add_parser(
        "baseline", help="predict with a reference model", description=words.BASELINE
    )
    kinds = baseline.add_subparsers(title="tasks", metavar="TASK", required=True)
    _add_predict_baseline(kinds.add_parser("predict", help="predict steps"))
    _add_classify_baseline(kinds.add_parser("classify", help="predict classes"))


def _add_scoring(parser: argparse.ArgumentParser, text: str, run: object) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description, parser.epilog = text, words.FORMAT_HELP
    parser.add_argument("--sequences", required=True, metavar=words.SEQUENCES, help=words.FILE_HELP)
    parser.add_argument(
        "--predictions", type=Path, required=True, metavar="FILE", help="their predictions"
    )
    _add_labels(parser)
    if run is predict:
        _add_longest(parser)
    parser.add_argument(
        "--output", type=Path, metavar="FILE", help="write all figures into a CSV file, too"
    )
    _add_overwrite(parser)
    parser.set_defaults(run=run)


def _add_predict_baseline(parser: argparse.ArgumentParser) -> None:
    _add_baseline(parser, words.PREDICT_MODELS, "ngram")
    _add_longest(parser)
    parser.set_defaults(run=baseline_predict)


def _add_classify_baseline(parser: argparse.ArgumentParser) -> None:
    _add_baseline(parser, words.CLASSIFY_MODELS, "neighbour")
    parser.set_defaults(run=baseline_classify)


def _add_baseline(parser: argparse.ArgumentParser, models: dict[str, str], usual: str) -> None:
    parser.description = words.BASELINE
    parser.add_argument(
        "--train", required=True, metavar=words.SEQUENCES, help=f"learn from {words.FILE_HELP}"
    )
    parser.add_argument(
        "--test", required=True, metavar=words.SEQUENCES, help="predict these, likewise"
    )
    parser.add_argument(
        "--output", type=Path, required=True, metavar="FILE", help="predictions to write (npz)"
    )
    meanings = "; ".join(f"{name}: {meaning}" for name, meaning in models.items())
    parser.add_argument(
        "--model", choices=tuple(models), default=usual, help=f"{meanings}. By default {usual}"
    )
    _add_labels(parser)
    _add_overwrite(parser)


def _add_labels(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--labels-from",
        metavar="SOURCE",
        help="the digits the sequences were made from, such as a folder of MNIST: classes are "
        "taken from them by split and index; needed where the sequences have none",
    )


def _add_longest(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--longest",
        type=_rows,
        metavar="ROWS",
        help="score only so many rows of each sequence, 2 or more; all by default",
    )


def _add_overwrite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--overwrite", action="store_true", help="replace an existing file")


def _rows(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:9]) < 2:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of rows, 2 or more")
    return int(text[:9])


def predict(chosen: argparse.Namespace) -> int:
    """Print how good predicted steps are.

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
    from viewer.benchmark.predict import score_predictions
    from viewer.benchmark.predictions import Predictions
    from viewer.benchmark.report import describe_prediction, write_prediction_csv

    if chosen.output is not None:
        check_target(chosen.output, folder=False, overwrite=chosen.overwrite)
    (sequences,) = _read(chosen, chosen.sequences)
    predictions = Predictions.of(chosen.predictions)
    found = score_predictions(sequences, predictions, longest=chosen.longest)
    print_result(describe_prediction(in_one_line(chosen.sequences), found))
    if chosen.output is not None:
        write_prediction_csv(chosen.output, found, overwrite=chosen.overwrite)
    return 0


def classify(chosen: argparse.Namespace) -> int:
    """Print how good predicted classes are; parameters and result as those of `predict`."""
    from viewer.atomic import check_target
    from viewer.benchmark.classify import classify_predictions
    from viewer.benchmark.predictions import Predictions
    from viewer.benchmark.report import describe_classification, write_classification_csv

    if chosen.output is not None:
        check_target(chosen.output, folder=False, overwrite=chosen.overwrite)
    (sequences,) = _read(chosen, chosen.sequences)
    found = classify_predictions(sequences, Predictions.of(chosen.predictions))
    print_result(describe_classification(in_one_line(chosen.sequences), found))
    if chosen.output is not None:
        write_classification_csv(chosen.output, found, overwrite=chosen.overwrite)
    return 0


def baseline_predict(chosen: argparse.Namespace) -> int:
    """Predict steps with a reference model, and print how good they are."""
    from viewer.atomic import check_target
    from viewer.benchmark.baseline import predict_steps
    from viewer.benchmark.predict import score_predictions
    from viewer.benchmark.report import describe_prediction

    began = time.monotonic()
    check_target(chosen.output, folder=False, overwrite=chosen.overwrite)
    train, test = _read_apart(chosen)
    with ProgressLine("Predicting") as progress:
        predictions, settings = predict_steps(chosen.model, train, test, progress)
    found = score_predictions(test, predictions, longest=chosen.longest)
    predictions.write(chosen.output, overwrite=chosen.overwrite)
    _print(
        chosen, settings, len(train), describe_prediction(in_one_line(chosen.test), found), began
    )
    return 0


def baseline_classify(chosen: argparse.Namespace) -> int:
    """Predict classes with a reference model, and print how good they are."""
    from viewer.atomic import check_target
    from viewer.benchmark.baseline import predict_classes
    from viewer.benchmark.classify import classify_predictions, true_labels
    from viewer.benchmark.report import describe_classification

    began = time.monotonic()
    check_target(chosen.output, folder=False, overwrite=chosen.overwrite)
    train, test = _read_apart(chosen)
    true_labels(test)
    with ProgressLine("Classifying") as progress:
        predictions, settings = predict_classes(chosen.model, train, test, progress)
    found = classify_predictions(test, predictions)
    predictions.write(chosen.output, overwrite=chosen.overwrite)
    text = describe_classification(in_one_line(chosen.test), found)
    _print(chosen, settings, len(train), text, began)
    return 0


def _read(chosen: argparse.Namespace, *names: str) -> list[Rows]:
    """Read sequences, with the classes of --labels-from."""
    from viewer.benchmark.sequences import read_choice, with_labels

    found = [read_choice(name) for name in names]
    if chosen.labels_from is None:
        return found
    from viewer.datasets.source import open_source

    with ProgressLine("Opening") as progress:
        digits = open_source(chosen.labels_from, progress=progress)
    return [with_labels(sequences, digits) for sequences in found]


def _read_apart(chosen: argparse.Namespace) -> list[Rows]:
    """Read training and test sequences, which may not share a digit."""
    from viewer.benchmark.sequences import check_apart

    train, test = _read(chosen, chosen.train, chosen.test)
    check_apart(train, test)
    return [train, test]


def _print(
    chosen: argparse.Namespace, settings: str, count: int, figures: str, began: float
) -> None:
    head = f"Model {chosen.model}, {count:,} training sequences: {settings}"
    seconds = f"{time.monotonic() - began:.1f} s"
    print_result(f"{head}\n\n{figures}\n\n{in_one_line(str(chosen.output))}: written in {seconds}")
