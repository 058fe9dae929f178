"""How good predicted steps are: the figures of the prediction task.

The task of the publication: given rows 1 to k of a sequence, predict row k + 1. Its figure is
the root mean square error over all predicted steps of the test set; the first row of a
sequence, the position where the pen begins, is never predicted.

What the original experiments compute [1]_: the offsets dx and dy, back in pixels (the network
works on ``(d + 22.6) / 55.2``, which is undone before errors are taken), of one draw from the
predicted mixture for every step; the squares of both errors are summed over the steps of all
sequences, divided by twice the number of steps, and the root is taken. So it is an error a
coordinate; the distance between predicted and true point is the root of 2 larger. Marker
rows, where dx = dy = 0, count as steps; eos and eod do not enter. Sequences were cut after
100 rows (``--max_seq_length``); the first 10,000 training digits were learned from, and the
first 5,000 test digits scored. `rmse` here is this figure, of whatever a file predicts for a
step. A draw makes it larger than the mean of the same mixture would, by the root of 2 where
the mixture is right.

References
----------
.. [1] E. D. de Jong (2016), "Incremental Sequence Learning", arXiv:1611.03068, and its code,
   github.com/edwin-de-jong/incremental-sequence-learning: ``evaluate`` in train.py,
   ``RMSEStat`` in stats.py, ``load_preprocessed`` in utils.py, exp/.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.benchmark.intervals import Estimate, root_of_mean, share_of_steps
from viewer.benchmark.predictions import Predictions
from viewer.benchmark.sequences import spans, step_spans, take
from viewer.datasets.sequences.rows import Rows

EXACT = 0.5
"""A step is exact where all four numbers are less than this off."""
FIGURES = {
    "rmse": "RMSE of dx and dy over all steps, px a coordinate: the publication's figure",
    "rmse_rows": "RMSE of dx, dy, eos and eod over all steps",
    "rmse_points": "RMSE of dx and dy over the steps that reach a point (no marker rows), px",
    "rmse_eos": "RMSE of eos over all steps",
    "rmse_eod": "RMSE of eod over all steps",
    "exact": "share of steps with all four numbers nearer to the truth than to other whole ones",
}
"""Name and meaning of each figure."""


@dataclass(frozen=True)
class StepScores:
    """How far predicted steps are off.

    Parameters
    ----------
    squares : ndarray of float64, shape (S, 4)
        Squared errors of dx, dy (px²), eos and eod.
    exact : ndarray of bool, shape (S,)
        Whether all four are less than 0.5 off.
    points : ndarray of bool, shape (S,)
        Whether the true step reaches a point, and is not a marker row.
    """

    squares: NDArray[np.float64]
    exact: NDArray[np.bool_]
    points: NDArray[np.bool_]


def score_steps(predicted: NDArray[np.floating], true: NDArray[np.integer]) -> StepScores:
    """Compare predicted steps with the true ones.

    Parameters
    ----------
    predicted : ndarray of float, shape (S, 4)
        ``dx dy eos eod``.
    true : ndarray of int, shape (S, 4)
        The rows of the sequences.

    Returns
    -------
    scores : StepScores
    """
    off = predicted.astype(np.float64) - true
    exact = np.asarray((np.abs(off) < EXACT).all(axis=1))
    return StepScores(off * off, exact, np.asarray(true[:, 2] == 0))


@dataclass(frozen=True)
class SequenceScores:
    """The same, summed over the steps of each sequence; arrays of float64 or int64, shape (n,).

    Parameters
    ----------
    steps, points : ndarray of int64, shape (n,)
        How many steps, and how many of them reach a point.
    squares : ndarray of float64, shape (n, 4)
        Sums of the squared errors.
    point_squares : ndarray of float64, shape (n,)
        Of dx and dy, over the steps that reach a point.
    exact : ndarray of float64, shape (n,)
        How many steps are exact.
    """

    steps: NDArray[np.int64]
    points: NDArray[np.int64]
    squares: NDArray[np.float64]
    point_squares: NDArray[np.float64]
    exact: NDArray[np.float64]

    @classmethod
    def of(cls, scores: StepScores, offsets: NDArray[np.int64]) -> SequenceScores:
        """Sum scores up; sequence ``i`` has the steps ``offsets[i]:offsets[i + 1]``."""
        steps = np.diff(offsets)
        count = len(steps)
        digit = np.repeat(np.arange(count), steps)

        def add(values: NDArray[np.float64] | NDArray[np.bool_]) -> NDArray[np.float64]:
            return np.bincount(digit, values, count).astype(np.float64)

        return cls(
            steps,
            add(scores.points).astype(np.int64),
            np.stack([add(column) for column in scores.squares.T], axis=1),
            add(scores.squares[:, :2].sum(axis=1) * scores.points),
            add(scores.exact),
        )

    def part(self, chosen: NDArray[np.bool_]) -> SequenceScores:
        """Return the scores of some sequences."""
        return SequenceScores(
            self.steps[chosen],
            self.points[chosen],
            self.squares[chosen],
            self.point_squares[chosen],
            self.exact[chosen],
        )

    def figures(self) -> dict[str, Estimate]:
        """Return each of `FIGURES`, with an interval over sequences; `exact` from 0 to 1."""
        return {name: figure(self) for name, figure in _FIGURES.items()}


_FIGURES: dict[str, Callable[[SequenceScores], Estimate]] = {
    "rmse": lambda of: root_of_mean(of.squares[:, :2].sum(axis=1), 2 * of.steps),
    "rmse_rows": lambda of: root_of_mean(of.squares.sum(axis=1), 4 * of.steps),
    "rmse_points": lambda of: root_of_mean(of.point_squares, 2 * of.points),
    "rmse_eos": lambda of: root_of_mean(of.squares[:, 2], of.steps),
    "rmse_eod": lambda of: root_of_mean(of.squares[:, 3], of.steps),
    "exact": lambda of: share_of_steps(of.exact, of.steps),
}


@dataclass(frozen=True)
class Group:
    """The figures of all sequences, or those of one class.

    Parameters
    ----------
    name : str
        The class; "" for all.
    sequences, steps : int
        How many there are.
    figures : dict of str to Estimate
        By the names of `FIGURES`.
    """

    name: str
    sequences: int
    steps: int
    figures: dict[str, Estimate]


@dataclass(frozen=True)
class PredictReport:
    """All figures of predicted steps.

    Parameters
    ----------
    wanted : int
        How many sequences there are.
    unused : int
        How many predictions are of other digits.
    whole : Group
        Of all sequences that are predicted.
    classes : list of Group
        By class; empty where classes are not known.
    longest : int or None
        Only so many rows of each sequence count.
    """

    wanted: int
    unused: int
    whole: Group
    classes: list[Group]
    longest: int | None = None


def score_predictions(
    sequences: Rows, predictions: Predictions, *, longest: int | None = None
) -> PredictReport:
    """Score the predicted steps of sequences.

    Parameters
    ----------
    sequences : Rows
        The truth.
    predictions : Predictions
        Of all of them, or of some.
    longest : int, optional
        Only this many rows of each sequence count, the first one included.

    Returns
    -------
    report : PredictReport

    Raises
    ------
    UserError
        If the predictions do not belong to the sequences, or have no steps.
    """
    places = predictions.match(sequences)
    wanted = len(sequences)
    chosen = np.flatnonzero(places >= 0)
    if len(chosen) < wanted:
        sequences, places = take(sequences, chosen), places[chosen]
    predicted = predictions.take_steps(places, sequences)
    rows, ends = step_spans(sequences.offsets, longest)
    if longest is not None:
        starts = step_spans(sequences.offsets)[1][:-1]
        predicted = predicted[spans(starts, np.diff(ends))[0]]
    scores = SequenceScores.of(score_steps(predicted, sequences.rows[rows]), ends)
    classes = [] if sequences.label is None else np.unique(sequences.label).tolist()
    return PredictReport(
        wanted,
        len(predictions) - len(np.unique(places)),
        _group("", scores),
        [_group(str(label), scores.part(sequences.label == label)) for label in classes],
        longest,
    )


def _group(name: str, scores: SequenceScores) -> Group:
    return Group(name, len(scores.steps), int(scores.steps.sum()), scores.figures())
