"""Loading compiled kernels in the background, and what is said where that takes long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QTimer

from viewer.gui.jobs import Job, Jobs

SLOW = 700
"""Milliseconds of preparing after which the window says so."""
COMPILING = "Compiling the kernels, once on this machine"


def loading(orders: Iterable[str]) -> Job:
    """Return a job that loads the kernels of orders, or compiles them where there are none.

    Parameters
    ----------
    orders : iterable of str
        Names of the orders whose kernels are needed.

    Returns
    -------
    job : Job
        Not started yet; it yields None once all are there.
    """
    wanted = tuple(orders)

    def work(_job: Job) -> Iterator[object]:
        from viewer.jit import prepare

        for order in wanted:
            prepare(apart=True, order=order)
        yield None

    return Job("", work, can_cancel=False)


def say_if_slow(jobs: Jobs, job: Job) -> None:
    """Give a job that needs kernels its words in the status bar, should they be compiled."""

    def say() -> None:
        if job in jobs.running:
            job.title = COMPILING
            jobs.changed.emit()

    QTimer.singleShot(SLOW, jobs, say)
