"""A bounded search for a good nearest-neighbour tour, where the complete one explodes.

Strategy: a narrow beam of unfinished tours grows by one point a layer. At each choice
every branch is judged by two tours that finish it by lot. Among equally near points they
take one freely, or one with the fewest neighbours left, which leaves no stragglers behind;
one of the two does mostly this, the other mostly that. A beam remembers the best tour it
has met, and the branch that tour goes through is judged by it. All of these are tours by
the rule; the best that ever turns up is the answer. Beams follow each other, with other
lots, until the work allowed is used up; the lots start the same for every digit, and work
is counted in steps, never in time.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from viewer.core.bitimage import NONE, ONE
from viewer.core.jit import WIDTH, count_bits, kernel, lowest_bit
from viewer.core.ordering.points import FAR, distance, find_nearest

WORK = 210_000
"""Work of finishing tours, about half a step each, after which the best so far is taken."""
BEAM = 2
"""Unfinished tours a beam keeps from layer to layer."""
CHILDREN = 128
"""The most unfinished tours a layer may branch into before the best are kept."""
SEED = np.uint64(0x71B9_0163_71F4_A4E4)
HALF = np.uint64(32)
RULES = (2, 6)
"""How many of 8 choices go to a point with the fewest neighbours, for each finishing tour."""
POINT_BITS = 12
"""Bits of a point's number: an image has at most 64 x 64."""


def make_space(points: int, size: int) -> tuple[Any, ...]:
    """Allocate what `search_beams` works in, for so many points in `size` words."""
    return (
        np.zeros((2, BEAM, points), dtype=np.int16),
        np.zeros((3, CHILDREN), dtype=np.int64),
        np.zeros((2, BEAM, size), dtype=np.uint64),
        np.zeros((3, CHILDREN), dtype=np.uint64),
        np.zeros((2, BEAM), dtype=np.int64),
        np.zeros(CHILDREN, dtype=np.int64),
        np.zeros(size, dtype=np.uint64),
        np.zeros(size, dtype=np.uint64),
        np.zeros(size, dtype=np.uint64),
        np.zeros(points, dtype=np.int16),
        np.zeros(points, dtype=np.int16),
    )


@kernel
def draw(lots):
    """Next number of a xorshift generator."""
    lots ^= lots << np.uint64(13)
    lots ^= lots >> np.uint64(7)
    return lots ^ (lots << np.uint64(17))


@kernel
def finish_tour(rows, columns, near, size, point, start, left, rule, lots, choices, finish):
    """Finish a tour by lot into `finish`, using up `left`; return length, lots, work."""
    total = np.int64(0)
    place = 0
    work = 0
    while True:
        step = find_nearest(rows, columns, near, size, point, left, choices)
        if step == FAR:
            return total + distance(rows, columns, point, start), lots, work + place
        total += step
        if step > 2:
            work += 8
        lots = draw(lots)
        count_neighbours = (lots >> HALF) & np.uint64(7) < np.uint64(rule)
        fewest = WIDTH
        equal = NONE
        for word in range(size):
            rest = choices[word]
            if rest != NONE and rest & (rest - ONE) == NONE and size == 1:
                point = lowest_bit(rest)
                break
            while rest != NONE:
                other = 64 * word + lowest_bit(rest)
                rest &= rest - ONE
                degree = 0
                if count_neighbours:
                    for part in range(size):
                        around = near[0, other, part] | near[1, other, part]
                        degree += count_bits(around & left[part])
                if degree < fewest:
                    fewest = degree
                    equal = ONE
                    point = other
                elif degree == fewest:
                    equal += ONE
                    lots = draw(lots)
                    if (lots >> HALF) * equal >> HALF == NONE:
                        point = other
        left[point >> 6] ^= ONE << np.uint64(point & 63)
        finish[place] = point
        place += 1


@kernel
def trust_run(run, length, done, paths, kept, scores, grown):
    """Judge the branch that the remembered tour `run` takes by that tour's length."""
    mask = (1 << POINT_BITS) - 1
    for state in range(kept):
        same = True
        for i in range(done):
            same = same and run[i] == paths[state, i]
        if same:
            branch = (state << POINT_BITS) | np.int64(run[done])
            for entry in range(grown):
                if scores[entry] & ((mask << POINT_BITS) | mask) == branch:
                    scores[entry] = (length << (2 * POINT_BITS)) | branch


