"""Chunks of digits through an executor: extracted and encoded anywhere, kept in one place.

Strategy: threads serve small exports, for a process takes a second or two to begin. In large
ones each core has a process. Any other `concurrent.futures.Executor` will do: what is
submitted is one function of one picklable task. So many chunks are under way that no core
waits, and no more, so that memory stays bounded.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process

import numpy as np
from numpy.typing import NDArray

from viewer.errors import Cancelled, UserError
from viewer.export.format import Chunk, Options
from viewer.export.registry import find_format

CHUNK = 1024
"""Digits of a chunk; pieces of some formats depend on it, so it is the same everywhere."""
FEW = 100 * CHUNK
"""Digits up to which threads are used."""
WAIT = 0.1
"""Seconds between two looks at whether an export is cancelled."""


@dataclass(frozen=True)
class Task:
    """A chunk still to be extracted, and what is to be made of it.

    Parameters
    ----------
    number : int
        Number of the chunk.
    chunk : Chunk
        With no sequences yet.
    rows : mapping of int to ndarray of int8, shape (T, 4)
        Corrected sequences by place in the chunk.
    format : str
        Name of the format.
    folder : bool
        Whether it becomes a folder.
    options : mapping of str to value
        Of the format.
    """

    number: int
    chunk: Chunk
    rows: Mapping[int, NDArray[np.int8]]
    format: str
    folder: bool
    options: Options


@dataclass(frozen=True)
class Result:
    """What became of a task.

    Parameters
    ----------
    number : int
        Number of the chunk.
    piece : bytes
        What is joined in the end.
    files : mapping of str to bytes
        Files of the folder.
    facts : mapping of str to int
        ``digits``, ``rows``, ``exact``, ``corrected``.
    """

    number: int
    piece: bytes
    files: Mapping[str, bytes]
    facts: Mapping[str, int]


def work(task: Task) -> Result:
    """Extract and encode a chunk, in whatever thread, process or machine."""
    form = find_format(task.format)
    chunk = task.chunk
    if form.sequences:
        from viewer.jit import prepare

        prepare(order=chunk.settings.order)
        from viewer.core.batch import extract_part
        from viewer.core.sequences import replace_sequences

        sequences = replace_sequences(extract_part(chunk.images, chunk.settings), task.rows)
        chunk = replace(chunk, sequences=sequences)
    facts = {
        "digits": len(chunk),
        "rows": len(chunk.sequences.rows),
        "exact": int(chunk.sequences.exact.sum()),
        "corrected": len(task.rows),
    }
    if not task.folder:
        if form.file is None:
            raise ValueError(f"the format {form.name} is no file")
        return Result(task.number, form.file.encode(chunk, task.options), {}, facts)
    if form.folder is None:
        raise ValueError(f"the format {form.name} is no folder")
    files = form.folder.encode(chunk, task.options)
    return Result(task.number, form.folder.note(chunk, task.options), files, facts)


@contextmanager
def executing(jobs: int, digits: int, order: str) -> Iterator[Executor]:
    """Make the executor for an export on this machine.

    Parameters
    ----------
    jobs : int
        Threads or processes.
    digits : int
        How many digits there are.
    order : str
        Whose kernels the processes load when they begin.
    """
    executor: Executor
    if jobs == 1 or digits <= FEW:
        executor = ThreadPoolExecutor(jobs, thread_name_prefix="export")
    else:
        executor = ProcessPoolExecutor(
            jobs, get_context("spawn"), initializer=_begin, initargs=(order,)
        )
    try:
        yield executor
    finally:
        executor.shutdown(cancel_futures=True)


def _begin(order: str) -> None:
    """Begin a worker process: it ends with its parent, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from viewer.jit import prepare

    prepare(order=order)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def run_tasks(
    tasks: Iterable[Task],
    executor: Executor,
    keep: Callable[[Result], None],
    *,
    ahead: int,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Run tasks, and hand over each result as soon as it is there.

    Parameters
    ----------
    tasks : iterable of Task
        Made when they are needed.
    executor : Executor
        Where they run.
    keep : callable
        Given each result, in this thread.
    ahead : int
        Tasks under way at a time.
    cancelled : callable, optional
        Asked now and then.

    Raises
    ------
    Cancelled
        If `cancelled` said so.
    UserError
        If a process of the executor died.
    """
    waiting = iter(tasks)
    under_way: set[Future[Result]] = set()
    try:
        while True:
            while len(under_way) < ahead and (task := next(waiting, None)) is not None:
                under_way.add(executor.submit(work, task))
            if not under_way:
                return
            done, under_way = wait(under_way, WAIT, FIRST_COMPLETED)
            for future in done:
                keep(future.result())
            if cancelled is not None and cancelled():
                raise Cancelled
    except BrokenExecutor as error:
        raise UserError(
            "a process that extracted digits ended unexpectedly",
            advice="There may be too little memory: try fewer --jobs.",
        ) from error
    finally:
        for future in under_way:
            future.cancel()
