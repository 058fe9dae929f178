"""The one filter: the latest wish is answered, errors leave the last good answer."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from viewer.catalog.columns import FACTS
from viewer.catalog.query import Choice, Query, QueryError, select
from viewer.catalog.table import Table
from viewer.gui.filter import filter as module
from viewer.gui.filter.filter import Answer, Filter


@pytest.fixture
def answers(digits: Filter) -> list[Answer]:
    seen: list[Answer] = []
    digits.answered.connect(seen.append)
    return seen


@pytest.fixture
def refusals(digits: Filter) -> list[QueryError | None]:
    seen: list[QueryError | None] = []
    digits.refused.connect(seen.append)
    return seen


def ask(qtbot: QtBot, digits: Filter, wish: Callable[[], None]) -> Answer:
    with qtbot.waitSignal(digits.answered) as caught:
        wish()
    answer = caught.args[0]
    assert isinstance(answer, Answer)
    return answer


def test_a_table_is_answered_from_its_first_query_on(
    qtbot: QtBot, digits: Filter, table: Table
) -> None:
    answer = ask(qtbot, digits, lambda: digits.set_table(table, "class=7", "-index"))
    assert answer.positions.dtype == np.int64
    assert answer.positions.tolist() == [57, 47, 37, 27, 17, 77, 7, 67]
    assert (answer.count, answer.total) == (8, 85)
    assert (digits.text, digits.order) == ("class=7", "-index")
    qtbot.waitUntil(lambda: not digits.busy)


def test_text_and_order_are_changed_apart(qtbot: QtBot, digits: Filter, table: Table) -> None:
    ask(qtbot, digits, lambda: digits.set_table(table, "strokes=3"))
    sorted_ = ask(qtbot, digits, lambda: digits.set_order("-points"))
    assert sorted_.positions.tolist() == list(range(77, 0, -3))
    narrower = ask(qtbot, digits, lambda: digits.set_text("strokes=3 & points<=25"))
    assert narrower.positions.tolist() == [5, 2]
    assert digits.order == "-points"
    with qtbot.assertNotEmitted(digits.changed, wait=20):
        digits.set_order("-points")
        digits.set_text("strokes=3 & points<=25")


def test_an_error_leaves_the_last_good_query(
    qtbot: QtBot,
    digits: Filter,
    table: Table,
    answers: list[Answer],
    refusals: list[QueryError | None],
) -> None:
    ask(qtbot, digits, lambda: digits.set_table(table, "class=7"))
    digits.set_text("class=7 & colr=red")
    qtbot.waitUntil(lambda: not digits.busy)
    assert len(answers) == 1
    assert isinstance(refusals[0], QueryError)
    assert (refusals[0].start, refusals[0].end) == (10, 14)
    assert digits.text == "class=7 & colr=red"
    assert digits.query is not None
    assert digits.query.text == "class=7"
    ask(qtbot, digits, lambda: digits.set_text("class=7 & colour=red"))
    assert refusals[1:] == [None]
    assert digits.error is None


def test_a_wrong_first_query_shows_everything_and_is_refused(
    qtbot: QtBot, digits: Filter, table: Table, refusals: list[QueryError | None]
) -> None:
    answer = ask(qtbot, digits, lambda: digits.set_table(table, "nonsense", "nonsense"))
    assert answer.count == 85
    assert len(refusals) == 1
    assert digits.order == ""


def test_a_choice_of_a_column_leaves_the_rest_of_the_query(
    qtbot: QtBot, digits: Filter, table: Table
) -> None:
    ask(qtbot, digits, lambda: digits.set_table(table, "(class=1 | points>90) & strokes=2"))
    ask(qtbot, digits, lambda: digits.set_choice("strokes", Choice(frozenset({1, 3}))))
    assert digits.text == "(class=1 | points>90) & strokes=1,3"
    answer = ask(qtbot, digits, lambda: digits.set_choice("strokes", None))
    assert digits.text == "class=1 | points>90"
    assert answer.count == 9 + 9 - 1


def test_facets_are_counted_without_their_own_choice(
    qtbot: QtBot, digits: Filter, table: Table
) -> None:
    ask(qtbot, digits, lambda: digits.set_table(table, "strokes=2 & class<=1"))
    answer = ask(qtbot, digits, lambda: digits.set_facets(["class", "strokes", "no-such"]))
    assert list(answer.counts) == ["class", "strokes"]
    labels = [part.label for part in answer.facets["class"].bins]
    assert labels == [str(value) for value in range(10)]
    strokes = np.arange(80) % 3 + 1
    low = np.arange(80) % 10 <= 1
    assert answer.counts["strokes"].tolist() == [
        np.count_nonzero((strokes == value) & low) for value in (1, 2, 3)
    ]


def test_new_facts_are_taken_up_by_asking_again(
    qtbot: QtBot, digits: Filter, table: Table, refusals: list[QueryError | None]
) -> None:
    ask(qtbot, digits, lambda: digits.set_table(table, "loops=1", "-loops"))
    loops = next(column for column in FACTS if column.name == "loops")
    table.fill(loops, 10, np.array([0, 1, 1, 2], np.uint8))
    answer = ask(qtbot, digits, digits.refresh)
    assert answer.positions.tolist() == [11, 12]
    assert refusals == []


def test_the_latest_wish_replaces_those_before_it(
    qtbot: QtBot,
    digits: Filter,
    table: Table,
    answers: list[Answer],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is asked for while a worker is busy is not worked on one by one."""
    asked, gate = [], threading.Event()

    def select_slowly(query: Query, of: Table, **options: object) -> NDArray[np.bool_]:
        asked.append(query.text)
        assert gate.wait(10)
        return select(query, of)

    monkeypatch.setattr(module, "select", select_slowly)
    digits.set_table(table)
    qtbot.waitUntil(lambda: asked == [""])
    for value in range(9):
        digits.set_text(f"class={value}")
        digits.set_order("-class")
    gate.set()
    qtbot.waitUntil(lambda: not digits.busy)
    assert asked == ["", "class=8"]
    assert [answer.count for answer in answers] == [8]


