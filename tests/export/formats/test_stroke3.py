from __future__ import annotations

import io
import pickle
import pickletools
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from numpy.typing import NDArray

from tests.export.formats import sketch_rnn
from tests.export.formats.samples import (
    ALL,
    BLANK,
    DOT,
    LAST_JUMP,
    MANY,
    NEAR_LIFT,
    Part,
    Rows,
    mixed_parts,
    read_npz,
    set_of,
    strokes_of,
    write,
)
from viewer.export.formats.object_npy import pickle_items, write_items
from viewer.export.formats.stroke3 import FORMAT, stroke3_rows


def rows_of(drawing: NDArray[np.int16]) -> list[list[int]]:
    """Turn stroke-3 back into sequence rows; a far jump to the last point is not announced."""
    if drawing.tolist() == [[0, 0, 1]]:
        return [[0, 0, 1, 1]]
    rows: list[list[int]] = []
    for place, (dx, dy, lift) in enumerate(drawing.tolist()):
        rows.append([dx, dy, 0, 0])
        behind = drawing[place + 1 :]
        unannounced = len(behind) == 1 and np.abs(behind[0, :2]).max() > 1
        if lift and len(behind) and not unannounced:
            rows.append([0, 0, 1, 0])
    return [*rows, [0, 0, 1, 1]]


def without_last_marker(rows: Rows) -> list[list[int]]:
    """Leave out the row that announces a far jump to the last point."""
    table: list[list[int]] = rows.tolist()
    if len(table) > 3 and table[-3] == [0, 0, 1, 0] and max(map(abs, table[-2][:2])) > 1:
        del table[-3]
    return table


@settings(max_examples=100, deadline=None)
@given(rows=MANY)
def test_rows_come_back_and_are_fewer_by_the_strokes(rows: list[Rows]) -> None:
    found = read_npz(write(FORMAT, {"train": Part(rows)}), allow_pickle=True)["train"]
    assert found.shape == (len(rows),)
    for drawing, own in zip(found, rows, strict=True):
        assert drawing.dtype == np.int16
        assert rows_of(drawing) == without_last_marker(own)
        strokes = strokes_of(own)
        assert drawing[:, 2].sum() == max(len(strokes), 1)
        announced = len(own) - len(without_last_marker(own))
        silent = len(own) > 2 and len(strokes) > (own[:, 2] == 1).sum()
        if strokes:
            assert len(drawing) == len(own) - len(strokes) + silent
        assert not (silent and announced)


def test_known_rows() -> None:
    found = read_npz(write(FORMAT, {"train": Part(ALL)}), allow_pickle=True)["train"]
    assert [drawing.tolist() for drawing in found] == [
        [[0, 0, 1]],
        [[5, 9, 1]],
        [[1, 1, 0], [1, 0, 1], [3, 2, 1]],
        [[64, 64, 0], [0, -1, 1], [-1, 0, 0], [0, 1, 1]],
    ]


def test_scale_and_beginning_at_zero() -> None:
    rows, lengths = stroke3_rows(set_of(ALL), {"scale": 255, "first": "zero"})
    assert lengths.tolist() == [1, 1, 3, 4]
    assert rows.dtype == np.int16
    assert rows[1:5].tolist() == [[0, 0, 1], [0, 0, 0], [255, 0, 1], [765, 510, 1]]
    far = np.array([[1, 1, 0, 0], [-127, 127, 0, 0], [0, 0, 1, 1]], dtype=np.int8)
    assert stroke3_rows(set_of([far]), {"scale": 255, "first": "absolute"})[0].tolist() == [
        [255, 255, 1],
        [-32385, 32385, 1],
    ]


@settings(max_examples=30, deadline=None)
@given(train=MANY, test=MANY)
def test_sketch_rnn_loads_it(train: list[Rows], test: list[Rows]) -> None:
    parts = {"train": Part([*train, NEAR_LIFT], [1] * (len(train) + 1)), "test": Part(test)}
    loaded = sketch_rnn.load(write(FORMAT, parts))
    assert loaded.batches["valid"].shape == (0,)
    for name, own in (("train", [*train, NEAR_LIFT]), ("test", test)):
        batch = loaded.batches[name]
        assert batch.shape == (len(own), loaded.longest + 1, 5)
        np.testing.assert_array_equal(batch[:, 0], [sketch_rnn.START] * len(own))
        np.testing.assert_array_equal(batch[:, :, 2:].sum(axis=2), 1)
        for drawing, rows in zip(batch, own, strict=True):
            pen, strokes = np.zeros(2), [[]]  # type: ignore[var-annotated]
            for dx, dy, _down, up, end in drawing[1:]:
                if end:
                    break
                pen += np.array([dx, dy]) * loaded.factor
                strokes[-1].append(tuple((np.rint(pen) - 1).astype(int).tolist()))
                strokes += [[]] if up else []
            expected = strokes_of(rows) or [[(-1, -1)]]
            assert strokes == [*expected, []]


