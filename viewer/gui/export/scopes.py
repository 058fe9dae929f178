"""Which digits can be exported, and what the window knows about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.pages import Page
from viewer.catalog.table import Table
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui.opening import OpenRequest

if TYPE_CHECKING:
    from viewer.catalog.corrections.corrections import Corrections
    from viewer.catalog.marks.marks import Marks

Positions = NDArray[np.int64]


class Showing(Protocol):
    """What is asked of the browser."""

    @property
    def table(self) -> Table | None:
        """The digits of the open set."""

    @property
    def page(self) -> Page | None:
        """The page shown above the filter's digits."""

    def selected(self) -> Positions:
        """Return the positions of the selected digits."""

    def shown(self) -> Positions:
        """Return the positions of the digits shown."""


@dataclass(frozen=True)
class Subject:
    """What an export is about, whatever is chosen of it.

    Parameters
    ----------
    table : Table
        The open set.
    marks : Marks or None
        What is written of the user's marks; None for nothing.
    corrections : Corrections or None
        What stands in the place of computed sequences.
    settings : ExtractionSettings
        What is extracted with.
    request : OpenRequest or None
        How the set was opened.
    query : str
        The filter.
    """

    table: Table
    marks: Marks | None = None
    corrections: Corrections | None = None
    settings: ExtractionSettings = PUBLISHED
    request: OpenRequest | None = None
    query: str = ""

    def by_split(self, positions: Positions) -> dict[str, NDArray[np.int64]]:
        """Return the ascending indices of digits by the name of their split."""
        return {split.name: indices for split, indices in self.table.by_split(positions)}

    def is_marked(self, positions: Positions) -> bool:
        """Return whether any of some digits has a mark or a note."""
        if self.marks is None or not len(positions):
            return False
        found = self.marks.collect(list(self.by_split(positions).items()))
        return bool(found.favourite.any() or found.colour.any() or found.note.any())


@dataclass(frozen=True)
class Scope:
    """Digits that can be exported.

    Parameters
    ----------
    name : str
        ``selection``, ``shown`` or ``set``.
    words : str
        What they are, with their number; ``&`` before the letter of the key.
    positions : ndarray of int64, shape (n,)
        Where they are in the table, ascending.
    counts : dict of str to int
        How many there are by split; empty for none.
    """

    name: str
    words: str
    positions: Positions
    counts: dict[str, int]

    def __len__(self) -> int:
        return len(self.positions)


def find_scopes(table: Table, browser: Showing) -> list[Scope]:
    """Return what can be exported of what a browser shows."""
    found = {
        "selection": np.sort(browser.selected()),
        "shown": np.sort(browser.shown()),
        "set": np.arange(len(table), dtype=np.int64),
    }
    where = "a&ll {} that match" if browser.page is None else "a&ll {} on this page"
    words = {"selection": "{} &selected", "shown": where, "set": "&all {} of the set"}
    return [
        Scope(name, words[name].format(f"{len(some):,}"), some, count_splits(table, some))
        for name, some in found.items()
    ]


def count_splits(table: Table, positions: Positions) -> dict[str, int]:
    """Return how many of the digits are in each split, without splits that have none."""
    return {split.name: len(indices) for split, indices in table.by_split(positions)}


def describe_counts(counts: dict[str, int]) -> str:
    """Return counts by split in words, such as ``train 400, test 12``."""
    return ", ".join(f"{name} {count:,}" for name, count in counts.items())


def describe_digits(count: int) -> str:
    """Return a number of digits in words."""
    return "1 digit" if count == 1 else f"{count:,} digits"


def file_stem(table: Table) -> str:
    """Return a file name for exports of a set, without a suffix."""
    name = re.sub(r"[^a-z0-9]+", "-", table.dataset.name.lower()).strip("-")
    return f"{name or 'digits'}-strokes"
