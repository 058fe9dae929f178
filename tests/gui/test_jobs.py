"""Background work: everything arrives, and nothing after a cancel."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from viewer.errors import Cancelled, UserError
from viewer.gui import jobs as module
from viewer.gui.jobs import Job, Jobs


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    assert made.close()


def _numbers(count: int, seen: list[object]) -> Job:
    job = Job("count", lambda _job: iter(range(count)))
    job.on_value = seen.append
    return job


def test_values_arrive_in_order_and_on_this_thread(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[object] = []
    threads: set[int] = set()
    job = _numbers(500, seen)
    job.on_end = lambda: threads.add(threading.get_ident())
    jobs.start(job)
    qtbot.waitUntil(lambda: not jobs.running)
    assert seen == list(range(500))
    assert threads == {threading.get_ident()}


def test_no_value_of_many_short_jobs_is_lost(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[object] = []
    for _ in range(3000):
        jobs.start(_numbers(2, seen))
    qtbot.waitUntil(lambda: not jobs.running, timeout=20000)
    assert len(seen) == 6000


def test_what_a_job_needed_is_let_go_of_at_its_end(qtbot: QtBot, jobs: Jobs) -> None:
    """At once, not when Python collects garbage: it may be a set of 300 MB."""

    needed = np.zeros(3)
    seen = weakref.ref(needed)
    jobs.start(_holding(needed))
    del needed
    gc.disable()
    try:
        qtbot.waitUntil(lambda: not jobs.running)
        jobs.wait()
        assert seen() is None
    finally:
        gc.enable()


def _holding(needed: NDArray[np.float64]) -> Job:
    """Return a job that refers to an array and, by its callbacks, to itself."""
    job = Job("", lambda job: iter([job, needed]))
    job.on_value = lambda value: job.report(1, len(needed))
    job.on_end = job.cancel
    return job


def test_nothing_arrives_after_a_cancel(qtbot: QtBot, jobs: Jobs) -> None:
    seen: list[object] = []
    sent = threading.Event()

    def work(_job: Job) -> Iterator[object]:
        yield "queued before the cancel"
        sent.set()
        yield "after it"

    job = Job("", work)
    job.on_value = seen.append
    job.on_error = seen.append
    jobs.start(job)
    assert sent.wait(5)
    job.cancel()
    qtbot.waitUntil(lambda: not jobs.running)
    assert seen == []


def test_an_error_arrives_once_and_cancelled_is_none(qtbot: QtBot, jobs: Jobs) -> None:
    errors: list[Exception] = []

    def fail(error: Exception) -> Job:
        def work(_job: Job) -> Iterator[object]:
            raise error
            yield

        job = Job("", work)
        job.on_error = errors.append
        return job

    wrong = UserError("wrong")
    for error in (wrong, Cancelled()):
        jobs.start(fail(error))
    qtbot.waitUntil(lambda: not jobs.running)
    assert errors == [wrong]


def test_progress_is_thinned_but_its_end_arrives(qtbot: QtBot, jobs: Jobs) -> None:
    changes: list[tuple[int, int]] = []

    def work(job: Job) -> Iterator[object]:
        for done in range(100_001):
            job.report(done, 100_000)
        yield None

    job = Job("", work)
    jobs.changed.connect(lambda: changes.append((job.done, job.total)))
    jobs.start(job)
    qtbot.waitUntil(lambda: not jobs.running, timeout=10000)
    assert (job.done, job.total) == (100_000, 100_000)
    assert len(changes) < 200


def test_closing_cancels_waits_and_starts_nothing_more(qtbot: QtBot) -> None:
    jobs, seen = Jobs(), list[object]()

    def work(job: Job) -> Iterator[object]:
        while not job.cancelled():
            time.sleep(0.005)
            yield "tick"

    job = Job("", work)
    job.on_value = seen.append
    jobs.start(job)
    qtbot.waitUntil(lambda: bool(seen))
    count = len(seen)
    assert jobs.close()
    late = jobs.start(_numbers(3, seen))
    qtbot.wait(30)
    assert late.cancelled()
    assert len(seen) == count


def test_closing_gives_up_on_a_worker_that_does_not_listen(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 50)
    jobs, go_on = Jobs(), threading.Event()

    def work(_job: Job) -> Iterator[object]:
        go_on.wait(10)
        yield None

    jobs.start(Job("", work))
    assert not jobs.close()
    go_on.set()
    monkeypatch.undo()
    assert jobs.close()
