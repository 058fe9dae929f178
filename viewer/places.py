"""Folders of the user in which the program keeps things."""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDER = "digit-strokes"


def cache_base() -> Path:
    """Return the folder of what can be made again: ``digit-strokes`` in the user's caches.

    ``XDG_CACHE_HOME`` or ``~/.cache``; ``~/Library/Caches`` on macOS, ``LOCALAPPDATA`` on
    Windows. It need not exist.

    Raises
    ------
    RuntimeError
        If the user has no home folder.

    References
    ----------
    .. [1] XDG Base Directory Specification 0.8, freedesktop.org.
    """
    return _base("XDG_CACHE_HOME", ".cache", "Caches")


def data_base() -> Path:
    """Return the folder of what belongs to the user: data sets that were got, and marks.

    ``XDG_DATA_HOME`` or ``~/.local/share``; ``~/Library/Application Support`` on macOS,
    ``LOCALAPPDATA`` on Windows. It need not exist.

    Raises
    ------
    RuntimeError
        If the user has no home folder.
    """
    return _base("XDG_DATA_HOME", ".local/share", "Application Support")


def _base(variable: str, usual: str, library: str) -> Path:
    """Return the program's folder in the one a platform has for this."""
    if sys.platform == "darwin":
        base = Path.home() / "Library" / library
    elif sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        base = Path(os.environ["LOCALAPPDATA"])
    else:
        chosen = os.environ.get(variable)
        base = Path(chosen) if chosen else Path.home() / usual
    return base / FOLDER
