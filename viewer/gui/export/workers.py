"""Threads or processes of an export from the window, which end at once with it.

Strategy: a chunk of pictures can take a minute, and nobody who cancels an export or closes
the window is to wait for it. Threads cannot be stopped in the middle: they get what is soon
over. Processes take a second to begin, and are killed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from viewer.export.batch import CHUNK, FEW, executing, work
from viewer.export.plan import make_plan
from viewer.gui.export.sample import Wish

SOON = 1.0
"""Seconds that a chunk may take in a thread."""
TRIED = 2
"""Digits that are encoded to find out how long they take; twice as many are simply written."""


@contextmanager
def working(wish: Wish, jobs: int) -> Iterator[Executor]:
    """Make the executor of an export.

    Parameters
    ----------
    wish : Wish
        What is exported.
    jobs : int
        Threads or processes.

    Yields
    ------
    executor : Executor
        What runs in it is given up if the block ends with an exception.
    """
    digits = len(wish.positions)
    in_threads = digits <= FEW or jobs == 1
    if in_threads and digits > 2 * TRIED and _time(wish) * min(digits, CHUNK) > SOON:
        jobs, digits = max(jobs, 2), max(digits, FEW + 1)
    with executing(jobs, digits, wish.subject.settings.order) as executor:
        try:
            yield executor
        except BaseException:
            if isinstance(executor, ProcessPoolExecutor):
                _kill(executor)
            raise


def _time(wish: Wish) -> float:
    """Return about how many seconds a digit takes once all is loaded."""
    subject = wish.subject
    plan = make_plan(
        subject.table.dataset, subject.by_split(wish.positions[:TRIED]), wish.form, wish.output,
        wish.options, None, None, subject.settings,
    )  # fmt: skip
    took = 0.0
    for _again in range(2):
        began = time.perf_counter()
        for task in plan.tasks({}):
            work(task)
        took = time.perf_counter() - began
    return took / len(plan.whole)


def _kill(executor: ProcessPoolExecutor) -> None:
    """End the processes of an executor wherever they are."""
    for process in list((executor._processes or {}).values()):
        process.kill()