def test_asking_again_does_not_hold_back_the_answer_on_its_way(
    qtbot: QtBot,
    digits: Filter,
    table: Table,
    answers: list[Answer],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """While facts pour in faster than a slow machine can answer, there still are answers."""
    entered, gate = threading.Event(), threading.Event()

    def select_slowly(query: Query, of: Table, **_options: object) -> NDArray[np.bool_]:
        entered.set()
        assert gate.wait(10)
        return select(query, of)

    monkeypatch.setattr(module, "select", select_slowly)
    digits.set_table(table, "class=1")
    assert entered.wait(10)
    for _ in range(5):
        digits.refresh()
    gate.set()
    qtbot.waitUntil(lambda: not digits.busy)
    assert [answer.count for answer in answers] == [9, 9]


def test_nothing_of_the_last_table_is_answered_over_the_next(
    qtbot: QtBot, digits: Filter, table: Table, answers: list[Answer]
) -> None:
    digits.set_table(table, "class=7")
    digits.set_table(None)
    assert (digits.text, digits.query, digits.order) == ("", None, "")
    qtbot.waitUntil(lambda: not digits.busy)
    assert answers == []
    for wish in (digits.refresh, lambda: digits.set_text("x"), lambda: digits.set_order("class")):
        wish()
    assert not digits.busy


def test_a_defect_while_answering_is_told(
    qtbot: QtBot, digits: Filter, table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_options: object) -> NDArray[np.bool_]:
        raise MemoryError("no room")

    monkeypatch.setattr(module, "select", fail)
    with qtbot.waitSignal(digits.refused) as caught:
        digits.set_table(table)
    assert isinstance(caught.args[0], MemoryError)
    qtbot.waitUntil(lambda: not digits.busy)
