"""The one filter of the window: which digits are shown, and in which order."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from viewer.catalog.columns import FACT_NAMES
from viewer.catalog.facets.facet import Facet, count_facets, facet_of
from viewer.catalog.query import Choice, Query, QueryError, parse, select
from viewer.catalog.query.names import offer_columns
from viewer.catalog.table import Table
from viewer.gui.filter.sorting import Order, Sorter, parse_order
from viewer.gui.jobs import Job, Jobs


@dataclass(frozen=True)
class Answer:
    """What the filter found.

    Parameters
    ----------
    positions : ndarray of int64, shape (k,)
        The digits that match, in the order asked for.
    count : int
        How many they are.
    total : int
        Digits of the set.
    counts : mapping of str to ndarray of int64
        By facet: how many digits fall into each of its bins and match all other clauses.
    facets : mapping of str to Facet
        The facets that were counted.
    milliseconds : float
        Time the answer took.
    partial : bool
        Whether the query asks for facts that are not known of all digits yet.
    """

    positions: NDArray[np.int64]
    count: int
    total: int
    counts: Mapping[str, NDArray[np.int64]]
    facets: Mapping[str, Facet]
    milliseconds: float
    partial: bool = False


class Filter(QObject):
    """A query and an order over a table, answered in the background.

    `changed` is emitted when text or order are other ones, `answered` with the `Answer`,
    `refused` with the QueryError of a text that cannot be used, and with None when the
    text is fine again; with any other error where answering failed. Until then the last
    good query stands. A wish made while another is worked on replaces it, so that nothing
    queues up.
    """

    changed = Signal()
    answered = Signal(object)
    refused = Signal(object)

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._table: Table | None = None
        self._text = ""
        self._query: Query | None = None
        self._error: QueryError | None = None
        self._order = Order()
        self._names: tuple[str, ...] = ()
        self._sorter = Sorter()
        self._running: Job | None = None
        self._wanted = False

    @property
    def table(self) -> Table | None:
        """The table that is filtered."""
        return self._table

    @property
    def text(self) -> str:
        """The query as it was written, also while it cannot be used."""
        return self._text

    @property
    def query(self) -> Query | None:
        """The last query that could be used; None without a table."""
        return self._query

    @property
    def error(self) -> QueryError | None:
        """What is wrong with the text."""
        return self._error

    @property
    def order(self) -> str:
        """The order: "" as the set has it, a column, ``-column`` or ``shuffle:seed``."""
        return str(self._order)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._wanted or self._running is not None

    def set_table(self, table: Table | None, text: str = "", order: str = "") -> None:
        """Filter another table, from a query and an order on.

        Parameters
        ----------
        table : Table or None
        text : str
            The first query; one that cannot be used shows everything and is refused.
        order : str
            The first order; one that does not fit is the set's own.
        """
        self._drop()
        self._table = table
        self._sorter = Sorter()
        self._text = text if table is not None else ""
        self._order = Order() if table is None else parse_order(order, table)
        self._query = None if table is None else parse("", table)
        self._read()
        self._wanted = table is not None
        self.changed.emit()
        self._next()

    def set_text(self, text: str) -> None:
        """Filter by a query as it was written."""
        if text == self._text or self._table is None:
            return
        self._text = text
        if self._read():
            self._drop()
            self._ask()
        self.changed.emit()

    def set_choice(self, name: str, choice: Choice | None) -> None:
        """Let the query select other values of one column, and leave the rest as it is."""
        if self._query is not None:
            self.set_text(self._query.with_choice(name, choice).text)

    def set_order(self, order: str) -> None:
        """Show the digits in another order; one that does not fit is the set's own."""
        if self._table is None:
            return
        parsed = parse_order(order, self._table)
        if parsed != self._order:
            self._order = parsed
            self._drop()
            self.changed.emit()
            self._ask()

    def set_facets(self, names: Iterable[str]) -> None:
        """Count the bins of these columns with every answer."""
        wanted = tuple(names)
        if wanted != self._names:
            self._names = wanted
            self._ask()

    def refresh(self) -> None:
        """Ask again, since columns of the table have changed; what runs may end first."""
        if self._table is not None:
            self._read(again=True)
            self._ask()

    def _read(self, *, again: bool = False) -> bool:
        """Take up the text as the query; say where it cannot be used, but not twice."""
        before, error = self._error, None
        if self._table is not None:
            try:
                self._query = parse(self._text, self._table)
            except QueryError as wrong:
                error = wrong
        self._error = error
        if str(error) != str(before) or (error is not None and not again):
            self.refused.emit(error)
        return error is None

    def _drop(self) -> None:
        """Take back what was asked for and is not answered yet."""
        self._wanted = False
        if self._running is not None:
            self._running.cancel()

    def _ask(self) -> None:
        self._wanted = self._table is not None
        self._next()

    def _next(self) -> None:
        """Start on what is wanted unless a worker is busy."""
        table, query = self._table, self._query
        if self._running is not None or not self._wanted or table is None or query is None:
            return
        self._wanted = False
        order, sorter = self._order, self._sorter
        offered = offer_columns(table)
        names = tuple(name for name in self._names if name in offered)
        job = Job("", lambda job: _answer(job, table, query, order, sorter, names))
        job.on_value = lambda made: self.answered.emit(cast("Answer", made))
        job.on_error = self.refused.emit
        job.on_end = self._ended
        self._running = job
        self._jobs.start(job)

    def _ended(self) -> None:
        self._running = None
        self._next()


def _answer(
    job: Job, table: Table, query: Query, order: Order, sorter: Sorter, names: tuple[str, ...]
) -> Iterator[object]:
    """Select, sort and count on a worker."""
    start = time.perf_counter()
    chosen = select(query, table, cancelled=job.cancelled)
    positions = sorter.arrange(table, chosen, order)
    facets = {name: facet_of(table, name) for name in names}
    counts = count_facets(table, query, names, cancelled=job.cancelled)
    milliseconds = 1000 * (time.perf_counter() - start)
    yield Answer(
        positions,
        len(positions),
        len(table),
        counts,
        facets,
        milliseconds,
        partial=any(not table.is_complete(name) for name in query.columns() & FACT_NAMES),
    )
