"""The graph of a skeleton: chains of pixels between ends, junctions and corners."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viewer.core.bitimage import check_mask, words_of
from viewer.core.graph import chains


@dataclass(frozen=True)
class SkeletonGraph:
    """What a skeleton consists of, as the natural order sees it.

    Parameters
    ----------
    points : ndarray of int16, shape (P, 2)
        (row, column) of the pixels of all chains, each from its first end to its second.
    offsets : ndarray of int64, shape (C + 1,)
        Chain ``i`` has ``points[offsets[i]:offsets[i + 1]]``.
    ends : ndarray of int64, shape (C, 2)
        Node at the first and the second end of each chain; -1 where the end is free.
    rings : ndarray of bool, shape (C,)
        Chains whose ends touch each other and nothing else.
    junctions : ndarray of int16, shape (M, N)
        Node of the pixels of junctions, -1 elsewhere.
    corners : ndarray of int16, shape (K, 2)
        (row, column) of the corners, which are the nodes after the junctions.
    beside : ndarray of int16, shape (B, 2)
        Pixels of neither chains nor junctions: the skeleton is wider than a line there.
    """

    points: NDArray[np.int16]
    offsets: NDArray[np.int64]
    ends: NDArray[np.int64]
    rings: NDArray[np.bool_]
    junctions: NDArray[np.int16]
    corners: NDArray[np.int16]
    beside: NDArray[np.int16]

    @property
    def junction_count(self) -> int:
        """Junctions there are."""
        return int(self.junctions.max(initial=-1)) + 1

    def chain(self, number: int) -> NDArray[np.int16]:
        """Return the points of a chain."""
        return self.points[self.offsets[number] : self.offsets[number + 1]]


def find_graph(skeleton: NDArray[np.bool_], *, corners: bool = True) -> SkeletonGraph:
    """Take a skeleton apart into chains and junctions.

    Parameters
    ----------
    skeleton : ndarray of bool, shape (M, N)
        1 x 1 to 64 x 64 pixels.
    corners : bool
        Whether chains end at sharp corners, too.

    Returns
    -------
    graph : SkeletonGraph
        Each pixel is on one chain, in one junction or beside them.

    Raises
    ------
    ValueError
        If the skeleton has another shape or dtype.
    """
    skeleton = check_mask(skeleton)
    height, width = skeleton.shape
    words = words_of(skeleton)
    space = chains.make_space(height, width)
    number, nodes, first_corner, count = chains.find_chains(words, height, width, corners, space)
    cell, node, ink, pixels, _, found = space[:6]
    parts = [pixels[first:behind] for first, behind in found[:number, :2]]
    cells = np.concatenate([*parts, np.zeros(0, dtype=np.int16)])
    ink = ink[:count]
    bends = {int(row[3]): row[1] - 1 for row in found[:number] if first_corner <= row[3] < nodes}
    corner_cells = np.array([pixels[bends[k]] for k in sorted(bends)], dtype=np.int16)
    junctions = np.full((height, width), -1, dtype=np.int16)
    inside = ink[cell[ink] == chains.CLUSTER]
    junctions[tuple(_places(inside, width).T)] = node[inside]
    ends = found[:number, 2:].astype(np.int64)
    return SkeletonGraph(
        points=_places(cells, width),
        offsets=np.concatenate(([0], np.cumsum([len(part) for part in parts]))).astype(np.int64),
        ends=np.maximum(ends, chains.FREE),
        rings=ends[:, 0] == chains.RING,
        junctions=junctions,
        corners=_places(corner_cells, width),
        beside=_places(ink[cell[ink] == chains.ASIDE], width),
    )


def _places(cells: NDArray[np.int16], width: int) -> NDArray[np.int16]:
    """Row and column of cells of the framed grid."""
    rows, columns = np.divmod(cells.astype(np.int64), width + 2)
    return np.stack([rows - 1, columns - 1], axis=1).astype(np.int16)
