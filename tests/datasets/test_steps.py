from __future__ import annotations

import pytest

from viewer.datasets.steps import Steps
from viewer.errors import Cancelled


def test_steps_are_told_and_never_too_many() -> None:
    told: list[tuple[int, int]] = []
    steps = Steps(lambda done, total: told.append((done, total)))
    steps.begin(5)
    for count in (1, 3, 9):
        steps.advance(count)
    assert told == [(0, 5), (1, 5), (4, 5), (5, 5)]


def test_a_cancel_is_asked_for_at_each_step() -> None:
    asked: list[bool] = []

    def is_enough() -> bool:
        asked.append(True)
        return len(asked) > 2

    steps = Steps(None, is_enough)
    steps.begin(10)
    steps.advance()
    with pytest.raises(Cancelled):
        steps.advance()
