"""The window as a program: started by ``digit-strokes show``."""

from __future__ import annotations

import contextlib
import dataclasses
import gc
import logging
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from viewer.errors import UserError
from viewer.gui.display import require_display

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType
    from PySide6.QtWidgets import QApplication

    from viewer.core.settings import ExtractionSettings
    from viewer.gui.opening import OpenRequest
    from viewer.gui.window import MainWindow

LOG = logging.getLogger(__name__)
M_MMAP_THRESHOLD = -3
"""What mallopt calls the size from which blocks are mapped; see mallopt(3)."""
MAPPED = 256 << 10
POLL = 10
"""Milliseconds between two looks at whether a picture can be taken."""
LAID_OUT = 100
"""Milliseconds in which the last changes are laid out before a picture is taken."""
STARTED = 2000
"""Milliseconds after which a start is over."""


def run(
    source: str | None,
    *,
    digit: str | None = None,
    labels: str | Path | None = None,
    sequences: str | Path | None = None,
    where: str | None = None,
    screenshot: Path | None = None,
    extraction: ExtractionSettings | None = None,
) -> int:
    """Open the window and return the exit code when it is closed.

    Parameters
    ----------
    source : str or None
        A folder, a file or ``sample``; None opens what was open last time.
    digit : str, optional
        The digit to show, such as ``train:13``.
    labels : path, optional
        Extended labels of QMNIST, where they do not lie beside the images.
    sequences : path, optional
        Stroke sequences of the digits, taken as the true paths of the pen.
    where : str, optional
        The filter to start with, such as ``class=7 & strokes>=2``.
    screenshot : path, optional
        Paint the window into this new PNG file once the digit is shown, and end.
    extraction : ExtractionSettings, optional
        What digits are extracted with; last time's settings by default.

    Returns
    -------
    code : int
        0.

    Raises
    ------
    UserError
        If no window can be opened here, or no picture can be made of what was named. What
        cannot be opened into a window is said in the window.
    """
    require_display(screenshot=screenshot is not None)
    gc.disable()  # imports make many objects and no garbage: an eighth of the start
    from PySide6.QtCore import QTimer

    from viewer.gui.appearance import Appearance
    from viewer.gui.extracting import ExtractionFeed
    from viewer.gui.jobs import Jobs
    from viewer.gui.memory import last_open
    from viewer.gui.opening import SAMPLE, OpenRequest
    from viewer.gui.settings import APPEARANCE, Settings, default_path
    from viewer.gui.window import MainWindow

    app = _application()
    feed = ExtractionFeed(Jobs())
    # While the window is made, but not before: numba and pyqtgraph imported at the same
    # time on two threads fail now and then.
    feed.prepare()
    QTimer.singleShot(STARTED, _collect_garbage_again)
    settings = Settings(None if screenshot else default_path())
    window = MainWindow(settings, Appearance(app, settings.get(APPEARANCE)), feed)
    if extraction is not None:
        window.strokes.use_settings(extraction)
    request = last_open(settings)
    if source is not None or labels or sequences or screenshot:
        request = OpenRequest(
            source or SAMPLE,
            labels=str(labels or ""),
            sequences=str(sequences or ""),
            digit=digit or "",
            where=where or "",
        )
    elif digit or where:
        request = dataclasses.replace(
            request, digit=digit or request.digit, where=where or request.where
        )
    before = sys.excepthook
    sys.excepthook = _reporter(window)
    try:
        if screenshot is not None:
            _take(window, request, screenshot)
            code = 0
        else:
            window.show()
            window.start(request)
            code = app.exec()
    finally:
        sys.excepthook = before
        if screenshot is not None:
            window.jobs.wait()
    if not window.jobs.close():
        # A worker that compiles cannot be stopped, and nobody is to wait for it.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def _log_qt(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass on what Qt has to say, but for a remark that pictures off screen always draw."""
    if "propagateSizeHints" not in text:
        LOG.log(logging.ERROR if "Critical" in kind.name else logging.WARNING, "Qt: %s", text)


def _collect_garbage_again() -> None:
    """Collect garbage from now on, but never look through all that the start has made.

    That takes 70 ms, several frames, in the middle of scrolling.
    """
    gc.freeze()
    gc.enable()


def _give_memory_back() -> None:
    """Let freed arrays go back to the system where the C library is glibc.

    It learns to keep blocks as large as those that were freed, which costs 50 MB on a set of
    400,000 digits.
    """
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(M_MMAP_THRESHOLD, MAPPED)


def _application() -> QApplication:
    """Return the one application object, set up."""
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from viewer.gui.icon import program_icon

    _give_memory_back()
    qInstallMessageHandler(_log_qt)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("digit-strokes")
    app.setApplicationDisplayName("Digit Stroke Viewer")
    app.setDesktopFileName("digit-strokes")
    app.setStyle("Fusion")
    app.setWindowIcon(program_icon())
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return app


def _reporter(
    window: MainWindow,
) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """Return an exception hook that logs, shows the banner and lets the window go on."""

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        LOG.critical("an error inside the program", exc_info=(kind, error, trace))
        window.crashed.emit(error)

    return report


def _take(window: MainWindow, request: OpenRequest, target: Path) -> None:
    """Paint the window, the filter answered and all strokes drawn, into a new PNG file.

    Raises
    ------
    UserError
        If the set, the digit or the file cannot be used.
    """
    from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QTimer

    if target.exists():
        raise UserError("the file exists", path=target, advice="Name a new one.")
    errors: list[Exception] = []
    loop = QEventLoop()
    window.troubled.connect(errors.append)
    timer = QTimer()
    timer.timeout.connect(lambda: loop.quit() if errors or window.is_settled else None)
    timer.start(POLL)
    window.show()
    window.start(request)
    loop.exec()
    if errors:
        window.close()
        raise errors[0]
    window.show_all_strokes()
    timer.stop()
    QTimer.singleShot(LAID_OUT, loop.quit)
    loop.exec()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    window.close()
    try:
        with target.open("xb") as file:
            file.write(bytes(buffer.data().data()))
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(f"the picture cannot be written: {reason}", path=target) from error
