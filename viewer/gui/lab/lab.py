"""The settings lab: other settings, B, beside those in use, A, and what they would change."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from viewer.catalog.table import Table
from viewer.core.settings import (
    FIELDS,
    PUBLISHED,
    ExtractionSettings,
    difference,
    from_values,
)
from viewer.gui.actions import ActionSpec
from viewer.gui.jobs import Jobs
from viewer.gui.lab import commands
from viewer.gui.lab.effect import Effect
from viewer.gui.lab.effect_row import EffectRow
from viewer.gui.lab.form import SettingsForm
from viewer.gui.lab.trial import Trial
from viewer.gui.theme import Theme

WIDTH = 400
NARROWEST = 360
"""Logical pixels the lab is wide, and at least."""


class LabDock(QDockWidget):
    """Tries settings on the digit and on the digits shown; does nothing while hidden.

    Parameters
    ----------
    theme : Theme
        Colours; `set_theme` changes them while it is on screen.
    jobs : Jobs
        Where the digits shown are extracted.

    Attributes
    ----------
    use_wanted : Signal
        The settings that shall be in use from now on.
    show_wanted : Signal
        Positions of the digits that change, ascending, and what makes them change in words.
    switch_changed : Signal
        The name of a checkable action and its new state, whoever changed it.
    """

    use_wanted = Signal(object)
    show_wanted = Signal(object, str)
    switch_changed = Signal(str, bool)

    def __init__(self, theme: Theme, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__("Settings lab", parent)
        self.setObjectName("lab")
        self.setAccessibleName("Settings lab")
        self._used = PUBLISHED
        self._before: ExtractionSettings | None = None
        self._scope: tuple[Table | None, NDArray[np.int64]] | None = None
        self.effect = Effect(jobs, self)
        self.form = SettingsForm(theme, self)
        self.use, self.back, self.published = self._buttons()
        self.trial = Trial(theme, jobs, self)
        self.effect_row = EffectRow(self.effect, theme, self)
        self._lines = [QFrame(self), QFrame(self)]
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self._compare_settings()
        self.hide()

    def _buttons(self) -> tuple[QPushButton, QPushButton, QPushButton]:
        rows = (
            ("Use B", "Extract everything with these settings from now on (Ctrl+Shift+U)"),
            ("Back to A", ""),
            ("Published", "Let B be the settings of the published sequences"),
        )
        made = []
        for text, help_text in rows:
            button = QPushButton(text, self)
            button.setAccessibleName(text)
            button.setToolTip(help_text)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            made.append(button)
        return made[0], made[1], made[2]

    def _lay_out(self) -> None:
        """Place the parts below each other on a page that scrolls."""
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.use, self.back, self.published):
            buttons.addWidget(button)
        buttons.addStretch(1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.form)
        column.addLayout(buttons)
        column.addWidget(self._lines[0])
        column.addWidget(self.trial)
        column.addWidget(self._lines[1])
        column.addWidget(self.effect_row)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(page)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setMinimumWidth(NARROWEST)
        for line in self._lines:
            line.setFixedHeight(1)
        self.setWidget(area)

    def _connect(self) -> None:
        self.form.edited.connect(lambda _tried: self._compare_settings())
        self.use.clicked.connect(self.use_tried)
        self.back.clicked.connect(self.go_back)
        self.published.clicked.connect(lambda: self.try_settings(PUBLISHED))
        self.effect_row.show_wanted.connect(self._ask_to_show)

    @property
    def used(self) -> ExtractionSettings:
        """The settings in use, A."""
        return self._used

    @property
    def tried(self) -> ExtractionSettings:
        """The settings tried, B."""
        return self.form.tried

    def set_used(self, settings: ExtractionSettings) -> None:
        """Take the settings in use, A; B goes with them where it was the same."""
        if settings == self._used:
            return
        before, self._used = self._used, settings
        if self.tried == settings:
            self._before = before
        self._show_tried(settings if self.tried == before else self.tried)

    def try_settings(self, settings: ExtractionSettings) -> None:
        """Take other settings to try, B."""
        if settings != self.tried:
            self._show_tried(settings)

    def use_tried(self) -> None:
        """Ask that B shall be in use; does nothing while hidden or where it is."""
        if self.isVisible() and self.tried != self._used:
            self.use_wanted.emit(self.tried)

    def go_back(self) -> None:
        """Try A again, or what was tried before where B is A; does nothing while hidden."""
        if not self.isVisible():
            return
        if self.tried != self._used:
            self._before = self.tried
            self.try_settings(self._used)
        elif self._before is not None:
            self.try_settings(self._before)

    def show_digit(self, image: NDArray[np.uint8] | None, name: str) -> None:
        """Show another digit under both settings.

        Parameters
        ----------
        image : ndarray of uint8, shape (M, N), or None
            Its source image; None where no digit is current.
        name : str
            Such as ``train:13``.
        """
        self.trial.show_digit(image, name)

    def set_scope(self, table: Table | None, positions: NDArray[np.int64]) -> None:
        """Count among other digits.

        Parameters
        ----------
        table : Table or None
            The digits of the set that is open.
        positions : ndarray of int64, shape (n,)
            Those that are shown now.
        """
        self._scope = table, positions
        self._take_scope()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.form.set_theme(theme)
        self.trial.set_theme(theme)
        self.effect_row.set_theme(theme)
        for line in self._lines:
            line.setStyleSheet(f"background: {theme.border}; border: none;")

    def actions_table(self) -> list[ActionSpec]:
        """Return the actions for the window's menus and keys."""
        return commands.actions_table(self.setVisible, lambda: self)

    def save_state(self) -> dict[str, object]:
        """Return what to remember, in JSON's types."""
        if self.tried == self._used:
            return {}
        return {"tried": difference(self.tried)}

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; values of a wrong kind are passed over."""
        values = state.get("tried")
        if isinstance(values, dict):
            with contextlib.suppress(ValueError, TypeError):
                self.try_settings(from_values(values))

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 800)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_scope()
        self.switch_changed.emit("lab", not self.isHidden())

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.effect.stop()
        if not self.effect.complete:
            self.effect.forget()
        self.switch_changed.emit("lab", not self.isHidden())

    def _show_tried(self, tried: ExtractionSettings) -> None:
        self.form.show_settings(tried, self._used)
        self._compare_settings()

    def _compare_settings(self) -> None:
        """Show what follows from A and B as they are now."""
        same = self.tried == self._used
        self.use.setEnabled(not same)
        self.back.setEnabled(not same or self._before is not None)
        self.back.setText("Back to B" if same and self._before is not None else "Back to A")
        self.back.setAccessibleName(self.back.text())
        self.back.setToolTip(
            "Try the settings again that B had before (Ctrl+Shift+B)"
            if self.back.text() == "Back to B"
            else "Let B be the settings in use (Ctrl+Shift+B)"
        )
        self.published.setEnabled(self.tried != PUBLISHED)
        self.trial.set_settings(self._used, self.tried)
        self.effect.set_pair(None if same else (self._used, self.tried))
        self.effect_row.set_same(same)
        if self.isVisible():
            self.effect.start_soon()

    def _take_scope(self) -> None:
        """Hand the digits shown to the effect, once they can be seen."""
        if not self.isVisible():
            return
        if self._scope is not None:
            self.effect.set_scope(*self._scope)
            self._scope = None
        self.effect.start_soon()

    def _ask_to_show(self) -> None:
        values = difference(self.tried, self._used)
        told = [
            f"{field.title.lower()} {field.in_words(values[field.name])}"
            for field in FIELDS
            if field.name in values
        ]
        self.show_wanted.emit(self.effect.changes.changed, f"change with {', '.join(told)}")
