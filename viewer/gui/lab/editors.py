"""One setting as a control: figures, a switch, or a list of words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from viewer.core.settings import SettingField
from viewer.gui.inspector.labels import FittingLabel

Value = bool | int | float | str | None

SHARE_STEP = 0.05
DIGITS = 3
WIDTH = 88
"""Logical pixels that controls on a line are wide at least; words stand behind them."""


class Editor(QWidget):
    """The control of one setting; `edited` gives the value that a user chose.

    Parameters
    ----------
    field : SettingField
        The setting.
    value : bool, int, float, str or None
        What it is to begin with.

    Attributes
    ----------
    beside : FittingLabel
        Words beside the control.
    """

    edited = Signal(object)

    def __init__(self, field: SettingField, value: Value, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.number: QSpinBox | QDoubleSpinBox | None = None
        self.box: QCheckBox | None = None
        self.choice: QComboBox | None = None
        self.beside = FittingLabel(self, step=-1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        rows.addLayout(line)
        if field.kind is bool:
            line.addWidget(self._add_box(field.in_words(True)))
        elif field.kind is str:
            line.addWidget(self._add_choice())
        else:
            line.addWidget(self._add_number())
            if field.none:
                rows.addWidget(self._add_box(field.none))
        self.controls[0].setMinimumWidth(WIDTH)
        line.addWidget(self.beside, 1)
        for control in self.controls:
            control.setToolTip(f"{field.help} Values: {field.range_words}.")
            control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            control.installEventFilter(self)
        self.show_value(value)

    @property
    def controls(self) -> list[QWidget]:
        """What can have the focus, from the first to the last."""
        return [part for part in (self.number, self.choice, self.box) if part is not None]

    @property
    def value(self) -> Value:
        """What the controls say."""
        if self.choice is not None:
            return self.choice.currentText()
        if self.box is not None and self.field.kind is bool:
            return self.box.isChecked()
        if self.number is None or (self.box is not None and self.box.isChecked()):
            return None
        return self.number.value()

    def show_value(self, value: Value) -> None:
        """Show another value; `edited` does not tell."""
        for control in self.controls:
            control.blockSignals(True)
        if self.choice is not None:
            self.choice.setCurrentText(str(value))
        if self.box is not None:
            self.box.setChecked(value is None or value is True)
        if self.number is not None:
            self.number.setEnabled(value is not None)
            if isinstance(self.number, QDoubleSpinBox):
                self.number.setValue(float(value or 0))
            elif value is not None:
                self.number.setValue(int(value))
        for control in self.controls:
            control.blockSignals(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to the page that scrolls unless the control has the focus."""
        wheel = event.type() == QEvent.Type.Wheel
        if wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _tell(self) -> None:
        value = self.value
        if self.number is not None:
            self.number.setEnabled(value is not None)
        self.edited.emit(value)

    def _add_box(self, words: str) -> QCheckBox:
        self.box = QCheckBox(words, self)
        said = self.field.title if self.field.kind is bool else f"{self.field.title}: {words}"
        self.box.setAccessibleName(said)
        self.box.toggled.connect(self._tell)
        return self.box

    def _add_choice(self) -> QComboBox:
        self.choice = QComboBox(self)
        self.choice.addItems(list(self.field.words))
        self.choice.setAccessibleName(self.field.title)
        self.choice.currentTextChanged.connect(self._tell)
        return self.choice

    def _add_number(self) -> QSpinBox | QDoubleSpinBox:
        if self.field.kind is float:
            share = QDoubleSpinBox(self)
            share.setDecimals(DIGITS)
            share.setSingleStep(SHARE_STEP)
            share.setRange(self.field.low, self.field.high)
            share.valueChanged.connect(self._tell)
            self.number = share
        else:
            whole = QSpinBox(self)
            whole.setRange(int(self.field.low), int(self.field.high))
            whole.valueChanged.connect(self._tell)
            self.number = whole
        self.number.setAccessibleName(self.field.title)
        return self.number
