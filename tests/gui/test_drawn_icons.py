"""Icons are sharp at every scale and tell the states of a button apart."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtWidgets import QApplication

from viewer.gui.drawn_icons import SIDE, draw_lines, fill_with, make_icon, paint, polygon

MODE, STATE = QIcon.Mode, QIcon.State
DRAWN: list[tuple[str, str]] = []


def _square(painter: QPainter, name: str, color: QColor) -> None:
    DRAWN.append((name, color.name()))
    fill_with(painter, color)
    painter.drawPolygon(polygon(((4, 4), (12, 4), (12, 12), (4, 12))))


def _middle(icon: QIcon, mode: QIcon.Mode, state: QIcon.State, ratio: float = 1.0) -> str:
    image = icon.pixmap(QSize(SIDE, SIDE), ratio, mode, state).toImage()
    assert image.width() == SIDE * ratio
    return image.pixelColor(image.rect().center()).name()


def test_every_state_has_its_colour_at_every_scale(qapp: QApplication) -> None:
    icon = make_icon(_square, "all", "#112233", "#445566", checked="#778899")
    for ratio in (1.0, 2.0, 3.0):
        assert _middle(icon, MODE.Normal, STATE.Off, ratio) == "#112233"
        assert _middle(icon, MODE.Normal, STATE.On, ratio) == "#778899"
        assert _middle(icon, MODE.Disabled, STATE.Off, ratio) == "#445566"
        assert _middle(icon, MODE.Disabled, STATE.On, ratio) == "#445566"


def test_without_a_colour_of_its_own_a_button_that_is_on_looks_as_one_that_is_off(
    qapp: QApplication,
) -> None:
    icon = make_icon(_square, "two", "#112233", "#445566")
    assert _middle(icon, MODE.Normal, STATE.On) == "#112233"


def test_every_picture_is_drawn_once(qapp: QApplication) -> None:
    icons = [make_icon(_square, "again", "#112233", "#445566", "#112233") for _ in range(2)]
    assert [_middle(icon, MODE.Normal, STATE.On) for icon in icons] == ["#112233"] * 2
    drawn = [color for name, color in DRAWN if name == "again"]
    assert sorted(drawn) == ["#112233"] * 3 + ["#445566"] * 3


def test_lines_are_drawn_in_logical_pixels_on_a_clear_ground(qapp: QApplication) -> None:
    lines = [[(2.0, 8.0), (14.0, 8.0)]]
    picture = paint(16, 2.0, lambda painter: draw_lines(painter, QColor("#ff0000"), 2.0, lines))
    image = picture.toImage()
    assert (image.width(), picture.devicePixelRatio()) == (32, 2.0)
    assert image.pixelColor(16, 16).name() == "#ff0000"
    assert image.pixelColor(16, 8).alpha() == 0
