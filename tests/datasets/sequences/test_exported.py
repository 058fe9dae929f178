"""What this program writes, read back: the same sequences, digit by digit."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from tests.export.chunks import make_chunks, write_file, write_folder
from tests.export.conftest import digits  # noqa: F401 - a fixture
from viewer.datasets.digits import DigitSet
from viewer.datasets.sequences.attach import attach_sequences
from viewer.datasets.sequences.rows import load_rows
from viewer.datasets.source import open_source
from viewer.export.format import Format, Value
from viewer.export.formats import inkml, ndjson, npz, npz_padded, published, stroke3, stroke5

EXACT = [
    ("a.npz", npz.FORMAT, {}),
    ("a.npz", npz_padded.FORMAT, {}),
    ("a.npz", npz_padded.FORMAT, {"length": 200}),
    ("a.npz", stroke3.FORMAT, {}),
    ("a.npz", stroke3.FORMAT, {"valid": 50}),
    ("a.npz", stroke5.FORMAT, {}),
    ("a.npz", stroke5.FORMAT, {"dtype": "float32", "length": 99}),
    ("a.inkml", inkml.FORMAT, {}),
    ("a.ndjson", ndjson.FORMAT, {"form": "raw"}),
    ("a.tar.gz", published.FORMAT, {"content": "both"}),
]


@pytest.mark.parametrize(("name", "form", "options"), EXACT)
def test_exact_forms_come_back(
    digits: DigitSet,  # noqa: F811
    tmp_path: Path,
    name: str,
    form: Format,
    options: Mapping[str, Value],
) -> None:
    path = tmp_path / name
    path.write_bytes(write_file(form, digits, options))
    found = load_rows(path)
    place = {
        (split, index): digit
        for digit, (split, index) in enumerate(zip(found.split, found.index.tolist(), strict=True))
    }
    assert len(place) == len(digits) == 24
    for chunk in make_chunks(digits):
        for number, index in enumerate(chunk.index.tolist()):
            digit = place[chunk.split, index]
            np.testing.assert_array_equal(found.sequence(digit), chunk.sequences.sequence(number))
    opened = open_source(path)
    train = opened.split("train")
    np.testing.assert_array_equal(train.labels, digits.split("train").labels)
    assert opened.split("test").labels is None
    if form.name != "published":
        writers = digits.split("train").columns["writer"]
        np.testing.assert_array_equal(train.columns["writer"], writers)
        assert "writer" not in opened.split("test").columns
    assert train.has_path(np.arange(4)).tolist() == [True, True, True, False]
    assert attach_sequences(digits, path).split("test").has_path(np.arange(12)).sum() == 9


def test_the_published_folder_comes_back(
    digits: DigitSet,  # noqa: F811
    tmp_path: Path,
) -> None:
    for name, content in write_folder(published.FORMAT, digits).items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    found = load_rows(tmp_path)
    sequences = [chunk.sequences for chunk in make_chunks(digits, 12)]
    np.testing.assert_array_equal(found.rows, np.concatenate([some.rows for some in sequences]))
    assert open_source(tmp_path).name == tmp_path.name


@pytest.mark.parametrize(
    ("name", "form", "options"),
    [
        ("a.ndjson", ndjson.FORMAT, {}),
        ("a.npz", stroke3.FORMAT, {"first": "zero"}),
        ("a.npz", stroke3.FORMAT, {"scale": 7}),
        ("a.npz", stroke5.FORMAT, {"first": "zero"}),
    ],
)
def test_forms_without_pixels_open_scaled(
    digits: DigitSet,  # noqa: F811
    tmp_path: Path,
    name: str,
    form: Format,
    options: Mapping[str, Value],
) -> None:
    path = tmp_path / name
    path.write_bytes(write_file(form, digits, options))
    found = open_source(path)
    assert "scaled" in found.notes[0]
    assert {split: len(part) for split, part in found.splits.items()} == {"train": 12, "test": 12}
    np.testing.assert_array_equal(found.split("train").labels, digits.split("train").labels)
    first = next(iter(make_chunks(digits, 12)))
    for index in (0, 1, 2):
        path_of = found.split("train").pen_path(index)
        assert path_of is not None
        own = first.sequences.sequence(index)
        lifts = int((own[:, 2] == 1).sum()) - 1
        assert len(path_of) - 1 in (lifts, lifts + 1), "a last jump is not announced"
