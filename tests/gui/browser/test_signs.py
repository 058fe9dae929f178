"""Signs on thumbnails: told apart by shape alone, sharp, and small."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from viewer.gui.browser.signs import CORRECTED, sign, sign_size

NAMES = ("favourite", "noted", "corrected", "1", "2", "3")


def image(name: str, size: int, ratio: float = 1.0) -> QImage:
    return sign(name, size, ratio).toImage()


@pytest.mark.parametrize("size", [10, 14, 20])
def test_shapes_differ_without_colour(qapp: QApplication, size: int) -> None:
    grey = [
        image(name, size).convertToFormat(QImage.Format.Format_Alpha8)
        for name in ("favourite", "noted", "corrected", "1")
    ]
    assert all(picture not in grey[:place] for place, picture in enumerate(grey))


def test_the_pencil_writes_toward_the_lower_left(qapp: QApplication) -> None:
    picture = image("corrected", 20)
    assert picture.pixelColor(10, 10) == QColor(CORRECTED)
    assert picture.pixelColor(2, 17).alpha() > 0
    for x, y in ((1, 1), (18, 18)):
        assert picture.pixelColor(x, y).alpha() == 0


def test_signs_fit_the_thumbnail_and_the_screen(qapp: QApplication) -> None:
    assert [sign_size(edge) for edge in (28, 56, 168)] == [10, 14, 20]
    for name in NAMES:
        assert image(name, 12, 2.0).width() == 24
