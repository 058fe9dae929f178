from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.benchmark.making import draw_walks, make_random, make_rows, true_steps
from viewer.benchmark.predict import FIGURES, score_predictions, score_steps
from viewer.benchmark.predictions import Predictions
from viewer.benchmark.sequences import step_spans, take
from viewer.datasets.sequences.rows import Rows

COUNT = 14
ROWS = make_rows(draw_walks(9, COUNT), [digit % 4 for digit in range(COUNT)])
RANDOM = make_random(10)


def predict(rows: Rows, noise: float) -> Predictions:
    """Return predictions that are so far off, with identities."""
    true = true_steps(rows)
    made = true + noise * RANDOM.normal(size=true.shape)
    ends = step_spans(rows.offsets)[1]
    return Predictions(made.astype(np.float32), ends, split=rows.split, index=rows.index)


def naive_figures(rows: Rows, predictions: Predictions, longest: int = 10**6) -> dict[str, float]:
    """The definitions, number by number in plain Python."""
    squares = {"rmse": [], "rmse_rows": [], "rmse_points": [], "rmse_eos": [], "rmse_eod": []}  # type: dict[str, list[float]]
    exact = []
    for place in range(len(rows)):
        true = rows.sequence(place).tolist()
        made = predictions.steps(str(rows.split[place]), int(rows.index[place]))
        if made is None:
            continue
        for number, row in enumerate(true[:longest]):
            if number == 0:
                continue
            off = [float(a) - b for a, b in zip(made[number - 1], row, strict=True)]
            squares["rmse"] += [off[0] ** 2, off[1] ** 2]
            squares["rmse_rows"] += [each**2 for each in off]
            squares["rmse_eos"].append(off[2] ** 2)
            squares["rmse_eod"].append(off[3] ** 2)
            if row[2] == 0:
                squares["rmse_points"] += [off[0] ** 2, off[1] ** 2]
            exact.append(all(abs(each) < 0.5 for each in off))
    figures = {name: math.sqrt(sum(some) / len(some)) for name, some in squares.items()}
    return figures | {"exact": sum(exact) / len(exact)}


@pytest.mark.parametrize("longest", [None, 2, 7, 1000])
def test_figures_are_those_of_plain_python(longest: int | None) -> None:
    predictions = predict(ROWS, 0.4)
    found = score_predictions(ROWS, predictions, longest=longest)
    expected = naive_figures(ROWS, predictions, longest or 10**6)
    assert set(found.whole.figures) == set(FIGURES) == set(expected)
    for name, value in expected.items():
        assert found.whole.figures[name].value == pytest.approx(value), name
    for group in found.classes:
        assert ROWS.label is not None
        mine = np.flatnonzero(ROWS.label == int(group.name))
        assert (group.sequences, group.steps) == (
            len(mine),
            int((np.minimum(np.diff(ROWS.offsets), longest or 10**6) - 1)[mine].sum()),
        )
        if longest is None:
            part = naive_figures(take(ROWS, mine), predictions)
            assert {name: found.value for name, found in group.figures.items()} == pytest.approx(
                part
            )
    assert sum(group.steps for group in found.classes) == found.whole.steps


def test_perfect_predictions_are_not_off() -> None:
    found = score_predictions(ROWS, predict(ROWS, 0)).whole
    for name, figure in found.figures.items():
        expected = 1.0 if name == "exact" else 0.0
        assert (figure.value, figure.low, figure.high) == (expected,) * 3
    assert found.steps == len(ROWS.rows) - len(ROWS)


def test_a_case_by_hand() -> None:
    """Two steps, (1, 1) and the end; predicted 3 to the right, and one half of an end."""
    rows = make_rows([np.array([[5, 5, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1]], np.int8)])
    made = np.array([[4, 1, 0, 0], [0, 0, 1, 0.5]], np.float32)
    figures = score_predictions(rows, Predictions(made, np.array([0, 2]))).whole.figures
    assert figures["rmse"].value == 1.5  # root of 9 / 4
    assert figures["rmse_rows"].value == pytest.approx(math.sqrt(9.25 / 8))
    assert figures["rmse_points"].value == pytest.approx(math.sqrt(9 / 2))
    assert figures["rmse_eos"].value == 0
    assert figures["rmse_eod"].value == pytest.approx(math.sqrt(0.125))
    assert figures["exact"].value == 0  # half off is not nearer to the truth
    assert math.isnan(figures["rmse"].low)


def test_the_original_scale_does_not_matter_once_undone() -> None:
    """The network of the publication sees (d + 22.6) / 55.2; its figure is in pixels."""
    true, made = true_steps(ROWS)[:, :2], RANDOM.normal(size=(len(true_steps(ROWS)), 2))
    scaled = (np.stack([made, true]) + 22.6) / 55.2
    off = scaled[0] - scaled[1]
    original = 55.2 * math.sqrt((off**2).sum() / (2 * len(off)))
    four = np.concatenate([made, np.zeros_like(made)], axis=1)
    squares = score_steps(four, true_steps(ROWS)).squares
    assert math.sqrt(squares[:, :2].mean()) == pytest.approx(original)


@settings(deadline=None, max_examples=25)
@given(st.permutations(range(COUNT)), st.permutations(range(COUNT)), st.integers(1, COUNT))
def test_the_order_of_either_file_does_not_matter(
    order: list[int], other: list[int], count: int
) -> None:
    whole = predict(ROWS, 0.3)
    some = take(ROWS, np.array(other))
    steps = np.concatenate([whole.steps("train", place) for place in other])
    turned = Predictions(steps, step_spans(some.offsets)[1], split=some.split, index=some.index)
    part = take(ROWS, np.array(order[:count]))
    first, second = (score_predictions(part, each) for each in (whole, turned))
    assert first.unused == second.unused == COUNT - count
    assert [group.name for group in first.classes] == [group.name for group in second.classes]
    for name, figure in first.whole.figures.items():
        assert second.whole.figures[name] == figure or math.isnan(figure.low)


def test_only_what_is_predicted_counts() -> None:
    some = take(ROWS, np.array([3, 1, 8]))
    predictions = predict(some, 1.0)
    found = score_predictions(ROWS, predictions)
    assert (found.wanted, found.whole.sequences, found.unused) == (COUNT, 3, 0)
    expected = naive_figures(some, predictions)
    assert found.whole.figures["rmse"].value == pytest.approx(expected["rmse"])


def test_without_classes_there_is_no_table_of_them() -> None:
    assert score_predictions(replace(ROWS, label=None), predict(ROWS, 1.0)).classes == []


def test_sequences_without_steps_have_no_figures() -> None:
    blank = make_rows([np.array([[0, 0, 1, 1]], np.int8)] * 3, [1, 1, 2])
    none = Predictions(np.zeros((0, 4), np.float32), np.zeros(4, np.int64))
    found = score_predictions(blank, none)
    assert found.whole.steps == 0
    assert all(math.isnan(figure.value) for figure in found.whole.figures.values())
