"""Reference models of the prediction task: repeat the last step, and an n-gram with back-off.

Strategy: the model never needs its contexts as such, only which steps have the same one. So
the contexts of the sequences to learn from and of those to predict are numbered together,
one row longer at a time: a context of n rows is that of n - 1 rows one row earlier, and the
last row. Sums and counts are taken over the steps to learn from alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.benchmark.sequences import step_spans
from viewer.datasets.sequences.rows import Rows

ORDERS = tuple(range(1, 13))
"""Lengths of context, in rows, that are tried."""
WEIGHTS = (1, 2, 4, 8, 16, 32)
"""How many steps the shorter context counts for, that are tried."""
LEASTS = (1, 2, 3, 5, 8, 12, 20)
"""How often a context has to be seen for its likeliest row to be taken, that are tried."""


def repeat_last(sequences: Rows) -> NDArray[np.float32]:
    """Predict that each step is as the one before.

    Parameters
    ----------
    sequences : Rows

    Returns
    -------
    predicted : ndarray of float32, shape (S, 4)
        The row before; ``0 0 0 0`` for the first step of a sequence, because the row before
        is a position and no step.
    """
    steps, ends = step_spans(sequences.offsets)
    predicted = sequences.rows[steps - 1].astype(np.float32)
    predicted[ends[:-1][np.diff(ends) > 0]] = 0
    return predicted


@dataclass(frozen=True)
class Steps:
    """Steps with a number for the context of each, for one length of context.

    Parameters
    ----------
    length : int
        Rows of the context.
    context : ndarray of int64, shape (S,)
        Equal for equal contexts.
    count : int
        How many contexts there are.
    fits : ndarray of bool, shape (S,)
        Whether so many rows stand before the step.
    """

    length: int
    context: NDArray[np.int64]
    count: int
    fits: NDArray[np.bool_]


def number_contexts(sequences: Rows, longest: int) -> Iterator[Steps]:
    """Number the contexts of all steps.

    Parameters
    ----------
    sequences : Rows
    longest : int
        Rows of the longest context.

    Yields
    ------
    steps : Steps
        For contexts of 1, 2, ... rows, the last ones before the step. The first row of a
        sequence counts as its beginning, wherever that is.
    """
    first = sequences.offsets[:-1]
    steps, ends = step_spans(sequences.offsets)
    before = steps - 1
    rows_before = steps - np.repeat(first, np.diff(ends))
    symbols = number_rows(sequences.rows)
    symbols[first] = symbols.max(initial=0) + 1
    base = int(symbols.max(initial=0)) + 1
    contexts = np.zeros(len(symbols), np.int64)
    for length in range(1, longest + 1):
        shorter = np.zeros(len(symbols), np.int64)
        if length > 1:
            shorter[1:] = contexts[:-1] + 1
            shorter[first] = 0
        values, contexts = np.unique(shorter * base + symbols, return_inverse=True)
        yield Steps(length, contexts[before], len(values), rows_before >= length)


def number_rows(rows: NDArray[np.integer]) -> NDArray[np.int64]:
    """Number rows, equal ones alike and in their order as tuples."""
    code = np.zeros(len(rows), np.int64)
    for column in rows.T:
        values, place = np.unique(column, return_inverse=True)
        code = code * len(values) + place
    return np.unique(code, return_inverse=True)[1].astype(np.int64)


def back_off_means(
    sequences: Rows,
    learned: NDArray[np.bool_],
    longest: int,
    weights: tuple[int, ...],
) -> Iterator[tuple[int, int, NDArray[np.float64]]]:
    """Predict the mean row that follows a context.

    The mean minimises the root mean square error. That of a context of n rows is::

        (sum of the rows seen after it + weight * mean of its last n - 1 rows)
        / (how many were seen + weight)

    and that of no rows the mean of all steps: with few rows seen after a context, the shorter
    one counts more; with none, it counts alone.

    Parameters
    ----------
    sequences : Rows
    learned : ndarray of bool, shape (n,)
        Which sequences are learned from; the steps of the others are predicted.
    longest : int
        Rows of the longest context.
    weights : tuple of int
        Values of `weight` to try.

    Yields
    ------
    length, weight : int
        Rows of the context, and the weight.
    predicted : ndarray of float64, shape (S, 4)
        The steps of the other sequences, one after the other.
    """
    rows, known, asked = _divide(sequences, learned)
    targets = sequences.rows[rows[known]].astype(np.float64)
    mean = targets.mean(axis=0) if len(targets) else np.zeros(4)
    predicted = dict.fromkeys(weights, np.tile(mean, (int(asked.sum()), 1)))
    for steps in number_contexts(sequences, longest):
        seen, wanted = steps.context[known], steps.context[asked]
        counts = np.bincount(seen, minlength=steps.count)[wanted, None]
        fits = steps.fits[asked, None]
        sums = [np.bincount(seen, column, steps.count)[wanted] for column in targets.T]
        total = np.stack(sums, axis=1)
        for weight in weights:
            mean = (total + weight * predicted[weight]) / (counts + weight)
            predicted[weight] = np.where(fits, mean, predicted[weight])
            yield steps.length, weight, predicted[weight]


def back_off_likely(
    sequences: Rows,
    learned: NDArray[np.bool_],
    longest: int,
    leasts: tuple[int, ...],
) -> Iterator[tuple[int, int, NDArray[np.float64]]]:
    """Predict the row that most often follows a context.

    It is taken from the longest context that was seen at least `least` times; of rows that
    follow equally often, the smallest as a tuple. (A context longer than all that stands
    before the step is that once more, and changes nothing.) This predicts the most steps
    exactly, and has a larger root mean square error than the mean.

    Parameters
    ----------
    sequences, learned, longest
        As for `back_off_means`.
    leasts : tuple of int
        Values of `least` to try.

    Yields
    ------
    length, least : int
        Rows of the longest context, and how often it has to be seen.
    predicted : ndarray of float64, shape (S, 4)
        The steps of the other sequences, one after the other.
    """
    rows, known, asked = _divide(sequences, learned)
    symbols = number_rows(sequences.rows)
    base = int(symbols.max(initial=0)) + 1
    example = np.zeros(base, np.int64)
    example[symbols] = np.arange(len(symbols))
    follows = symbols[rows[known]]
    usual = int(np.bincount(follows).argmax()) if len(follows) else int(symbols[0])
    chosen = {least: np.full(int(asked.sum()), usual) for least in leasts}
    for steps in number_contexts(sequences, longest):
        seen, wanted = steps.context[known], steps.context[asked]
        counts = np.bincount(seen, minlength=steps.count)[wanted]
        pairs, times = np.unique(seen * base + follows, return_counts=True)
        pairs = pairs[np.argsort(-times, kind="stable")]
        contexts, first = np.unique(pairs // base, return_index=True)
        best = np.zeros(steps.count, np.int64)
        best[contexts] = pairs[first] % base
        for least in leasts:
            chosen[least] = np.where(counts >= least, best[wanted], chosen[least])
            yield (
                steps.length,
                least,
                sequences.rows[example[chosen[least]]].astype(np.float64),
            )


def _divide(
    sequences: Rows, learned: NDArray[np.bool_]
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the rows of all steps, and which of them are learned from and which predicted."""
    rows, ends = step_spans(sequences.offsets)
    known = np.repeat(learned, np.diff(ends))
    return rows, known, ~known
