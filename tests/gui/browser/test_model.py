"""The model over arrays, checked by Qt's own model tester."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from tests.gui.conftest import make_split
from viewer.gui.browser.model import DigitModel


@pytest.fixture
def model() -> DigitModel:
    made = DigitModel()
    made.show(make_split("train", 60))
    return made


def test_it_is_a_sound_model(model: DigitModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show(make_split("test", 25), 3)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.show(None)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_a_filter_swaps_the_rows_and_keeps_identities(model: DigitModel) -> None:
    model.show(model.split, 7)
    assert model.indices.tolist() == [7, 17, 27, 37, 47, 57]
    assert model.rowCount() == 6
    assert model.digit_at(2) == 27
    assert model.row_of(27) == 2
    assert model.row_of(28) is None
    assert model.row_of(99) is None
    assert model.data(model.index(2, 0)) == "train:27"


def test_the_tool_tip_tells_what_is_known(model: DigitModel) -> None:
    text = model.data(model.index(13, 0), Qt.ItemDataRole.ToolTipRole)
    assert text == "Digit train:13\nClass 3\nWriter 2113"


def test_data_never_raises(model: DigitModel) -> None:
    stale = model.index(59, 0)
    model.show(model.split, 0)
    for index in (stale, QModelIndex()):
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, 1000):
            assert model.data(index, role) is None
    assert model.image_at(59) is None
    assert model.image_at(-1) is None


def test_images_are_those_of_the_digits(model: DigitModel) -> None:
    split = model.split
    assert split is not None
    model.show(split, 4)
    image = model.image_at(1)
    assert image is not None
    assert np.array_equal(image, split.images[14])


def test_a_split_without_labels_shows_all(model: DigitModel) -> None:
    split = make_split("train", 5)
    model.show(type(split)("train", split.images), 3)
    assert model.rowCount() == 5
