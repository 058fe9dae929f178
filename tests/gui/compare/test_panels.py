"""How digits that are compared share the space and the zoom."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.gui.compare.conftest import Show, make_item, make_items
from viewer.gui.compare.compare import CompareView

LEFT = Qt.MouseButton.LeftButton


def columns(view: CompareView) -> int:
    return len({panel.x() for panel in view.panels.shown})


@pytest.mark.parametrize(
    ("count", "size", "expected"),
    [
        (2, (1000, 600), 2),
        (2, (420, 900), 1),
        (3, (1000, 400), 3),
        (3, (700, 800), 2),
        (4, (900, 700), 2),
        (5, (900, 700), 3),
        (6, (500, 900), 2),
        (7, (900, 700), 3),
        (9, (900, 700), 3),
    ],
)
def test_digits_are_as_large_as_they_can_be(
    view: CompareView, show: Show, count: int, size: tuple[int, int], expected: int
) -> None:
    view.resize(*size)
    show(make_items(count))
    panels = view.panels.shown
    assert columns(view) == expected
    assert len({(panel.width(), panel.height()) for panel in panels}) == 1
    area = view.panels.rect()
    for panel in panels:
        assert area.contains(panel.geometry())
        assert not any(
            panel.geometry().intersects(other.geometry()) for other in panels if other is not panel
        )


def test_nine_digits_have_boards_of_one_size(view: CompareView, show: Show) -> None:
    view.resize(500, 560)
    show(make_items(9))
    assert len({panel.board.height() for panel in view.panels.shown}) == 1


def test_the_wheel_zooms_all_around_the_same_place(view: CompareView, show: Show) -> None:
    show([make_item(0), make_item(1, side=56), make_item(2)])
    board = view.panels.shown[0].board
    middle = QPointF(board.viewport().rect().center())
    spot = QPointF(middle.x() / 2, middle.y())
    event = QWheelEvent(
        spot, board.viewport().mapToGlobal(spot), QPoint(), QPoint(0, 240), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(board.viewport(), event)
    small, large, other = (panel.lens.visible() for panel in view.panels.shown)
    assert small == other
    assert small[2] < 28
    center = (small[0] + small[2] / 2) / 28
    assert center < 0.49
    assert (large[0] + large[2] / 2) / 56 == pytest.approx(center, abs=0.02)


def test_dragging_moves_all(view: CompareView, show: Show) -> None:
    show(make_items(2))
    view.panels.zoom(4)
    before = [panel.lens.visible() for panel in view.panels.shown]
    port = view.panels.shown[1].board.viewport()
    QTest.mousePress(port, LEFT, pos=QPoint(100, 100))
    QTest.mouseMove(port, QPoint(140, 100))
    QTest.mouseRelease(port, LEFT, pos=QPoint(140, 100))
    after = [panel.lens.visible() for panel in view.panels.shown]
    for old, new in zip(before, after, strict=True):
        assert new[0] < old[0]
        assert new[1] == pytest.approx(old[1], abs=0.05)
    view.panels.fit()
    assert all(panel.lens.fitted for panel in view.panels.shown)


def test_a_panel_is_used_again(view: CompareView, show: Show) -> None:
    show(make_items(3))
    first = list(view.panels.shown)
    show(make_items(2))
    assert not first[2].isVisible()
    show(make_items(3))
    assert set(view.panels.shown) == set(first)
    assert all(panel.isVisible() for panel in first)
