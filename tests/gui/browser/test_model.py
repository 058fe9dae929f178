"""The model over a table, checked by Qt's own model tester."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from viewer.catalog.table import Table
from viewer.gui.browser.model import DigitModel


@pytest.fixture
def model(table: Table) -> DigitModel:
    made = DigitModel()
    made.show(table, np.arange(85))
    return made


def test_it_is_a_sound_model(model: DigitModel, table: Table, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show(table, np.array([70, 3, 4]))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show(None, np.empty(0, np.int64))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_rows_are_the_positions_in_their_order(model: DigitModel, table: Table) -> None:
    model.show(table, np.array([70, 3, 4]))
    assert model.rowCount() == 3
    assert model.position_at(0) == 70
    assert model.row_of(4) == 2
    assert model.row_of(5) is None
    assert model.data(model.index(0, 0)) == "test:10"
    assert model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole) == "train:3"


def test_the_tool_tip_tells_what_is_known(model: DigitModel) -> None:
    text = model.data(model.index(13, 0), Qt.ItemDataRole.ToolTipRole)
    assert text == "Digit train:13\nClass 3\nWriter 2113"


def test_data_never_raises(model: DigitModel, table: Table) -> None:
    stale = model.index(59, 0)
    model.show(table, np.array([1]))
    for index in (stale, QModelIndex()):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, 1000):
            assert model.data(index, role) is None
