from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.export.pictures.digits import ALL, EMPTY, LARGE, SEVEN, make_chunk
from viewer.export.pictures.cells import Cell, pack_cells, unpack_cells
from viewer.export.pictures.drawing import drawings, line_width, pen_times

CELLS = st.builds(
    Cell,
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=9),
    st.none() | st.integers(0, 255),
    st.tuples(st.integers(1, 64), st.integers(1, 64)),
    st.binary(max_size=50),
    st.floats(0, 100),
)


@given(st.lists(CELLS, max_size=6))
def test_cells_come_back(cells: list[Cell]) -> None:
    assert list(unpack_cells(pack_cells(cells))) == cells


@pytest.mark.parametrize("name", ALL)
def test_drawings_have_the_strokes_of_the_sequences(name: str) -> None:
    first, second = drawings(make_chunk([ALL[name], SEVEN], labels=[3, 7]))
    strokes = [[tuple(point) for point in stroke.tolist()] for stroke in first.strokes]
    assert strokes == [list(stroke) for stroke in ALL[name]]
    assert (first.identity, first.label) == ("train:0", 3)
    assert (second.identity, second.label) == ("train:1", 7)


def test_large_images_have_large_drawings() -> None:
    (drawing,) = drawings(make_chunk([LARGE], (64, 64), "test"))
    assert drawing.shape == (64, 64)
    assert drawing.label is None
    assert drawing.points.max() == 63
    assert drawing.skeleton.sum() == 67


def test_thin_lines_stay_visible_in_small_pictures() -> None:
    assert line_width(0.35, 10) == 0.35
    assert line_width(0.35, 2) * 2 == pytest.approx(1.5)
    assert line_width(0.22, 2) < line_width(0.35, 2)


def test_times_of_no_points() -> None:
    (drawing,) = drawings(make_chunk([EMPTY]))
    assert np.asarray(pen_times(drawing, 16.0)).shape == (0,)
