"""Numbers beside start dots never cover ink, leaders or each other, nor leave the board."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication

from viewer.core.sequence import stroke_offsets
from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.number_marks import StrokeNumbers
from viewer.gui.inspector.numbers import CLEARANCE, GAPS, place_numbers

SIZE = (1.2, 0.9)
MOST_STROKES = Path(__file__).with_name("most_strokes.txt")
"""Indices of the 1,000 digits of MNIST's test set with the most strokes, as published."""


def test_a_lone_stroke_gets_its_number_beside_the_start() -> None:
    points = np.array([(5, 5), (5, 6), (5, 7)])
    (spot,) = place_numbers(points, np.array([0, 3]), SIZE, (28, 28))
    assert spot is not None
    assert np.hypot(spot.center[0] - 5.5, spot.center[1] - 5.5) < 2
    assert spot.leader is None


def test_a_number_without_room_is_left_out() -> None:
    side = 7
    points = np.argwhere(np.ones((side, side), dtype=bool))
    middle = np.concatenate((points[24:], points[:24]))
    assert place_numbers(middle, np.array([0, side * side]), SIZE, (side, side)) == [None]


def test_a_line_leads_to_a_number_that_stands_farther_off() -> None:
    shaft = [*((row, column) for column in (9, 13) for row in range(9, 28)), (14, 11), (14, 12)]
    points = np.array([(13, 11), *shaft])
    size = (3.0, 3.2)
    spot = place_numbers(points, np.array([0, 1, len(points)]), size, (28, 28))[0]
    assert spot is not None
    assert spot.leader is not None
    assert spot.center[0] < 9
    beyond = np.abs(np.array(spot.leader) - spot.center) - np.array(size) / 2
    assert 0 < beyond.max() < 0.5
    way = np.linspace((13.5, 11.5), spot.leader, 30)
    nearest = np.abs(way[:, None] - (np.array(shaft) + 0.5)[None, :-2]).max(axis=2).min()
    assert nearest > CLEARANCE


def test_a_number_prefers_its_own_start_to_a_dashed_line() -> None:
    points = np.array([(20, 2), (19, 2), (5, 20), (6, 20)])
    crossing = place_numbers(points, np.array([0, 2, 4]), SIZE, (28, 28))[1]
    assert crossing is not None
    way = np.linspace((19.5, 2.5), (5.5, 20.5), 50)
    assert not (np.abs(way - crossing.center) < np.array(SIZE) / 2).all(axis=1).any()


@given(
    st.lists(
        st.tuples(st.integers(0, 15), st.integers(0, 15)), unique=True, min_size=1, max_size=30
    )
)
def test_placed_numbers_are_free_and_inside(points: list[tuple[int, int]]) -> None:
    array = np.array(points)
    offsets = stroke_offsets(array)
    spots = place_numbers(array, offsets, SIZE, (16, 16))
    assert len(spots) == len(offsets) - 1
    half = np.array(SIZE) / 2
    placed = [(np.array(spot.center), spot.leader) for spot in spots if spot is not None]
    for index, (center, _leader) in enumerate(placed):
        assert (center >= half).all()
        assert (center <= 16 - half).all()
        near = np.abs(array + 0.5 - center) < half + CLEARANCE
        assert not near.all(axis=1).any()
        for other, _leader in placed[:index]:
            assert not (np.abs(center - other) < 2 * half).all()
    starts = array[offsets[:-1]] + 0.5
    for start, spot in zip(starts, spots, strict=True):
        if spot is not None and spot.leader is not None:
            way = np.linspace(start, spot.leader, 30)
            for center, _leader in placed:
                assert not (np.abs(way - center) < half).all(axis=1).any()
            reach = half + CLEARANCE + GAPS[-1]
            assert (np.abs(start - spot.center) <= reach + 1e-9).all()


@pytest.fixture(scope="module")
def busy_digits(shared_data: Path) -> list[np.ndarray]:
    """Return the points of the digits with the most strokes."""
    from viewer.core.extract import extract
    from viewer.datasets.source import open_source

    images = open_source(shared_data / "mnist").splits["test"].images
    chosen = [int(index) for index in MOST_STROKES.read_text().split()]
    assert len(set(chosen)) == 1000
    digits = [extract(images[index]).points for index in chosen]
    counts = [len(stroke_offsets(points)) - 1 for points in digits]
    assert max(counts) == 6
    assert sum(count >= 3 for count in counts) == 992
    return digits


@pytest.mark.parametrize("side", [160, 240, 400])
def test_real_numbers_never_overlap_nor_leave_the_board(
    qapp: QApplication, busy_digits: list[np.ndarray], side: int
) -> None:
    scale = side // 28
    font = figures_font(qapp.font(), -1)
    metrics = QFontMetricsF(font)
    board = QRectF(0, 0, 28 * scale, 28 * scale)
    numbers = StrokeNumbers(font)
    for points in busy_digits:
        offsets = stroke_offsets(points)
        numbers.set_strokes(points, offsets, (28, 28))
        boxes = []
        for stroke, spot in enumerate(numbers.spots(scale)):
            assert spot is not None, "a stroke has no number"
            text = str(stroke + 1)
            ink = metrics.tightBoundingRect(text)
            boxes.append(
                ink.translated(
                    spot.center[1] * scale - metrics.horizontalAdvance(text) / 2,
                    spot.center[0] * scale + metrics.capHeight() / 2,
                )
            )
        for one, other in itertools.combinations(boxes, 2):
            assert not one.intersects(other)
        centers = (points + 0.5) * scale
        for box in boxes:
            assert board.contains(box)
            inside = (centers[:, 1] > box.left()) & (centers[:, 1] < box.right())
            inside &= (centers[:, 0] > box.top()) & (centers[:, 0] < box.bottom())
            assert not inside.any()
