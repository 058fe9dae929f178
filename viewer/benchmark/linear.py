"""Reference model of the classification task: multinomial logistic regression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.benchmark.resampling import pen_points, resample
from viewer.datasets.sequences.rows import Rows

POINTS = 64
ZONES, DIRECTIONS = 4, 8
STROKES = 4
"""Numbers of strokes that are told apart: 1, 2, 3, and 4 or more."""
FEATURES = ZONES * ZONES * DIRECTIONS + 3 + STROKES
PENALTIES = (0.03, 0.01, 0.003, 0.001, 0.0003, 0.0001)
"""Weights of the penalty that are tried, the smoothest model first."""
BATCH = 4096
"""Paths that are described at a time."""
PIECE = 128
"""Rows that are multiplied at a time: so few that one thread does it. Products this small are
no faster in several, and many times slower where other programs run."""
ENOUGH = 1e-3
MOST_ROUNDS = 1000


def describe_directions(sequences: Rows) -> NDArray[np.float64]:
    """Describe sequences by where the pen goes in which direction.

    Parameters
    ----------
    sequences : Rows

    Returns
    -------
    features : ndarray of float64, shape (n, FEATURES)
        Of the path as `resample` scales it: the length drawn in each of 4 x 4 zones in each
        of 8 directions, shared between neighbouring zones and directions in proportion; its
        whole length, width and height; and which number of strokes there is.
    """
    features = np.zeros((len(sequences), FEATURES))
    paths = resample(sequences, POINTS)
    for first in range(0, len(paths), BATCH):
        features[first : first + BATCH, :-STROKES] = _describe(paths[first : first + BATCH])
    digit, _points, lifted = pen_points(sequences)
    lifts = np.bincount(digit, lifted, len(sequences)).astype(np.int64)
    features[:, -STROKES:] = np.minimum(lifts, STROKES - 1)[:, None] == np.arange(STROKES)
    return features


def _describe(paths: NDArray[np.float64]) -> NDArray[np.float64]:
    moves = np.diff(paths, axis=1)
    middles = (paths[:, 1:] + paths[:, :-1]) / 2
    lengths = np.hypot(moves[..., 0], moves[..., 1])
    turns = np.arctan2(moves[..., 1], moves[..., 0]) / (2 * np.pi) * DIRECTIONS
    apart = np.abs((turns[..., None] - np.arange(DIRECTIONS)) % DIRECTIONS)
    direction = np.maximum(1 - np.minimum(apart, DIRECTIONS - apart), 0)
    place = np.clip((middles + 1) / 2 * ZONES - 0.5, 0, ZONES - 1)
    share = np.maximum(1 - np.abs(place[..., None] - np.arange(ZONES)), 0)
    zone = share[..., 1, :, None] * share[..., 0, None, :] * lengths[..., None, None]
    zone = zone.reshape(*lengths.shape, ZONES * ZONES)
    histogram = zone.transpose(0, 2, 1) @ direction
    extent = np.ptp(paths, axis=1)
    return np.concatenate(
        [histogram.reshape(len(paths), -1), lengths.sum(axis=1, keepdims=True), extent], axis=1
    )


@dataclass(frozen=True)
class Standard:
    """How features are brought to mean 0 and standard deviation 1.

    Parameters
    ----------
    mean, deviation : ndarray of float64, shape (f,)
        Those of the training sequences; a deviation of 1 where all are alike.
    """

    mean: NDArray[np.float64]
    deviation: NDArray[np.float64]

    @classmethod
    def of(cls, features: NDArray[np.float64]) -> Standard:
        """Take mean and deviation from features."""
        deviation = features.std(axis=0)
        return cls(features.mean(axis=0), np.where(deviation > 1e-9, deviation, 1.0))

    def apply(self, features: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return standardised features behind a column of ones, shape (n, 1 + f)."""
        scaled = (features - self.mean) / self.deviation
        return np.concatenate([np.ones((len(scaled), 1)), scaled], axis=1)


def fit(
    inputs: NDArray[np.float64],
    classes: NDArray[np.int64],
    count: int,
    penalty: float,
    start: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Fit a multinomial logistic regression.

    Minimises the mean of -log of the probability of the true class, plus half the penalty
    times the sum of the squared weights but those of the column of ones.

    Parameters
    ----------
    inputs : ndarray of float64, shape (n, 1 + f)
        As `Standard.apply` returns them.
    classes : ndarray of int64, shape (n,)
        From 0 to `count` - 1.
    count : int
        Number of classes.
    penalty : float
        More than 0.
    start : ndarray of float64, shape (1 + f, count), optional
        Weights to begin with, such as those for a larger penalty.

    Returns
    -------
    weights : ndarray of float64, shape (1 + f, count)

    Notes
    -----
    Half the second moments of the inputs bound the curvature [1]_, so a step against the
    gradient, measured by that bound, never overshoots: there is no step size to search for.
    The steps are accelerated, anew whenever they turn back [2]_.

    References
    ----------
    .. [1] D. Böhning (1992), "Multinomial logistic regression algorithm", Annals of the
       Institute of Statistical Mathematics 44, 197-200.
    .. [2] B. O'Donoghue, E. Candès (2015), "Adaptive restart for accelerated gradient
       schemes", Foundations of Computational Mathematics 15, 715-732, section 3.2.
    """
    n, width = inputs.shape
    # rows of zeros fill the last piece: they add nothing to the gradient
    pieces = np.concatenate([inputs, np.zeros((-n % PIECE, width))]).reshape(-1, PIECE, width)
    target = np.zeros((*pieces.shape[:2], count))
    target.reshape(-1, count)[np.arange(n), classes] = 1
    turned = pieces.transpose(0, 2, 1)
    shrink = np.full(width, penalty)
    shrink[0] = 0
    bound = np.einsum("ni,nj->ij", inputs, inputs) / (2 * n)  # in one thread, too
    bound[np.diag_indices(width)] += shrink
    inverse = np.linalg.inv(bound)
    weights: NDArray[np.float64] = np.zeros((width, count)) if start is None else start
    ahead = weights
    pace = 1.0
    for _round in range(MOST_ROUNDS):
        gradient = (turned @ (probabilities(pieces, ahead) - target)).sum(axis=0) / n
        gradient += shrink[:, None] * ahead
        step = inverse @ gradient
        reached: NDArray[np.float64] = ahead - step
        if (gradient * step).sum() < ENOUGH**2:
            return reached
        if (gradient * (reached - weights)).sum() > 0:
            pace, ahead = 1.0, reached
        else:
            before, pace = pace, (1 + np.sqrt(1 + 4 * pace * pace)) / 2
            ahead = reached + (before - 1) / pace * (reached - weights)
        weights = reached
    return weights


def probabilities(inputs: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of each class, shape (..., classes), for inputs (..., 1 + f)."""
    logits = inputs @ weights
    logits -= logits.max(axis=-1, keepdims=True)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=-1, keepdims=True)
    return logits
