"""The sequence as a table."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from tests.gui.inspector.digits import TWO_STROKES, draw
from viewer.gui.inspector.sequence_model import COLUMNS, SequenceModel


@pytest.fixture
def model() -> SequenceModel:
    made = SequenceModel()
    digit = draw(TWO_STROKES)
    made.set_sequence(digit.rows, digit.points, digit.stroke_offsets)
    return made


def test_it_is_a_sound_model(model: SequenceModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_rows_say_what_they_reach(model: SequenceModel) -> None:
    assert model.rowCount() == 12
    assert model.figures(0) == ("0", "3", "2", "0", "0", "3", "2", "1", "1")
    assert model.figures(6) == ("6", "0", "0", "1", "0", "", "", "lift", "")
    assert model.figures(7) == ("7", "-4", "2", "0", "0", "2", "6", "2", "7")
    assert model.figures(11) == ("11", "0", "0", "1", "1", "", "", "end", "")


def test_rows_and_points_lead_to_each_other(model: SequenceModel) -> None:
    assert [model.point(row) for row in range(12)] == [0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 9]
    assert [model.row(point) for point in range(10)] == [0, 1, 2, 3, 4, 5, 7, 8, 9, 10]
    assert model.row(10) == -1
    assert model.row(-1) == -1


def test_headers_are_explained(model: SequenceModel) -> None:
    for column in range(len(COLUMNS)):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            assert model.headerData(column, Qt.Orientation.Horizontal, role)


def test_the_sequence_of_a_blank_image_is_its_end() -> None:
    made = SequenceModel()
    made.set_sequence(
        np.array([[0, 0, 1, 1]], np.int8), np.zeros((0, 2), np.int16), np.zeros(1, np.int64)
    )
    assert made.figures(0) == ("0", "0", "0", "1", "1", "", "", "end", "")
    assert made.point(0) == -1
