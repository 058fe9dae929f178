from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from tests.idx_files import FORMS, PACKINGS, header, pack_idx
from viewer.datasets.idx import LARGEST, IdxHeader, read_idx
from viewer.errors import UserError


@given(
    array=st.sampled_from(sorted(FORMS)).flatmap(
        lambda name: arrays.arrays(
            name,
            arrays.array_shapes(min_dims=1, max_dims=4, min_side=0, max_side=4),
            elements={"allow_nan": False} if name.startswith("float") else None,
        )
    ),
    ending=st.sampled_from(sorted(PACKINGS)),
)
def test_any_array_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, array: NDArray[np.generic], ending: str
) -> None:
    path = tmp_path_factory.getbasetemp() / f"array{ending}"
    path.write_bytes(PACKINGS[ending](pack_idx(array)))
    found = read_idx(path)
    assert found.dtype == array.dtype
    assert found.dtype.isnative
    np.testing.assert_array_equal(found, array)


def test_bytes_are_those_of_the_description(tmp_path: Path) -> None:
    path = tmp_path / "array"
    path.write_bytes(bytes.fromhex("00000b02 00000001 00000003 0001 ff00 7fff"))
    found = read_idx(path)
    assert found.tolist() == [[1, -256, 32767]]
    assert found.dtype == np.int16
    found += 1  # what was read may be changed


@pytest.mark.parametrize("ending", PACKINGS)
def test_a_check_sees_the_header_before_any_data_is_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "array"
    path.write_bytes(PACKINGS[ending](header(12, 2**32 - 1, 8)))
    seen: list[IdxHeader] = []

    def check(found: IdxHeader, of: Path) -> None:
        assert of == path
        seen.append(found)
        raise UserError("seen")

    with pytest.raises(UserError, match="seen"):
        read_idx(path, check)
    assert seen == [IdxHeader(np.dtype(">i4"), (2**32 - 1, 8))]
    assert seen[0].size == (2**32 - 1) * 32
    assert str(seen[0]) == "int32 4294967295 x 8"


def test_sizes_are_capped_however_they_multiply(tmp_path: Path) -> None:
    path = tmp_path / "array"
    for sizes in [(LARGEST + 1,), (2**16, 2**16), (2**31, 2**31, 4), (0, 2**32 - 1)]:
        path.write_bytes(header(8, *sizes))
        with pytest.raises(UserError, match="more than the 640 MiB"):
            read_idx(path)


def test_missing_memory_is_an_error_of_the_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "array.gz"
    path.write_bytes(PACKINGS[".gz"](header(8, LARGEST)))

    def refuse(*args: object) -> None:
        raise MemoryError

    monkeypatch.setattr(np, "empty", refuse)
    with pytest.raises(UserError, match="no memory for its 671,088,640 bytes"):
        read_idx(path)
