from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.benchmark.making import draw_walks, make_random, make_rows, true_steps
from viewer.benchmark.predictions import Predictions
from viewer.benchmark.sequences import step_spans, take
from viewer.errors import UserError

ROWS = make_rows(draw_walks(5, 9), first=40)
ENDS = step_spans(ROWS.offsets)[1]
RANDOM = make_random(6)
STEPS = Predictions(
    RANDOM.normal(size=(int(ENDS[-1]), 4)).astype(np.float32),
    ENDS,
    split=ROWS.split,
    index=ROWS.index,
)
LABELS = Predictions(
    label=RANDOM.integers(0, 10, 9).astype(np.uint8),
    score=RANDOM.random((9, 10)).astype(np.float32),
    split=ROWS.split,
    index=ROWS.index,
)


def arrays_of(predictions: Predictions) -> dict[str, NDArray[Any]]:
    names = ("rows", "offsets", "label", "score", "split", "index")
    found = {name: getattr(predictions, name) for name in names}
    return {name: array for name, array in found.items() if array is not None}


def save(path: Path, arrays: Mapping[str, Any]) -> Path:
    np.savez(path, allow_pickle=True, **arrays)
    return path


@pytest.mark.parametrize("predictions", [STEPS, LABELS, replace(STEPS, label=LABELS.label)])
def test_what_is_written_is_read(tmp_path: Path, predictions: Predictions) -> None:
    path = tmp_path / "made.npz"
    predictions.write(path)
    with np.load(path, allow_pickle=False) as found:  # NumPy's own reader
        expected = arrays_of(predictions)
        assert set(found) == set(expected)
        for name, array in expected.items():
            assert found[name].dtype == array.dtype
            assert np.array_equal(found[name], array)
    read = arrays_of(Predictions.of(path))
    assert read.keys() == expected.keys()
    assert all(np.array_equal(read[name], array) for name, array in expected.items())
    first = path.read_bytes()
    with pytest.raises(UserError, match="exists already"):
        predictions.write(path)
    predictions.write(path, overwrite=True)
    assert path.read_bytes() == first


def test_any_kind_of_number_is_read(tmp_path: Path) -> None:
    whole = true_steps(ROWS)
    path = save(tmp_path / "made.npz", {"rows": whole, "offsets": ENDS.astype(np.int32)})
    found = Predictions.of(path).rows
    assert found is not None
    assert found.dtype == np.float32
    assert np.array_equal(found, whole)


def test_steps_of_a_digit() -> None:
    assert STEPS.rows is not None
    for place in range(9):
        found = STEPS.steps("train", 40 + place)
        assert found is not None
        assert np.array_equal(found, STEPS.rows[ENDS[place] : ENDS[place + 1]])
        assert len(found) == len(ROWS.sequence(place)) - 1
    assert STEPS.steps("train", 0) is None
    assert STEPS.steps("test", 40) is None
    assert LABELS.steps("train", 40) is None


def test_labels_of_a_split() -> None:
    assert LABELS.label is not None
    mixed = replace(
        LABELS, split=np.array(["train", "test", "train"] * 3), index=np.arange(9)[::-1]
    )
    index, label = mixed.labels("test")
    assert index.tolist() == [1, 4, 7]
    assert label.tolist() == LABELS.label[[7, 4, 1]].tolist()
    assert [len(found) for found in mixed.labels("third")] == [0, 0]
    assert [len(found) for found in STEPS.labels("train")] == [0, 0]


def test_they_are_matched_by_identity() -> None:
    order = np.array([4, 8, 0])
    some = take(ROWS, order)
    assert STEPS.match(some).tolist() == order.tolist()
    turned = replace(STEPS, index=40 + np.array([5, 0, 8, 3, 1, 7, 2, 6, 4]))
    assert turned.match(ROWS).tolist() == [1, 4, 6, 3, 8, 0, 7, 5, 2]
    expected = np.concatenate([STEPS.steps("train", 40 + place) for place in order])
    assert np.array_equal(STEPS.take_steps(STEPS.match(some), some), expected)
    more = make_rows(draw_walks(7, 4), first=47)
    assert STEPS.match(more).tolist() == [7, 8, -1, -1]
    with pytest.raises(UserError, match=r"none .* is about train:40 and others, not test:47"):
        STEPS.match(replace(more, split=np.full(4, "test")))


def test_without_identities_they_are_matched_by_place() -> None:
    bare = replace(STEPS, split=None, index=None)
    assert bare.match(ROWS).tolist() == list(range(9))
    assert bare.steps("train", 40) is None
    named = bare.identified(ROWS)
    assert np.array_equal(named.steps("train", 43), STEPS.steps("train", 43))  # type: ignore[arg-type]
    assert STEPS.identified(ROWS) is STEPS
    with pytest.raises(UserError, match="for 9 sequences, but there are 3"):
        bare.match(take(ROWS, np.arange(3)))


