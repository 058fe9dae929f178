from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.benchmark.making import draw_walks, make_rows, true_steps
from viewer.benchmark.baseline import join
from viewer.benchmark.ngram import (
    back_off_likely,
    back_off_means,
    number_contexts,
    number_rows,
    repeat_last,
)
from viewer.benchmark.sequences import step_spans
from viewer.datasets.sequences.rows import Rows

BEGIN = "begin"
TRAIN = make_rows(draw_walks(21, 40, 16))
TEST = make_rows(draw_walks(22, 8, 16), first=40)
BOTH = join(TRAIN, TEST)
LEARNED = np.arange(len(BOTH)) < len(TRAIN)
Row = tuple[int, ...]
Tries = Iterable[tuple[int, int, NDArray[np.float64]]]
Context = tuple[Row | str, ...]


def history(rows: Rows, digit: int) -> list[tuple[list[Row | str], Row]]:
    """Return what stands before each step, and the step."""
    steps = [tuple(row) for row in rows.sequence(digit).tolist()]
    return [([BEGIN, *steps[1:place]], steps[place]) for place in range(1, len(steps))]


def naive_means(length: int, weight: float) -> list[list[float]]:
    """Back-off by its definition, from a dictionary of contexts."""
    after: dict[Context, list[Row]] = defaultdict(list)
    every = []
    for digit in range(len(TRAIN)):
        for past, step in history(TRAIN, digit):
            every.append(step)
            for size in range(1, len(past) + 1):
                after[tuple(past[-size:])].append(step)
    found = []
    for digit in range(len(TEST)):
        for past, _step in history(TEST, digit):
            mean = np.mean(every, axis=0)
            for size in range(1, min(length, len(past)) + 1):
                seen = after[tuple(past[-size:])]
                mean = (sum(map(np.array, seen), np.zeros(4)) + weight * mean) / (
                    len(seen) + weight
                )
            found.append(mean.tolist())
    return found


@pytest.mark.parametrize(("length", "weight"), [(1, 1), (2, 4), (5, 2)])
def test_means_are_those_of_the_definition(length: int, weight: int) -> None:
    *_others, (last, _weight, predicted) = back_off_means(BOTH, LEARNED, length, (weight,))
    assert last == length
    assert np.allclose(predicted, naive_means(length, weight))


def test_several_weights_at_once_are_as_one_after_the_other() -> None:
    together = dict(_frozen(back_off_means(BOTH, LEARNED, 3, (1, 8))))
    alone = dict(_frozen(back_off_means(BOTH, LEARNED, 3, (8,))))
    assert len(together) == 6
    assert all(np.array_equal(together[key], made) for key, made in alone.items())


def _frozen(tries: Tries) -> list[tuple[tuple[int, int], NDArray[np.float64]]]:
    return [((length, value), made.copy()) for length, value, made in tries]


@pytest.mark.parametrize(("length", "least"), [(1, 1), (3, 2), (4, 5)])
def test_the_likeliest_row_is_counted(length: int, least: int) -> None:
    counts: dict[Context, Counter[Row]] = defaultdict(Counter)
    every: Counter[Row] = Counter()
    for digit in range(len(TRAIN)):
        for past, step in history(TRAIN, digit):
            every[step] += 1
            for size in range(1, len(past) + 1):
                counts[tuple(past[-size:])][step] += 1
    expected = []
    for digit in range(len(TEST)):
        for past, _step in history(TEST, digit):
            found = every
            for size in range(1, min(length, len(past)) + 1):
                if counts[tuple(past[-size:])].total() >= least:
                    found = counts[tuple(past[-size:])]
            expected.append(min(found, key=lambda row: (-found[row], row)))
    *_others, (_length, _least, predicted) = back_off_likely(BOTH, LEARNED, length, (least,))
    assert [tuple(row) for row in predicted.astype(int).tolist()] == expected


@pytest.mark.parametrize("back_off", [back_off_means, back_off_likely])
def test_no_step_is_predicted_from_itself_or_later_ones(
    back_off: Callable[[Rows, NDArray[np.bool_], int, tuple[int, ...]], Tries],
) -> None:
    """What is predicted before a change to the test sequence stays as it is."""
    digit = int(np.argmax(np.diff(TEST.offsets)))
    place = int(TEST.offsets[digit]) + 4
    rows = TEST.rows.copy()
    rows[place : TEST.offsets[digit + 1] - 1, :2] = (
        1 - rows[place : TEST.offsets[digit + 1] - 1, :2]
    )
    changed = join(TRAIN, replace(TEST, rows=rows))
    *_rest, (_n, _v, before) = back_off(BOTH, LEARNED, 4, (2,))
    *_rest, (_n, _v, after) = back_off(changed, LEARNED, 4, (2,))
    first = int(step_spans(TEST.offsets)[1][digit])
    same = (before == after).all(axis=1)
    assert same[: first + 4].all()  # rows 1 to 4 are as before, so are the steps after each
    ends = step_spans(TEST.offsets)[1]
    assert same[ends[digit + 1] :].all()
    assert not same.all()


def test_nothing_is_learned_from_what_is_tested() -> None:
    """A test sequence is predicted alike whatever others there are."""
    *_rest, (_n, _v, whole) = back_off_means(BOTH, LEARNED, 4, (2,))
    alone = join(TRAIN, make_rows([TEST.sequence(5)], first=45))
    *_rest, (_n, _v, one) = back_off_means(alone, np.arange(len(alone)) < len(TRAIN), 4, (2,))
    ends = step_spans(TEST.offsets)[1]
    assert np.array_equal(one, whole[ends[5] : ends[6]])


def test_equal_rows_have_equal_numbers_in_order() -> None:
    rows = TRAIN.rows
    numbers = number_rows(rows)
    keys = [tuple(row) for row in rows.tolist()]
    assert numbers.tolist() == [sorted(set(keys)).index(key) for key in keys]


def test_contexts_are_equal_where_the_rows_are() -> None:
    pasts = [past for digit in range(len(TRAIN)) for past, _step in history(TRAIN, digit)]
    for steps in number_contexts(TRAIN, 3):
        seen: dict[Context, set[int]] = defaultdict(set)
        for past, number in zip(pasts, steps.context.tolist(), strict=True):
            seen[tuple(past[-steps.length :])].add(number)
        assert all(len(numbers) == 1 for numbers in seen.values())
        assert len({min(numbers) for numbers in seen.values()}) == len(seen)


def test_repeating() -> None:
    expected: list[NDArray[np.integer]] = []
    for digit in range(len(TEST)):
        rows = TEST.sequence(digit)
        expected += [rows[place - 1] if place > 1 else rows[0] * 0 for place in range(1, len(rows))]
    found = repeat_last(TEST)
    assert found.dtype == np.float32
    assert np.array_equal(found, np.array(expected))
    assert len(found) == len(true_steps(TEST))
