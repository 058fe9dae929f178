"""What may be imported where: Qt in the window only, the slow libraries late."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import viewer

QT = ("PySide6", "shiboken6", "pyqtgraph")
SLOW = ("numba", "skimage", "scipy", "PIL", *QT)


def modules_outside_gui() -> list[str]:
    found = pkgutil.walk_packages(viewer.__path__, "viewer.", onerror=lambda name: None)
    names = [module.name for module in found]
    return [name for name in names if not (name + ".").startswith(("viewer.gui.", "viewer.__"))]


def loaded_by(code: str) -> set[str]:
    """Return the top-level modules that a fresh process holds after some code."""
    names = "{name.partition('.')[0] for name in sys.modules}"
    line = f"{code}\nimport sys\nprint('loaded:', *{names})"
    result = subprocess.run(
        [sys.executable, "-c", line], capture_output=True, text=True, check=True, timeout=120
    )
    return set(result.stdout.rpartition("loaded:")[2].split())


def test_nothing_outside_gui_loads_qt() -> None:
    names = modules_outside_gui()
    assert {"viewer.cli", "viewer.core.extract", "viewer.export.run"} <= set(names)
    assert not loaded_by(f"import {', '.join(names)}") & set(QT)


@pytest.mark.parametrize(
    "code",
    [
        "import viewer.cli, viewer.export.run",
        "from viewer.cli import main; assert main(['info', 'sample']) == 0",
        "from viewer.cli import main; assert main(['extract', 'none', '--output', 'x']) == 2",
    ],
)
def test_what_is_quick_loads_nothing_slow(code: str) -> None:
    assert not loaded_by(code) & set(SLOW)


def test_the_window_loads_no_kernels_before_their_folder_is_chosen() -> None:
    """numba would keep none of them, and every start would compile for ten seconds."""
    code = "import viewer.gui.app, viewer.gui.window, viewer.gui.inspector.inspector"
    assert not loaded_by(code) & {"numba", "skimage", "scipy", "PIL"}
