"""The formats to choose from, those of a kind together."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from viewer.export.format import Format

KINDS = ("Sequences", "Drawings", "Pictures")
SUFFIXES = {
    ".svg": "Drawings",
    ".png": "Pictures",
    ".apng": "Pictures",
    ".gif": "Pictures",
    ".webp": "Pictures",
}
"""The kinds of files that are no sequences."""
EXTRAS = {"parquet": "pyarrow"}
"""The module that each extra brings."""
NAME = Qt.ItemDataRole.UserRole
HEIGHT = 22
"""Logical pixels of a line, of a kind's name somewhat more."""


class FormatList(QListWidget):
    """Lists formats by their titles; one is chosen.

    `chosen_changed` is emitted with the `Format`.

    Parameters
    ----------
    formats : iterable of Format
        In the order they are offered.
    """

    chosen_changed = Signal(object)

    def __init__(self, formats: Iterable[Format], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._formats = {form.name: form for form in formats}
        self.setAccessibleName("Format")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for kind in KINDS:
            members = [form for form in self._formats.values() if kind_of(form) == kind]
            if members:
                self._add_kind(kind)
            for form in members:
                self._add_format(form)
        self.setFixedWidth(self.sizeHintForColumn(0) + 32)
        self.currentItemChanged.connect(self._tell)

    @property
    def chosen(self) -> Format:
        """The format that is chosen."""
        return self._formats[self.currentItem().data(NAME)]

    def choose(self, name: str) -> None:
        """Choose a format by name; the first one where there is none of this name."""
        items = [self.item(row) for row in range(self.count())]
        named = [item for item in items if item.data(NAME) is not None]
        self.setCurrentItem(next((item for item in named if item.data(NAME) == name), named[0]))

    def moveCursor(
        self, action: QListWidget.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Let Home lead to the first format, not to the name of its kind."""
        if action == QListWidget.CursorAction.MoveHome:
            return self.model().index(1, 0)
        return super().moveCursor(action, modifiers)

    def _add_kind(self, kind: str) -> None:
        """Add a line that cannot be chosen."""
        item = QListWidgetItem(kind, self)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        font = QFont(self.font())
        font.setPointSizeF(max(font.pointSizeF() - 1, 6.0))
        item.setFont(font)
        item.setForeground(self.palette().color(QPalette.ColorRole.PlaceholderText))
        item.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        item.setSizeHint(QSize(0, HEIGHT - 2 if self.count() == 1 else HEIGHT + 6))

    def _add_format(self, form: Format) -> None:
        item = QListWidgetItem(f"  {form.title}", self)
        item.setData(NAME, form.name)
        item.setSizeHint(QSize(self.fontMetrics().horizontalAdvance(item.text()), HEIGHT))
        tip = meaning_of(form)
        if is_missing(form):
            item.setForeground(self.palette().color(QPalette.ColorRole.PlaceholderText))
            tip = f"{tip}\n{how_to_install(form)}"
        item.setToolTip(tip)

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None and item.data(NAME) is not None:
            self.chosen_changed.emit(self.chosen)


def kind_of(form: Format) -> str:
    """Return which of `KINDS` a format is."""
    return SUFFIXES.get(form.suffix, KINDS[0])


def meaning_of(form: Format) -> str:
    """Return what a format is, as a sentence."""
    return form.meaning.rstrip(".") + "."


def is_missing(form: Format) -> bool:
    """Return whether an extra that a format needs is not installed."""
    return form.needs in EXTRAS and find_spec(EXTRAS[form.needs]) is None


def how_to_install(form: Format) -> str:
    """Return the command that installs what a format needs."""
    return f"pip install 'digit-stroke-viewer[{form.needs}]'"
