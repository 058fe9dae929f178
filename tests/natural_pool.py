"""Orders of chains to choose from, with the numbers they cost by and how far off they are.

Strategy: graphs of up to three chains give all their orders. Of larger ones the cheapest
from every start are taken, under the weights as they are and with lots thrown in, and
those found when the true path's times are the cost, so that a near-perfect one is there.
"""

# mypy: disable-error-code="no-untyped-def"
# ruff: noqa: NPY002 - numba knows no other generator

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.core.jit import kernel
from viewer.core.ordering.natural import costs, laying, pricing, programme, ways
from viewer.core.ordering.natural.tour import find_graph, make_workspace
from viewer.core.ordering.natural.ways import COLUMN, LAST_COLUMN, LAST_ROW, LENGTH, ROW
from viewer.core.truth import Truth, judge_chunk, make_judge_space

MOST = 400
"""The most orders of a digit."""
GUIDED = 6
"""Searches by the true times, with more and more lots."""
ALL_OF = 3
"""The most chains of which all orders are taken."""
CHEAPEST, NEAREST = 100, 3
"""Orders of a digit that are kept: cheapest under some weights, and nearest to the truth."""
DISORDER = 2.0
"""How many pixels of DTW count as much as a tau of 0 instead of 1."""


@dataclass(frozen=True)
class Pool:
    """Orders of many digits, one behind the other.

    Parameters
    ----------
    numbers : ndarray of float32, shape (n, WEIGHTS)
        Numbers by which an order costs, 1 for 1.
    loss : ndarray of float64, shape (n,)
        How far each order is from the truth: its DTW, and what its tau lacks to 1 counted
        `DISORDER` times.
    offsets : ndarray of int64, shape (d + 1,)
        Digit ``i`` has the orders ``offsets[i]`` to ``offsets[i + 1]``.
    """

    numbers: NDArray[np.float32]
    loss: NDArray[np.float64]
    offsets: NDArray[np.int64]

    @property
    def digit(self) -> NDArray[np.int64]:
        """The digit of each order."""
        counts = np.diff(self.offsets)
        return np.repeat(np.arange(len(counts)), counts)


@kernel
def nth_order(choice, parts, order):
    """Fill the order with a number below ``parts! * 2**parts``."""
    rest = choice >> parts
    used = 0
    for place in range(parts):
        skip = rest % (parts - place)
        rest //= parts - place
        for chain in range(parts):
            if not used >> chain & 1:
                if skip == 0:
                    order[place] = 2 * chain + (choice >> chain & 1)
                    used |= 1 << chain
                    break
                skip -= 1


@kernel
def add_numbers(parts, order, table, numbers, out, total):
    """Fill the sums of the numbers of an order."""
    total[:] = 0
    whole = 0
    for place in range(parts):
        whole += table[order[place], LENGTH]
    costs.describe_start(table[order[0]], table, 2 * parts, out)
    total[costs.START : costs.CHAIN] = out[costs.START : costs.CHAIN]
    drawn = 0
    for place in range(parts):
        way = order[place]
        total[costs.CHAIN : costs.PASS] += numbers[way, costs.CHAIN : costs.PASS]
        if place > 0:
            costs.describe_pair(table[order[place - 1]], table[way], out)
            total[costs.PASS : costs.LAST] += out[costs.PASS : costs.LAST]
            costs.describe_late(table[way], out)
            share = programme.share_drawn(drawn, max(whole, 1))
            for number in range(costs.LATE, costs.COUNT):
                total[number] += share * out[number] / 64
        drawn += table[way, LENGTH]
    costs.describe_end(table[order[parts - 1]], out)
    total[costs.LAST : costs.LATE] = out[costs.LAST : costs.LATE]


@kernel
def put_numbers(total, form, numbers):
    """Put the sums in front of their products with the numbers of the digit's shape."""
    for number in range(costs.COUNT):
        numbers[number] = total[number] / 64
    place = costs.COUNT
    for number in costs.SHAPED:
        for part in range(len(form)):
            numbers[place] = total[number] / 64 * form[part] / 64
            place += 1


@kernel
def throw_lots(parts, tables, size):
    """Add lots to the costs of a search."""
    start, follow, end = tables[0], tables[1], tables[2]
    for way in range(2 * parts):
        start[way] += np.int64(np.random.normal() * size)
        end[way] += np.int64(np.random.normal() * size)
        for last in range(2 * parts):
            follow[last, way] += np.int64(np.random.normal() * size)


@kernel
def price_by_truth(parts, table, scale, truth, first, behind, tables, times):
    """Make the costs of a search how far the pen is from where it was in truth."""
    start, follow, end, late = tables[0], tables[1], tables[2], tables[3]
    for way in range(2 * parts):
        for side in range(2):
            row = table[way, LAST_ROW if side else ROW] - 1
            column = table[way, LAST_COLUMN if side else COLUMN] - 1
            best = np.inf
            for sample in range(first, behind):
                down = truth[sample, 0] - row
                right = truth[sample, 1] - column
                if down * down + right * right < best:
                    best = down * down + right * right
                    times[way, side] = sample - first
    for way in range(2 * parts):
        long = table[way, LENGTH] * scale / 64
        off = 3 * abs(long - (times[way, 1] - times[way, 0]))
        start[way] = np.int64(100 * (times[way, 0] + off))
        end[way] = np.int64(100 * (behind - first - times[way, 1]))
        late[way] = 0
        for last in range(2 * parts):
            follow[last, way] = np.int64(100 * (abs(times[way, 0] - times[last, 1]) + off))


