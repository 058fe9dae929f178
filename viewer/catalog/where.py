"""The digits that a query names, where no window gathers facts and marks ahead."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.columns import CORRECTED, FACT_NAMES, MARK_NAMES
from viewer.catalog.query import parse, select
from viewer.catalog.table import Table
from viewer.core.settings import PUBLISHED, ExtractionSettings


def find_digits(
    table: Table,
    text: str,
    settings: ExtractionSettings = PUBLISHED,
    *,
    corrected: bool = True,
    jobs: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> NDArray[np.int64]:
    """Find the digits that match a query, with what it asks for.

    Facts of the strokes are extracted, or taken from the cache, only where the query names
    one of them, and what takes work of its own only where it names just that; the user's
    marks are read only where it names those.

    Parameters
    ----------
    table : Table
        The set; columns are added to it.
    text : str
        Such as ``class=7 & strokes>=2``.
    settings : ExtractionSettings
        What the strokes are extracted with; the published ones by default.
    corrected : bool
        Whether the facts are those of strokes corrected by hand, where there are such.
    jobs : int
        Threads to extract in.
    progress : callable, optional
        Called with (digits done, digits in all) while facts are gathered.

    Returns
    -------
    positions : ndarray of int64
        Ascending positions in the table.

    Raises
    ------
    QueryError
        If the query cannot be understood.
    """
    query = parse(text, table)
    asked = query.columns()
    if asked & MARK_NAMES:
        from viewer.catalog.marks.marks import Marks
        from viewer.datasets.fingerprint import fingerprint

        Marks.open(fingerprint(table.dataset)).attach(table)
    corrections = None
    if CORRECTED.name in asked or (corrected and asked & FACT_NAMES):
        from viewer.catalog.corrections.corrections import Corrections

        corrections = Corrections.open(table.dataset)
        corrections.attach(table)
    if asked & FACT_NAMES:
        from viewer.jit import prepare

        prepare(order=settings.order)
        from viewer.catalog.facts.cache import FactsCache
        from viewer.catalog.facts.gather import attach, gather_facts

        cache = FactsCache()
        for block in gather_facts(
            table, settings, wanted=asked, jobs=jobs, cache=cache, progress=progress
        ):
            attach(table, block)
        if corrections is not None and corrected:
            from viewer.catalog.corrections.apply import corrected_facts

            corrected_facts(table, corrections, settings)
    return np.flatnonzero(select(query, table)).astype(np.int64)
