"""What was worked out from a table's columns and holds until they change."""

from __future__ import annotations

import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from numpy.typing import NDArray

from viewer.catalog.table import Table

T = TypeVar("T")


class Memo:
    """Results over single columns of a table, by what they are of.

    Results may be asked for from several threads. One that is worked out while its column
    is being filled is kept under the state from before, and so never used again.

    Parameters
    ----------
    most : int
        So many are kept; those used longest ago are dropped first.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[Callable[[], Any], int, Any]] = OrderedDict()

    def get(self, table: Table, name: str, key: Hashable, work: Callable[[], T]) -> T:
        """Return a result over a column, worked out anew if the column has changed.

        Parameters
        ----------
        table : Table
            The table, the same each time.
        name : str
            Name of the column, which must be there.
        key : hashable
            What the result is.
        work : callable
            Works it out.

        Returns
        -------
        result
            Not to be written to.
        """
        values, version = _find_state(table, name)
        with self._lock:
            found = self._kept.get(key)
            if found is not None and found[0]() is values and found[1] == version:
                self._kept.move_to_end(key)
                return found[2]  # type: ignore[no-any-return]
        result = work()
        with self._lock:
            self._kept[key] = (weakref.ref(values), version, result)
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return result


class Memos:
    """A memo for each table, which lives as long as the table.

    Parameters
    ----------
    most : int
        So many results are kept of each.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._memos: weakref.WeakKeyDictionary[Table, Memo] = weakref.WeakKeyDictionary()

    def of(self, table: Table) -> Memo:
        """Return the memo of a table."""
        with self._lock:
            return self._memos.setdefault(table, Memo(self._most))


def _find_state(table: Table, name: str) -> tuple[NDArray[Any], int]:
    """Return what tells one state of a column from the next."""
    return table.values(name), table.revision(name)
