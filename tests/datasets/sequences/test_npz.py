"""npz files of sequences in all forms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.datasets.sequences.reading import read, unpack
from tests.datasets.sequences.sequence_files import (
    BAR,
    DIGITS,
    DOT,
    LABELS,
    PLUS,
    objects,
    padded,
    ragged,
    rows_of,
    stroke3_of,
    stroke5,
    write_npz,
)
from viewer.datasets.sequences.npz import holds_sequences
from viewer.datasets.sequences.rows import load_rows


@pytest.mark.parametrize(
    "arrays",
    [
        ragged(DIGITS, label=LABELS),
        padded(DIGITS, label=LABELS),
        padded(DIGITS, labels=LABELS),
        stroke5(DIGITS, label=LABELS),
        stroke5(DIGITS, np.float32, label=LABELS, lengths=[4, 6, 3, 1, 1, 3]),
        {"train": objects(DIGITS), "train_label": np.array(LABELS)},
        {"train": objects(DIGITS, np.float64), "train_labels": np.array(LABELS)},
    ],
    ids=["ragged", "padded", "labels", "stroke-5", "floats", "stroke-3", "stroke-3 of floats"],
)
def test_all_forms_hold_the_same_digits(tmp_path: Path, arrays: dict[str, Any]) -> None:
    path = write_npz(tmp_path / "a.npz", arrays)
    drawn = read(path)
    assert unpack(drawn) == DIGITS
    assert drawn.on_pixels
    assert drawn.label.tolist() == LABELS
    assert drawn.index.tolist() == list(range(6))
    rows = load_rows(path)
    assert [rows.sequence(digit).tolist() for digit in range(6)] == [*map(rows_of, DIGITS)]
    assert rows.rows.dtype == np.int8
    assert rows.label is not None
    assert rows.label.tolist() == LABELS


def test_the_parts_of_sketch_rnn_are_splits(tmp_path: Path) -> None:
    arrays = {"test": objects([BAR]), "train": objects([PLUS, DOT]), "valid": objects([DOT])}
    drawn = read(write_npz(tmp_path / "cat.npz", arrays))
    assert drawn.split.tolist() == ["train", "train", "validation", "test"]
    assert drawn.index.tolist() == [0, 1, 0, 0]
    assert unpack(drawn) == [PLUS, DOT, DOT, BAR]


def test_parts_tell_splits_and_indices_of_their_own(tmp_path: Path) -> None:
    arrays = {
        "train": objects([PLUS, DOT]),
        "train_split": np.array(["digits", "digits"]),
        "train_index": np.array([8, 2]),
        "train_writer": np.array([5, 6]),
        "valid": objects([]),
        "valid_index": np.zeros(0, np.int64),
        "test": objects([BAR]),
        "test_split": np.array(["digits"]),
        "test_index": np.array([4]),
    }
    drawn = read(write_npz(tmp_path / "a.npz", arrays))
    assert drawn.split.tolist() == ["digits"] * 3
    assert drawn.index.tolist() == [8, 2, 4]
    values, known = drawn.columns["writer"]
    assert (values.tolist(), known.tolist()) == ([5, 6, 0], [True, True, False])


def test_stroke_3_of_equal_lengths_is_a_plain_array(tmp_path: Path) -> None:
    """NumPy makes no array of objects of them."""
    same = [BAR, [[(9, 9), (9, 8)], [(3, 3), (4, 4)]]]
    drawn = read(write_npz(tmp_path / "a.npz", {"train": np.array([*map(stroke3_of, same)])}))
    assert unpack(drawn) == same


def test_drawings_off_pixels_keep_their_places(tmp_path: Path) -> None:
    """As Quick, Draw! has them: from the first point on, and large."""
    steps = [np.array([[0, 0, 0], [-30, 90, 1], [200, 0, 1]], np.int16), np.array([[0, 0, 1]])]
    array = np.empty(2, object)
    array[:] = steps
    drawn = read(write_npz(tmp_path / "a.npz", {"train": array}))
    assert not drawn.on_pixels
    assert unpack(drawn) == [[[(0, 0), (-30, 90)], [(170, 90)]], [[(0, 0)]]]
    rows = load_rows(tmp_path / "a.npz")
    assert rows.sequence(0).tolist() == [
        [31, 1, 0, 0], [-30, 90, 0, 0], [200, 0, 0, 0], [0, 0, 1, 1],
    ]  # fmt: skip
    assert rows.rows.dtype == np.int64


def test_fractions_of_pixels_are_no_pixels(tmp_path: Path) -> None:
    arrays = stroke5([BAR], np.float32)
    arrays["strokes"][0, 0, 0] += 0.5
    assert not read(write_npz(tmp_path / "a.npz", arrays)).on_pixels


def test_metadata_and_what_is_not_known_of_it(tmp_path: Path) -> None:
    arrays = ragged(
        DIGITS,
        writer=range(6),
        known_writer=[True] * 4 + [False] * 2,
        hsf_series=[4] * 6,
        label=np.array(LABELS, np.uint8),
        known_label=[True] * 5 + [False],
        favourite=[True] * 6,
        slant=np.arange(6) / 2,
        notes=["", "a note"],
        total=6,
    )
    drawn = read(write_npz(tmp_path / "a.npz", arrays))
    assert sorted(drawn.columns) == ["hsf_series", "writer"]
    values, known = drawn.columns["writer"]
    assert (values.tolist(), known.tolist()) == ([0, 1, 2, 3, 4, 5], [True] * 4 + [False] * 2)
    assert drawn.label.tolist() == [*LABELS[:5], -1]


def test_images_are_no_sequences(tmp_path: Path) -> None:
    images = np.zeros((6, 28, 28), np.uint8)
    for extra in ({}, ragged(DIGITS)):
        write_npz(tmp_path / "a.npz", {"x_train": images, **extra})
        assert not holds_sequences(tmp_path / "a.npz")
    assert holds_sequences(write_npz(tmp_path / "b.npz", ragged(DIGITS)))
