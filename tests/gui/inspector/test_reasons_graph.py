"""The graph of a skeleton in words and as painted; its loops against the holes of the image."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyleOptionGraphicsItem
from scipy import ndimage

from tests.pictures import RING, TEE, mask_of
from viewer.core.extract import extract
from viewer.core.graph.graph import find_graph
from viewer.datasets.sample import open_sample
from viewer.gui.inspector.reasons_graph import GraphPicture, draw_graph, find_loops, graph_words
from viewer.gui.inspector.reasons_graph_item import CHAINS, JUNCTION, GraphItem

SCALE = 40
EIGHT = """
    ...........
    ....###....
    ...#...#...
    ...#...#...
    ...#...#...
    ....###....
    .....#.....
    .....#.....
    .....#.....
    .....#.....
    .....#.....
    .....#.....
    ....###....
    ...#...#...
    ...#...#...
    ...#...#...
    ....###....
    ...........
"""


def picture_of(picture: str) -> tuple[GraphPicture, NDArray[np.bool_]]:
    mask = mask_of(picture)
    return draw_graph(find_graph(mask, corners=False), mask), mask


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (TEE, ("3 chains", "1 junction", "", "0 loops")),
        (RING, ("1 chain", "0 junctions", "", "1 loop")),
        (EIGHT, ("3 chains", "2 junctions", "", "2 loops")),
        ("#####", ("1 chain", "0 junctions", "", "0 loops")),
        ("...", ("0 chains", "0 junctions", "", "0 loops")),
    ],
)
def test_the_graph_is_counted_in_words(picture: str, words: tuple[str, ...]) -> None:
    assert graph_words(picture_of(picture)[0]) == words


def test_chains_that_meet_differ_in_colour_and_reach_the_junction() -> None:
    drawn, mask = picture_of(TEE)
    assert sorted(drawn.tints) == [0, 1, 2]
    junction = {tuple(pixel) for pixel in drawn.junctions.tolist()}
    for line in drawn.lines:
        ends = {tuple(line[0].tolist()), tuple(line[-1].tolist())}
        assert len(ends & junction) == 1
        assert np.abs(np.diff(line, axis=0)).max() == 1
        assert mask[tuple(line.T)].all()


@pytest.mark.parametrize(
    ("ends", "rings", "count", "looped"),
    [
        ([], [], 0, []),
        ([[-1, 0], [0, 1], [0, 1], [1, -1]], [0] * 4, 1, [0, 1, 1, 0]),
        ([[0, 1], [0, 1], [0, 1]], [0] * 3, 2, [1, 1, 1]),
        ([[0, 0], [0, 1], [-1, -1]], [0, 0, 1], 2, [1, 0, 1]),
        ([[0, 1], [1, 2], [2, 0], [2, 3]], [0] * 4, 1, [1, 1, 1, 0]),
    ],
)
def test_loops_are_counted_and_bridges_are_in_none(
    ends: list[list[int]], rings: list[int], count: int, looped: list[int]
) -> None:
    pairs = np.array(ends, dtype=np.int64).reshape(-1, 2)
    found, within = find_loops(pairs, np.array(rings, dtype=np.bool_))
    assert found == count
    assert within.tolist() == [bool(each) for each in looped]


def test_what_loops_enclose_is_what_the_outside_does_not_reach() -> None:
    for picture in (RING, EIGHT, TEE):
        drawn, mask = picture_of(picture)
        expected = ndimage.binary_fill_holes(mask) & ~mask
        np.testing.assert_array_equal(drawn.holes, np.argwhere(expected))


def test_loops_of_real_digits_are_the_holes_of_their_skeletons() -> None:
    four = ndimage.generate_binary_structure(2, 1)
    gaps = 0
    for image in open_sample().splits["test"].images[:100]:
        skeleton = extract(image).skeleton
        drawn = draw_graph(find_graph(skeleton), skeleton)
        enclosed = ndimage.binary_fill_holes(skeleton) & ~skeleton
        hatched = np.zeros_like(skeleton)
        hatched[tuple(drawn.holes.T)] = True
        assert drawn.loop_count == ndimage.label(hatched, four)[1]
        assert not np.any(hatched & ~enclosed)
        gaps += ndimage.label(enclosed & ~hatched, four)[1]
    assert 0 < gaps < 10  # within junctions, which the graph sees through


def painted(picture: str) -> QImage:
    drawn, mask = picture_of(picture)
    item = GraphItem()
    item.set_graph(drawn, (mask.shape[0], mask.shape[1]))
    image = QImage(mask.shape[1] * SCALE, mask.shape[0] * SCALE, QImage.Format.Format_RGB32)
    image.fill(QColor("#000000"))
    painter = QPainter(image)
    painter.scale(SCALE, SCALE)
    item.paint(painter, QStyleOptionGraphicsItem())
    painter.end()
    return image


def test_chains_and_junctions_have_their_colours(qapp: QApplication) -> None:
    image = painted(TEE)
    mask = mask_of(TEE)
    drawn = picture_of(TEE)[0]
    junctions = {tuple(pixel) for pixel in drawn.junctions.tolist()}
    beside = {tuple(pixel) for pixel in find_graph(mask, corners=False).beside.tolist()}
    chains = set()
    for row in range(mask.shape[0]):
        for column in range(mask.shape[1]):
            middle = round((column + 0.5) * SCALE), round((row + 0.5) * SCALE)
            color = image.pixelColor(*middle).name()
            if (row, column) in junctions:
                assert color == JUNCTION
            elif (row, column) in beside:
                continue
            elif mask[row, column]:
                chains.add(color)
            elif not any(max(abs(row - r), abs(column - c)) == 1 for r, c in junctions):
                assert color == "#000000"
    assert chains == set(CHAINS[:3])


def test_loops_are_hatched_and_nothing_is_painted_without_a_graph(qapp: QApplication) -> None:
    image = painted(RING)
    assert image.pixelColor(round(2.5 * SCALE), round(2.5 * SCALE)).name() != "#000000"
    blank = painted("....\n....")
    colors = {blank.pixel(x, y) for x in range(0, 160, 4) for y in range(0, 80, 4)}
    assert colors == {QColor("#000000").rgb()}
