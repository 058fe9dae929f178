"""What cannot be opened is said in the banner, and the set on show stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from viewer.gui.opening import OpenRequest
from viewer.gui.window import MainWindow


def test_each_gives_one_clear_banner(
    qtbot: QtBot,
    window: MainWindow,
    malformed_sources: list[tuple[str, Path]],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The banner stays between them, as hiding it lays out the window anew."""
    assert len(malformed_sources) >= 60
    qtbot.waitUntil(lambda: not window.jobs.running, timeout=120_000)
    assert not window.banner.isVisible()
    said: list[Exception] = []
    window.troubled.connect(said.append)
    for name, source in malformed_sources:
        said.clear()
        with qtbot.waitSignal(
            window.jobs.changed, timeout=20_000, check_params_cb=lambda: not window.jobs.running
        ):
            window.open(OpenRequest(str(source)))
        text = window.banner.text
        assert len(said) == 1, name
        assert window.banner.isVisible(), name
        assert "an error inside the program" not in text, name
        assert str(source) in text, name
        assert len(text) < 600, name
    assert window.windowTitle().startswith("Bars")
    assert window.browser.isVisible()
    assert caplog.records == []
