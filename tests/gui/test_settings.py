"""What is remembered comes back with its type, and garbage does not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from viewer.gui import settings as table
from viewer.gui.settings import Settings

pytestmark = pytest.mark.usefixtures("qapp")


def test_every_default_is_in_its_range_and_every_key_is_there_once() -> None:
    keys = [setting.key for setting in table.TABLE]
    assert len(set(keys)) == len(keys)
    settings = Settings(None)
    for setting in table.TABLE:
        assert setting.help
        assert setting.accepts(setting.default)  # type: ignore[arg-type]
    assert settings.get(table.THUMBNAIL) == 56


def test_values_come_back_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "window.ini"
    settings = Settings(path)
    settings.set(table.BROWSER, False)
    settings.set(table.THUMBNAIL, 84)
    settings.set(table.SOURCE, "/a/ü, b=c;d")
    settings.set(table.GEOMETRY, b"\0\xff\n;[x]")
    settings.set(table.RECENT, ("/a, b", "sample"))
    settings.save()
    again = Settings(path)
    assert again.notes == []
    assert again.get(table.BROWSER) is False
    assert again.get(table.THUMBNAIL) == 84
    assert again.get(table.SOURCE) == "/a/ü, b=c;d"
    assert again.get(table.GEOMETRY) == b"\0\xff\n;[x]"
    assert again.get(table.RECENT) == ("/a, b", "sample")


@pytest.mark.parametrize(
    ("setting", "text"),
    [
        (table.BROWSER, "perhaps"),
        (table.THUMBNAIL, "27"),
        (table.THUMBNAIL, "seven"),
        (table.THUMBNAIL, "100000"),
        (table.APPEARANCE, "pink"),
        (table.GEOMETRY, "not base64!"),
        (table.RECENT, '{"a": 1}'),
        (table.RECENT, "[1, 2]"),
        (table.RECENT, "["),
    ],
)
def test_a_spoiled_value_gives_the_default(
    tmp_path: Path, setting: table.Setting[str], text: str
) -> None:
    path = tmp_path / "window.ini"
    Settings(path).save()
    file = QSettings(str(path), QSettings.Format.IniFormat)
    file.setValue(setting.key, text)
    file.sync()
    settings = Settings(path)
    assert settings.get(setting) == setting.default
    assert settings.notes == []


@pytest.mark.parametrize(
    "content", [b"garbage", b"\x89PNG\r\n\0\0", b"[General]\nversion=2\n", b"{}" * 1000]
)
def test_a_file_that_is_not_ours_is_kept_and_reported(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "window.ini"
    path.write_bytes(content)
    settings = Settings(path)
    settings.set(table.THUMBNAIL, 112)
    settings.save()
    backup = tmp_path / "window.ini.bak"
    assert backup.read_bytes() == content
    assert len(settings.notes) == 1
    assert str(backup) in settings.notes[0]
    assert Settings(path).get(table.THUMBNAIL) == 112


def test_setting_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match="browser/thumbnail"):
        Settings(None).set(table.THUMBNAIL, 5)


def test_nothing_is_written_without_a_file(tmp_path: Path, qapp: QApplication) -> None:
    settings = Settings(None)
    settings.set(table.THUMBNAIL, 112)
    settings.save()
    assert settings.get(table.THUMBNAIL) == 112
    assert list(tmp_path.iterdir()) == []
