"""Reference models from training and test sequences to a file of predictions.

What a model leaves open (how long a context, how many neighbours, how strong a penalty) is
chosen on a part of the training sequences, every fifth one, with a model of the others; then
the model is made of all of them. The test sequences are looked at once, to predict them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from viewer.benchmark.classify import true_labels
from viewer.benchmark.predict import score_steps
from viewer.benchmark.predictions import Predictions
from viewer.benchmark.sequences import step_spans
from viewer.datasets.sequences.rows import Rows
from viewer.errors import UserError

Progress = Callable[[int, int], None]
FEWEST = 5
DECIMALS = 4
"""Of the scores that are kept: more would differ between machines."""


def hold_out(count: int) -> NDArray[np.bool_]:
    """Tell which of so many training sequences are held out: every fifth.

    Raises
    ------
    UserError
        If there are too few.
    """
    if count < FEWEST:
        raise UserError(f"{count} sequences are too few to learn from")
    return np.asarray(np.arange(count) % 5 == 4)


def predict_steps(
    model: str, train: Rows, test: Rows, progress: Progress | None = None
) -> tuple[Predictions, str]:
    """Predict the steps of test sequences.

    Parameters
    ----------
    model : str
        One of `viewer.benchmark.help.PREDICT_MODELS`.
    train, test : Rows
        Sequences to learn from, and to predict; ``repeat`` learns nothing.
    progress : callable, optional
        Told how much is done.

    Returns
    -------
    predictions : Predictions
    settings : str
        What was chosen, for people.

    Raises
    ------
    UserError
        If there are too few training sequences.
    """
    from viewer.benchmark.ngram import (
        LEASTS,
        ORDERS,
        WEIGHTS,
        back_off_likely,
        back_off_means,
        repeat_last,
    )

    ends = step_spans(test.offsets)[1]
    if model == "repeat":
        rows, settings = repeat_last(test), "nothing to learn"
    else:
        likely = model == "ngram-likely"
        back_off, tried = (back_off_likely, LEASTS) if likely else (back_off_means, WEIGHTS)
        held = hold_out(len(train))
        true = train.rows[step_spans(train.offsets)[0]]
        true = true[np.repeat(held, np.diff(train.offsets) - 1)]
        tries = back_off(train, ~held, ORDERS[-1], tried)
        length, value = _choose(tries, true, likely, len(ORDERS) * len(tried), progress)
        both = join(train, test)
        learned = np.arange(len(both)) < len(train)
        made = [last for _length, _value, last in back_off(both, learned, length, (value,))]
        rows = made[-1].astype(np.float32)
        seen = f"seen {value} times or more" if likely else f"weight of the shorter one {value}"
        settings = f"contexts of up to {length} rows, {seen}"
    return Predictions(rows, ends, split=test.split, index=test.index), settings


def _choose(
    tries: Iterable[tuple[int, int, NDArray[np.float64]]],
    true: NDArray[np.integer],
    likely: bool,
    count: int,
    progress: Progress | None,
) -> tuple[int, int]:
    """Return the settings with the smallest figure; the first of equal ones."""
    best, smallest = (1, 1), math.inf
    for done, (length, value, predicted) in enumerate(tries, start=1):
        scores = score_steps(predicted, true)
        loss = -float(scores.exact.sum()) if likely else float(scores.squares[:, :2].sum())
        if loss < smallest:
            best, smallest = (length, value), loss
        if progress is not None:
            progress(done, count + 1)
    return best


def predict_classes(
    model: str, train: Rows, test: Rows, progress: Progress | None = None
) -> tuple[Predictions, str]:
    """Predict the classes of test sequences.

    Parameters
    ----------
    model : str
        One of `viewer.benchmark.help.CLASSIFY_MODELS`.
    train, test : Rows
        Sequences with classes to learn from, and sequences to classify.
    progress : callable, optional
        Told how much is done.

    Returns
    -------
    predictions : Predictions
        With scores: shares of the neighbours' votes, or probabilities.
    settings : str
        What was chosen, for people.

    Raises
    ------
    UserError
        If there are too few training sequences, or they have no classes.
    """
    labels = true_labels(train)
    held = hold_out(len(train))
    make = _by_neighbours if model == "neighbour" else _by_regression
    score, label, settings = make(train, labels, held, test, progress)
    scores = np.round(score, DECIMALS).astype(np.float32)
    return Predictions(label=label, score=scores, split=test.split, index=test.index), settings


Found = tuple[NDArray[np.float64], NDArray[np.uint8], str]


def _by_neighbours(
    train: Rows,
    labels: NDArray[np.uint8],
    held: NDArray[np.bool_],
    test: Rows,
    progress: Progress | None,
) -> Found:
    from viewer.benchmark.neighbour import NEIGHBOURS, describe_paths, find_neighbours, vote

    paths = describe_paths(train)
    numbers = [number for number in NEIGHBOURS if number <= int((~held).sum())]
    work = int(held.sum()) * int((~held).sum()), len(test) * len(train)

    def part(first: int, size: int) -> Progress | None:
        if progress is None:
            return None
        return lambda done, total: progress(first + size * done // max(total, 1), sum(work))

    near = labels[~held][find_neighbours(paths[~held], paths[held], numbers[-1], part(0, work[0]))]
    wrong = [int((vote(near[:, :number]) != labels[held]).sum()) for number in numbers]
    number = numbers[int(np.argmin(wrong))]
    found = find_neighbours(paths, describe_paths(test), number, part(*work))
    near = labels[found]
    score = (near[:, :, None] == np.arange(int(labels.max()) + 1)).mean(axis=1)
    return score, vote(near), f"{number} of the nearest, chosen on {int(held.sum()):,} held out"


def _by_regression(
    train: Rows,
    labels: NDArray[np.uint8],
    held: NDArray[np.bool_],
    test: Rows,
    progress: Progress | None,
) -> Found:
    from viewer.benchmark.linear import (
        PENALTIES,
        Standard,
        describe_directions,
        fit,
        probabilities,
    )

    features = describe_directions(train)
    classes, codes = np.unique(labels, return_inverse=True)
    standard = Standard.of(features[~held])
    inputs, others = standard.apply(features[~held]), standard.apply(features[held])
    wrong: list[int] = []
    weights = None
    for done, penalty in enumerate(PENALTIES, start=1):
        weights = fit(inputs, codes[~held], len(classes), penalty, weights)
        likeliest = probabilities(others, weights).argmax(axis=1)
        wrong.append(int((likeliest != codes[held]).sum()))
        if progress is not None:
            progress(done, len(PENALTIES) + 1)
    penalty = PENALTIES[int(np.argmin(wrong))]
    standard = Standard.of(features)
    weights = fit(standard.apply(features), codes, len(classes), penalty)
    found = probabilities(standard.apply(describe_directions(test)), weights)
    score = np.zeros((len(test), int(classes[-1]) + 1))
    score[:, classes] = found
    settings = f"penalty {penalty:g}, chosen on {int(held.sum()):,} held out"
    return score, classes[found.argmax(axis=1)], settings


def join(first: Rows, second: Rows) -> Rows:
    """Put sequences behind others; classes are kept where both have them."""
    label = None
    if first.label is not None and second.label is not None:
        label = np.concatenate([first.label, second.label])
    rows: NDArray[np.int64] = np.concatenate([first.rows, second.rows])
    return Rows(
        rows,
        np.concatenate([first.offsets, second.offsets[1:] + first.offsets[-1]]),
        label,
        np.concatenate([first.split, second.split]),
        np.concatenate([first.index, second.index]),
    )
