"""What the settings tried would change in the digits shown, in words, with its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from viewer.gui.inspector.labels import FittingLabel
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.gui.lab.effect import Effect

HEAD = "In the digits shown"
NO_DIGITS = "No digit is shown that could be extracted."
SAME = "A and B are the same: nothing changes."


class EffectRow(QWidget):
    """Shows how far an `Effect` is and what it found.

    Attributes
    ----------
    show_wanted : Signal
        The digits that change are to be shown.
    """

    show_wanted = Signal()

    def __init__(self, effect: Effect, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(HEAD)
        self._effect = effect
        self._same = True
        self._problem = ""
        self.title = QLabel(HEAD, self)
        self.words = FittingLabel(self, lines=2)
        self.words.setAccessibleName("Effect of B")
        self.progress = QProgressBar(self)
        self.progress.setAccessibleName("Digits counted")
        self.progress.setToolTip("Digits that were extracted under both settings")
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(8)
        policy = self.progress.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.progress.setSizePolicy(policy)
        self.count = self._button("Count", "Extract the digits shown under A and B, and compare")
        self.showing = self._button("Show them", "Show only the digits that change under B")
        self._lay_out()
        self.count.clicked.connect(self._start_or_stop)
        self.showing.clicked.connect(self.show_wanted)
        effect.advanced.connect(self.refresh)
        effect.failed.connect(self._fail)
        self.set_theme(theme)
        self.refresh()

    def _button(self, text: str, help_text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(text)
        button.setToolTip(help_text)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.count)
        buttons.addWidget(self.showing)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addWidget(self.progress)
        column.addLayout(buttons)

    def set_same(self, same: bool) -> None:
        """Know whether A and B are the same, so that there is nothing to count."""
        self._same = same
        self._problem = ""
        self.refresh()

    def refresh(self) -> None:
        """Show how far the counting is."""
        effect = self._effect
        done, total = len(effect.changes), effect.total
        if not effect.begun:
            self._problem = ""
        self.words.set_text(self._problem or self._say(done, total))
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)
        self.progress.setVisible(effect.running)
        self.count.setText("Stop" if effect.running else "Count")
        self.count.setAccessibleName(self.count.text())
        self.count.setEnabled(total > 0 and not self._same and not effect.complete)
        self.showing.setEnabled(len(effect.changes.changed) > 0)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.words.set_color(theme.text)
        self.title.setStyleSheet(f"color: {theme.muted};")

    def _say(self, done: int, total: int) -> str:
        effect = self._effect
        if self._same:
            return SAME
        if not total:
            return NO_DIGITS
        if effect.complete:
            return f"{effect.changes.words}."
        if not effect.begun:
            how = "" if effect.unasked else ": press Count"
            return f"{total:,} {'digit' if total == 1 else 'digits'} to count{how}."
        state = f"{'Counting' if effect.running else 'Stopped'}, {100 * done // total} % done"
        return f"{state}: {effect.changes.words}." if done else f"{state}."

    def _start_or_stop(self) -> None:
        if self._effect.running:
            self._effect.stop()
        else:
            self._effect.start()

    def _fail(self, error: Exception) -> None:
        self._problem = f"Counting failed: {error}."
        self.refresh()
