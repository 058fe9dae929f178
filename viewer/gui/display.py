"""Whether a window can be opened here, found out before Qt would abort the program."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

from viewer.errors import UserError

PACKAGES = (
    "libgl1 libegl1 libxkbcommon0 libx11-6 libfontconfig1 libfreetype6 libdbus-1-3 "
    "libglib2.0-0 libzstd1 zlib1g fonts-dejavu-core"
)
X11_PACKAGES = (
    "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render0 "
    "libxcb-render-util0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 "
    "libxcb-xkb1 libxkbcommon-x11-0 libx11-xcb1 libxcb1"
)
SCREENSHOT_ADVICE = "Without a display, --screenshot FILE paints the window into a picture."


def require_display(*, screenshot: bool) -> None:
    """Make sure that Qt can start, or say what is missing.

    Parameters
    ----------
    screenshot : bool
        Whether only a picture is wanted; it is painted off screen where there is no display.

    Raises
    ------
    UserError
        If a library Qt needs is missing, or there is no display and one is needed.
    """
    if not sys.platform.startswith("linux"):
        return
    try:
        from PySide6 import QtWidgets  # noqa: F401
    except ImportError as error:
        raise UserError(
            f"Qt cannot be loaded ({error})", advice=f"Install: apt-get install {PACKAGES}"
        ) from error
    chosen = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if chosen not in ("", "xcb"):
        return
    if not chosen and os.environ.get("WAYLAND_DISPLAY"):
        return
    problem = _x11_problem()
    if problem is None:
        return
    if screenshot and not chosen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return
    raise problem


def _x11_problem() -> UserError | None:
    """Return why no window can be opened under X11, None where it can."""
    display = os.environ.get("DISPLAY")
    if not display:
        return UserError("there is no display to open a window on", advice=SCREENSHOT_ADVICE)
    try:
        ctypes.CDLL(str(_plugin("libqxcb.so")))
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError as error:
        return UserError(
            f"a library for windows is missing ({error})",
            advice=f"Install: apt-get install {X11_PACKAGES}",
        )
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    # It is left open: a server may start anew, deaf for a moment, when its last client goes.
    if xcb.xcb_connection_has_error(connection):
        xcb.xcb_disconnect(connection)
        return UserError(f"the display {display} does not answer", advice=SCREENSHOT_ADVICE)
    return None


def _plugin(name: str) -> Path:
    """Return where a platform plugin of Qt lies."""
    spec = importlib.util.find_spec("PySide6")
    folder = Path(spec.origin).parent if spec is not None and spec.origin else Path()
    return folder / "Qt" / "plugins" / "platforms" / name