@kernel
def search_beams(rows, columns, near, keys, start, count, space, tour):
    """Fill `tour` with a good tour and return its closed length.

    Of the arrays of `space` the index 0 or 1 is the layer being left or entered; tours
    that may enter it are in `codes[2]`, `lengths[2]` and `scores`, which hold the best
    closed length seen, the tour they branch from and the point they go to.
    """
    (paths, lengths, lefts, codes, promises, scores, choices, targets, spare, finish, run) = space
    size = (count + 63) >> 6
    mask = (1 << POINT_BITS) - 1
    lots = SEED
    best = FAR
    work = 0
    while work < WORK:
        work += count
        here_best = FAR
        for word in range(size):
            lefts[0, 0, word] = ~NONE >> np.uint64(64 - min(64, count - 64 * word))
        lefts[0, 0, start >> 6] ^= ONE << np.uint64(start & 63)
        paths[0, 0, 0] = start
        lengths[0, 0] = 0
        codes[0, 0] = NONE
        promises[0, 0] = FAR >> 30
        kept = 1
        now = 0
        for done in range(1, count):
            if work >= WORK and best < FAR:
                return best
            grown = 0
            for state in range(kept):
                left = lefts[now, state]
                point = np.int64(paths[now, state, done - 1])
                step = find_nearest(rows, columns, near, size, point, left, targets)
                length = lengths[now, state] + step
                several = 0
                for word in range(size):
                    several += count_bits(targets[word])
                for word in range(size):
                    rest = targets[word]
                    while rest != NONE and grown < CHILDREN:
                        target = 64 * word + lowest_bit(rest)
                        bit = rest & (~rest + ONE)
                        rest ^= bit
                        code = (codes[now, state] ^ keys[target]) + keys[count + target]
                        known = False
                        for other in range(grown):
                            if codes[2, other] == code and lengths[2, other] <= length:
                                known = True
                        if known:
                            continue
                        promise = promises[now, state]
                        if several > 1:
                            promise = FAR >> 30
                            for rule in RULES:
                                for part in range(size):
                                    spare[part] = left[part]
                                spare[word] ^= bit
                                rest_length, lots, steps = finish_tour(
                                    rows, columns, near, size, target, start, spare, rule,
                                    lots, choices, finish,
                                )  # fmt: skip
                                work += steps * (size + 1)
                                promise = min(promise, length + rest_length)
                                if length + rest_length < here_best:
                                    here_best = length + rest_length
                                    run[:done] = paths[now, state, :done]
                                    run[done] = target
                                    run[done + 1 : count] = finish[: count - done - 1]
                                if length + rest_length < best:
                                    best = length + rest_length
                                    tour[:count] = run[:count]
                        codes[2, grown] = code
                        lengths[2, grown] = length
                        scores[grown] = (((promise << POINT_BITS) | state) << POINT_BITS) | target
                        grown += 1
            if here_best < FAR:
                trust_run(run, here_best, done, paths[now], kept, scores, grown)
            scores[:grown].sort()
            kept = min(grown, BEAM)
            then = 1 - now
            for entry in range(kept):
                state = (scores[entry] >> POINT_BITS) & mask
                target = scores[entry] & mask
                point = np.int64(paths[now, state, done - 1])
                paths[then, entry, :done] = paths[now, state, :done]
                paths[then, entry, done] = target
                step = distance(rows, columns, point, target)
                lengths[then, entry] = lengths[now, state] + step
                codes[then, entry] = codes[now, state] ^ keys[target]
                promises[then, entry] = scores[entry] >> (2 * POINT_BITS)
                for part in range(size):
                    lefts[then, entry, part] = lefts[now, state, part]
                lefts[then, entry, target >> 6] ^= ONE << np.uint64(target & 63)
            now = then
    if best == FAR:  # every step was forced
        best = lengths[now, 0] + distance(rows, columns, paths[now, 0, count - 1], start)
        tour[:count] = paths[now, 0, :count]
    return best
