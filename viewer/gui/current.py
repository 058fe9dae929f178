"""The current digit: its strokes are asked for, and shown when they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.catalog.table import Table
from viewer.gui.browser.browser import Browser
from viewer.gui.correcting import Correcting
from viewer.gui.describe import metadata
from viewer.gui.extracting import ExtractionFeed, Key
from viewer.gui.inspector.inspector import Inspector

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

PREPARING = "The strokes are being prepared"


class CurrentDigit(QObject):
    """Shows the browser's current digit in the inspector.

    `shown` is emitted with a digit's name when its strokes stand in the panels, `failed`
    with an error and what was being done.

    Parameters
    ----------
    browser : Browser
    inspector : Inspector
    feed : ExtractionFeed
    correcting : Correcting
        Gives digits the strokes that are corrected by hand.
    """

    shown = Signal(str)
    failed = Signal(object, str)

    def __init__(
        self,
        browser: Browser,
        inspector: Inspector,
        feed: ExtractionFeed,
        correcting: Correcting,
    ) -> None:
        super().__init__(browser)
        self._browser = browser
        self._inspector = inspector
        self._feed = feed
        self._correcting = correcting
        self._shown: Key | None = None
        self._again: Key | None = None
        feed.ready.connect(self._ready)
        feed.failed.connect(self._failed)
        inspector.level_chosen.connect(self.try_level)

    @property
    def is_shown(self) -> bool:
        """Whether the strokes of the current digit stand in the panels."""
        place = self._place()
        return place is not None and self._shown == _key(*place)

    def forget(self) -> None:
        """Take the digit for one that is not shown yet, since another set is."""
        self._shown = self._again = None

    def show(self) -> None:
        """Show the digit that is current now."""
        if (place := self._place()) is None:
            self._correcting.show_nothing()
            self._inspector.show_nothing("No digit to show.")
            return
        table, position = place
        if not self._feed.prepared:
            self._correcting.show_nothing()
            self._inspector.show_source(
                table.image(position),
                table.identity(position),
                metadata(table, position),
                PREPARING,
            )
        self._feed.request(_key(table, position), table.image(position))

    def show_again(self) -> None:
        """Show the digit anew, drawn whole, since its strokes are others now."""
        if self._place() is not None:
            self._again, self._shown = self._shown, None
            self.show()

    def tell(self) -> None:
        """Tell of the digit what is known now."""
        if (place := self._place()) is not None:
            self._inspector.show_metadata(metadata(*place))

    def try_level(self, level: int | None) -> None:
        """Show the digit thresholded at another level, None for the rule's own."""
        place = self._place()
        if place is not None and self.is_shown:  # so that its kernels are loaded
            table, position = place
            found = self._feed.extract(table.image(position), level)
            self._inspector.show_variant(self._correcting.show(found, *_key(table, position)))

    def _ready(self, key: Key, extraction: Extraction) -> None:
        """Show an extraction unless another digit has become current meanwhile."""
        place = self._place()
        if place is None or key != _key(*place):
            return
        table, position = place
        title = table.identity(position)
        corrected = self._correcting.show(extraction, *key)
        if key == self._again:
            self._inspector.show_variant(corrected)
        else:
            self._inspector.show_digit(corrected, title, metadata(table, position))
        self._shown, self._again = key, None
        self.shown.emit(title)

    def _failed(self, key: Key | None, error: Exception) -> None:
        self.failed.emit(error, "Preparing the strokes" if key is None else "Strokes")
        place = self._place()
        if key is None if place is None else key == _key(*place):
            self._correcting.show_nothing()
            self._inspector.show_nothing("This digit has no strokes to show.")

    def _place(self) -> tuple[Table, int] | None:
        """Return the table and the position of the current digit."""
        table, position = self._browser.table, self._browser.current()
        return None if table is None or position is None else (table, position)


def _key(table: Table, position: int) -> Key:
    split, index = table.locate(position)
    return split.name, index
