"""All settings of an extraction as a form, with what differs from those in use marked."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from viewer.core.settings import (
    FIELDS,
    PRESETS,
    PUBLISHED,
    ExtractionSettings,
    SettingField,
    preset_name,
)
from viewer.gui.lab.editors import Editor
from viewer.gui.theme import Theme

OWN = "own"
DOT = "\N{BULLET} "
NAMES = 144
"""Logical pixels for the names of the settings; the figures stand below each other."""


class Row:
    """One setting: its name, its control and what it is in A."""

    def __init__(self, field: SettingField, page: QWidget) -> None:
        self.field = field
        self.title = QLabel(field.title, page)
        self.title.setToolTip(field.help)
        self.editor = Editor(field, getattr(PUBLISHED, field.name), page)
        self.against = self.editor.beside
        self.against.setAccessibleName(f"{field.title} in A")
        self.title.setBuddy(self.editor.controls[0])
        self.title.setFixedWidth(NAMES)

    def compare(self, tried: ExtractionSettings, used: ExtractionSettings) -> None:
        """Show a value of B, marked where A has another."""
        value, other = (getattr(settings, self.field.name) for settings in (tried, used))
        if self.editor.value != value:
            self.editor.show_value(value)
        changed = value != other
        font = self.title.font()
        font.setBold(changed)
        self.title.setFont(font)
        self.title.setText(DOT * changed + self.field.title)
        words = self.field.in_words(other)
        self.against.set_text(f"A: {words}" if changed else "", f"In A it is {words}.")


class SettingsForm(QWidget):
    """Shows the settings tried, B, and lets them be changed.

    Parameters
    ----------
    theme : Theme
        Colours.

    Attributes
    ----------
    edited : Signal
        The settings as a user changed them.
    """

    edited = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Settings tried")
        self._used = self._tried = PUBLISHED
        self._own: ExtractionSettings | None = None
        self.rows = {field.name: Row(field, self) for field in FIELDS}
        self.preset = self._presets()
        self._lay_out()
        for row in self.rows.values():
            row.editor.edited.connect(lambda value, row=row: self._edit(row.field.name, value))
        self.preset.activated.connect(self._choose)
        self.set_theme(theme)
        self.show_settings(PUBLISHED, PUBLISHED)

    def _presets(self) -> QComboBox:
        combo = QComboBox(self)
        combo.setAccessibleName("Preset")
        combo.setToolTip("Settings that have a name; own: those you set last")
        combo.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        combo.addItems([*PRESETS, OWN])
        combo.installEventFilter(self.rows[FIELDS[0].name].editor)  # for the wheel
        return combo

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        self._title = QLabel("Preset", self)
        self._title.setBuddy(self.preset)
        self._title.setFixedWidth(NAMES)
        head.addWidget(self._title)
        head.addWidget(self.preset)
        head.addStretch(1)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for place, row in enumerate(self.rows.values()):
            row.title.setFixedHeight(row.editor.controls[0].sizeHint().height())
            grid.addWidget(row.title, place, 0, top)
            grid.addWidget(row.editor, place, 1, top)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(grid)

    @property
    def tried(self) -> ExtractionSettings:
        """B as it stands."""
        return self._tried

    def show_settings(self, tried: ExtractionSettings, used: ExtractionSettings) -> None:
        """Show other settings tried, B, beside those in use, A; `edited` does not tell."""
        self._tried, self._used = tried, used
        name = preset_name(tried)
        if not name:
            self._own = tried
        for row in self.rows.values():
            row.compare(tried, used)
        self.preset.setCurrentText(name or OWN)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        for row in self.rows.values():
            row.against.set_color(theme.muted)

    def _edit(self, name: str, value: object) -> None:
        self._take(dataclasses.replace(self._tried, **{name: value}))  # type: ignore[arg-type]

    def _choose(self, place: int) -> None:
        name = self.preset.itemText(place)
        self._take(PRESETS.get(name, self._own or self._tried))

    def _take(self, tried: ExtractionSettings) -> None:
        changed = tried != self._tried
        self.show_settings(tried, self._used)
        if changed:
            self.edited.emit(tried)
