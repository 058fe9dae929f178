"""The choice of how many passes thinning makes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from viewer.core.settings import PUBLISHED
from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.words import count

PASSES: tuple[int | None, ...] = (1, 2, 3, 4, None)
"""The numbers of passes on offer; None thins until nothing changes."""

WIDEST, NARROWEST = "to the end", "all"


class PassesBox(QComboBox):
    """Numbers of passes, the one in use always among them; closed it says it in short.

    Attributes
    ----------
    passes_chosen : Signal
        The number taken by hand, None for until nothing changes. It is shown as in use
        once `show_passes` says so.
    """

    passes_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.passes: int | None = PUBLISHED.thinning_passes
        self.setAccessibleName("Passes of thinning")
        self.setToolTip(
            "Passes of thinning, of all digits; the published skeletons have "
            f"{PUBLISHED.thinning_passes} (Ctrl+P)"
        )
        self.setFont(figures_font(self.font(), -1))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._offered: list[int | None] = []
        self._refresh()
        self.activated.connect(lambda index: self._choose(self._offered[index]))

    @property
    def shown(self) -> str:
        """The words on the closed box: the longest that fit."""
        words = (
            ("to the end", "all")
            if self.passes is None
            else (count(self.passes, "pass", "passes"), str(self.passes))
        )
        return next(
            (text for text in words if self._size_for(text).width() <= self.width()), words[-1]
        )

    def show_passes(self, passes: int | None) -> None:
        """Show the number in use; no signal says so."""
        if passes != self.passes:
            self.passes = passes
            self._refresh()

    def choose_next(self) -> None:
        """Ask for the next number on offer, after the last for the first."""
        index = self._offered.index(self.passes) + 1
        self._choose(self._offered[index % len(self._offered)])

    def _choose(self, passes: int | None) -> None:
        if passes != self.passes:
            self.setCurrentIndex(self._offered.index(self.passes))
            self.passes_chosen.emit(passes)

    def _refresh(self) -> None:
        """Offer the usual numbers, and the one in use."""
        offered = {*PASSES, self.passes} - {None}
        self._offered = [*sorted(number for number in offered if number is not None), None]
        self.clear()
        self.addItems([passes_words(passes) for passes in self._offered])
        self.setCurrentIndex(self._offered.index(self.passes))
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 16)

    def sizeHint(self) -> QSize:
        return self._size_for(WIDEST)

    def minimumSizeHint(self) -> QSize:
        return self._size_for(NARROWEST)

    def _size_for(self, text: str) -> QSize:
        """Return the size at which a text fits."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        words = QSize(self.fontMetrics().horizontalAdvance(text), self.fontMetrics().height())
        return self.style().sizeFromContents(QStyle.ContentsType.CT_ComboBox, option, words, self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # a wheel that passes must not extract all digits anew

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)


def passes_words(passes: int | None) -> str:
    """Say how often thinning goes over an image."""
    if passes is None:
        return "until nothing changes"
    words = count(passes, "pass", "passes")
    return f"{words} (published)" if passes == PUBLISHED.thinning_passes else words
