"""Correcting strokes: what the keys and the bar do to the digit on show, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viewer.catalog.table import Table
from viewer.core.correction import Strokes, fits, strokes_of
from viewer.gui.actions import ActionSpec
from viewer.gui.inspector.correction_bar import COMPUTED, CORRECTED, UNFIT, CorrectionBar
from viewer.gui.inspector.operations import (
    OPERATIONS,
    TAKE_BACK,
    Operation,
    change,
    find_pen,
    same,
    stand,
)
from viewer.gui.inspector.player import Player
from viewer.gui.keeping import Keeping

if TYPE_CHECKING:
    from viewer.catalog.corrections.corrections import Corrections
    from viewer.core.extract import Extraction

NO_STROKES = "there are no strokes"
WALKS = "the pen walks over drawn ink; choose settings without that (Ctrl+L)"
BY_HAND = "the level was chosen by hand; first go back to the automatic one (Ctrl+\\)"


class Showing(Protocol):
    """What is asked of the inspector."""

    @property
    def player(self) -> Player: ...

    @property
    def correction(self) -> CorrectionBar: ...

    def isVisible(self) -> bool: ...

    def show_variant(self, extraction: Extraction) -> None: ...


@dataclass(frozen=True)
class _Digit:
    """The digit on show: where it is, as computed and as shown, and what is kept of it."""

    split: str
    index: int
    computed: Extraction
    shown: Extraction
    kept: Strokes | None

    @property
    def unfit(self) -> bool:
        """Whether a correction is kept that does not fit."""
        return self.kept is not None and not self.shown.corrected

    @property
    def strokes(self) -> Strokes:
        """The strokes on show."""
        return strokes_of(self.shown.points, self.shown.stroke_offsets)


class Correcting(Keeping["Corrections"]):
    """Corrects the strokes of the digit in the inspector.

    `changed` is emitted with the position of a digit whose correction is another.

    Parameters
    ----------
    inspector : Inspector
    parent : QWidget
        The window.
    """

    changed = Signal(int)

    def __init__(self, inspector: Showing, parent: QWidget) -> None:
        super().__init__(parent)
        self._inspector = inspector
        self._bar = inspector.correction
        self._digit: _Digit | None = None
        self._pen: tuple[int, int] | None = None
        self._bar.operation_wanted.connect(self.operate)
        self._bar.switched.connect(self._refresh)
        inspector.player.moved.connect(self._pen_moved)
        inspector.player.changed.connect(self._pen_moved)

    @property
    def corrections(self) -> Corrections | None:
        """The corrections of the set that is open."""
        return self._kept

    def set_corrections(self, corrections: Corrections | None, table: Table | None) -> None:
        """Correct the digits of another set from now on; its table gets the column of it."""
        self._change_set(corrections, table)
        self.show_nothing()

    def refresh(self) -> None:
        """Take over corrections that another window made on the same set."""
        if self.corrections is None:
            return
        digit, changed = self._digit, self.corrections.refresh()
        for split, indices in changed.items():
            if digit is not None and digit.split == split and digit.index in indices:
                self._show_again()
            for index in indices.tolist():
                self._report(split, index, "")
        self._tell_notes()

    def apply(self, extraction: Extraction, split: str, index: int) -> Extraction:
        """Return a digit with its correction, or as it is where none is kept that fits.

        Parameters
        ----------
        extraction : Extraction
            As computed.
        split : str
        index : int
            Which digit of the set it is.
        """
        return self._take(extraction, split, index).shown

    def show(self, extraction: Extraction, split: str, index: int) -> Extraction:
        """Take a computed digit as the one that is on show; return it as it is to be shown."""
        self._digit = self._take(extraction, split, index)
        return self._digit.shown

    def show_nothing(self) -> None:
        """Have no digit on show."""
        self._digit = None
        self._refresh()

    def operate(self, name: str) -> None:
        """Do one of `OPERATIONS` on the stroke that the pen stands in, or say why not."""
        if not self._bar.unfolded or not self._inspector.isVisible():
            self.said.emit("Strokes are corrected with the bar unfolded (E)")
            return
        operation = next(row for row in OPERATIONS if row.name == name)
        try:
            digit, strokes, drawn = self._plan(name)
        except ValueError as error:
            self.said.emit(f"{operation.text.replace('&', '')}: {error}")
            return
        self._keep(digit, strokes)
        self._show_again(drawn)
        replaced = digit.unfit and strokes is not None
        words = (
            f"{operation.done}, in the place of what did not fit" if replaced else operation.done
        )
        self._report(digit.split, digit.index, words)
        self.made.emit()

    def undo(self) -> None:
        """Take the last correction back."""
        if self.corrections is not None:
            self._replay(self.corrections.undo(), "Correction undone")

    def redo(self) -> None:
        """Make the correction once more that was taken back last."""
        if self.corrections is not None:
            self._replay(self.corrections.redo(), "Correction redone")

    def actions_table(self) -> list[ActionSpec]:
        """Return the actions for the window's menus and keys."""
        return [
            ActionSpec(
                "correct", "Correct", "&Correct strokes", "E", self._bar.set_unfolded,
                "Unfold the bar that corrects order, direction and division of strokes",
                checkable=True, checked=self._bar.unfolded, section=True,
            ),
            *map(self._action, OPERATIONS),
        ]  # fmt: skip

    def _action(self, operation: Operation) -> ActionSpec:
        name = operation.name
        return ActionSpec(
            f"correct-{name}", "Correct", operation.text, operation.key,
            lambda: self.operate(name), operation.help,
        )  # fmt: skip

    def _take(self, extraction: Extraction, split: str, index: int) -> _Digit:
        """Put a digit and its correction together."""
        kept = None if self.corrections is None else self.corrections.get(split, index)
        shown = extraction
        if kept is not None and fits(kept, extraction.skeleton):
            from viewer.core.extract import correct

            shown = correct(extraction, kept)
        return _Digit(split, index, extraction, shown, kept)

    def _plan(self, name: str) -> tuple[_Digit, Strokes | None, int]:
        """Return the digit, its strokes after an operation, None for those computed, the pen.

        Raises ValueError where it cannot be done.
        """
        digit, drawn = self._digit, self._inspector.player.clock.drawn
        if digit is None or self.corrections is None or not drawn:
            raise ValueError(NO_STROKES)
        if name == TAKE_BACK:
            if digit.kept is None:
                raise ValueError("the order is the computed one")
            return digit, None, drawn
        if digit.computed.level != digit.computed.threshold.level:
            raise ValueError(BY_HAND)
        if digit.computed.settings.walking and not digit.shown.corrected:
            raise ValueError(WALKS)
        strokes, drawn = change(name, digit.strokes, drawn)
        computed = strokes_of(digit.computed.points, digit.computed.stroke_offsets)
        return digit, None if same(strokes, computed) else strokes, drawn

    def _keep(self, digit: _Digit, strokes: Strokes | None) -> None:
        """Keep the strokes of a digit."""
        assert self.corrections is not None
        self.corrections.set(digit.split, digit.index, digit.computed.image, strokes)

    def _show_again(self, drawn: int | None = None) -> None:
        """Show the digit with what is kept by now; the pen stays on its pixel by default."""
        digit = self._digit
        if digit is None:
            return
        player = self._inspector.player
        before = min(player.clock.drawn, len(digit.shown.points))
        again = self._digit = self._take(digit.computed, digit.split, digit.index)
        if drawn is None:
            pixel = digit.shown.points[before - 1] if before else (-1, -1)
            whole = before == len(digit.shown.points)
            drawn = before if whole else stand(again.strokes, (int(pixel[0]), int(pixel[1])))
        self._inspector.show_variant(again.shown)
        player.seek(drawn)
        self._refresh()

    def _replay(self, found: tuple[str, int] | None, words: str) -> None:
        """Show what undo or redo changed."""
        if found is None:
            return
        digit = self._digit
        if digit is not None and found == (digit.split, digit.index):
            self._show_again()
        self._report(*found, words)

    def _report(self, split: str, index: int, words: str) -> None:
        """Tell who listens what changed."""
        self._tell_notes()
        table = self._table
        if table is None or split not in table.dataset.splits:
            return
        if index < len(table.dataset.splits[split]):
            if words:
                self.said.emit(f"{words}: {split}:{index}")
            self.changed.emit(table.first(split) + index)

    def _pen_moved(self) -> None:
        """Look which stroke is meant; while it plays, only where it is another."""
        digit, clock = self._digit, self._inspector.player.clock
        if not self._bar.unfolded or digit is None:
            return
        drawn = min(clock.drawn, len(digit.shown.points))
        pen = find_pen(digit.strokes, drawn) if drawn else None
        moved = pen != self._pen
        if clock.playing and pen is not None and self._pen is not None:
            moved = pen[0] != self._pen[0]
        if moved or not clock.playing:
            self._refresh()

    def _refresh(self) -> None:
        """Say in the bar what is on show, which stroke is meant, and what can be done."""
        if not self._bar.unfolded:
            return
        digit, drawn = self._digit, self._inspector.player.clock.drawn
        self._pen = None
        if digit is None or self.corrections is None or not len(digit.shown.points) or not drawn:
            self._bar.show_nothing()
            return
        self._pen = find_pen(digit.strokes, min(drawn, len(digit.shown.points)))
        self._bar.show_stroke(self._pen[0] + 1, len(digit.strokes))
        words = UNFIT if digit.unfit else COMPUTED
        self._bar.show_order(CORRECTED if digit.shown.corrected else words)
        self._bar.show_reasons(dict(self._reasons()))

    def _reasons(self) -> Iterator[tuple[str, str]]:
        """Yield the operations that cannot be done now, and why."""
        for operation in OPERATIONS:
            try:
                self._plan(operation.name)
            except ValueError as error:
                yield operation.name, str(error)