@kernel
def gather_digit(words, weights, runs, size, truth, first, behind, space, found):
    """Fill the orders of one digit: numbers, loss; return how many."""
    workspace, judging, total, keys, order, points, times, two, four, figures, right = space
    numbers_found, loss_found = found
    graph, priced, _, laid, path = workspace
    height = words.shape[0]
    number, _, junctions, count = find_graph(words, height, height, graph)
    cell, node, ink, pixels, _, parts_of, _, _, _, around = graph
    frame, cuts, cut_pixels, cut_chains, table, tables, numbers, out, lengths, _, _, form, used = (
        priced
    )
    stride = height + 2
    pricing.measure_digit(pixels, parts_of, number, stride, ink, count, weights[0], priced)
    cutting = ways.find_cuts(pixels, parts_of, number, junctions, stride, frame, cuts)
    kept = 0
    for place in range(-1, cutting):
        chain = cuts[place, 0] if place >= 0 else -1
        at = cuts[place, 1] if place >= 0 else -1
        parts = ways.cut(chain, at, pixels, parts_of, number, stride, cut_pixels, cut_chains)
        pricing.measure(cut_pixels, cut_chains, parts, junctions, stride, frame, table, numbers)
        everything = parts <= ALL_OF
        searches = 1
        if not everything:
            searches = GUIDED + len(weights) * (runs if place < 0 else max(2, runs // 4))
        for search in range(searches):
            choices = 2 * parts
            if everything:
                choices = 1 << parts
                for factor in range(2, parts + 1):
                    choices *= factor
            else:
                if search < GUIDED:
                    price_by_truth(parts, table, frame[2], truth, first, behind, tables, times)
                    throw_lots(parts, tables, 300.0 * search)
                else:
                    which = (search - GUIDED) % len(weights)
                    turn = (search - GUIDED) // len(weights)
                    costs.weigh(weights[which], form, used)
                    pricing.price_all(parts, used, table, numbers, out, lengths, tables)
                    if turn > 0:
                        throw_lots(parts, tables, size * (1 << turn % 3))
                for way in range(2 * parts):
                    lengths[way] = table[way, LENGTH]
                programme.search(parts, lengths, tables)
            for choice in range(choices):
                if everything:
                    nth_order(choice, parts, order)
                else:
                    programme.read_order(parts, choice, tables, order)
                if not pricing.may_start(order[0], chain, number, parts_of):
                    continue
                key = np.int64(place + 2)
                for step in range(parts):
                    key = (key * 1_000_003 + order[step] + 1) & 0x7FFF_FFFF_FFFF
                known = kept >= MOST
                for earlier in range(kept):
                    known = known or keys[earlier] == key
                if known:
                    continue
                keys[kept] = key
                add_numbers(parts, order, table, numbers, out, total)
                put_numbers(total, form, numbers_found[kept])
                laying.lay(
                    order, parts, cut_pixels, cut_chains, (cell, node, ink), count, stride,
                    around, laid, path,
                )  # fmt: skip
                for step in range(count):
                    points[step, 0] = path[step] // stride - 1
                    points[step, 1] = path[step] % stride - 1
                two[1] = count
                four[0] = first
                four[1] = behind
                judge_chunk(points, two, truth, four, judging, figures, right)
                loss_found[kept] = figures[0, 0]
                if figures[0, 2] < 1:  # tau can be no number
                    loss_found[kept] += DISORDER * (1 - figures[0, 2])
                kept += 1
    return kept


@kernel
def seed_lots(seed):
    """Start the lots anew."""
    np.random.seed(seed)


def gather(
    words: NDArray[np.uint64], truth: Truth, weights: NDArray[np.int64], *, runs: int = 12,
    size: float = 25_000.0,
) -> Pool:  # fmt: skip
    """Collect orders of digits.

    Parameters
    ----------
    words : ndarray of uint64, shape (n, 28)
        Skeletons as row words.
    truth : Truth
        Of the same digits.
    weights : ndarray of int64, shape (w, WEIGHTS)
        Weights whose cheap orders are wanted.
    runs : int
        Searches for each of them.
    size : float
        Size of the lots, in costs.
    """
    side = words.shape[1]
    cells = (side + 2) ** 2
    counts = np.diff(truth.offsets)
    space: tuple[Any, ...] = (
        make_workspace(side, side),
        make_judge_space(side * side, int(counts.max())),
        np.zeros(costs.COUNT),
        np.zeros(MOST, dtype=np.int64),
        np.zeros(cells, dtype=np.int64),
        np.zeros((cells, 2), dtype=np.int16),
        np.zeros((2 * cells, 2)),
        np.zeros(2, dtype=np.int64),
        np.zeros(2, dtype=np.int64),
        np.zeros((1, 3)),
        np.zeros(1, dtype=np.bool_),
    )
    found = np.zeros((MOST, costs.WEIGHTS), dtype=np.float32), np.zeros(MOST)
    seed_lots(7)
    numbers, loss, kept = [], [], [0]
    chosen = weights.astype(np.float32).T / 100
    lots = np.random.Generator(np.random.PCG64(7))
    for digit in range(len(words)):
        some = gather_digit(
            words[digit], weights, runs, size, truth.points, *truth.offsets[digit : digit + 2],
            space, found,
        )  # fmt: skip
        cost = found[0][:some] @ chosen
        dearer = (cost - cost.min(axis=0)).min(axis=1)
        near = np.zeros(some, dtype=np.bool_)
        near[np.lexsort((lots.random(some), dearer))[:CHEAPEST]] = True
        near[np.argsort(found[1][:some], kind="stable")[:NEAREST]] = True
        numbers.append(found[0][:some][near])
        loss.append(found[1][:some][near])
        kept.append(int(near.sum()))
    return Pool(np.concatenate(numbers), np.concatenate(loss), np.cumsum(kept))
