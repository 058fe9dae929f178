"""Marking digits: the keys that do it, on what is selected in the browser."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from viewer.catalog.ledger import Digits
from viewer.catalog.marks.columns import COLOURS
from viewer.catalog.marks.marks import Marks
from viewer.catalog.table import Table
from viewer.gui.actions import ActionSpec
from viewer.gui.keeping import Keeping
from viewer.gui.note_edit import NoteDialog


class Selecting(Protocol):
    """What is asked of the browser."""

    def current(self) -> int | None:
        """Return the position of the current digit."""

    def selected(self) -> NDArray[np.int64]:
        """Return the positions of the selected digits."""


class Marking(Keeping[Marks]):
    """Marks the selected digits, or the current one where none is selected.

    `changed` is emitted with the positions of the digits whose marks changed.

    Parameters
    ----------
    browser : Browser
    window : QWidget
        Parent of the dialog for notes.
    """

    changed = Signal(object)

    def __init__(self, browser: Selecting, window: QWidget) -> None:
        super().__init__(window)
        self._browser = browser
        self._window = window

    @property
    def marks(self) -> Marks | None:
        """The marks of the set that is open."""
        return self._kept

    def set_marks(self, marks: Marks | None, table: Table | None) -> None:
        """Mark the digits of another set from now on; its table gets the columns of marks."""
        self._change_set(marks, table)

    def refresh(self) -> None:
        """Take over marks that another window made on the same set."""
        if self.marks is not None:
            self._report(self.marks.refresh(), "")

    def toggle_favourite(self) -> None:
        """Make the digits favourites; if all of them are, they no longer are."""
        if (found := self._find()) is None:
            return
        marks, digits = found
        on = not marks.collect(list(digits.items())).favourite.all()
        self._change(marks.set_favourite(digits, on), "Favourite" if on else "No longer favourite")

    def set_colour(self, colour: int) -> None:
        """Give the digits a colour mark by its number, 0 for none."""
        if (found := self._find()) is None:
            return
        marks, digits = found
        words = f"Marked {COLOURS[colour].name}" if colour else "No colour mark"
        self._change(marks.set_colour(digits, colour), words)

    def edit_note(self) -> None:
        """Open the dialog for a note on the digits."""
        if (found := self._find()) is None:
            return
        marks, digits = found
        held = marks.collect(list(digits.items()))
        different = len(np.unique(held.note)) > 1
        text = "" if different else held.notes[int(held.note[0])]
        dialog = NoteDialog(_words(digits), text, different=different, parent=self._window)

        def finished(result: int) -> None:
            dialog.deleteLater()
            if result == QDialog.DialogCode.Accepted and marks is self.marks:
                words = "Note" if dialog.text else "No note"
                self._change(marks.set_note(digits, dialog.text), words)

        dialog.finished.connect(finished)
        dialog.open()

    def undo(self) -> None:
        """Take the last change of marks back."""
        if self.marks is not None:
            self._report(self.marks.undo(), "Undone")

    def redo(self) -> None:
        """Make the change of marks once more that was taken back last."""
        if self.marks is not None:
            self._report(self.marks.redo(), "Redone")

    def actions_table(self) -> list[ActionSpec]:
        """Return the actions for the window's menus and keys."""
        colours = enumerate(COLOURS[1:], start=1)
        return [
            ActionSpec(
                "favourite", "Mark", "&Favourite", "F", self.toggle_favourite,
                "Make the selected digits favourites, or no longer",
            ),
            *(
                ActionSpec(
                    f"colour-{number}", "Mark", f"Mark {colour.name} (&{number})", str(number),
                    lambda _on=False, number=number: self.set_colour(number),
                    f"Give the selected digits the {colour.name} mark",
                )
                for number, colour in colours
            ),
            ActionSpec(
                "colour-0", "Mark", "No colour mark (&0)", "0",
                lambda _on=False: self.set_colour(0),
                "Take the colour mark off the selected digits",
            ),
            ActionSpec(
                "note", "Mark", "&Note…", "N", self.edit_note,
                "Write a note on the selected digits, or change it",
            ),
        ]  # fmt: skip

    def _find(self) -> tuple[Marks, Digits] | None:
        """Return the marks and the digits meant; None, after a word about it, if none are."""
        positions = self._browser.selected()
        current = self._browser.current()
        if not len(positions) and current is not None:
            positions = np.array([current], dtype=np.int64)
        if self.marks is None or self._table is None or not len(positions):
            self.said.emit("There is no digit to mark")
            return None
        return self.marks, {
            split.name: indices for split, indices in self._table.by_split(positions)
        }

    def _change(self, digits: Digits, words: str) -> None:
        """Tell of a change that can be undone."""
        self._report(digits, words)
        if digits:
            self.made.emit()

    def _report(self, digits: Digits, words: str) -> None:
        """Tell who listens what changed."""
        self._tell_notes()
        if self._table is None or not len(positions := self._table.positions(digits)):
            return
        if words:
            self.said.emit(f"{words}: {_words(digits)}")
        self.changed.emit(positions)


def _words(digits: Digits) -> str:
    """Return a digit's name, or how many digits there are."""
    count = sum(map(len, digits.values()))
    if count > 1:
        return f"{count:,} digits"
    ((split, indices),) = digits.items()
    return f"{split}:{indices[0]}"
