"""What the window remembers: one table of keys, read with their types and checked."""

from __future__ import annotations

import base64
import binascii
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar, cast

from PySide6.QtCore import QSettings, QStandardPaths

LOG = logging.getLogger(__name__)
VERSION = "1"
T = TypeVar("T", bool, int, str, bytes, tuple[str, ...])


@dataclass(frozen=True)
class Setting(Generic[T]):
    """One value that is remembered.

    Parameters
    ----------
    key : str
        Name in the file, ``section/name``.
    default : bool, int, str, bytes or tuple of str
        Used where nothing valid is stored; its type is the value's type.
    accepts : callable
        Tells whether a value is in range; others count as not stored.
    help : str
        What it is, in a clause.
    """

    key: str
    default: T
    accepts: Callable[[T], bool]
    help: str


def _short(value: str) -> bool:
    return len(value) < 4096 and "\0" not in value


def _text(value: str) -> bool:
    return len(value) < 65536 and "\0" not in value


def _few(value: tuple[str, ...]) -> bool:
    return len(value) <= 10 and all(_short(item) for item in value)


def _small(value: bytes) -> bool:
    return len(value) < 65536


GEOMETRY = Setting("window/geometry", b"", _small, "size and place of the window")
SPLITTER = Setting("window/splitter", b"", _small, "where the border between the columns stands")
BROWSER = Setting("window/browser", True, lambda _on: True, "whether the browser is unfolded")
APPEARANCE = Setting(
    "window/appearance",
    "system",
    lambda value: value in ("system", "light", "dark"),
    "light, dark, or as the system is",
)
SOURCE = Setting("set/source", "", _short, "the set that was open last")
LABELS = Setting("set/labels", "", _short, "the extended labels it was opened with")
SEQUENCES = Setting("set/sequences", "", _short, "the stroke sequences it was opened with")
RECENT = Setting[tuple[str, ...]]("set/recent", (), _few, "sets opened lately, newest first")
FACETS = Setting("window/facets", True, lambda _on: True, "whether the facets are unfolded")
QUERY = Setting("browser/query", "", _short, "the filter")
SORT = Setting("browser/sort", "", _short, "what the digits are sorted by, such as -unusual")
SAVED_FILTERS = Setting("browser/saved", "[]", _text, "saved filters: names and queries as JSON")
FACETS_OPEN = Setting("browser/facets", "", _short, "names of the facets that are unfolded")
CELL = Setting(
    "browser/cell",
    "source",
    lambda value: value in ("source", "skeleton", "strokes"),
    "what a thumbnail draws",
)
CAPTION = Setting("browser/caption", "", _short, "the column below a thumbnail")
DATA_FOLDER = Setting("set/data", "", _short, "folder that data sets were fetched to last")
DIGIT = Setting("browser/digit", "", _short, "the digit shown, such as train:13")
THUMBNAIL = Setting("browser/thumbnail", 56, lambda n: 28 <= n <= 168, "edge of a thumbnail")
REPLAY = Setting("replay/state", "{}", _short, "speed, loop and layout of the replay")
EXPORT_FORMAT = Setting("export/format", "npz", _short, "format exported as last")
EXPORT_FORMATS = Setting(
    "export/formats", "{}", _text, "options of formats, and which become folders, as JSON"
)
EXPORT_MANIFEST = Setting(
    "export/manifest", False, lambda _on: True, "whether a manifest is kept beside a file"
)
EXTRACTION = Setting("extraction/settings", "{}", _short, "settings that are not as published")
LAB = Setting("window/lab", False, lambda _on: True, "whether the settings lab is unfolded")
TRIED = Setting("lab/tried", "{}", _short, "what is tried in the settings lab")
EXPORT_FOLDER = Setting("export/folder", "", _short, "folder exported to last")

TABLE: tuple[
    Setting[bool] | Setting[int] | Setting[str] | Setting[bytes] | Setting[tuple[str, ...]], ...
] = (
    GEOMETRY,
    SPLITTER,
    BROWSER,
    APPEARANCE,
    SOURCE,
    LABELS,
    RECENT,
    FACETS,
    QUERY,
    SORT,
    SAVED_FILTERS,
    FACETS_OPEN,
    CELL,
    CAPTION,
    DATA_FOLDER,
    DIGIT,
    THUMBNAIL,
    REPLAY,
    EXPORT_FORMAT,
    EXPORT_FORMATS,
    EXPORT_MANIFEST,
    EXTRACTION,
    LAB,
    TRIED,
    EXPORT_FOLDER,
)


def default_path() -> Path:
    """Return where the program's settings lie for this user."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(folder) / "digit-strokes" / "window.ini"


class Settings:
    """The remembered values, kept in a file or, without one, only in memory.

    Parameters
    ----------
    path : path or None
        The file. One that holds something else is renamed to ``.bak`` and reported in
        `notes`; the defaults are used then.
    """

    def __init__(self, path: Path | None) -> None:
        self.notes: list[str] = []
        self._memory: dict[str, str] = {}
        self._file: QSettings | None = None
        if path is not None:
            self._keep_backup(path)
            self._file = QSettings(str(path), QSettings.Format.IniFormat)
            self._file.setValue("version", VERSION)

    def get(self, setting: Setting[T]) -> T:
        """Return a value, or its default where none, or none in range, is stored."""
        stored = self._read(setting.key)
        if stored is None:
            return setting.default
        try:
            value = cast("T", _decode(stored, setting.default))
        except (ValueError, TypeError):
            return setting.default
        return value if setting.accepts(value) else setting.default

    def set(self, setting: Setting[T], value: T) -> None:
        """Remember a value; one out of range is a ValueError."""
        if not setting.accepts(value):
            raise ValueError(f"{setting.key} cannot be {value!r}")
        if self._file is None:
            self._memory[setting.key] = _encode(value)
        else:
            self._file.setValue(setting.key, _encode(value))

    def save(self) -> None:
        """Write the file now."""
        if self._file is not None:
            self._file.sync()

    def _read(self, key: str) -> str | None:
        if self._file is None:
            return self._memory.get(key)
        value = self._file.value(key)
        return value if isinstance(value, str) else None

    def _keep_backup(self, path: Path) -> None:
        """Rename a file that is not ours; QSettings would read it as empty and replace it."""
        try:
            content = path.read_bytes()
        except OSError:
            return
        if not content or f"version={VERSION}".encode() in content.splitlines():
            return
        backup = path.with_suffix(path.suffix + ".bak")
        try:
            path.replace(backup)
        except OSError:
            LOG.exception("settings could not be set aside")
            return
        self.notes.append(f"The settings could not be read. They were kept as {backup}.")


def _encode(value: object) -> str:
    """Return a value as text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, tuple):
        return json.dumps(value)
    return str(value)


def _decode(text: str, like: object) -> object:
    """Return the value of a text, of the type of `like`; ValueError where it is none."""
    if isinstance(like, bool):
        if text not in ("true", "false"):
            raise ValueError("neither true nor false")
        return text == "true"
    if isinstance(like, int):
        return int(text)
    if isinstance(like, bytes):
        try:
            return base64.b64decode(text, validate=True)
        except binascii.Error as error:
            raise ValueError(str(error)) from error
    if isinstance(like, tuple):
        items = json.loads(text)
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise ValueError("not a list of texts")
        return tuple(items)
    return text
