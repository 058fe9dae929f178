from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from viewer.catalog.corrections.state import (
    CorrectionState,
    Place,
    by_split,
    image_key,
    make_record,
)

IMAGE = np.zeros((3, 4), np.uint8)
KEY = image_key(IMAGE)
STROKES = (np.array([(0, 0), (0, 1)], np.int16), np.array([(2, 3)], np.int16))
RECORD = {"split": "train", "index": 5, "image": KEY, "strokes": [[0, 0, 0, 1], [2, 3]]}


def test_a_correction_becomes_a_line_and_comes_back() -> None:
    record = make_record(Place("train", 5, KEY), STROKES)
    assert record == RECORD
    state = CorrectionState()
    touched = state.apply(json.loads(json.dumps(record)))
    assert {split: some.tolist() for split, some in touched.items()} == {"train": [5]}
    found = state.get(Place("train", 5, KEY))
    assert found is not None
    assert [stroke.tolist() for stroke in found] == [stroke.tolist() for stroke in STROKES]
    assert all(stroke.dtype == np.int16 for stroke in found)
    assert state.records() == [RECORD]
    state.apply({**RECORD, "strokes": None})
    assert state.get(Place("train", 5, KEY)) is None
    assert state.records() == []


def test_digits_of_other_images_are_others() -> None:
    state = CorrectionState()
    for image in (KEY, KEY[::-1]):
        for index in (5, 3):
            state.apply({**RECORD, "index": index, "image": image})
    assert len(state.records()) == 4
    assert state.digits()["train"].tolist() == [3, 5]
    assert state.get(Place("test", 5, KEY)) is None
    assert by_split([]) == {}


def test_an_image_is_known_by_its_size_and_pixels() -> None:
    assert len(KEY) == 16
    assert image_key(np.asfortranarray(IMAGE)) == KEY
    assert image_key(IMAGE.T) != KEY
    assert image_key(IMAGE + np.uint8(1)) != KEY


@pytest.mark.parametrize(
    "wrong",
    [
        {"split": 3}, {"index": -1}, {"index": 10**7}, {"index": True}, {"index": "5"},
        {"image": "x" * 16}, {"image": "0" * 15}, {"image": None}, {"more": 1},
        {"strokes": []}, {"strokes": [[]]}, {"strokes": [[0, 0, 0]]}, {"strokes": "0,0"},
        {"strokes": [[0, 64]]}, {"strokes": [[0, -1]]}, {"strokes": [[0, 1.5]]},
        {"strokes": [[0, True]]}, {"strokes": [[0, 0], [0, 0]]}, {"strokes": [[0, 0, 0, 9]]},
        {"strokes": [0, 0]},
    ],
)  # fmt: skip
def test_what_is_no_correction_is_refused_as_a_whole(wrong: dict[str, Any]) -> None:
    state = CorrectionState()
    with pytest.raises(ValueError, match=r"."):
        state.apply({**RECORD, **wrong})
    assert state.records() == []


@pytest.mark.parametrize("wrong", [None, 3, [], [RECORD], {}, {"split": "train"}])
def test_what_is_no_record_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="a correction has"):
        CorrectionState().apply(wrong)
