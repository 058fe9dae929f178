"""Fields give just the values that the format has."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QSpinBox,
)
from pytestqt.qtbot import QtBot

from tests.gui.export.conftest import FORMATS
from viewer.export.format import Format, Option, Value
from viewer.export.registry import find_format
from viewer.gui.export.option_form import OptionForm

OPTIONS = (
    Option("numbers", "Numbers", "Whether there are numbers", True),
    Option("look", "Look", "What it looks like", "plain", choices=("plain", "fancy", "by-name")),
    Option("size", "Size", "Pixels", 10, 1, 40),
    Option("epsilon", "Epsilon", "How far off", 2.0, 0, 255),
    Option("free", "Free", "Any whole number", -3),
    Option("word", "Word", "Any text", "x y"),
)
EVERY = Format("every", "every", "Every kind of option", ".x", lambda path: path, options=OPTIONS)


def make(qtbot: QtBot, form: Format, values: dict[str, Value] | None = None) -> OptionForm:
    made = OptionForm(form, values or form.complete({}))
    qtbot.addWidget(made)
    made.show()
    return made


def equal(one: dict[str, Value], other: dict[str, Value]) -> bool:
    """Whether values are equal, types and order included."""
    return repr(one) == repr(other)


@pytest.mark.parametrize("name", FORMATS)
def test_fields_of_every_format_have_its_defaults(qtbot: QtBot, name: str) -> None:
    form = find_format(name)
    fields = make(qtbot, form)
    assert equal(fields.values, form.complete({}))
    assert fields.is_default
    for option in form.options:
        assert option.meaning in fields.fields[option.name].toolTip()


@pytest.mark.parametrize("name", FORMATS)
def test_every_end_of_every_range_is_reached(qtbot: QtBot, name: str) -> None:
    form = find_format(name)
    for option in form.options:
        values: list[Value] = list(option.choices)
        if isinstance(option.default, bool):
            values = [not option.default]
        elif isinstance(option.default, int | float):
            kind = type(option.default)
            values = [kind(end) for end in (option.least, option.most) if end is not None]
        for value in values:
            expected = form.complete({option.name: value})
            fields = make(qtbot, form, expected)
            assert equal(fields.values, expected)
            fields.reset()
            assert equal(fields.values, form.complete({}))


def test_what_is_typed_and_clicked_is_what_comes_out(qtbot: QtBot) -> None:
    form = make(qtbot, EVERY)
    told: list[dict[str, Value]] = []
    form.changed.connect(lambda: told.append(form.values))
    fields = form.fields
    assert isinstance(fields["numbers"], QCheckBox)
    QTest.keyClick(fields["numbers"], Qt.Key.Key_Space)
    assert isinstance(fields["look"], QComboBox)
    QTest.keyClick(fields["look"], Qt.Key.Key_End)
    for name, text in (("size", "12"), ("epsilon", "0.125"), ("free", "-70000"), ("word", "a b")):
        field = fields[name]
        field.setFocus()
        (field if isinstance(field, QLineEdit) else field.lineEdit()).selectAll()  # type: ignore[union-attr]
        QTest.keyClicks(field, text)
    expected: dict[str, Value] = {
        "numbers": False, "look": "by-name", "size": 12, "epsilon": 0.125, "free": -70000,
        "word": "a b",
    }  # fmt: skip
    assert equal(form.values, expected)
    assert EVERY.complete(form.values) == expected
    assert told[-1] == expected
    assert not form.is_default


def test_a_number_out_of_range_cannot_be_typed(qtbot: QtBot) -> None:
    form = make(qtbot, EVERY)
    field = form.fields["size"]
    assert isinstance(field, QSpinBox)
    field.selectAll()
    QTest.keyClicks(field, "41")
    assert form.values["size"] == 4
    field.setValue(1000)
    assert form.values["size"] == 40


def test_values_are_shown_without_a_word(qtbot: QtBot) -> None:
    form = make(qtbot, EVERY)
    told: list[None] = []
    form.changed.connect(lambda: told.append(None))
    form.set_values(EVERY.complete({"size": 3, "numbers": False}))
    assert told == []
    assert form.values["size"] == 3
    form.reset()
    assert len(told) == 1
    assert form.is_default


def test_a_figure_has_no_idle_zeros(qtbot: QtBot) -> None:
    form = make(qtbot, EVERY)
    field = form.fields["epsilon"]
    assert isinstance(field, QDoubleSpinBox)
    assert field.text() == "2"
    form.set_values(EVERY.complete({"epsilon": 2.5}))
    assert field.text() == form.locale().toString(2.5)


def test_the_wheel_scrolls_the_page_and_changes_nothing(qtbot: QtBot) -> None:
    form = make(qtbot, EVERY)
    form.fields["word"].setFocus()
    field = form.fields["size"]
    event = QWheelEvent(
        QPointF(5, 5), QPointF(field.mapToGlobal(QPoint(5, 5))), QPoint(), QPoint(0, 120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QApplication.sendEvent(field, event)
    assert form.is_default
