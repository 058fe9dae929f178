"""What extraction finds out about the digits of a table, block by block.

The kernels must be ready: call `viewer.jit.prepare` first, off the GUI thread. Those that
compare orders are loaded when it comes to that.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.columns import FACT_NAMES, find_column
from viewer.catalog.facts.cache import FactsCache, block_key, join_keys, version_key
from viewer.catalog.table import Table
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.datasets.digits import Split
from viewer.errors import Cancelled

BLOCK = 4096
"""Digits a block holds at most."""
RANKING = 8
"""Digits that are ranked in the time in which one is extracted."""
COMPARING = 2
"""Digits that are extracted in the time in which the orders of one are compared."""
LARGEST = 64
"""Pixels a side may have for extraction."""
SHAPES = "shapes"
UNUSUAL = "unusual"
GAP = "order_gap"


@dataclass(frozen=True)
class FactsBlock:
    """Facts of digits that follow each other.

    Parameters
    ----------
    start : int
        Position of the first one in the table.
    columns : mapping of str to ndarray, shape (k,)
        By the names of `viewer.catalog.columns.FACTS`.
    shapes : ndarray of uint8, shape (n, D), optional
        Descriptors of all digits of the table, when the last of them is known.
    """

    start: int
    columns: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    shapes: NDArray[np.uint8] | None = None


def gather_facts(
    table: Table,
    settings: ExtractionSettings = PUBLISHED,
    *,
    wanted: Collection[str] | None = None,
    jobs: int = 1,
    cache: FactsCache | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[FactsBlock]:
    """Extract the strokes of all digits, split after split, and measure them.

    Splits whose images are too large for extraction are passed over: their facts stay
    unknown.

    Parameters
    ----------
    table : Table
        Not written to; give the blocks to `attach`.
    settings : ExtractionSettings
        The published ones by default.
    wanted : collection of str, optional
        Names of the facts that are needed; by default all. What takes work of its own and
        is not among them is left out.
    jobs : int
        Threads to extract in. The result does not depend on it.
    cache : FactsCache, optional
        Where blocks are taken from that were extracted before, and kept.
    progress : callable, optional
        Called with (done, in all) in the calling thread; steps are about a digit each.
    cancelled : callable, optional
        Asked between pieces of work; when it returns True, `Cancelled` is raised. What
        was yielded by then is in the cache.

    Yields
    ------
    block : FactsBlock
        Blocks of 4,096 digits with all facts but ``unusual`` and ``order_gap``; then the
        descriptors of all; then ``unusual``, split by split; then blocks of 4,096 digits
        with ``order_gap``.

    Raises
    ------
    Cancelled
        If `cancelled` said so.
    """
    splits = [split for split in table.dataset.splits.values() if _can_extract(split)]
    facts = FACT_NAMES if wanted is None else FACT_NAMES.intersection(wanted)
    if splits and facts:
        gathering = _Gathering(table, splits, settings, jobs, cache, progress, cancelled)
        yield from gathering.run(facts)


def attach(table: Table, block: FactsBlock) -> None:
    """Fill a block into the columns of its table, which are added when they are new."""
    for name, values in block.columns.items():
        table.fill(find_column(name), block.start, values)
    if block.shapes is not None:
        table.shapes = block.shapes


class _Gathering:
    """The work of `gather_facts`, and what it has come to so far."""

    def __init__(
        self,
        table: Table,
        splits: list[Split],
        settings: ExtractionSettings,
        jobs: int,
        cache: FactsCache | None,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        from viewer.core.shape import FEATURES

        self._table = table
        self._splits = splits
        self._settings = settings
        self._jobs = jobs
        self._cache = cache
        self._progress = progress
        self._cancelled = cancelled
        self._version = version_key(settings)
        self._keys: list[str] = []
        self._done = self._steps = 0
        self._digits = sum(map(len, splits))
        self._shapes = np.zeros((len(table), FEATURES), dtype=np.uint8)

    def run(self, facts: Collection[str]) -> Iterator[FactsBlock]:
        """Yield blocks with some facts, those that take long behind the others."""
        measures, ranks = any(name != GAP for name in facts), UNUSUAL in facts
        compares = GAP in facts
        ranking, comparing = self._digits // RANKING, self._digits * COMPARING
        self._steps = measures * self._digits + ranks * ranking + compares * comparing
        if measures:
            for split in self._splits:
                yield from self._measure(split)
            yield FactsBlock(0, shapes=self._shapes)
        if ranks:
            yield from self._rank()
        if compares:
            for split in self._splits:
                yield from self._compare(split)
        self._report(0)

    def _measure(self, split: Split) -> Iterator[FactsBlock]:
        """Yield the blocks of a split, and keep the descriptors of its digits."""
        for start, key, facts in self._blocks(split, self._version, self._extract, 1):
            self._keys.append(key)
            shapes = facts.pop(SHAPES)
            self._shapes[start : start + len(shapes)] = shapes
            yield FactsBlock(start, facts)

    def _rank(self) -> Iterator[FactsBlock]:
        """Yield how unusual the digits are within their class, split by split."""
        from viewer.core.unusual import rank_unusual

        places = np.concatenate(
            [self._table.first(split.name) + np.arange(len(split)) for split in self._splits]
        )
        labels = self._labels(places)
        key = join_keys(self._version, self._keys, labels) if self._cache is not None else ""
        facts = self._load(key, self._digits)
        if facts is None:
            whole = len(places) == len(self._shapes)
            shapes = self._shapes if whole else self._shapes[places]
            unusual = rank_unusual(
                shapes, labels, lambda done, _: self._report(done // RANKING), self._cancelled
            )
            facts = {UNUSUAL: unusual}
            self._save(key, facts)
        start = 0
        for split in self._splits:
            values = facts[UNUSUAL][start : start + len(split)]
            yield FactsBlock(self._table.first(split.name), {UNUSUAL: values})
            start += len(split)
        self._done += self._digits // RANKING

    def _compare(self, split: Split) -> Iterator[FactsBlock]:
        """Yield how far two orders of a split's digits are apart."""
        from viewer.core.disagreement import skeleton_settings

        version = version_key(skeleton_settings(self._settings), GAP)
        for start, _key, facts in self._blocks(split, version, self._find_gaps, COMPARING):
            yield FactsBlock(start, facts)

    def _blocks(
        self,
        split: Split,
        version: str,
        make: Callable[[NDArray[np.uint8]], dict[str, NDArray[Any]]],
        steps: int,
    ) -> Iterator[tuple[int, str, dict[str, NDArray[Any]]]]:
        """Yield position, key and facts of a split's blocks, from the cache or made anew."""
        first = self._table.first(split.name)
        for start in range(0, len(split), BLOCK):
            images = split.images[start : start + BLOCK]
            self._report(0)
            key = block_key(version, images) if self._cache is not None else ""
            facts = self._load(key, len(images))
            if facts is None:
                facts = make(images)
                self._save(key, facts)
            self._done += steps * len(images)
            yield first + start, key, facts

    def _extract(self, images: NDArray[np.uint8]) -> dict[str, NDArray[Any]]:
        from viewer.core.batch import extract_batch
        from viewer.core.facts import measure
        from viewer.core.shape import describe_shapes

        sequences = extract_batch(
            images,
            self._settings,
            jobs=self._jobs,
            progress=lambda done, _: self._report(done),
            cancelled=self._cancelled,
        )
        return measure(sequences) | {SHAPES: describe_shapes(sequences)}

    def _find_gaps(self, images: NDArray[np.uint8]) -> dict[str, NDArray[Any]]:
        from viewer.core.disagreement import COMPARED, measure_gaps
        from viewer.jit import prepare

        for order in COMPARED:
            prepare(apart=True, order=order)
        gaps = measure_gaps(
            images,
            self._settings,
            jobs=self._jobs,
            progress=lambda done, _: self._report(COMPARING * done),
            cancelled=self._cancelled,
        )
        return {GAP: gaps}

    def _labels(self, places: NDArray[np.int64]) -> NDArray[np.int64] | None:
        """Return the classes of digits, -1 where they are unknown."""
        if "class" not in self._table.columns:
            return None
        labels = self._table.values("class").astype(np.int64)
        known = self._table.known("class")
        if known is not None:
            labels[~known] = -1
        return labels[places]

    def _load(self, key: str, count: int) -> dict[str, NDArray[Any]] | None:
        """Return what the cache has; nothing that is not of so many digits."""
        facts = None if self._cache is None else self._cache.load(key)
        if facts is None or any(len(values) != count for values in facts.values()):
            return None
        return facts

    def _save(self, key: str, facts: dict[str, NDArray[Any]]) -> None:
        if self._cache is not None:
            self._cache.save(key, facts)

    def _report(self, more: int) -> None:
        """Pass on progress, with what is under way, and stop where that is wished."""
        if self._progress is not None:
            self._progress(self._done + more, self._steps)
        if self._cancelled is not None and self._cancelled():
            raise Cancelled


def _can_extract(split: Split) -> bool:
    """Whether there is something to extract from."""
    return len(split) > 0 and max(split.images.shape[1:]) <= LARGEST
