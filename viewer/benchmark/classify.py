"""How good predicted classes are: the figure of the classification task.

The task of the publication: given a sequence, tell its class; the figure is the test error
rate in percent. In the original experiments [1]_ the network gives classes after every row,
and a sequence is right if the likeliest class after the last of its rows but one is (the last
pair of input and target; ``last_correct``). Here a file holds one class a sequence, told from
all of its rows; the row that is left out there is always ``0 0 1 1``.

References
----------
.. [1] E. D. de Jong (2016), github.com/edwin-de-jong/incremental-sequence-learning,
   ``evaluate`` in train.py, ``AvgStat`` in stats.py.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.benchmark.intervals import Estimate, wilson
from viewer.benchmark.predictions import Predictions
from viewer.benchmark.sequences import take
from viewer.datasets.sequences.rows import Rows
from viewer.errors import UserError


@dataclass(frozen=True)
class LabelScores:
    """Which classes are wrong.

    Parameters
    ----------
    wrong : ndarray of bool, shape (n,)
        By digit; `np.flatnonzero` of it lists the misclassified ones.
    classes : ndarray of uint8, shape (c,)
        The classes there are, true or predicted, in ascending order.
    confusion : ndarray of int64, shape (c, c)
        How many digits of the class of a row are taken for that of a column.
    """

    wrong: NDArray[np.bool_]
    classes: NDArray[np.uint8]
    confusion: NDArray[np.int64]


def score_labels(predicted: NDArray[np.uint8], true: NDArray[np.uint8]) -> LabelScores:
    """Compare predicted classes with the true ones.

    Parameters
    ----------
    predicted, true : ndarray of uint8, shape (n,)

    Returns
    -------
    scores : LabelScores
    """
    classes, code = np.unique(np.concatenate([true, predicted]), return_inverse=True)
    size = len(classes)
    pairs = code[: len(true)] * size + code[len(true) :]
    confusion = np.bincount(pairs, minlength=size * size).reshape(size, size)
    return LabelScores(predicted != true, classes, confusion.astype(np.int64))


@dataclass(frozen=True)
class ClassifyReport:
    """All figures of predicted classes.

    Parameters
    ----------
    wanted : int
        How many sequences there are.
    unused : int
        How many predictions are of other digits.
    scores : LabelScores
        Of the sequences whose class is predicted.
    """

    wanted: int
    unused: int
    scores: LabelScores

    @property
    def sequences(self) -> int:
        """How many sequences have a predicted class."""
        return len(self.scores.wrong)

    def error(self) -> Estimate:
        """Return the error rate, from 0 to 1, with Wilson's interval."""
        return wilson(int(self.scores.wrong.sum()), self.sequences)

    def error_of(self, row: int) -> Estimate:
        """Return the error rate of the class of a row of the confusion matrix."""
        counts = self.scores.confusion[row]
        return wilson(int(counts.sum() - counts[row]), int(counts.sum()))


def classify_predictions(sequences: Rows, predictions: Predictions) -> ClassifyReport:
    """Score the predicted classes of sequences.

    Parameters
    ----------
    sequences : Rows
        With classes.
    predictions : Predictions
        Of all of them, or of some.

    Returns
    -------
    report : ClassifyReport

    Raises
    ------
    UserError
        If classes are not known, or the predictions do not belong to the sequences or are
        none of classes.
    """
    places = predictions.match(sequences)
    wanted = len(sequences)
    chosen = np.flatnonzero(places >= 0)
    if len(chosen) < wanted:
        sequences, places = take(sequences, chosen), places[chosen]
    predicted = predictions.take_labels(places)
    scores = score_labels(predicted, true_labels(sequences))
    return ClassifyReport(wanted, len(predictions) - len(np.unique(places)), scores)


def true_labels(sequences: Rows) -> NDArray[np.uint8]:
    """Return the classes of sequences; a UserError if they are not known."""
    if sequences.label is None:
        raise UserError(
            "the sequences have no labels",
            advice="Name the digits they were made from with --labels-from.",
        )
    return sequences.label
