"""Sequences of a file as the true paths of the digits of a set."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.datasets.sequences.sequence_files import (
    BLANK,
    DIGITS,
    DOT,
    PLUS,
    inkml,
    objects,
    published_files,
    ragged,
    stroke5,
    write_folder,
    write_npz,
)
from tests.idx_files import make_classes, write_mnist
from viewer.cli import main
from viewer.core.settings import ExtractionSettings
from viewer.datasets.digits import DigitSet
from viewer.datasets.sample import open_sample
from viewer.datasets.sequences.attach import attach_sequences
from viewer.datasets.source import open_source
from viewer.errors import UserError
from viewer.evaluate.orders import Method
from viewer.evaluate.report import describe_evaluation
from viewer.evaluate.run import evaluate

SOME: dict[str, Any] = {"index": [7, 2], "split": ["train", "train"]}


@pytest.fixture
def mnist(tmp_path: Path) -> DigitSet:
    write_mnist(tmp_path / "mnist", train=20)
    return open_source(tmp_path / "mnist")


def test_digits_get_their_paths(mnist: DigitSet, tmp_path: Path) -> None:
    path = write_npz(tmp_path / "a.npz", ragged([PLUS, DOT], **SOME))
    found = attach_sequences(mnist, path)
    train = found.split("train")
    known = train.has_path(np.arange(len(train)))
    assert np.flatnonzero(known).tolist() == [2, 7]
    seven = train.pen_path(7)
    assert seven is not None
    assert [stroke.tolist() for stroke in seven] == [
        [[4, 1], [4, 2], [4, 3]], [[2, 2], [4, 2], [5, 2]],
    ]  # fmt: skip
    assert train.pen_path(3) is None
    assert found.split("test").pen_paths is None
    assert found.notes[-1] == (
        f"The true paths are the sequences of a.npz: 2 of {len(train)} digits of train have one."
    )
    np.testing.assert_array_equal(train.images, mnist.split("train").images)
    part = found.part({"train": np.array([7, 3])}).split("train")
    assert part.pen_path(1) is None
    assert part.has_path(np.arange(2)).tolist() == [True, False]


@pytest.mark.parametrize("form", ["stroke-3", "stroke-5", "published", "inkml"])
def test_other_forms_on_pixels_do(mnist: DigitSet, tmp_path: Path, form: str) -> None:
    path = tmp_path / "a.npz"
    if form == "stroke-3":
        write_npz(path, {"train": objects(DIGITS)})
    elif form == "stroke-5":
        write_npz(path, stroke5(DIGITS))
    elif form == "inkml":
        path.write_text(inkml(DIGITS))
    else:
        path = write_folder(
            tmp_path / "sequences", published_files(labels=make_classes(6).tolist())
        )
    train = attach_sequences(mnist, path).split("train")
    assert train.has_path(np.arange(8)).tolist() == [True] * 4 + [False, True, False, False]


@pytest.mark.parametrize(
    ("arrays", "problem", "advice"),
    [
        (ragged([DOT], split=["valid"], index=[0]), "of a split 'valid'", "The set has: train"),
        (ragged([DOT, DOT], index=[3, 99]), "a sequence of train:99", "0 to 19"),
        (ragged([DOT, DOT], index=[3, 3]), "train:3 is there twice", "one sequence"),
        (ragged([[[(29, 5)]]]), "train:0 leaves its image of 28 x 28", "these images"),
        (ragged([DOT, DOT], index=[4, 6], label=[9, 9]), "labels of train are not those", "these"),
        (ragged([[[(70, 5)]]]), "do not lie on pixels", "as published or npz"),
    ],
)
def test_sequences_of_other_digits_are_refused(
    mnist: DigitSet, tmp_path: Path, arrays: dict[str, Any], problem: str, advice: str
) -> None:
    path = write_npz(tmp_path / "a.npz", arrays)
    with pytest.raises(UserError) as caught:
        attach_sequences(mnist, path)
    assert problem in caught.value.problem
    assert advice in caught.value.advice
    assert caught.value.path == path


def test_labels_of_the_set_agree(mnist: DigitSet, tmp_path: Path) -> None:
    labels = mnist.split("train").labels
    assert labels is not None
    path = write_npz(tmp_path / "a.npz", ragged([DOT, DOT], index=[4, 6], label=labels[[4, 6]]))
    assert attach_sequences(mnist, path).split("train").has_path(np.array([4, 6])).all()


def test_a_few_corrected_labels_are_accepted(tmp_path: Path) -> None:
    sample = open_sample()
    labels = sample.split("train").labels
    assert labels is not None
    for other, accepted in ((4, True), (5, False)):
        told = labels.copy()
        told[:other] = (told[:other] + 1) % 10
        path = write_npz(tmp_path / "a.npz", ragged([DOT] * 400, label=told))
        if accepted:
            attach_sequences(sample, path)
        else:
            with pytest.raises(UserError, match="5 of its 400 labels of train"):
                attach_sequences(sample, path)


def test_earlier_paths_are_replaced(tmp_path: Path) -> None:
    sample = open_sample()
    found = attach_sequences(sample, write_npz(tmp_path / "a.npz", ragged([DOT])))
    assert found.split("train").has_path(np.arange(400)).sum() == 1
    assert found.split("test").pen_paths is None


def test_blank_sequences_are_no_paths(mnist: DigitSet, tmp_path: Path) -> None:
    found = attach_sequences(mnist, write_npz(tmp_path / "a.npz", ragged([BLANK, DOT])))
    assert found.split("train").has_path(np.arange(2)).tolist() == [False, True]
    assert ": 1 of 20 digits of train have one." in found.notes[-1]


def test_orders_are_judged_where_paths_are_known(tmp_path: Path) -> None:
    from viewer.core.batch import extract_batch

    sample = replace(open_sample(), name="Sample")
    images = sample.split("train").images
    own = extract_batch(images[:30])
    arrays: dict[str, Any] = {"rows": own.rows, "offsets": own.offsets}
    found = attach_sequences(sample, write_npz(tmp_path / "a.npz", arrays))
    method = Method("nearest", ExtractionSettings())
    chosen = {"train": np.arange(20, 50), "test": np.arange(5)}
    evaluation = evaluate(found, chosen, [method])
    assert evaluation.has_truth
    assert evaluation.pathless == 25
    assert evaluation.table[0].digits == 10
    assert evaluation.table[0].means["lifts_exact"] == evaluation.table[0].means["tau"] == 1
    assert evaluation.table[0].means["dtw"] < 0.5, "they are our own"
    said = describe_evaluation(found, evaluation)
    assert "the true paths of 25 are not known" in said
    bare = evaluate(found, {"test": np.arange(5)}, [method])
    assert (bare.has_truth, bare.pathless, bare.table) == (False, 0, [])


def test_commands_take_sequences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_mnist(tmp_path / "mnist", train=20)
    path = write_npz(tmp_path / "a.npz", ragged([DOT]))
    assert main(["info", str(tmp_path / "mnist"), "--sequences", str(path)]) == 0
    assert "1 of 20 digits of train have one" in capsys.readouterr().out
    assert main(["info", str(tmp_path / "mnist"), "--sequences", str(tmp_path / "none")]) == 2
    assert "there is no such file or folder" in capsys.readouterr().err


@pytest.mark.data
def test_published_sequences_are_the_truth_of_mnist(shared_data: Path) -> None:
    path = shared_data / "published-sequences" / "train-00000-09999.npz"
    found = open_source(shared_data / "mnist", sequences=path)
    assert "10,000 of 60,000 digits of train" in found.notes[-1]
    chosen = {"train": np.arange(0, 10_000, 100)}
    evaluation = evaluate(found, chosen, [Method("nearest", ExtractionSettings())], by=())
    assert evaluation.table[0].means["start"] == 1
    assert evaluation.table[0].means["dtw_free"] < 1
    assert evaluation.pathless == 0
