from __future__ import annotations

import io
import zipfile
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from viewer.export.formats.arrays import pack_arrays, unpack_arrays, write_arrays

DTYPES = st.sampled_from(["i1", "u1", "<i8", ">i4", "<f4", "?", "<U3", ">U2"]).map(np.dtype)
ARRAYS = st.dictionaries(
    st.text(min_size=1, max_size=5).filter(lambda name: name.isprintable() and "/" not in name),
    hnp.arrays(DTYPES, hnp.array_shapes(min_dims=0, min_side=0, max_side=4)),
    max_size=4,
)


def assert_same(found: dict[str, NDArray[Any]], expected: dict[str, NDArray[Any]]) -> None:
    assert list(found) == list(expected)
    for name, array in expected.items():
        assert found[name].dtype == array.dtype.newbyteorder("<")
        np.testing.assert_array_equal(found[name], array)


@given(arrays=ARRAYS)
def test_packed_arrays_come_back(arrays: dict[str, NDArray[Any]]) -> None:
    assert_same(unpack_arrays(pack_arrays(arrays)), arrays)


@given(arrays=ARRAYS, compressed=st.booleans())
def test_numpy_reads_what_is_written(arrays: dict[str, NDArray[Any]], compressed: bool) -> None:
    file = io.BytesIO()
    write_arrays(file, arrays, compressed=compressed)
    with np.load(io.BytesIO(file.getvalue()), allow_pickle=False) as written:
        assert_same({name: written[name] for name in written.files}, arrays)


def test_entries_hold_no_time_of_writing() -> None:
    file = io.BytesIO()
    write_arrays(file, {"a": np.arange(1000), "b": np.zeros((0, 3), dtype=np.int8)})
    with zipfile.ZipFile(file) as archive:
        found = [
            (entry.filename, entry.date_time, entry.create_system, entry.external_attr >> 16)
            for entry in archive.infolist()
        ]
        assert archive.testzip() is None
        assert archive.getinfo("a.npy").compress_size < archive.getinfo("a.npy").file_size
    start = (1980, 1, 1, 0, 0, 0)
    assert found == [("a.npy", start, 3, 0o644), ("b.npy", start, 3, 0o644)]


def test_memory_order_and_byte_order_change_no_byte() -> None:
    plain = np.arange(12, dtype="<i4").reshape(3, 4)
    contents = set()
    for array in (plain, np.asfortranarray(plain), plain.astype(">i4")):
        file = io.BytesIO()
        write_arrays(file, {"a": array})
        contents.add(file.getvalue())
        contents.add(pack_arrays({"a": array}))
    assert len(contents) == 2


def test_objects_are_refused() -> None:
    objects = {"a": np.array([None, "x"], dtype=object)}
    with pytest.raises(ValueError, match="allow_pickle"):
        pack_arrays(objects)
    with pytest.raises(ValueError, match="allow_pickle"):
        write_arrays(io.BytesIO(), objects)


@pytest.mark.parametrize("cut", [1, 9, 40, 100])
def test_torn_bytes_are_refused(cut: int) -> None:
    content = pack_arrays({"name": np.arange(9)})
    with pytest.raises(ValueError, match=r".+"):
        unpack_arrays(content[:cut])