def test_splits_go_to_the_parts_of_their_names() -> None:
    names = ["train", "Test50k", "validation", "val", "hsf4", "dev", "test"]
    parts = {name: Part([DOT] * (place + 1)) for place, name in enumerate(names)}
    arrays = read_npz(write(FORMAT, parts), allow_pickle=True)
    counts = {part: len(arrays[part]) for part in ("train", "valid", "test")}
    assert counts == {"train": 1 + 5, "valid": 3 + 4 + 6, "test": 2 + 7}
    assert arrays["test_split"].tolist() == ["Test50k"] * 2 + ["test"] * 7
    assert arrays["train_index"].tolist() == [0, *range(5)]
    alone = read_npz(write(FORMAT, parts, {"parts": "test", "valid": 50}), allow_pickle=True)
    assert [len(alone[part]) for part in counts] == [0, 0, 28]


def test_a_share_of_train_for_valid() -> None:
    index = [0, 4, 5, 99, 100, 104, 105, 1204]
    parts = {
        "train": Part([LAST_JUMP, NEAR_LIFT] * 4, list(range(8)), index=index),
        "test": Part([BLANK, DOT], [8, 9]),
    }
    for size in (1, 3, 100):
        arrays = read_npz(write(FORMAT, parts, {"valid": 5}, size=size), allow_pickle=True)
        assert arrays["valid_index"].tolist() == [0, 4, 100, 104, 1204]
        assert arrays["valid_label"].tolist() == [0, 1, 4, 5, 7]
        assert arrays["train_index"].tolist() == [5, 99, 105]
        assert arrays["test_label"].tolist() == [8, 9]
        assert [len(drawing) for drawing in arrays["valid"]] == [3, 4, 3, 4, 4]
        assert [len(drawing) for drawing in arrays["train"]] == [3, 4, 3]


def test_what_is_known_stands_beside_each_part() -> None:
    parts = mixed_parts()
    parts["test"] = parts.pop("@test, <2> & 'more'")
    arrays = read_npz(write(FORMAT, parts), allow_pickle=True)
    assert arrays["train_writer"].tolist() == [2100, -5, 7, 8, 9, 10]
    assert arrays["train_label"].dtype == np.uint8
    assert arrays["train_note"].tolist() == [0, 0, 1, 0, 2, 1]
    assert arrays["test_note"].tolist() == [0, 3]
    assert arrays["notes"].tolist() == ["", "+1 <&>", "two\r\nlines", "last"]
    assert arrays["test_score"][0] == 0.5
    assert not {name for name in arrays if "known" in name}
    assert not {"test_label", "test_writer", "test_hand", "train_score"} & set(arrays)


def test_a_column_known_in_some_of_a_part() -> None:
    parts = {"train": Part([DOT], [3], {"writer": [5]}), "more": Part([BLANK])}
    arrays = read_npz(write(FORMAT, parts), allow_pickle=True)
    assert arrays["train_label"].tolist() == [3, 0]
    assert arrays["train_known_label"].tolist() == [True, False]
    assert arrays["train_known_writer"].tolist() == [True, False]


def pickled(content: bytes, part: str) -> bytes:
    """Return the pickle in an object array of a file, without the npy header."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive, archive.open(f"{part}.npy") as file:
        assert np.lib.format.read_magic(file) == (1, 0)
        np.lib.format.read_array_header_1_0(file)
        return file.read()


@pytest.mark.parametrize("lengths", [[1, 42, 43, 300], [0], [70_000], []])
def test_the_pickle_is_of_an_old_form_and_as_numpys_own(lengths: list[int]) -> None:
    rows = np.arange(3 * sum(lengths), dtype=np.int16).reshape(-1, 3)
    content, ends = pickle_items(rows, np.array(lengths, dtype=np.int64))
    items = np.split(content, ends[:-1]) if lengths else []
    file = io.BytesIO()
    write_items(file, [item.tobytes() for item in items])
    file.seek(0)
    found = np.lib.format.read_array(file, allow_pickle=True)
    assert file.read() == b""
    own = np.empty(len(lengths), dtype=object)
    own[:] = np.split(rows, np.cumsum(lengths)[:-1])[: len(lengths)]
    assert found.dtype == own.dtype == object
    assert pickle.dumps([*found]) == pickle.dumps([part.copy() for part in own])
    for drawing in found:
        drawing += 1


def test_the_pickle_names_only_what_all_numpys_have() -> None:
    content = pickled(write(FORMAT, {"train": Part(ALL), "test": Part([DOT])}), "train")
    named, protocol = set(), 0
    for opcode, argument, _place in pickletools.genops(content):
        protocol = max(protocol, opcode.proto)
        if opcode.name == "GLOBAL":
            named.add(argument)
    assert named == {"numpy.core.multiarray _reconstruct", "numpy ndarray", "numpy dtype"}
    assert protocol == 3
    pickletools.dis(content, out=io.StringIO())


def test_without_pickles_it_does_not_load() -> None:
    with np.load(io.BytesIO(write(FORMAT, mixed_parts()))) as archive:
        assert archive["train_index"].tolist() == [3, 4, 10, 99, 100, 70_000, 0, 5]
        with pytest.raises(ValueError, match="allow_pickle"):
            archive["train"]
