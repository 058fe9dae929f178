"""How the graph of a skeleton is drawn and told; no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.gui.inspector.words import count

if TYPE_CHECKING:
    from viewer.core.graph.graph import SkeletonGraph

TINTS = 4
"""Colours that chains have at most, so that those that meet differ."""
SIDES = ((-1, 0), (0, 1), (1, 0), (0, -1))


@dataclass(frozen=True)
class GraphPicture:
    """What is drawn of a graph.

    Parameters
    ----------
    lines : tuple of ndarray of int16, shape (n, 2)
        (row, column) along each chain, on to the junction at an end that has one.
    tints : tuple of int
        Number of each chain's colour, 0 to `TINTS` - 1; chains that meet differ while
        there are colours.
    junctions : ndarray of int64, shape (J, 2)
        (row, column) of the pixels of junctions.
    corners : ndarray of int16, shape (K, 2)
        (row, column) of the corners.
    holes : ndarray of int64, shape (H, 2)
        (row, column) of the pixels that loops enclose.
    junction_count, loop_count : int
        How many there are.
    """

    lines: tuple[NDArray[np.int16], ...]
    tints: tuple[int, ...]
    junctions: NDArray[np.int64]
    corners: NDArray[np.int16]
    holes: NDArray[np.int64]
    junction_count: int
    loop_count: int


def draw_graph(graph: SkeletonGraph, skeleton: NDArray[np.bool_]) -> GraphPicture:
    """Return what is drawn of the graph of a skeleton.

    Parameters
    ----------
    graph : SkeletonGraph
    skeleton : ndarray of bool, shape (M, N)
        What it is the graph of.

    Returns
    -------
    picture : GraphPicture
    """
    chains = range(len(graph.rings))
    loops, looped = find_loops(graph.ends, graph.rings)
    around = [graph.chain(chain) for chain in chains if looped[chain]]
    return GraphPicture(
        lines=tuple(_line(graph, chain) for chain in chains),
        tints=_tints(graph.ends),
        junctions=np.argwhere(graph.junctions >= 0),
        corners=graph.corners,
        holes=_holes(skeleton, around),
        junction_count=graph.junction_count,
        loop_count=loops,
    )


def graph_words(picture: GraphPicture) -> tuple[str, str, str, str]:
    """Count chains, junctions, corners and loops in words; "" for no corners."""
    corners = len(picture.corners)
    return (
        count(len(picture.lines), "chain"),
        count(picture.junction_count, "junction"),
        count(corners, "corner") if corners else "",
        count(picture.loop_count, "loop"),
    )


def find_loops(ends: NDArray[np.int64], rings: NDArray[np.bool_]) -> tuple[int, NDArray[np.bool_]]:
    """Count independent loops and tell which chains are part of any.

    Parameters
    ----------
    ends : ndarray of int64, shape (C, 2)
        Nodes at both ends of each chain, -1 for a free end.
    rings : ndarray of bool, shape (C,)
        Chains closed in themselves.

    Returns
    -------
    count : int
    looped : ndarray of bool, shape (C,)
    """
    joined = [(chain, *pair) for chain, pair in enumerate(ends.tolist()) if min(pair) >= 0]
    looped = rings.copy()
    for chain, one, other in joined:
        looped[chain] |= _are_joined(one, other, [row for row in joined if row[0] != chain])
    tree: list[tuple[int, int, int]] = []
    closing = 0
    for row in joined:
        if _are_joined(row[1], row[2], tree):
            closing += 1
        else:
            tree.append(row)
    return int(rings.sum()) + closing, looped


def _are_joined(one: int, other: int, chains: list[tuple[int, int, int]]) -> bool:
    """Whether chains lead from one node to another."""
    reached, more = {one}, True
    while more and other not in reached:
        found = {node for _, a, b in chains if a in reached or b in reached for node in (a, b)}
        more = not found <= reached
        reached |= found
    return other in reached


def _line(graph: SkeletonGraph, chain: int) -> NDArray[np.int16]:
    """Return the pixels of a chain with those of its nodes that it touches."""
    points = graph.chain(chain)
    if graph.rings[chain]:
        return np.concatenate([points, points[:1]])
    parts = [points]
    for end, place in ((0, 0), (1, -1)):
        node = int(graph.ends[chain, end])
        if node >= graph.junction_count:
            pixels = graph.corners[node - graph.junction_count][None]
        else:
            pixels = np.argwhere(graph.junctions == node) if node >= 0 else points[:0]
        near = pixels[np.abs(pixels - points[place]).max(axis=1, initial=0) <= 1]
        if len(near):
            straight = np.abs(near - points[place]).sum(axis=1)
            joint = near[[int(np.argmin(straight))]].astype(np.int16)
            parts = [joint, *parts] if end == 0 else [*parts, joint]
    return np.concatenate(parts)


def _tints(ends: NDArray[np.int64]) -> tuple[int, ...]:
    """Give chains that meet different numbers, the lowest that are left."""
    tints: list[int] = []
    for chain, pair in enumerate(ends.tolist()):
        used = {
            tints[other]
            for other in range(chain)
            if any(node >= 0 and node in ends[other] for node in pair)
        }
        left = [tint for tint in range(TINTS) if tint not in used]
        tints.append(left[0] if left else chain % TINTS)
    return tuple(tints)


def _holes(skeleton: NDArray[np.bool_], around: list[NDArray[np.int16]]) -> NDArray[np.int64]:
    """Return the pixels that chains enclose; not those of gaps within a junction."""
    room = np.pad(~skeleton, 1, constant_values=True)
    edges = np.zeros_like(room)
    for points in around:
        edges[tuple(points.T + 1)] = True
    enclosed = np.zeros_like(room)
    _fill(room, (0, 0))
    while around and room.any():
        row, column = np.argwhere(room)[0].tolist()
        hole = _fill(room, (row, column))
        if any(edges[r + down, c + right] for r, c in hole for down, right in SIDES):
            enclosed[tuple(np.array(hole).T)] = True
    return np.argwhere(enclosed[1:-1, 1:-1])


def _fill(room: NDArray[np.bool_], start: tuple[int, int]) -> list[tuple[int, int]]:
    """Clear what is 4-connected with a place, and return it."""
    stack, found = [start], []
    room[start] = False
    while stack:
        row, column = stack.pop()
        found.append((row, column))
        for down, right in SIDES:
            there = row + down, column + right
            if 0 <= there[0] < room.shape[0] and 0 <= there[1] < room.shape[1] and room[there]:
                room[there] = False
                stack.append(there)
    return found
