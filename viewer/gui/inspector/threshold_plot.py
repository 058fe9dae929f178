"""The level of the threshold as a line to drag over what the image holds above each level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolButton, QToolTip, QWidget

from viewer.gui.inspector.board import WHEEL_STEP
from viewer.gui.inspector.cursor import Spot
from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.level_curves import LevelCurves
from viewer.gui.inspector.level_field import HEAD, LAST
from viewer.gui.inspector.level_words import counts_sentence, level_words
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

FRAME = 16
"""Milliseconds between two levels told while the line is dragged."""

FIELD = 56
"""Height the curves get where the plot is as high as it asks for."""

SIDES = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
HELP = (
    "Drag to threshold at another level; wheel, Left or Right: one level, with Shift as far as "
    "the climb steps; Esc or a double click: the automatic level. Faint: levels beyond the stop."
)


class ThresholdPlot(QWidget):
    """Pixels kept and connected parts against the level, and the level in use.

    Whoever hears `level_chosen` extracts the digit at that level and shows it here. While
    older answers arrive the line stays where the hand put it.

    Parameters
    ----------
    theme : Theme
        Colours; `set_theme` changes them while it is on screen.

    Attributes
    ----------
    level_chosen : Signal
        A level taken by hand, at most one a frame while it is dragged.
    level_reset : Signal
        The automatic level is wanted again.
    """

    level_chosen = Signal(int)
    level_reset = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._extraction: Extraction | None = None
        self._curves: LevelCurves | None = None
        self._level = 0
        self._pixel: int | None = None
        self._asked: int | None = None
        self._held = False
        self._late = False
        self._wheel = 0
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME)
        self._frame.timeout.connect(self._tell_late)
        self.setAccessibleName("Level of the threshold")
        self.setToolTip(HELP)
        self.setFont(figures_font(self.font(), -1))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.button = self._reset_button()
        self._settle()

    def _reset_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText("Reset")
        button.setFont(self.font())
        button.setAccessibleName("Reset the level")
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setFixedHeight(HEAD)
        button.clicked.connect(self.reset)
        return button

    @property
    def level(self) -> int:
        """The level that the line stands at."""
        return self._level

    def place(self, level: int) -> QPointF:
        """Return where the line is grasped when it stands at a level."""
        if self._curves is None:
            return QPointF()
        return QPointF(self._curves.field.place(level), self._curves.field.rect.center().y())

    def show_digit(self, extraction: Extraction) -> None:
        """Show a digit, or the same one at another level."""
        shown, self._extraction = self._extraction, extraction
        if shown is None or not _same(shown, extraction):
            from viewer.core.threshold import measure_levels

            self._let_go()
            self._curves = LevelCurves(extraction, measure_levels(extraction.image))
            self._lay_out()
        if not self._late and self._asked in (None, extraction.level):
            self._asked = None
            self._level = extraction.level
        self._settle()

    def show_nothing(self) -> None:
        """Show no digit."""
        self._let_go()
        self._extraction = self._curves = None
        self._settle()

    def show_spot(self, spot: Spot | None) -> None:
        """Mark the grey value of the pixel that is pointed at, or none."""
        value = None if spot is None else spot.value
        if value != self._pixel:
            self._pixel = value
            self.update()

    @property
    def pixel(self) -> int | None:
        """The grey value that is marked, None for none."""
        return self._pixel

    def reset(self) -> None:
        """Go back to the automatic level, where it is not the one in use."""
        if self._extraction is None or self._level == self._extraction.threshold.level:
            return
        self._let_go()
        self._level = self._asked = self._extraction.threshold.level
        self._settle()
        self.level_reset.emit()

    def change(self, levels: int) -> None:
        """Move the line by some levels, within those that there are."""
        if self._extraction is not None:
            self._choose(self._level + levels)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.update()

    def _choose(self, level: int) -> None:
        """Move the line, and tell so now or in the next frame."""
        level = min(max(level, 0), LAST)
        if level == self._level:
            return
        self._level = level
        self._late = True
        self._settle()
        if not self._frame.isActive():
            self._tell_late()

    def _tell_late(self) -> None:
        if self._late:
            self._late = False
            self._asked = self._level
            self._frame.start()
            self.level_chosen.emit(self._level)

    def _let_go(self) -> None:
        """Forget what the hand was about."""
        self._frame.stop()
        self._held = self._late = False
        self._asked = None

    def _settle(self) -> None:
        """Say what is shown, to eyes and to assistive programs."""
        extraction, curves = self._extraction, self._curves
        words, changed = "", False
        tip = "Back to the level that the rule chooses"
        if extraction is not None and curves is not None:
            automatic = extraction.threshold.level
            changed = self._level != automatic
            words = f"{level_words(self._level, automatic)[0]}. "
            words += counts_sentence(curves.counts, self._level)
            tip += f", here {automatic}"
        self.setAccessibleDescription(words)
        if not changed and self.button.hasFocus():
            self.setFocus()
        self.button.setEnabled(changed)
        self.button.setToolTip(f"{tip}  (Esc in the plot)")
        self.update()

    def sizeHint(self) -> QSize:
        height = HEAD + FIELD + 3 * self.fontMetrics().height() + 16
        return QSize(240, -(-height // 8) * 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def _lay_out(self) -> None:
        if self._curves is not None:
            self._curves.field.lay_out(self.width(), self.height(), QFontMetricsF(self.font()))

    def event(self, event: QEvent) -> bool:
        """Keep its keys from the menus, and say of each level what it is."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._serves(event):
                event.accept()
                return True
        elif event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self.toolTip()
            if self._curves is not None:
                level = self._curves.field.level_at(event.pos().x())
                text = f"{counts_sentence(self._curves.counts, level)}\n{text}"
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _serves(self, event: QKeyEvent) -> bool:
        """Whether a key means something here."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Escape:
            return plain and self.button.isEnabled()
        return plain and event.key() in SIDES and self._extraction is not None

    def _stride(self, modifiers: Qt.KeyboardModifier) -> int:
        """Return one level, with Shift those between two rungs of the climb."""
        if self._extraction is not None and modifiers & Qt.KeyboardModifier.ShiftModifier:
            return self._extraction.settings.threshold_step
        return 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._serves(event):
            event.ignore()
        elif event.key() == Qt.Key.Key_Escape:
            self.reset()
        else:
            self.change(SIDES[Qt.Key(event.key())] * self._stride(event.modifiers()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / WHEEL_STEP)
        self._wheel -= notches * WHEEL_STEP
        if notches:
            self.change(notches * self._stride(event.modifiers()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._curves is not None:
            self._held = True
            self._choose(self._curves.field.level_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held and self._curves is not None:
            self._choose(self._curves.field.level_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = False
            self._tell_late()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        size = self.button.sizeHint()
        self.button.setGeometry(self.width() - size.width(), 0, size.width(), HEAD)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._curves is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = self.button.x() - 4
        self._curves.paint_head(painter, self._theme, self._level, room)
        self._curves.paint(painter, self._theme, self._level, self._pixel, focused=self.hasFocus())


def _same(one: Extraction, other: Extraction) -> bool:
    """Whether two extractions are of the same image with the same settings."""
    return one.settings == other.settings and np.array_equal(one.image, other.image)