def test_steps_must_be_as_many_as_the_sequence_has() -> None:
    other = make_rows(draw_walks(8, 9), first=40)
    digit = int(np.flatnonzero(np.diff(other.offsets) != np.diff(ROWS.offsets))[0])
    with pytest.raises(UserError, match=rf"it has {np.diff(ENDS)[digit]} steps for train:4{digit}"):
        STEPS.take_steps(STEPS.match(other), other)


def test_each_task_has_its_own_predictions() -> None:
    places = np.arange(9)
    with pytest.raises(UserError, match="no rows and offsets, so no steps"):
        LABELS.take_steps(places, ROWS)
    with pytest.raises(UserError, match="no label, so no classes"):
        STEPS.take_labels(places)


def spoil(name: str, value: Any, base: Predictions = STEPS) -> dict[str, Any]:
    arrays = arrays_of(base) | {name: value}
    return {key: array for key, array in arrays.items() if array is not None}


NAN = np.where(np.arange(ENDS[-1])[:, None] == 7, np.nan, np.zeros(4))
MALFORMED = {
    "nan": (spoil("rows", NAN), "rows holds a number that is not finite, in row 7"),
    "infinite": (spoil("rows", np.full(NAN.shape, 1e300)), "not finite, in row 0"),
    "narrow": (spoil("rows", np.zeros((ENDS[-1], 3))), "not predicted steps (S x 4)"),
    "flat": (spoil("rows", np.zeros(8)), "float64 8, not predicted steps"),
    "text": (spoil("rows", np.full((ENDS[-1], 4), "1")), "not predicted steps"),
    "pickle": (spoil("rows", np.array([None, {}], object)), "object"),
    "no offsets": (spoil("offsets", None), "it has rows but no offsets"),
    "no rows": (spoil("rows", None), "it has offsets but no rows"),
    "short": (spoil("offsets", ENDS[:-1]), "does not go from 0 up to"),
    "falling": (spoil("offsets", ENDS[[0, 2, 1, 9]]), "does not go from 0 up to"),
    "late": (spoil("offsets", ENDS + 1), "does not go from 0 up to"),
    "empty": (spoil("offsets", ENDS[:0]), "does not go from 0 up to"),
    "none": ({"rows": np.zeros((0, 4)), "offsets": [0]}, "it holds no predictions"),
    "no index": (spoil("index", None), "it has split but no index"),
    "no split": (spoil("split", None), "it has index but no split"),
    "few": (spoil("index", np.arange(5)), "not the index of each digit"),
    "negative": (spoil("index", np.arange(-1, 8)), "index goes from -1 to 7"),
    "huge": (spoil("index", np.arange(9) + 2**62), "index goes from"),
    "twice": (spoil("index", np.arange(9) % 8), "train:0 is predicted twice"),
    "split of bytes": (spoil("split", np.full(9, b"train")), "not the name of each digit's split"),
    "large label": (spoil("label", np.full(9, 256), LABELS), "label goes from 256 to 256"),
    "broken label": (spoil("label", np.zeros(9), LABELS), "not the predicted class"),
    "few scores": (spoil("score", np.zeros((8, 10)), LABELS), "not scores by class"),
    "nan score": (spoil("score", np.full((9, 2), np.nan), LABELS), "score holds a number"),
    "other": ({"x_train": np.zeros(3)}, "there are no predictions in this file: it holds x_train"),
    "nothing": ({}, "it holds nothing"),
}  # fmt: skip


def write_malformed(folder: Path) -> dict[str, tuple[Path, str]]:
    """Write files that hold no predictions; with words of what has to be said of each."""
    found = {
        name: (save(folder / f"{name}.npz", arrays), words)
        for name, (arrays, words) in MALFORMED.items()
    }
    good = io.BytesIO()
    np.savez(good, allow_pickle=False, **arrays_of(STEPS))
    for name, content in {
        "empty file": b"",
        "no zip": b"rows",
        "cut": good.getvalue()[:-40],
        "flipped": good.getvalue().replace(b"\x93NUMPY", b"\x93NIMPY"),
    }.items():
        (folder / name).write_bytes(content)
        found[name] = (folder / name, "cannot be read")
    with zipfile.ZipFile(folder / "not an array.npz", "w") as archive:
        archive.writestr("rows.npy", b"nothing")
        archive.writestr("offsets.npy", b"nothing")
    found["not an array"] = (folder / "not an array.npz", "cannot be read")
    found["absent"] = (folder / "absent.npz", "absent.npz")
    found["folder"] = (folder, str(folder))
    return found


def test_malformed_files_are_told_in_one_sentence(tmp_path: Path) -> None:
    for name, (path, words) in write_malformed(tmp_path).items():
        with pytest.raises(UserError) as caught:
            Predictions.of(path)
        assert words in str(caught.value), name
        assert str(path) in str(caught.value), name
        assert "\n" not in str(caught.value), name
