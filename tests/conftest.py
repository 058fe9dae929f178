"""What every test may rely on: the real data, and a home of its own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from viewer.jit import prepare

REAL_DATA = Path(__file__).parents[2] / "shared" / "data"


def pytest_configure(config: pytest.Config) -> None:
    """Keep tests, and the processes they start, off the display and the user's settings.

    The kernels are compiled before any test imports one, so that they are kept.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    home = tempfile.TemporaryDirectory(prefix="digit-strokes-tests-")
    config.add_cleanup(home.cleanup)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        os.environ[name] = home.name
    prepare()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of the real data; where it is absent the test is skipped."""
    if not REAL_DATA.is_dir():
        pytest.skip(f"real data absent: there is no {REAL_DATA}")
    return REAL_DATA
