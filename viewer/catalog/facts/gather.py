"""What extraction finds out about the digits of a table, block by block.

The kernels must be ready: call `viewer.jit.prepare` first, off the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.columns import find_column
from viewer.catalog.facts.cache import FactsCache, block_key, join_keys, version_key
from viewer.catalog.table import Table
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.datasets.digits import Split
from viewer.errors import Cancelled

BLOCK = 4096
"""Digits a block holds at most."""
RANKING = 8
"""Digits that are ranked in the time in which one is extracted."""
LARGEST = 64
"""Pixels a side may have for extraction."""
SHAPES = "shapes"
UNUSUAL = "unusual"


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
        Blocks of 4,096 digits with all facts but ``unusual``; then the descriptors of
        all; then ``unusual``, split by split.

    Raises
    ------
    Cancelled
        If `cancelled` said so.
    """
    splits = [split for split in table.dataset.splits.values() if _can_extract(split)]
    gathering = _Gathering(table, splits, settings, jobs, cache, progress, cancelled)
    for split in splits:
        yield from gathering.measure(split)
    if splits:
        yield FactsBlock(0, shapes=gathering.shapes)
        yield from gathering.rank()


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
        self._done = 0
        self._digits = sum(map(len, splits))
        self.shapes = np.zeros((len(table), FEATURES), dtype=np.uint8)

    def measure(self, split: Split) -> Iterator[FactsBlock]:
        """Yield the blocks of a split, from the cache or by extraction."""
        first = self._table.first(split.name)
        for start in range(0, len(split), BLOCK):
            images = split.images[start : start + BLOCK]
            self._report(0)
            key = block_key(self._version, images) if self._cache is not None else ""
            facts = self._load(key, len(images))
            if facts is None:
                facts = self._extract(images)
                self._save(key, facts)
            self._keys.append(key)
            self._done += len(images)
            shapes = facts.pop(SHAPES)
            self.shapes[first + start : first + start + len(images)] = shapes
            yield FactsBlock(first + start, facts)

    def rank(self) -> Iterator[FactsBlock]:
        """Yield how unusual the digits are within their class, split by split."""
        from viewer.core.unusual import rank_unusual

        places = np.concatenate(
            [self._table.first(split.name) + np.arange(len(split)) for split in self._splits]
        )
        labels = self._labels(places)
        key = join_keys(self._version, self._keys, labels) if self._cache is not None else ""
        facts = self._load(key, self._digits)
        if facts is None:
            whole = len(places) == len(self.shapes)
            shapes = self.shapes if whole else self.shapes[places]
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
        self._report(self._digits // RANKING)

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
            self._progress(self._done + more, self._digits + self._digits // RANKING)
        if self._cancelled is not None and self._cancelled():
            raise Cancelled


def _can_extract(split: Split) -> bool:
    """Whether there is something to extract from."""
    return len(split) > 0 and max(split.images.shape[1:]) <= LARGEST
