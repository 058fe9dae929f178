from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmark.making import draw_walks, make_rows
from viewer.benchmark.classify import classify_predictions, score_labels
from viewer.benchmark.intervals import wilson
from viewer.benchmark.predictions import Predictions
from viewer.errors import UserError

CLASSES = st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), min_size=1, max_size=40)
FEW = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)


@given(st.one_of(CLASSES, FEW))
def test_counts_are_those_of_plain_python(pairs: list[tuple[int, int]]) -> None:
    true, predicted = (np.array(column, np.uint8) for column in zip(*pairs, strict=True))
    found = score_labels(predicted, true)
    assert found.wrong.tolist() == [one != other for one, other in pairs]
    names = sorted({name for pair in pairs for name in pair})
    assert found.classes.tolist() == names
    assert found.confusion.tolist() == [
        [sum(pair == (row, column) for pair in pairs) for column in names] for row in names
    ]


def test_the_error_rate_of_some_sequences() -> None:
    true = [0, 0, 1, 1, 1, 2]
    rows = make_rows(draw_walks(2, 6), true)
    label = np.array([0, 1, 1, 1, 2], np.uint8)
    predictions = Predictions(label=label, split=np.full(5, "train"), index=np.arange(5))
    found = classify_predictions(rows, predictions)
    assert (found.wanted, found.sequences, found.unused) == (6, 5, 0)
    assert found.error() == wilson(2, 5)
    assert [found.error_of(row) for row in range(3)] == [wilson(1, 2), wilson(1, 3), wilson(0, 0)]
    perfect = classify_predictions(rows, Predictions(label=np.array(true, np.uint8)))
    assert perfect.error() == wilson(0, 6)
    assert perfect.error().value == 0


def test_classes_have_to_be_known() -> None:
    rows = make_rows(draw_walks(2, 6))
    with pytest.raises(UserError, match=r"have no labels\. Name the digits"):
        classify_predictions(rows, Predictions(label=np.zeros(6, np.uint8)))
