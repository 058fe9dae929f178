"""What cannot be opened is said in the banner, and the set on show stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.malformed import build
from viewer.gui.opening import OpenRequest
from viewer.gui.window import MainWindow


def test_each_gives_one_clear_banner(
    qtbot: QtBot,
    window: MainWindow,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    sources = build(tmp_path)
    assert len(sources) >= 60
    said: list[Exception] = []
    window.troubled.connect(said.append)
    for name, source in sources:
        said.clear()
        window.banner.hide()
        window.open(OpenRequest(str(source)))
        qtbot.waitUntil(lambda: not window.jobs.running, timeout=20000)
        text = window.banner.text
        assert len(said) == 1, name
        assert text, name
        assert "an error inside the program" not in text, name
        assert str(tmp_path) in text, name
        assert len(text) < 600, name
    assert window.windowTitle().startswith("Bars")
    assert window.browser.isVisible()
    assert caplog.records == []
