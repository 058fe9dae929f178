"""What finds the graph of a skeleton and the reasons of its order, loaded in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from viewer.gui.jobs import Job, Jobs
from viewer.gui.kernels import loading, say_if_slow

if TYPE_CHECKING:
    from viewer.core.ordering.natural.explaining import Explanation

ORDER = "natural"
"""The order whose kernels are needed."""


class GraphKernels(QObject):
    """Finds graphs and explains orders, each in well under a millisecond once loaded.

    Parameters
    ----------
    jobs : Jobs, optional
        What loads the kernels in the background; without it they never are.

    Attributes
    ----------
    loaded : Signal
        Graphs can be found from now on; `is_ready` says so, too.
    failed : Signal
        The kernels could not be loaded.
    """

    loaded = Signal()
    failed = Signal()

    def __init__(self, jobs: Jobs | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._job: Job | None = None
        self.is_ready = False

    def load(self) -> None:
        """Load the kernels, or compile them where this machine has none yet; once."""
        if self.is_ready or self._job is not None or self._jobs is None:
            return
        job = loading((ORDER,))
        job.on_value = lambda _value: self._loaded()
        job.on_error = lambda _error: self.failed.emit()
        job.on_end = self._ended
        self._job = self._jobs.start(job)
        say_if_slow(self._jobs, job)

    def explain(self, skeleton: NDArray[np.bool_]) -> Explanation:
        """Return the choices behind the natural order of a skeleton."""
        from viewer.core.ordering.natural.explaining import explain

        return explain(skeleton)

    def _loaded(self) -> None:
        self.is_ready = True
        self.loaded.emit()

    def _ended(self) -> None:
        self._job = None
