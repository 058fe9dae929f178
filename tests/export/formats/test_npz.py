from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from viewer.catalog.corrections.corrections import Corrections
from viewer.catalog.marks.marks import Marks
from viewer.core.extract import correct, extract
from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.export import plan
from viewer.export.run import Exported, export_digits


def test_keys_types_and_contents(tmp_path: Path, digits: DigitSet) -> None:
    path = export_digits(digits, {"train": [7, 0, 2, 7]}, format="npz", output=tmp_path / "a.npz")
    train = digits.split("train")
    assert train.labels is not None
    with np.load(path) as written:
        arrays = {key: written[key] for key in written.files}
    assert list(arrays) == ["rows", "offsets", "index", "split", "label", "writer"]
    assert {key: array.dtype for key, array in arrays.items()} == {
        "rows": np.int8,
        "offsets": np.int64,
        "index": np.int64,
        "split": np.dtype("<U5"),
        "label": np.uint8,
        "writer": np.int32,
    }
    assert arrays["index"].tolist() == [0, 2, 7]
    assert arrays["split"].tolist() == ["train"] * 3
    assert arrays["label"].tolist() == [0, 4, 1]
    assert arrays["writer"].tolist() == [2100, 2102, 2107]
    offsets = arrays["offsets"]
    for place, index in enumerate([0, 2, 7]):
        rows = arrays["rows"][offsets[place] : offsets[place + 1]]
        np.testing.assert_array_equal(rows, extract(train.images[index]).rows)
    assert arrays["rows"][offsets[2] :].tolist() == [[0, 0, 1, 1]]


def test_without_labels_there_is_no_label(tmp_path: Path, digits: DigitSet) -> None:
    path = export_digits(digits, {"test": [1]}, format="npz", output=tmp_path / "a.npz")
    with np.load(path) as written:
        assert written.files == ["rows", "offsets", "index", "split"]


def test_several_splits_in_the_order_of_the_set(tmp_path: Path, digits: DigitSet) -> None:
    told: list[Exported] = []
    path = export_digits(
        digits,
        {"test": [2, 1], "train": [5]},
        format="npz",
        output=tmp_path / "a.npz",
        on_done=told.append,
    )
    with np.load(path) as written:
        arrays = {key: written[key] for key in written.files}
    assert [done.digits for done in told] == [3]
    assert arrays["split"].tolist() == ["train", "test", "test"]
    assert arrays["index"].tolist() == [5, 1, 2]
    assert arrays["label"].tolist() == [7, 0, 0]
    assert arrays["known_label"].tolist() == [True, False, False]
    assert arrays["writer"].tolist() == [2105, 0, 0]
    assert arrays["known_writer"].tolist() == [True, False, False]
    for place, (name, index) in enumerate([("train", 5), ("test", 1), ("test", 2)]):
        rows = arrays["rows"][arrays["offsets"][place] : arrays["offsets"][place + 1]]
        np.testing.assert_array_equal(rows, extract(digits.split(name).images[index]).rows)


def test_images_of_splits_may_differ_in_size(tmp_path: Path, digits: DigitSet) -> None:
    train = digits.split("train")
    small = Split("small", np.ascontiguousarray(train.images[:, 2:-2, 2:-2]), train.labels)
    both = DigitSet("", "", {"train": train, "small": small})
    path = export_digits(
        both, {"train": [0], "small": [0]}, format="npz", output=tmp_path / "a.npz"
    )
    with np.load(path) as written:
        large, little = np.split(written["rows"], [written["offsets"][1]])
        assert "known_label" not in written.files
        assert "known_writer" in written.files
    assert (large[0] - little[0]).tolist() == [2, 2, 0, 0]
    np.testing.assert_array_equal(large[1:], little[1:])


