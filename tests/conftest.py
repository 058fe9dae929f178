"""What every test may rely on: the real data, and a home of its own."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import kernels
from viewer.jit import prepare

if TYPE_CHECKING:
    from xdist.workermanage import WorkerController

REAL_DATA = Path(__file__).parents[2] / "shared" / "data"
HOME = pytest.StashKey[Path]()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """Run tests of single files in this process: workers take seconds to start."""
    files = [argument.split("::")[0] for argument in config.args]
    return 0 if all(Path(file).is_file() for file in files) else None


def pytest_configure(config: pytest.Config) -> None:
    """Keep tests, and the processes they start, off the display and the user's settings.

    The kernels are compiled before any test imports one, so that they are kept.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    home = tempfile.TemporaryDirectory(prefix="digit-strokes-tests-")
    config.add_cleanup(home.cleanup)
    config.stash[HOME] = Path(home.name)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        os.environ[name] = home.name
    if hasattr(config, "workerinput"):
        os.environ[kernels.FOLDER] = config.workerinput["kernels"]
    elif not config.getoption("tx"):
        prepare()


def pytest_xdist_setupnodes(config: pytest.Config) -> None:
    """Compile what the workers need."""
    kernels.begin(config.stash[HOME])


def pytest_configure_node(node: WorkerController) -> None:
    """Tell a worker where it finds its kernels."""
    home = node.config.stash[HOME]
    node.workerinput["home"] = str(home)
    node.workerinput["kernels"] = str(kernels.worker_folder(home, node.gateway.id))


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> None:
    """Wait in a worker until the kernels are there."""
    if hasattr(session.config, "workerinput"):
        kernels.wait(Path(session.config.workerinput["home"]))


def pytest_testnodedown(node: WorkerController) -> None:
    """Keep what a worker compiled beside them."""
    kernels.keep(Path(node.workerinput["kernels"]))


@pytest.fixture(scope="session")
def malformed_sources(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, Path]]:
    """Return names and paths of sources of which each has one fault; nothing writes there."""
    from tests.malformed import build

    return build(tmp_path_factory.mktemp("malformed"))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of the real data; where it is absent the test is skipped."""
    if not REAL_DATA.is_dir():
        pytest.skip(f"real data absent: there is no {REAL_DATA}")
    return REAL_DATA
