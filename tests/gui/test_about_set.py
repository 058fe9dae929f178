"""The page about a set, by mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QGuiApplication, QTextCursor, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.gui.conftest import make_split
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet
from viewer.gui import about_set
from viewer.gui.about_set import AboutSetDialog
from viewer.gui.jobs import Jobs
from viewer.gui.theme import dark, light

LEFT = Qt.MouseButton.LeftButton
IMAGE = QTextDocument.ResourceType.ImageResource.value
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close()


def open_page(qtbot: QtBot, dataset: DigitSet, jobs: Jobs) -> AboutSetDialog:
    dialog = AboutSetDialog(Table(dataset), light(), jobs)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.filled, timeout=10_000):
        dialog.show()
    qtbot.waitExposed(dialog)
    return dialog


@pytest.fixture
def page(qtbot: QtBot, jobs: Jobs) -> AboutSetDialog:
    """Return the page of a set that has a known label error at test:947."""
    train, test = make_split("train", 40), make_split("test", 1000)
    assert test.labels is not None
    test.labels[947] = 8
    test.images[947, 10:20, 10:20] = 255
    return open_page(
        qtbot, DigitSet("MNIST", "bars", {"train": train, "test": test}, family="mnist"), jobs
    )


def link_spot(dialog: AboutSetDialog, text: str) -> QPoint:
    """Return where a link is on screen, after scrolling to it."""
    view = dialog.page
    view.moveCursor(QTextCursor.MoveOperation.Start)
    assert view.find(text)
    view.ensureCursorVisible()
    cursor = view.textCursor()
    cursor.setPosition(cursor.selectionStart() + 2)
    return view.cursorRect(cursor).center()


def test_the_figures_come_and_the_buttons_wake(page: AboutSetDialog) -> None:
    text = page.page.text().splitlines()
    assert text[0] == "MNIST"
    assert "0\t4\t100\t104\t10.0%" in text
    assert "all\t40\t1,000\t1,040" in text
    assert "train\t40\t28 x 28\t6.5\t2.6%" in text
    assert page.copy_citation.isEnabled()


def test_a_click_on_a_label_error_goes_to_the_digit(qtbot: QtBot, page: AboutSetDialog) -> None:
    spot = link_spot(page, "test:947")
    with qtbot.waitSignal(page.digit_chosen, timeout=1000) as seen:
        QTest.mouseClick(page.page.viewport(), LEFT, pos=spot)
    assert seen.args == [40 + 947]
    assert page.isVisible()


def test_the_error_is_shown_as_a_picture(page: AboutSetDialog) -> None:
    picture = page.page.loadResource(IMAGE, QUrl("digit:987"))
    assert picture is not None
    assert picture.height() == picture.width() == 56
    assert picture.pixelColor(30, 30) == QColor("white")
    assert picture.pixelColor(19, 19) == QColor("black")


def test_the_address_opens_outside(
    qtbot: QtBot, page: AboutSetDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    before = page.page.text()
    QTest.mouseClick(page.page.viewport(), LEFT, pos=link_spot(page, "http"))
    assert opened == ["http://yann.lecun.com/exdb/mnist/"]
    assert page.page.text() == before


def test_the_citation_and_the_page_are_copied(page: AboutSetDialog) -> None:
    QTest.mouseClick(page.copy_citation, LEFT)
    assert "Gradient-Based Learning" in QGuiApplication.clipboard().text()
    QTest.mouseClick(page.copy_page, LEFT)
    assert QGuiApplication.clipboard().text() == page.page.text()


def test_a_selected_table_is_copied_with_tabs(page: AboutSetDialog) -> None:
    view = page.page
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_A, CONTROL)
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == view.text()
    assert "Class\ttrain\ttest\tall\tShare" in view.text()
    view.moveCursor(QTextCursor.MoveOperation.Start)
    assert view.find("Classes")
    cursor = view.textCursor()
    cursor.setPosition(cursor.selectionStart() + 2)
    cursor.setPosition(cursor.position() + 3, QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    QTest.keyClick(view, Qt.Key.Key_C, CONTROL)
    assert QGuiApplication.clipboard().text() == "ass"


def test_escape_closes_it(page: AboutSetDialog) -> None:
    QTest.keyClick(page.page, Qt.Key.Key_Escape)
    assert not page.isVisible()


def test_the_theme_changes_live_and_the_page_stays(page: AboutSetDialog) -> None:
    bar = page.page.verticalScrollBar()
    bar.setValue(200)
    page.set_theme(dark())
    assert bar.value() == 200
    assert dark().muted in page.page.toHtml()
    bar_image = page.page.loadResource(IMAGE, QUrl("bar:"))
    assert bar_image is not None
    assert bar_image.pixelColor(0, 0) == QColor(dark().accent)


def test_without_a_known_family_there_is_no_citation(qtbot: QtBot, jobs: Jobs) -> None:
    made = open_page(qtbot, DigitSet("Bars", "bars", {"all": make_split("all", 20)}), jobs)
    assert not made.copy_citation.isEnabled()
    assert made.copy_page.isEnabled()


def test_a_page_closed_too_early_hears_nothing(qtbot: QtBot, jobs: Jobs) -> None:
    dialog = AboutSetDialog(
        Table(DigitSet("Bars", "bars", {"all": make_split("all", 20)})), light(), jobs
    )
    dialog.show()
    dialog.deleteLater()
    qtbot.waitUntil(lambda: not jobs.running, timeout=10_000)


def test_what_cannot_be_counted_is_said(
    qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_table: Table) -> None:
        raise RuntimeError("no disk")

    monkeypatch.setattr(about_set, "about", fail)
    dialog = AboutSetDialog(
        Table(DigitSet("Bars", "bars", {"all": make_split("all", 2)})), light(), jobs
    )
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: "no disk" in dialog.page.text(), timeout=10_000)


def test_controls_have_names_and_tool_tips(page: AboutSetDialog) -> None:
    buttons = page.findChildren(QPushButton)
    assert len(buttons) == 3
    for widget in (*buttons, page.page):
        assert widget.accessibleName()
        assert widget.toolTip()


@pytest.mark.data
def test_mnist_has_its_page(qtbot: QtBot, jobs: Jobs, shared_data: Path) -> None:
    from viewer.datasets.source import open_source

    made = open_page(qtbot, open_source(shared_data / "mnist"), jobs)
    text = made.page.text()
    assert "0\t5,923\t980\t6,903\t9.9%" in text
    assert "high-school students" in text
    assert np.all([line in text for line in ("test:947 label 8, likely 9", "836")])
