from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.core.sequence import encode
from viewer.errors import UserError
from viewer.export.published_text import (
    points_text,
    read_points,
    read_sequence,
    sequence_text,
    target_text,
)

POINTS = np.array([[0, 0], [0, 1], [4, 5], [5, 5], [5, 6]])


def test_forms() -> None:
    rows = encode(POINTS)
    assert sequence_text(rows) == "1 1 0 0\n1 0 0 0\n0 0 1 0\n4 4 0 0\n0 1 0 0\n1 0 0 0\n0 0 1 1\n"
    assert points_text(rows) == "col,row\n1,1\n2,1\n-1,-1\n6,5\n6,6\n7,6\n-2,-2\n"
    assert target_text(rows, 3).splitlines()[0] == "0 0 0 1 0 0 0 0 0 0 1 1 0 0"


@given(
    st.lists(st.tuples(st.integers(0, 63), st.integers(0, 63)), max_size=60, unique=True),
    st.booleans(),
)
def test_round_trip(
    tmp_path_factory: pytest.TempPathFactory, points: list[tuple[int, int]], announce: bool
) -> None:
    folder = tmp_path_factory.getbasetemp()
    order = np.array(points, dtype=np.int16).reshape(-1, 2)
    rows = encode(order, announce_last_jump=announce)
    (folder / "rows.txt").write_text(sequence_text(rows))
    (folder / "points.txt").write_text(points_text(rows))
    np.testing.assert_array_equal(read_sequence(folder / "rows.txt"), rows)
    np.testing.assert_array_equal(read_points(folder / "points.txt"), order)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "shape|rows"),
        ("1 1 0 0\n", "0 0 1 1"),
        ("1 1 0\n0 0 1 1\n", "line 1 does not hold 4 whole numbers"),
        ("1 1 0 0\n1 x 0 0\n0 0 1 1\n", "line 2 does not hold"),
        ("1 1 0 0\n\n0 0 1 1\n", "line 2 does not hold"),
        ("1 1 0 0\n99999999999999999999 1 0 0\n0 0 1 1\n", "line 2"),
        ("1 1 0 0\n200 1 0 0\n0 0 1 1\n", "8 bits"),
        ("1 1 0 0\n-5 0 0 0\n0 0 1 1\n", "outside the image"),
        ("1 1 0 0\n1 0 1 0\n0 0 1 1\n", "must not move the pen"),
        ("1 1 0 2\n0 0 1 1\n", "0 or 1"),
        ("1 1 0 0\n0 0 1 1\n1 1 0 0\n", "as the last one"),
        ("é", "not plain text"),
        ("1 1 0 0\n" * 200_000, "longer than"),
    ],
)
def test_malformed_sequences(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "rows.txt"
    path.write_text(text)
    with pytest.raises(UserError, match=message):
        read_sequence(path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "first line is not col,row"),
        ("row,col\n1,1\n-2,-2\n", "first line is not col,row"),
        ("col,row\n1,1\n", "last line is not -2,-2"),
        ("col,row\n1,1\n1\n-2,-2\n", "line 3 does not hold 2 whole numbers"),
        ("col,row\n0,1\n-2,-2\n", "outside the image"),
        ("col,row\n-2,-2\n-2,-2\n", "outside the image"),
    ],
)
def test_malformed_points(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "points.txt"
    path.write_text(text)
    with pytest.raises(UserError, match=message):
        read_points(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="No such file"):
        read_sequence(tmp_path / "none.txt")
