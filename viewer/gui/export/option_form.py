"""The options of a format as fields."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from viewer.export.format import Format, Option, Value

Field = QCheckBox | QComboBox | QSpinBox | QDoubleSpinBox | QLineEdit
LARGEST = 2**31 - 1
"""Where an option has no end of its own."""
DECIMALS = 3
WIDTH, HEIGHT = 104, 24
"""Logical pixels that fields have at least."""


class PlainDoubleSpinBox(QDoubleSpinBox):
    """Figures without zeros at their end."""

    def textFromValue(self, value: float) -> str:
        text: str = super().textFromValue(value)
        point = self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text


class OptionForm(QWidget):
    """A field an option, from which all values come as the format has them.

    `changed` is emitted when the user changes a value.

    Parameters
    ----------
    form : Format
    values : mapping of str to value
        All of the format's.

    Attributes
    ----------
    fields : dict of str to QWidget
        By the name of the option.
    """

    changed = Signal()

    def __init__(
        self, form: Format, values: Mapping[str, Value], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._form = form
        self.fields: dict[str, Field] = {option.name: _make(option) for option in form.options}
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 8, 0)
        layout.setHorizontalSpacing(16)
        layout.setVerticalSpacing(8)
        layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for option in form.options:
            field = self.fields[option.name]
            field.setAccessibleName(option.title)
            field.setToolTip(option.meaning)
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)
            if isinstance(field, QCheckBox):
                layout.addRow(field)
            else:
                field.setMinimumSize(WIDTH, HEIGHT)
                layout.addRow(option.title, field)
                layout.labelForField(field).setToolTip(option.meaning)
        self.set_values(values)
        for field in self.fields.values():
            self._connect(field)

    @property
    def values(self) -> dict[str, Value]:
        """The values of all options."""
        return {option.name: _read(self.fields[option.name]) for option in self._form.options}

    @property
    def is_default(self) -> bool:
        """Whether no value is another one than by default."""
        return self.values == self._form.complete({})

    def set_values(self, values: Mapping[str, Value]) -> None:
        """Show other values, without a word."""
        for name, value in values.items():
            field = self.fields[name]
            field.blockSignals(True)
            if isinstance(field, QCheckBox):
                field.setChecked(bool(value))
            elif isinstance(field, QComboBox):
                field.setCurrentText(str(value))
            elif isinstance(field, QSpinBox):
                field.setValue(int(value))
            elif isinstance(field, QDoubleSpinBox):
                field.setValue(float(value))
            else:
                field.setText(str(value))
            field.blockSignals(False)

    def reset(self) -> None:
        """Let all values be as by default."""
        self.set_values(self._form.complete({}))
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the wheel to the page that scrolls unless the field has the focus."""
        wheel = event.type() == QEvent.Type.Wheel
        if wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _connect(self, field: Field) -> None:
        """Let a field tell."""
        if isinstance(field, QCheckBox):
            field.toggled.connect(lambda _on: self.changed.emit())
        elif isinstance(field, QComboBox):
            field.currentTextChanged.connect(lambda _text: self.changed.emit())
        elif isinstance(field, QLineEdit):
            field.textChanged.connect(lambda _text: self.changed.emit())
        else:
            field.valueChanged.connect(lambda _value: self.changed.emit())


def _make(option: Option) -> Field:
    """Make the field of an option."""
    default = option.default
    if isinstance(default, bool):
        return QCheckBox(option.title.replace("&", "&&"))
    if option.choices:
        choice = QComboBox()
        choice.addItems(list(option.choices))
        return choice
    low = -LARGEST if option.least is None else option.least
    high = LARGEST if option.most is None else option.most
    if isinstance(default, int):
        whole = QSpinBox()
        whole.setRange(int(low), int(high))
        return whole
    if isinstance(default, float):
        number = PlainDoubleSpinBox()
        number.setDecimals(DECIMALS)
        number.setRange(low, high)
        number.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        return number
    return QLineEdit()


def _read(field: Field) -> Value:
    """Return what a field says."""
    if isinstance(field, QCheckBox):
        return field.isChecked()
    if isinstance(field, QComboBox):
        return field.currentText()
    if isinstance(field, QLineEdit):
        return field.text()
    return field.value()
