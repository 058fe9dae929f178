"""From a set and the names of orders to all figures about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet
from viewer.errors import UserError
from viewer.evaluate.consistency import (
    CHANGES,
    VARIANTS,
    Consistency,
    measure_consistency,
    summarise_changes,
)
from viewer.evaluate.judging import BY, Groups, Part, judge_orders, pair_up, tabulate
from viewer.evaluate.orders import Method, Orders, order_all
from viewer.evaluate.summary import Figures, Pair, Summary

BLOCK = 16_384
"""Digits whose images are copied at a time."""


@dataclass(frozen=True)
class Evaluation:
    """All figures about some orders on some digits.

    Parameters
    ----------
    splits : mapping of str to int
        How many digits of each split were ordered.
    writers : int
        How many people wrote them; 0 if not known.
    blank : int
        Digits without points, which cannot be judged.
    has_truth : bool
        Whether true paths are known, of some digits at least.
    pathless : int
        Digits whose true path is not known, though that of others is.
    table : list of Summary
        Against the true paths; empty where there are none.
    pairs : list of Pair
        Each method and the first one.
    consistency : list of Consistency
        On images that hardly differ.
    exact : mapping of str to int
        By method, for how many digits the search for the order was complete.
    """

    splits: Mapping[str, int]
    writers: int
    blank: int
    has_truth: bool
    pathless: int
    table: list[Summary]
    pairs: list[Pair]
    consistency: list[Consistency]
    exact: Mapping[str, int]


def evaluate(
    dataset: DigitSet,
    chosen: Mapping[str, NDArray[np.int64]],
    methods: Sequence[Method],
    *,
    by: Sequence[str] = BY,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Order digits by some methods and tell how good the orders are.

    Parameters
    ----------
    dataset : DigitSet
        The set.
    chosen : mapping of str to ndarray of int64
        Indices by split.
    methods : sequence of Method
        One or more, with different names; the others are compared with the first.
    by : sequence of str
        ``class``, ``writer``, both or none: what the table is divided by, too.
    jobs : int
        Threads to order in; the result does not depend on it.
    progress : callable, optional
        Called with (steps done, steps in all).

    Returns
    -------
    evaluation : Evaluation

    Raises
    ------
    UserError
        If there is no digit to order.
    """
    from viewer.jit import prepare

    prepare()
    parts = [Part(dataset.split(name), indices) for name, indices in chosen.items() if len(indices)]
    if not parts:
        raise UserError("no digit is chosen")
    count = sum(len(part.indices) for part in parts)
    steps = _Steps(count * len(methods) * (1 + VARIANTS), progress)
    blocks = [
        Part(part.split, part.indices[first : first + BLOCK])
        for part in parts
        for first in range(0, len(part.indices), BLOCK)
    ]
    made = {
        method.name: [_order(block, method, jobs, steps) for block in blocks] for method in methods
    }
    consistency = [
        line
        for method in methods
        for line in _consistency(blocks, made[method.name], method, jobs, steps)
    ]
    consistency.sort(key=lambda line: CHANGES.index(line.change))
    drawn = [
        np.logical_and.reduce([orders.drawn for orders in some])
        for some in zip(*made.values(), strict=True)
    ]
    told = [block.split.has_path(block.indices) for block in blocks]
    has_truth = any(some.any() for some in told)
    judgeable = [some & known for some, known in zip(drawn, told, strict=True)]
    groups = Groups.of(parts)
    table, pairs = [], []
    if any(some.any() for some in judgeable):
        kept = [
            Part(block.split, block.indices[some])
            for block, some in zip(blocks, judgeable, strict=True)
        ]
        figures = {name: _judge(orders, judgeable, kept) for name, orders in made.items()}
        judged = groups.part(np.concatenate(judgeable))
        table = tabulate(figures, judged, by, dataset.class_names)
        pairs = pair_up(figures, judged)
    return Evaluation(
        {part.split.name: len(part.indices) for part in parts},
        len(groups.writer_names),
        count - sum(int(some.sum()) for some in drawn),
        has_truth,
        count - sum(int(known.sum()) for known in told) if has_truth else 0,
        table,
        pairs,
        consistency,
        {name: sum(int(part.exact.sum()) for part in orders) for name, orders in made.items()},
    )


def _order(part: Part, method: Method, jobs: int, steps: _Steps) -> Orders:
    orders = order_all(part.images, method, jobs=jobs)
    steps.advance(len(orders))
    return orders


def _consistency(
    parts: Sequence[Part], orders: Sequence[Orders], method: Method, jobs: int, steps: _Steps
) -> list[Consistency]:
    found = [
        measure_consistency(part.images, some, method, jobs=jobs, progress=steps.advance)
        for part, some in zip(parts, orders, strict=True)
    ]
    joined = [[table for tables in line for table in tables] for line in zip(*found, strict=True)]
    return summarise_changes(method.name, joined)


def _judge(
    orders: Sequence[Orders], drawn: Sequence[NDArray[np.bool_]], parts: Sequence[Part]
) -> Figures:
    """Judge the digits that have points, split by split."""
    found = [
        judge_orders(some.part(mask), [part])
        for some, mask, part in zip(orders, drawn, parts, strict=True)
    ]
    return {name: np.concatenate([each[name] for each in found]) for name in found[0]}


class _Steps:
    """Progress over several passes through the digits."""

    def __init__(self, total: int, progress: Callable[[int, int], None] | None) -> None:
        self._done, self._total, self._progress = 0, total, progress

    def advance(self, count: int) -> None:
        """Count on."""
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._total)
