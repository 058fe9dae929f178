"""Filters that the user saved: names and queries, kept in the settings."""

from __future__ import annotations

import json
from dataclasses import dataclass

from viewer.errors import UserError
from viewer.gui.settings import SAVED_FILTERS, Settings

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class SavedFilter:
    """A query under a name.

    Parameters
    ----------
    name : str
        Any words; unique among the saved filters.
    query : str
        Text of the query.
    """

    name: str
    query: str


class SavedFilters:
    """The saved filters, in alphabetical order.

    Parameters
    ----------
    settings : Settings
        Where they are kept. What is stored there and is no filter is passed over.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def all(self) -> tuple[SavedFilter, ...]:
        """Return the saved filters."""
        try:
            stored = json.loads(self._settings.get(SAVED_FILTERS))
        except ValueError:
            return ()
        found: dict[str, SavedFilter] = {}
        for item in stored if isinstance(stored, list) else ():
            if isinstance(item, list) and len(item) == 2 and all(type(x) is str for x in item):
                found.setdefault(item[0], SavedFilter(*item))
        return tuple(sorted(found.values(), key=lambda one: (one.name.casefold(), one.name)))

    def names(self) -> list[str]:
        """Return the names of the saved filters."""
        return [one.name for one in self.all()]

    def save(self, name: str, query: str) -> None:
        """Save a query under a name; it replaces one of that name.

        Raises
        ------
        UserError
            If the name is blank, or there is no room for more.
        """
        name = _tidy(name)
        self._store([*(one for one in self.all() if one.name != name), SavedFilter(name, query)])

    def rename(self, old: str, new: str) -> None:
        """Give a saved filter another name.

        Raises
        ------
        UserError
            If the name is blank, or another filter has it.
        """
        new = _tidy(new)
        if new != old and new in self.names():
            raise UserError(f"there is a filter {new!r} already", advice="Choose another name.")
        self._store([SavedFilter(new, one.query) if one.name == old else one for one in self.all()])

    def delete(self, name: str) -> None:
        """Delete a saved filter."""
        self._store([one for one in self.all() if one.name != name])

    def _store(self, filters: list[SavedFilter]) -> None:
        text = json.dumps([[one.name, one.query] for one in filters], ensure_ascii=False)
        if not SAVED_FILTERS.accepts(text):
            raise UserError(
                "there is no room for another filter", advice="Delete one that is not needed."
            )
        self._settings.set(SAVED_FILTERS, text)
        self._settings.save()


def _tidy(name: str) -> str:
    """Return a name without needless blanks, no longer than fits a menu."""
    name = " ".join(name.split())[:LONGEST_NAME].strip()
    if not name:
        raise UserError("a saved filter needs a name", advice="Write what it shows.")
    return name
