from __future__ import annotations

import pytest

from viewer.fetch.pace import Pace


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("viewer.fetch.pace.time.monotonic", made)
    return made


def test_speed_and_time_left(clock: Clock) -> None:
    pace = Pace()
    assert pace.describe(10_000_000) == "0.0 kB of 10.0 MB"
    for second in range(3):
        clock.now = 100.0 + second
        pace.note(second * 2_000_000)
    assert pace.speed == 2_000_000
    assert pace.describe(10_000_000) == "4.0 MB of 10.0 MB, 2.0 MB/s, 3 s left"


def test_no_speed_at_first(clock: Clock) -> None:
    pace = Pace()
    pace.note(0)
    clock.now += 0.1
    pace.note(1_000_000)
    assert pace.speed == 0
    assert pace.describe(2_000_000) == "1.0 MB of 2.0 MB"


def test_the_speed_is_that_of_the_last_seconds(clock: Clock) -> None:
    pace = Pace()
    done = 0
    for _tick in range(100):
        clock.now += 0.1
        done += 1_000_000
        pace.note(done)
    for _tick in range(100):
        clock.now += 0.1
        done += 10_000
        pace.note(done)
    assert pace.speed == pytest.approx(100_000)


def test_a_new_start_forgets(clock: Clock) -> None:
    pace = Pace()
    pace.note(5_000_000)
    clock.now += 1
    pace.note(0)
    clock.now += 1
    pace.note(1_000_000)
    assert pace.speed == 1_000_000


@pytest.mark.parametrize(
    ("left", "words"),
    [(10, "1 s"), (89_000, "89 s"), (600_000, "10 min"), (7_200_000, "2 h")],
)
def test_times_in_words(clock: Clock, left: int, words: str) -> None:
    pace = Pace()
    pace.note(0)
    clock.now += 1
    pace.note(1000)
    assert pace.describe(1000 + left).endswith(f", {words} left")
