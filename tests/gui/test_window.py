"""The window as a user meets it: mouse, keys, drops, errors, closing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QPalette,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.gui.conftest import make_split
from viewer.datasets.digits import DigitSet
from viewer.errors import Cancelled, UserError
from viewer.gui import settings as table
from viewer.gui.appearance import Appearance
from viewer.gui.memory import last_open
from viewer.gui.opening import OpenRequest
from viewer.gui.settings import Settings
from viewer.gui.theme import dark
from viewer.gui.window import MainWindow

MakeWindow = Callable[..., MainWindow]


def _opens(monkeypatch: pytest.MonkeyPatch, result: DigitSet | Exception) -> None:
    """Let every source open as a set or fail with an error."""

    def open_source(*_args: object, **_options: object) -> DigitSet:
        if isinstance(result, Exception):
            raise result
        return result

    monkeypatch.setattr("viewer.datasets.source.open_source", open_source)


def _drop(window: MainWindow, *paths: Path) -> bool:
    """Drag paths onto the window and drop them; return whether it took the drag."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, button, none)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    drop = QDropEvent(QPointF(50, 50), copy, data, button, none)
    QApplication.sendEvent(window, drop)
    return enter.isAccepted()


def test_it_shows_the_set_and_the_first_digit(qtbot: QtBot, window: MainWindow) -> None:
    assert window.windowTitle().startswith("Bars")
    assert "85 digits" in window.status.set_label.text()
    assert window.status.selection_label.text() == "1 selected"
    assert "These are bars." in window.status.set_label.toolTip()
    qtbot.waitUntil(lambda: window.inspector.is_painted)


def test_arrows_move_wherever_the_focus_is(qtbot: QtBot, window: MainWindow) -> None:
    controls = window.browser.controls
    for widget in (window.browser.grid, controls.size_slider, controls.cell_choice):
        widget.setFocus()
        before = window.browser.current()
        assert before is not None
        with qtbot.waitSignal(window.digit_shown) as shown:
            QTest.keyClick(widget, Qt.Key.Key_Right)
        assert shown.args == [f"train:{before + 1}"]
    window.browser.grid.setFocus()
    here = window.browser.current()
    QTest.keyClick(window.browser.grid, Qt.Key.Key_Down)
    assert here is not None
    assert window.browser.current() == here + window.browser.grid.columns()


def test_arrows_in_the_field_stay_there(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    jump = window.browser.controls.jump
    assert jump.hasFocus()
    QTest.keyClicks(jump, "1")
    QTest.keyClick(jump, Qt.Key.Key_Left)
    QTest.keyClicks(jump, "2")
    assert jump.text() == "21"
    with qtbot.waitSignal(window.digit_shown) as shown:
        QTest.keyClick(jump, Qt.Key.Key_Return)
    assert shown.args == ["train:21"]


def test_space_presses_the_button_that_has_the_focus(qtbot: QtBot, window: MainWindow) -> None:
    window.banner.show_note("note")
    window.banner.dismiss_button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(window.banner.dismiss_button, Qt.Key.Key_Space)
    assert window.banner.text == ""


def test_only_the_newest_digit_is_shown(qtbot: QtBot, window: MainWindow) -> None:
    shown: list[str] = []
    window.digit_shown.connect(shown.append)
    for _ in range(30):
        QTest.keyClick(window.browser.grid, Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: bool(shown) and shown[-1] == "train:30")
    assert window.browser.current() == 30


def test_keys_select_fold_and_copy(qtbot: QtBot, window: MainWindow) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_A, control)
    assert window.status.selection_label.text() == "85 selected"
    QTest.keyClick(window, Qt.Key.Key_A, control | shift)
    assert window.status.selection_label.text() == "1 selected"
    QTest.keyClick(window, Qt.Key.Key_C, control | shift)
    assert QGuiApplication.clipboard().text() == "train:0"
    QTest.keyClick(window, Qt.Key.Key_F2)
    assert window.facet_bar.isHidden()
    QTest.keyClick(window, Qt.Key.Key_F3)
    assert window.browser.isHidden()
    QTest.keyClick(window, Qt.Key.Key_G, control)
    assert window.browser.isVisible()
    assert window.actions_by_name["browser"].isChecked()


def test_full_screen_and_back(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert window.isFullScreen()
    for part in (window.browser, window.facet_bar, window.top_row, window.menuBar()):
        assert part.isHidden()
    assert window.inspector.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Right)
    assert window.browser.current() == 1
    QTest.keyClick(window, Qt.Key.Key_F11)
    assert not window.isFullScreen()
    assert window.browser.isVisible()
    assert window.menuBar().isVisible()


