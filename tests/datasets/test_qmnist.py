from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.idx_files import (
    PACKINGS,
    make_classes,
    make_extended,
    make_images,
    pack_idx,
    pack_tsv,
)
from viewer.datasets.digits import Split
from viewer.datasets.qmnist import COLUMNS, METADATA, join_extended, read_extended
from viewer.errors import UserError

TABLE = make_extended(make_classes(10))
HERE = Path("here")


def make_split(count: int, *, labels: bool = True) -> Split:
    return Split("test", make_images(count), make_classes(count) if labels else None)


@pytest.mark.parametrize("ending", PACKINGS)
@pytest.mark.parametrize("pack", [pack_idx, pack_tsv])
def test_tables_are_told_by_their_content(tmp_path: Path, pack: object, ending: str) -> None:
    assert callable(pack)
    path = tmp_path / "table"
    path.write_bytes(PACKINGS[ending](pack(TABLE)))
    found = read_extended(path)
    assert found.dtype == np.int32
    np.testing.assert_array_equal(found, TABLE)


def test_lines_may_end_as_on_windows(tmp_path: Path) -> None:
    path = tmp_path / "table.tsv"
    path.write_bytes(pack_tsv(TABLE).replace(b"\n", b"\r\n"))
    np.testing.assert_array_equal(read_extended(path), TABLE)


@pytest.mark.parametrize("labels", [True, False])
def test_columns_are_joined_by_position(labels: bool) -> None:
    split = join_extended(make_split(10, labels=labels), TABLE, HERE)
    assert split.labels is not None
    assert split.labels.tolist() == TABLE[:, 0].tolist()
    assert tuple(split.columns) == METADATA
    assert set(METADATA) | {"class"} == set(COLUMNS)
    for name, place in {
        "hsf_series": 1,
        "writer": 2,
        "digit_index": 3,
        "nist_class": 4,
        "global_index": 5,
        "duplicate": 6,
        "unused": 7,
    }.items():
        assert split.columns[name].dtype == np.int32
        assert split.columns[name].tolist() == TABLE[:, place].tolist()


def test_other_columns_stay(tmp_path: Path) -> None:
    split = Split("test", make_images(10), None, {"mark": np.arange(10)})
    assert list(join_extended(split, TABLE, HERE).columns) == ["mark", *METADATA]


def test_the_first_rows_are_enough_where_labels_prove_it() -> None:
    split = join_extended(make_split(4), TABLE, HERE)
    assert split.columns["writer"].tolist() == [2100, 2101, 2102, 2103]
    with pytest.raises(UserError, match="of 10 digits for 4 images"):
        join_extended(make_split(4, labels=False), TABLE, HERE)
    with pytest.raises(UserError, match="of 10 digits for 11 images"):
        join_extended(make_split(11), TABLE, HERE)


def test_the_mnist_test_digits_are_the_first_of_qmnist() -> None:
    table = make_extended(make_classes(10_002))
    split = Split("test", np.zeros((10_000, 1, 1), np.uint8))
    assert join_extended(split, table, HERE).columns["writer"][-1] == 2100 + 9999


def test_a_differing_class_is_named() -> None:
    table = TABLE.copy()
    table[[3, 5], 0] = 8
    with pytest.raises(UserError, match="digit test:3 is of class 9, row 3 of class 8") as caught:
        join_extended(make_split(10), table, HERE)
    assert caught.value.path == HERE
