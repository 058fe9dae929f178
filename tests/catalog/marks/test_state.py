from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.catalog.ledger import Digits
from viewer.catalog.marks.change import NOTE_LIMIT
from viewer.catalog.marks.state import MarkState

SPLITS = ("train", "test")
COUNT = 30
indices = st.sets(st.integers(0, COUNT - 1), min_size=1).map(lambda some: np.array(sorted(some)))
assignments = st.tuples(
    st.one_of(
        st.tuples(st.just("favourite"), st.integers(0, 1)),
        st.tuples(st.just("colour"), st.integers(0, 3)),
        st.tuples(st.just("note"), st.sampled_from(["", "odd", "très\nodd", "\ud800"])),
    ),
    st.dictionaries(st.sampled_from(SPLITS), indices, min_size=1),
)


def snapshot(state: MarkState) -> list[Any]:
    """Return everything a state says about the first digits, digit by digit."""
    some = np.arange(COUNT)
    return [
        (
            state.codes("favourite", split, some).tolist(),
            state.codes("colour", split, some).tolist(),
            [state.note(split, index) for index in range(COUNT)],
        )
        for split in SPLITS
    ]


@given(st.lists(assignments, max_size=8))
def test_changes_against_a_plain_dictionary(changes: list[Any]) -> None:
    state = MarkState()
    plain: dict[tuple[str, str, int], Any] = {}
    for (field, value), digits in changes:
        forward, backward = state.plan(field, value, digits)
        before = snapshot(state)
        touched = state.apply(forward)
        after = snapshot(state)
        state.apply(json.loads(json.dumps(backward)))
        assert snapshot(state) == before
        state.apply(json.loads(json.dumps(forward)))
        assert snapshot(state) == after
        changed = set()
        for split, some in digits.items():
            for index in some.tolist():
                if plain.get((field, split, index), "" if field == "note" else 0) != value:
                    changed.add((split, index))
                plain[field, split, index] = value
        assert {(split, i) for split, some in touched.items() for i in some.tolist()} == changed
    for (field, split, index), value in plain.items():
        if field == "note":
            assert state.note(split, index) == value
        else:
            assert state.codes(field, split, np.array([index])).tolist() == [value]
    assert {(split, i) for split, some in state.digits().items() for i in some.tolist()} == {
        (split, index) for (_field, split, index), value in plain.items() if value
    }


@given(st.lists(assignments, max_size=8))
def test_the_shortest_records_lead_to_the_same_state(changes: list[Any]) -> None:
    state, again = MarkState(), MarkState()
    for (field, value), digits in changes:
        state.apply(state.plan(field, value, digits)[0])
    records = state.records()
    for record in json.loads(json.dumps(records)):
        again.apply(record)
    assert snapshot(again) == snapshot(state)
    assert again.records() == records


def test_a_column_is_as_long_as_asked() -> None:
    state = MarkState()
    digits: Digits = {"train": np.array([2, 9])}
    for field, value in (("favourite", 1), ("colour", 3), ("note", "odd")):
        state.apply(state.plan(field, value, digits)[0])
    for field, value in (("favourite", 1), ("colour", 3), ("note", 1)):
        assert state.column(field, "train", 4).tolist() == [0, 0, value, 0]
        assert state.column(field, "train", 11).tolist() == [0, 0, value, *[0] * 6, value, 0]
        assert state.column(field, "test", 2).tolist() == [0, 0]


@pytest.mark.parametrize(
    "record",
    [
        None,
        {"favourite": 1},
        [1],
        [["favourite", 1]],
        [["favourite", 1, "0"]],
        [["favourite", 1, {"train": 3}]],
        [["favourite", 1, {"train": "3-1"}]],
        [["favourite", 1, {"train": "99999999999"}]],
        [["favourite", 2, {"train": "1"}]],
        [["favourite", -1, {"train": "1"}]],
        [["favourite", "yes", {"train": "1"}]],
        [["colour", 4, {"train": "1"}]],
        [["colour", 1.0, {"train": "1"}]],
        [["note", 1, {"train": "1"}]],
        [["note", "x" * (NOTE_LIMIT + 1), {"train": "1"}]],
        [["size", 1, {"train": "1"}]],
        [[["colour"], 1, {"train": "1"}]],
        [["colour", 1, {"train": "1"}], ["colour", 9, {"train": "1"}]],
    ],
)
def test_what_is_no_change_changes_nothing(record: object) -> None:
    state = MarkState()
    with pytest.raises(ValueError, match=r"change|assignment|digits|range|cannot be"):
        state.apply(record)
    assert state.digits() == {}