def test_a_large_choice_is_the_sum_of_its_chunks(
    tmp_path: Path, digits: DigitSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = {"train": range(12), "test": range(12)}
    contents = []
    for block in (5, 100):
        monkeypatch.setattr(plan, "CHUNK", block)
        steps: list[tuple[int, int]] = []
        path = export_digits(
            digits,
            chosen,
            format="npz",
            output=tmp_path / f"{block}.npz",
            progress=lambda done, total, steps=steps: steps.append((done, total)),  # type: ignore[misc]
        )
        contents.append(path.read_bytes())
        assert steps == sorted(steps)
        assert steps[-1] == (24, 24)
    assert contents[0] == contents[1]


def test_marks_are_written_where_there_are_any(tmp_path: Path, digits: DigitSet) -> None:
    marks = Marks(None)
    marks.set_note({"train": np.array([1])}, "elsewhere")
    chosen = {"train": [2, 5], "test": [1]}
    bare = export_digits(digits, chosen, format="npz", output=tmp_path / "bare.npz", marks=marks)
    with np.load(bare) as written:
        assert not {"favourite", "colour", "note", "notes"} & set(written.files)
    marks.set_favourite({"train": np.array([5])}, True)
    marks.set_colour({"test": np.array([1])}, 3)
    marks.set_note({"train": np.array([2]), "test": np.array([1])}, "très odd")
    path = export_digits(digits, chosen, format="npz", output=tmp_path / "a.npz", marks=marks)
    with np.load(path) as written:
        assert written["favourite"].tolist() == [False, True, False]
        assert written["colour"].tolist() == ["none", "none", "blue"]
        assert written["notes"][written["note"]].tolist() == ["très odd", "", "très odd"]


def test_corrections_are_written_where_there_are_any(
    tmp_path: Path, digits: DigitSet, corrections: Corrections
) -> None:
    bare = export_digits(
        digits, {"train": [0, 5]}, format="npz", output=tmp_path / "bare.npz",
        corrections=corrections,
    )  # fmt: skip
    plain = export_digits(digits, {"train": [0, 5]}, format="npz", output=tmp_path / "plain.npz")
    assert bare.read_bytes() == plain.read_bytes()
    path = export_digits(
        digits, {"train": [0, 1, 5], "test": [1]}, format="npz", output=tmp_path / "a.npz",
        corrections=corrections,
    )  # fmt: skip
    with np.load(path) as written:
        assert written["corrected"].tolist() == [False, True, False, False]
        rows = np.split(written["rows"], written["offsets"][1:-1])
    train = digits.splits["train"].images
    strokes = corrections.get("train", 1)
    assert strokes is not None
    np.testing.assert_array_equal(rows[0], extract(train[0]).rows)
    np.testing.assert_array_equal(rows[1], correct(extract(train[1]), strokes).rows)
    np.testing.assert_array_equal(rows[2], extract(train[5]).rows)


def test_bytes_depend_on_nothing_but_the_digits(tmp_path: Path, digits: DigitSet) -> None:
    contents = set()
    for jobs in (1, 2, 2):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.npz"
        export_digits(digits, {"train": range(12)}, format="npz", output=path, jobs=jobs)
        contents.add(path.read_bytes())
        with zipfile.ZipFile(path) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(contents) == 1


def test_a_column_may_not_hide_an_array(tmp_path: Path, digits: DigitSet) -> None:
    train = Split("train", digits.split("train").images, None, {"label": np.zeros(12)})
    with pytest.raises(UserError, match="may not be named label"):
        export_digits(
            DigitSet("", "", {"train": train}), {"train": [0]}, format="npz", output=tmp_path / "a"
        )
    assert list(tmp_path.iterdir()) == []


def test_no_pickle_is_written(tmp_path: Path, digits: DigitSet) -> None:
    names = np.array([f"writer {i}" for i in range(12)], dtype=object)
    train = Split("train", digits.split("train").images, None, {"name": names})
    with pytest.raises(ValueError, match="allow_pickle"):
        export_digits(
            DigitSet("", "", {"train": train}), {"train": [0]}, format="npz", output=tmp_path / "a"
        )
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_stays(tmp_path: Path, digits: DigitSet) -> None:
    path = tmp_path / "a.npz"
    path.write_bytes(b"mine")
    with pytest.raises(UserError, match="exists already"):
        export_digits(digits, {"train": [0]}, format="npz", output=path)
    assert path.read_bytes() == b"mine"
    export_digits(digits, {"train": [0]}, format="npz", output=path, overwrite=True)
    assert zipfile.is_zipfile(path)
