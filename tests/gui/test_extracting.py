"""Strokes in the background: the newest wish wins and nothing is made twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import make_split
from viewer.errors import UserError
from viewer.gui import extracting, kernels
from viewer.gui.extracting import ExtractionFeed, Key
from viewer.gui.jobs import Jobs

IMAGES = make_split("train", 20).images


@pytest.fixture
def feed(qapp: QApplication) -> Iterator[ExtractionFeed]:
    jobs = Jobs()
    made = ExtractionFeed(jobs)
    made.prepared = True
    yield made
    assert jobs.close()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Return what every extraction waits for; an extraction is the image's sum here."""
    opened = threading.Event()

    def extract(image: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], _settings: object) -> int:
        assert opened.wait(5)
        return int(image.argmax())

    monkeypatch.setattr("viewer.core.extract.extract", extract)
    return opened


def test_held_keys_do_not_queue_up(
    qtbot: QtBot, feed: ExtractionFeed, gate: threading.Event
) -> None:
    made: list[Key] = []
    feed.ready.connect(lambda key, _made: made.append(key))
    for index in range(20):
        feed.request(("train", index), IMAGES[index])
    gate.set()
    qtbot.waitUntil(lambda: ("train", 19) in made)
    qtbot.wait(20)
    assert made == [("train", 0), ("train", 19)]


def test_what_was_made_is_there_at_once(
    qtbot: QtBot, feed: ExtractionFeed, gate: threading.Event
) -> None:
    gate.set()
    with qtbot.waitSignal(feed.ready) as first:
        feed.request(("train", 3), IMAGES[3])
    made: list[object] = []
    feed.ready.connect(lambda _key, extraction: made.append(extraction))
    feed.request(("train", 3), IMAGES[3])
    assert first.args is not None
    assert made == [first.args[1]]


def test_asking_twice_while_it_is_made_shows_it_once(
    qtbot: QtBot, feed: ExtractionFeed, gate: threading.Event
) -> None:
    made: list[Key] = []
    feed.ready.connect(lambda key, _made: made.append(key))
    feed.request(("train", 3), IMAGES[3])
    feed.request(("train", 3), IMAGES[3])
    gate.set()
    qtbot.waitUntil(lambda: bool(made))
    qtbot.wait(20)
    assert made == [("train", 3)]


def test_nothing_of_a_set_that_is_gone_arrives(
    qtbot: QtBot, feed: ExtractionFeed, gate: threading.Event
) -> None:
    made: list[object] = []
    feed.ready.connect(lambda key, extraction: made.append((key, extraction)))
    feed.request(("train", 0), IMAGES[0])
    feed.forget()
    feed.request(("train", 0), IMAGES[7])
    gate.set()
    qtbot.waitUntil(lambda: bool(made))
    qtbot.wait(20)
    assert made == [(("train", 0), int(IMAGES[7].argmax()))]


def test_only_the_latest_are_kept(
    qtbot: QtBot, feed: ExtractionFeed, gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracting, "CAPACITY", 2)
    gate.set()
    for index in (0, 1, 2):
        with qtbot.waitSignal(feed.ready):
            feed.request(("train", index), IMAGES[index])
    made: list[Key] = []
    feed.ready.connect(lambda key, _made: made.append(key))
    feed.request(("train", 2), IMAGES[2])
    feed.request(("train", 1), IMAGES[1])
    feed.request(("train", 0), IMAGES[0])
    assert made == [("train", 2), ("train", 1)]
    qtbot.waitUntil(lambda: len(made) == 3)


def test_an_image_too_large_is_named(qtbot: QtBot, feed: ExtractionFeed) -> None:
    with qtbot.waitSignal(feed.failed, timeout=30000) as failed:
        feed.request(("train", 5), np.zeros((65, 65), np.uint8))
    assert failed.args is not None
    key, error = failed.args
    assert key == ("train", 5)
    assert isinstance(error, UserError)
    assert "train:5" in str(error)


def test_requests_wait_for_the_kernels(
    qtbot: QtBot, gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = threading.Event()
    monkeypatch.setattr("viewer.jit.prepare", lambda **_how: prepared.wait(5))
    monkeypatch.setattr(kernels, "SLOW", 20)
    gate.set()
    jobs = Jobs()
    feed = ExtractionFeed(jobs)
    made: list[Key] = []
    feed.ready.connect(lambda key, _made: made.append(key))
    feed.prepare()
    feed.request(("train", 1), IMAGES[1])
    feed.forget()
    feed.request(("train", 2), IMAGES[2])
    qtbot.waitUntil(lambda: "ompiling" in jobs.running[0].title)
    assert made == []
    assert not feed.prepared
    prepared.set()
    qtbot.waitUntil(lambda: made == [("train", 2)])
    assert feed.prepared
    assert jobs.close()