def test_enter_opens_large_and_escape_comes_back(qtbot: QtBot, window: MainWindow) -> None:
    window.browser.grid.setFocus()
    QTest.keyClick(window.browser.grid, Qt.Key.Key_Return)
    assert window.isFullScreen()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isFullScreen()
    assert window.browser.isVisible()
    place = window.browser.grid.visualRect(window.browser.grid.model().index(2, 0)).center()
    viewport = window.browser.grid.viewport()
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert window.isFullScreen()
    assert window.browser.current() == 2
    window.actions_by_name["full-screen"].trigger()


def test_a_menu_on_digits_acts_on_the_one_under_the_mouse(qtbot: QtBot, window: MainWindow) -> None:
    grid = window.browser.grid
    place = grid.visualRect(grid.model().index(3, 0)).center()
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, place, grid.viewport().mapToGlobal(place))
    QApplication.sendEvent(grid.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert window.browser.selected().tolist() == [3]
    window.actions_by_name["favourite"].trigger()
    menu.close()
    assert window.marking.marks is not None
    assert window.marking.marks.get("train", 3).favourite


def test_a_theme_reaches_every_part(window: MainWindow, appearance: Appearance) -> None:
    window.actions_by_name["appearance-dark"].trigger()
    assert appearance.theme == dark()
    color = QApplication.palette().color(QPalette.ColorRole.Window)
    assert color.name() == dark().background
    picture = window.grab().toImage()
    assert picture.pixelColor(picture.width() - 3, 40).lightness() < 80
    window.actions_by_name["appearance-light"].trigger()
    assert window.grab().toImage().pixelColor(picture.width() - 3, 40).lightness() > 200


def test_a_dropped_folder_is_opened(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = DigitSet("Other", "other", {"all": make_split("all", 12)}, ("Made here.",))
    _opens(monkeypatch, other)
    with qtbot.waitSignal(window.digit_shown) as shown:
        assert _drop(window, tmp_path)
    assert shown.args == ["all:0"]
    assert window.memory.recent()[0] == str(tmp_path)
    assert "Made here." in window.banner.text


def test_several_things_dropped_are_refused_in_words(window: MainWindow, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    _drop(window, tmp_path / "a", tmp_path / "b")
    assert window.banner.text.startswith("2 things were dropped at once. Drop one folder")


def test_a_set_that_fails_leaves_the_one_on_show(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    _opens(monkeypatch, UserError("the file is empty", path="/x/y"))
    with qtbot.waitSignal(window.troubled):
        window.open(OpenRequest("/x/y"))
    assert window.banner.text == "/x/y: the file is empty."
    assert window.windowTitle().startswith("Bars")
    QTest.keyClick(window.browser.grid, Qt.Key.Key_Right)
    assert window.browser.current() == 1


def test_a_digit_that_is_not_there_is_said(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, digit_set: DigitSet
) -> None:
    _opens(monkeypatch, digit_set)
    with qtbot.waitSignal(window.troubled):
        window.open(OpenRequest("bars", digit="train:999"))
    assert "999" in window.banner.text
    assert window.browser.current() == 0


def test_what_is_remembered_and_gone_gives_way_to_the_sample(
    qtbot: QtBot, make_window: MakeWindow, tmp_path: Path
) -> None:
    window = make_window()
    gone = tmp_path / "gone"
    with qtbot.waitSignal(window.digit_shown, timeout=30000):
        window.start(OpenRequest(str(gone), remembered=True))
    assert str(gone) in window.banner.text
    assert "synthetic digits" in window.status.set_label.text()


def test_an_error_nobody_caught_is_shown_from_any_thread(qtbot: QtBot, window: MainWindow) -> None:
    thread = threading.Thread(target=lambda: window.crashed.emit(RuntimeError("odd")))
    with qtbot.waitSignal(window.troubled):
        thread.start()
    thread.join()
    assert "RuntimeError" in window.banner.text


def test_the_job_shown_can_be_cancelled(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, digit_set: DigitSet
) -> None:
    told = threading.Event()

    def open_source(*_args: object, **options: Callable[..., bool]) -> DigitSet:
        options["progress"](1, 4)
        while not options["cancelled"]():
            time.sleep(0.005)
        told.set()
        return digit_set

    monkeypatch.setattr("viewer.datasets.source.open_source", open_source)
    opened: list[object] = []
    window.opener.opened.connect(lambda *args: opened.append(args))
    window.open(OpenRequest("/a/slow"))
    qtbot.waitUntil(lambda: window.status.progress.value() == 1)
    assert "Opening slow" in window.status.job_label.text()
    assert "25 %" in window.status.job_label.text()
    QTest.mouseClick(window.status.cancel_button, Qt.MouseButton.LeftButton)
    assert told.wait(5)
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert opened == []
    assert not window.status.cancel_button.isVisible()


def test_cancelling_the_first_set_leaves_nothing_open(
    qtbot: QtBot, make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_source(*_args: object, **options: Callable[[], bool]) -> DigitSet:
        while not options["cancelled"]():
            time.sleep(0.005)
        raise Cancelled

    monkeypatch.setattr("viewer.datasets.source.open_source", open_source)
    window = make_window()
    window.open(OpenRequest("/a/slow"))
    qtbot.waitUntil(lambda: window.status.cancel_button.isVisible())
    opening = window.browser.grid.grab().toImage()
    QTest.mouseClick(window.status.cancel_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.jobs.running)
    assert window.browser.grid.grab().toImage() != opening
    assert window.table is None


def test_closing_while_busy_ends_every_worker(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, digit_set: DigitSet
) -> None:
    started = threading.Event()

    def open_source(*_args: object, **options: Callable[[], bool]) -> DigitSet:
        started.set()
        while not options["cancelled"]():
            time.sleep(0.005)
        return digit_set

    monkeypatch.setattr("viewer.datasets.source.open_source", open_source)
    window.open(OpenRequest("/a/slow"))
    assert started.wait(5)
    window.close()
    assert window.isHidden()
    assert window.jobs.close()  # every worker ended within the patience there is
    qtbot.wait(30)
    assert window.banner.text == ""


def test_the_next_window_stands_where_this_one_stood(
    qtbot: QtBot,
    make_window: MakeWindow,
    monkeypatch: pytest.MonkeyPatch,
    digit_set: DigitSet,
    tmp_path: Path,
) -> None:
    _opens(monkeypatch, digit_set)
    path = tmp_path / "window.ini"
    first = make_window(Settings(path))
    assert first.table is None
    with qtbot.waitSignal(first.digit_shown, timeout=30000):
        first.start(OpenRequest(str(tmp_path)))
    first.filter.set_text("split=test & class=3")
    first.filter.set_order("-index")
    qtbot.waitUntil(lambda: len(first.browser.shown()) == 3)
    first.browser.go_to("test:13")
    first.browser.set_thumbnail_size(84)
    first.resize(760, 700)
    first.actions_by_name["loop"].trigger()
    looped = first.inspector.save_state()
    first.close()
    assert first.jobs.close()
    settings = Settings(path)
    second = make_window(settings)
    request = last_open(settings)
    assert (request.source, request.digit) == (str(tmp_path), "test:13")
    with qtbot.waitSignal(second.digit_shown, timeout=30000) as shown:
        second.start(request)
    assert shown.args == ["test:13"]
    qtbot.waitUntil(lambda: len(second.browser.shown()) == 3)
    assert second.browser.shown().tolist() == [60 + 23, 60 + 13, 60 + 3]
    assert second.browser.current() == 60 + 13
    assert second.filter.text == "split=test & class=3"
    assert second.browser.controls.size_slider.value() == 84
    assert second.size() == first.size()
    assert second.inspector.save_state()["loop"] == looped["loop"]
    assert second.actions_by_name["loop"].isChecked() == first.actions_by_name["loop"].isChecked()


def test_garbage_in_every_setting_is_survived(make_window: MakeWindow, tmp_path: Path) -> None:
    path = tmp_path / "window.ini"
    settings = Settings(path)
    settings.set(table.GEOMETRY, b"\x01\xd9garbage")
    settings.set(table.SPLITTER, b"garbage")
    settings.set(table.REPLAY, '{"speed": "fast", "loop": 7, "heights": [1]}')
    settings.save()
    window = make_window(Settings(path))
    assert window.isVisible()
    assert window.banner.text == ""


def test_a_settings_file_that_is_garbage_is_reported(
    make_window: MakeWindow, tmp_path: Path
) -> None:
    path = tmp_path / "window.ini"
    path.write_bytes(b"\0\1\2 no settings")
    window = make_window(Settings(path))
    assert "window.ini.bak" in window.banner.text


def test_help_opens_and_closes(qtbot: QtBot, window: MainWindow) -> None:
    from PySide6.QtWidgets import QMessageBox

    from viewer.gui.help import KeySheet

    QTest.keyClick(window, Qt.Key.Key_Question)
    sheet = window.findChild(KeySheet)
    assert sheet is not None
    assert sheet.isVisible()
    sheet.reject()
    window.actions_by_name["about"].trigger()
    box = window.findChild(QMessageBox, "about")
    assert box is not None
    assert "synthetic" in box.informativeText()
    box.close()


def test_a_tool_tip_tells_the_digit_under_the_mouse(window: MainWindow) -> None:
    index = window.browser.grid.indexAt(QPoint(30, 30))
    assert "Writer 2100" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_query_narrows_and_a_digit_outside_lifts_it(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    edit = window.top_row.query_line.edit
    assert edit.hasFocus()
    QTest.keyClicks(edit, "class=3 & split=train")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(window.browser.shown()) == 6)
    assert window.browser.current() == 3
    with qtbot.waitSignal(window.digit_shown) as shown:
        assert window.go_to("train:13")
    assert shown.args == ["train:13"]
    assert window.filter.text == "class=3 & split=train"
    with qtbot.waitSignal(window.digit_shown) as shown:
        assert window.go_to("test:1")
    assert shown.args == ["test:1"]
    assert window.filter.text == ""
    assert len(window.browser.shown()) == 85


def test_a_page_gives_way_to_a_new_query(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.browser.page_changed):
        QTest.keyClick(window.browser.grid, Qt.Key.Key_W)
    assert window.browser.page is not None
    assert window.browser.page.title == "Writer 2100"
    window.filter.set_text("class=3")
    assert window.browser.page is None
    qtbot.waitUntil(lambda: len(window.browser.shown()) == 9)


def test_facts_come_in_and_are_told(qtbot: QtBot, window: MainWindow) -> None:
    table = window.table
    assert table is not None
    qtbot.waitUntil(lambda: "unusual" in table.columns, timeout=30000)
    window.filter.set_text("strokes=1")
    qtbot.waitUntil(lambda: len(window.browser.shown()) == 85)
    values = window.inspector.details.metadata
    qtbot.waitUntil(lambda: "Path length" in values.texts())


def test_chosen_digits_are_compared_and_come_back(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window.browser.grid, Qt.Key.Key_C)
    assert not window.stage.comparing
    assert "Select 2 to 9 digits" in window.status.currentMessage()
    for _ in range(3):
        QTest.keyClick(window.browser.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window.browser.grid, Qt.Key.Key_C)
    assert window.stage.comparing
    assert window.stage.compare.positions == (0, 1, 2, 3)
    QTest.keyClick(window.stage.compare, Qt.Key.Key_Escape)
    assert not window.stage.comparing


def test_marks_are_seen_filtered_and_undone(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window.browser.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(window.browser.grid, Qt.Key.Key_F)
    QTest.keyClick(window.browser.grid, Qt.Key.Key_2)
    window.filter.set_text("favourite & colour=green")
    qtbot.waitUntil(lambda: window.browser.shown().tolist() == [0, 1])
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not len(window.browser.shown()))
    assert window.browser.clear_button.isVisible()
    QTest.mouseClick(window.browser.clear_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(window.browser.shown()) == 85)


def test_about_the_set_opens_beside_the_window(qtbot: QtBot, window: MainWindow) -> None:
    from viewer.gui.about_set import AboutSetDialog

    QTest.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    page = window.findChild(AboutSetDialog)
    assert page is not None
    page.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.waitUntil(lambda: "Bars" in page.page.text())
    with qtbot.waitSignal(window.digit_shown):
        window.open(OpenRequest("sample"))
    assert page.isHidden()


def test_a_filter_by_strokes_answers_from_the_start(
    qtbot: QtBot,
    make_window: MakeWindow,
    monkeypatch: pytest.MonkeyPatch,
    digit_set: DigitSet,
) -> None:
    """Nothing matches at first: that must not keep the strokes from being extracted."""
    _opens(monkeypatch, digit_set)
    window = make_window()
    monkeypatch.setattr(window.feed, "request", lambda *_: None)
    window.start(OpenRequest("bars", where="strokes=1"))
    qtbot.waitUntil(lambda: len(window.browser.shown()) == 85, timeout=30000)
    assert not window.is_settled
    monkeypatch.undo()
    window.browser.go_to("train:3")
    qtbot.waitUntil(lambda: window.is_settled, timeout=30000)
