from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.benchmark.making import draw_walks, make_rows
from viewer.benchmark.baseline import hold_out, join, predict_classes, predict_steps
from viewer.benchmark.classify import classify_predictions
from viewer.benchmark.help import CLASSIFY_MODELS, PREDICT_MODELS
from viewer.benchmark.predict import score_predictions
from viewer.benchmark.sequences import take
from viewer.datasets.sequences.rows import Rows
from viewer.errors import UserError

Parts = dict[str, Rows]


@pytest.mark.parametrize("model", PREDICT_MODELS)
def test_steps_of_the_sample(sample: Parts, model: str) -> None:
    told: list[tuple[int, int]] = []
    made, settings = predict_steps(
        model, sample["train"], sample["test"], lambda *steps: told.append(steps)
    )
    found = score_predictions(sample["test"], made)
    assert found.whole.sequences == len(sample["test"])
    assert settings
    assert all(0 < done <= total for done, total in told)
    again, _settings = predict_steps(model, sample["train"], sample["test"])
    assert made.rows is not None
    assert again.rows is not None
    assert made.rows.tobytes() == again.rows.tobytes()


def test_what_a_model_is_for_it_does_best(sample: Parts) -> None:
    found = {
        model: score_predictions(
            sample["test"], predict_steps(model, sample["train"], sample["test"])[0]
        ).whole.figures
        for model in PREDICT_MODELS
    }
    rmse = {model: figures["rmse"].value for model, figures in found.items()}
    exact = {model: figures["exact"].value for model, figures in found.items()}
    assert min(rmse, key=rmse.__getitem__) == "ngram"
    assert max(exact, key=exact.__getitem__) == "ngram-likely"
    assert max(rmse, key=rmse.__getitem__) == "repeat"


@pytest.mark.parametrize("model", CLASSIFY_MODELS)
def test_classes_of_the_sample(sample: Parts, model: str) -> None:
    told: list[tuple[int, int]] = []
    made, settings = predict_classes(
        model, sample["train"], sample["test"], lambda *steps: told.append(steps)
    )
    assert classify_predictions(sample["test"], made).error().value < 0.3
    assert "chosen on" in settings
    assert all(0 <= done <= total for done, total in told)
    assert made.score is not None
    assert made.label is not None
    assert made.score.dtype == np.float32
    assert np.allclose(made.score.sum(axis=1), 1, atol=1e-3)
    highest = made.score.max(axis=1)
    assert (made.score[np.arange(len(made)), made.label] > highest - 1e-3).all()


@pytest.mark.parametrize("model", [*PREDICT_MODELS, *CLASSIFY_MODELS])
def test_test_sequences_are_only_predicted(sample: Parts, model: str) -> None:
    """Neither other test sequences nor the truth about them change a prediction."""
    predict = predict_steps if model in PREDICT_MODELS else predict_classes
    train, test = take(sample["train"], np.arange(100)), take(sample["test"], np.arange(40))
    whole, settings = predict(model, train, test)
    some = np.array([17, 3])
    assert test.label is not None
    part, others = predict(model, train, replace(take(test, some), label=None))
    assert settings == others
    for place, digit in enumerate(some):
        if whole.label is not None and part.label is not None:
            assert whole.label[digit] == part.label[place]
            assert whole.score is not None
            assert part.score is not None
            assert np.array_equal(whole.score[digit], part.score[place])
        else:
            one, other = (made.steps("test", int(digit)) for made in (whole, part))
            assert one is not None
            assert other is not None
            assert np.array_equal(one, other)


def test_every_fifth_is_held_out() -> None:
    assert np.flatnonzero(hold_out(14)).tolist() == [4, 9]
    with pytest.raises(UserError, match="4 sequences are too few"):
        hold_out(4)


@pytest.mark.parametrize("model", [*PREDICT_MODELS, *CLASSIFY_MODELS])
def test_the_smallest_sets(model: str) -> None:
    """Five sequences of one class, among them one without ink; and only such ones."""
    blank = np.array([[0, 0, 1, 1]], np.int8)
    predict = predict_steps if model in PREDICT_MODELS else predict_classes
    for walks in (draw_walks(61, 5), [blank] * 5):
        train = make_rows(walks, [3] * 5)
        test = make_rows([*draw_walks(62, 2), blank], [3] * 3, first=5)
        made, _settings = predict(model, train, test)
        assert len(made) == 3
        if made.label is not None:
            assert made.label.tolist() == [3, 3, 3]


def test_joining_keeps_all(sample: Parts) -> None:
    both = join(sample["train"], sample["test"])
    count = len(sample["train"])
    assert len(both) == count + len(sample["test"])
    assert np.array_equal(both.sequence(count + 7), sample["test"].sequence(7))
    assert join(sample["train"], replace(sample["test"], label=None)).label is None


@pytest.mark.data
def test_models_on_published_sequences(published: Parts) -> None:
    """With 1,000 to learn from and 500 to test; chance is 90 % wrong."""
    train, test = published["train"], published["test"]
    errors = {
        model: classify_predictions(test, predict_classes(model, train, test)[0]).error()
        for model in CLASSIFY_MODELS
    }
    assert errors["neighbour"].value < 0.16
    assert errors["linear"].value < 0.13
    rmse = {
        model: score_predictions(test, predict_steps(model, train, test)[0]).whole.figures["rmse"]
        for model in PREDICT_MODELS
    }
    assert rmse["ngram"].high < rmse["ngram-likely"].low
    assert rmse["ngram-likely"].high < rmse["repeat"].low
