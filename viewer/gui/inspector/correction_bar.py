"""The row that corrects the order, the direction and the division of strokes."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from viewer.gui.drawn_icons import SIDE
from viewer.gui.inspector.correction_glyphs import correction_glyph
from viewer.gui.inspector.labels import FittingLabel
from viewer.gui.inspector.operations import OPERATIONS, TAKE_BACK, Operation
from viewer.gui.inspector.transport import BUTTON
from viewer.gui.theme import Theme

GAP = 8
PADDING = 18
"""Logical pixels that a button is wider than its words."""
WIDEST = "Stroke 88 of 88"
MEANT = "The stroke that the pen stands in; a click on a pixel puts the pen there"
COMPUTED = "Order: computed"
CORRECTED = "Order: corrected by hand"
UNFIT = "A correction is kept, but does not fit these settings"


class CorrectionBar(QWidget):
    """Buttons for the operations on the stroke that the pen stands in; folded at first.

    Parameters
    ----------
    theme : Theme
        Colours.

    Attributes
    ----------
    operation_wanted : Signal
        The name of an operation whose button was pressed.
    switched : Signal
        Whether the bar is unfolded now.
    """

    operation_wanted = Signal(str)
    switched = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Correct strokes")
        self.stroke = FittingLabel(self)
        self.state = FittingLabel(self)
        self.stroke.setAccessibleName("Stroke")
        self.state.setAccessibleName("Order")
        self.buttons = {operation.name: self._button(operation) for operation in OPERATIONS}
        self._icons_only = False
        self._meant = (0, 0)
        self._lay_out()
        self.set_theme(theme)
        self.show_nothing()
        self._show_words()
        self.hide()

    def _button(self, operation: Operation) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(operation.name)
        button.setText(operation.word)
        button.setAccessibleName(operation.word)
        button.setIconSize(QSize(SIDE, SIDE))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.operation_wanted.emit(operation.name))
        return button

    def _lay_out(self) -> None:
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.stroke, 0, Qt.AlignmentFlag.AlignVCenter)
        for name, button in self.buttons.items():
            if name in ("split", TAKE_BACK):
                row.addSpacing(GAP)
            row.addWidget(button)
        row.addSpacing(2 * GAP)
        row.addWidget(self.state, 1, Qt.AlignmentFlag.AlignVCenter)
        self.stroke.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(BUTTON)

    @property
    def unfolded(self) -> bool:
        """Whether the bar takes its place below the transport."""
        return not self.isHidden()

    def set_unfolded(self, on: bool) -> None:
        """Unfold the bar or fold it away."""
        if on != self.unfolded:
            self.setVisible(on)
            self.switched.emit(on)

    def show_stroke(self, number: int, count: int) -> None:
        """Say which stroke is meant, counted from 1; 0 for none."""
        self._meant = (number, count)
        words = f"Stroke {number} of {count}" if number else "No stroke"
        if self._icons_only:
            words = f"{number}/{count}" if number else "–"
        self.stroke.set_text(words, MEANT)

    def show_order(self, words: str) -> None:
        """Say where the order on show comes from."""
        self.state.set_text(words)

    def show_reasons(self, reasons: Mapping[str, str]) -> None:
        """Offer the operations, but for those that cannot be done for a reason.

        Parameters
        ----------
        reasons : mapping of str to str
            Sentences by the name of the operation; their buttons take no press.
        """
        for operation in OPERATIONS:
            button = self.buttons[operation.name]
            reason = reasons.get(operation.name, "")
            help_text = f"{operation.word}: {operation.help[0].lower()}{operation.help[1:]}"
            help_text = f"{help_text} ({operation.key})"
            button.setEnabled(not reason)
            button.setToolTip(f"{help_text}\nNot now: {reason}" if reason else help_text)
            button.setAccessibleDescription(reason)

    def show_nothing(self) -> None:
        """Have no digit."""
        self.show_stroke(0, 0)
        self.show_order("")
        self.show_reasons({operation.name: "there are no strokes" for operation in OPERATIONS})

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.stroke.set_color(theme.text)
        self.state.set_color(theme.muted)
        for name, button in self.buttons.items():
            button.setIcon(correction_glyph(name, theme))

    def minimumSizeHint(self) -> QSize:
        """Return the size that is needed with signs in the place of words."""
        width = self._stroke_width("88/88") + len(self.buttons) * BUTTON + 4 * GAP
        return QSize(width, BUTTON)

    def resizeEvent(self, event: QResizeEvent) -> None:
        icons_only = self.width() < self._width_with_words()
        if icons_only != self._icons_only:
            self._icons_only = icons_only
            self._show_words()
            self._row.activate()

    def _width_with_words(self) -> int:
        """Return the width from which on the buttons bear words."""
        words = sum(map(self._word_width, self.buttons.values()))
        order = self.state.fontMetrics().horizontalAdvance(CORRECTED)
        return self._stroke_width(WIDEST) + words + 4 * GAP + order

    def _stroke_width(self, words: str) -> int:
        return self.stroke.fontMetrics().horizontalAdvance(words) + GAP

    def _word_width(self, button: QToolButton) -> int:
        return button.fontMetrics().horizontalAdvance(button.text()) + PADDING

    def _show_words(self) -> None:
        """Let the buttons bear words, or signs where there is no room for words."""
        self.show_stroke(*self._meant)
        self.stroke.setFixedWidth(self._stroke_width("88/88" if self._icons_only else WIDEST))
        style = Qt.ToolButtonStyle
        for button in self.buttons.values():
            icons = self._icons_only
            button.setToolButtonStyle(
                style.ToolButtonIconOnly if icons else style.ToolButtonTextOnly
            )
            button.setFixedSize(BUTTON if icons else self._word_width(button), BUTTON)
