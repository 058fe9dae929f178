from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from viewer.datasets.emnist import AT_ONCE, read_mapping, turn_upright
from viewer.errors import UserError


@pytest.mark.parametrize("shape", [(3, 2, 2), (2 * AT_ONCE + 5, 3, 3), (4, 2, 5)])
def test_rows_and_columns_change_places(shape: tuple[int, int, int]) -> None:
    images = (np.arange(np.prod(shape)) % 251).astype(np.uint8).reshape(shape)
    expected = images.transpose(0, 2, 1).copy()
    upright = turn_upright(images)
    np.testing.assert_array_equal(upright, expected)
    assert upright.flags.c_contiguous
    assert np.shares_memory(upright, images) == (shape[1] == shape[2])


def test_a_table_names_each_label_and_of_two_cases_the_lower(tmp_path: Path) -> None:
    path = tmp_path / "mapping.txt"
    path.write_text("0 48\n\t3  67 99 \n1 65\n")
    assert read_mapping(path) == ("0", "A", "N/A", "c")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("0 48\n1\n", 2),
        ("0 48\n\n1 65\n", 2),
        ("256 48\n", 1),
        ("-1 48\n", 1),
        ("0 31\n", 1),
        ("0 127\n", 1),
        ("9" * 5000 + " 65\n", 1),
        ("0 65\n" * 40_000, 1),
    ],
)
def test_what_is_no_table_is_told_by_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "mapping.txt"
    path.write_text(text)
    with pytest.raises(UserError, match=f"line {line} is not a label and the codes"):
        read_mapping(path)
