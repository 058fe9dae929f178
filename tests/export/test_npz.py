from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from viewer.core.extract import extract
from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.export.run import export_digits


def test_keys_types_and_contents(tmp_path: Path, digits: DigitSet) -> None:
    path = export_digits(digits, "train", [7, 0, 2, 7], format="npz", output=tmp_path / "a.npz")
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
    path = export_digits(digits, "test", [1], format="npz", output=tmp_path / "a.npz")
    with np.load(path) as written:
        assert written.files == ["rows", "offsets", "index", "split"]


def test_bytes_depend_on_nothing_but_the_digits(tmp_path: Path, digits: DigitSet) -> None:
    contents = set()
    for jobs in (1, 2, 2):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.npz"
        export_digits(digits, "train", range(12), format="npz", output=path, jobs=jobs)
        contents.add(path.read_bytes())
        with zipfile.ZipFile(path) as archive:
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert len(contents) == 1


def test_a_column_may_not_hide_an_array(tmp_path: Path, digits: DigitSet) -> None:
    train = Split("train", digits.split("train").images, None, {"label": np.zeros(12)})
    with pytest.raises(ValueError, match="may not be named label"):
        export_digits(
            DigitSet("", "", {"train": train}), "train", [0], format="npz", output=tmp_path / "a"
        )
    assert list(tmp_path.iterdir()) == []


def test_no_pickle_is_written(tmp_path: Path, digits: DigitSet) -> None:
    names = np.array([f"writer {i}" for i in range(12)], dtype=object)
    train = Split("train", digits.split("train").images, None, {"name": names})
    with pytest.raises(ValueError, match="allow_pickle"):
        export_digits(
            DigitSet("", "", {"train": train}), "train", [0], format="npz", output=tmp_path / "a"
        )
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_stays(tmp_path: Path, digits: DigitSet) -> None:
    path = tmp_path / "a.npz"
    path.write_bytes(b"mine")
    with pytest.raises(UserError, match="exists already"):
        export_digits(digits, "train", [0], format="npz", output=path)
    assert path.read_bytes() == b"mine"
    export_digits(digits, "train", [0], format="npz", output=path, overwrite=True)
    assert zipfile.is_zipfile(path)
