"""Waiting for a server ends: by a cancel, or when too little comes for too long."""

from __future__ import annotations

import threading

import pytest

from tests.fetch.conftest import HOSTS, IMAGES, Mirrors
from tests.fetch.server import silent
from viewer.errors import Cancelled
from viewer.fetch.connection import Opener
from viewer.fetch.failure import TransferError
from viewer.fetch.patience import Patience


def test_a_cancel_is_heard_while_nothing_comes(mirrors: Mirrors) -> None:
    mirrors[0].answers[IMAGES] = [silent]
    cancel = threading.Event()
    timer = threading.Timer(0.1, cancel.set)
    timer.start()
    with pytest.raises(Cancelled):
        Opener(Patience(cancel.is_set), HOSTS).open(mirrors[0].base + IMAGES, {})
    timer.join()


@pytest.mark.usefixtures("impatient")
def test_a_slow_server_is_not_a_stalled_one(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("viewer.fetch.patience.time.monotonic", lambda: now[0])
    patience = Patience()
    for _second in range(100):
        now[0] += 0.2
        patience.count(600)
        patience.check()
    now[0] += 0.2
    patience.check()
    now[0] += 0.5
    with pytest.raises(TransferError, match="sent nothing"):
        patience.check()
