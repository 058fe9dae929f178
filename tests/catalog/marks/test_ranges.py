from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.catalog.marks.ranges import LARGEST_INDEX, format_ranges, parse_ranges


def test_form() -> None:
    indices = np.array([0, 1, 2, 5, 7, 8])
    assert format_ranges(indices) == "0-2,5,7-8"
    assert parse_ranges("0-2,5,7-8").tolist() == indices.tolist()


@given(st.sets(st.integers(0, 300), min_size=1))
def test_round_trip(indices: set[int]) -> None:
    array = np.array(sorted(indices))
    np.testing.assert_array_equal(parse_ranges(format_ranges(array)), array)


def test_the_text_of_a_whole_set_is_short() -> None:
    assert format_ranges(np.arange(402_953)) == "0-402952"


@pytest.mark.parametrize(
    "text",
    ["", ",", "1,", "-1", "1-", "a", "1 ", "2-1", "1,1", "5,3", "0-4,4-6", "٣", "1_0",
     str(LARGEST_INDEX), f"0-{LARGEST_INDEX}", "0-99999999999"],
)  # fmt: skip
def test_other_text(text: str) -> None:
    with pytest.raises(ValueError, match="range"):
        parse_ranges(text)
