"""The choices at a pixel and their words."""

from __future__ import annotations

import numpy as np
import pytest

from tests.pictures import mask_of
from viewer.core.extract import extract
from viewer.core.graph.graph import SkeletonGraph, find_graph
from viewer.core.ordering.natural.explaining import Explanation, Option, explain
from viewer.datasets.sample import open_sample
from viewer.gui.inspector.reasons_choices import (
    ELSEWHERE,
    MOST,
    NEAR,
    TOO_MANY,
    Choices,
    turn_words,
    walk,
)

TEE = """
    ...........
    .#########.
    .....#.....
    .....#.....
    .....#.....
    .....#.....
    .....#.....
    ...........
"""


def tee() -> SkeletonGraph:
    return find_graph(mask_of(TEE), corners=False)


def option(first: tuple[int, int], last: tuple[int, int], total: int, lifted: int = 0) -> Option:
    return Option(first, last, total, bool(lifted))


LEFT_IN = option((1, 1), (1, 4), 9600)
RIGHT_OUT = option((1, 6), (1, 9), 9600)
RIGHT_IN = option((1, 9), (1, 6), 12300, 1)
DOWN = option((3, 5), (6, 5), 10990)
UP = option((6, 5), (3, 5), 12000, 1)
STEM = option((3, 5), (6, 5), 9600, 1)


def tee_choices() -> Choices:
    return Choices(
        tee(),
        Explanation(
            starts=(LEFT_IN, option((1, 9), (1, 6), 11800), option((6, 5), (3, 5), 14010)),
            steps=((RIGHT_OUT, DOWN, UP, RIGHT_IN), (STEM, option((6, 5), (3, 5), 9900, 1))),
            exact=True,
        ),
    )


def texts(choices: Choices, row: int, column: int) -> list[str]:
    return [section.text for section in choices.at(row, column)]


def test_a_junction_tells_the_option_taken_first() -> None:
    junction = np.argwhere(tee().junctions >= 0)
    assert junction.tolist() == [[2, 5]]
    for row, column in ((2, 5), (1, 5), (3, 5), (1, 4)):
        told = texts(tee_choices(), row, column)
        assert told[0] == "then: straight on 96.0 (taken), right +13.9, lift +24.0, 1 more"


def test_a_start_tells_what_it_costs_and_which_is_taken() -> None:
    choices = tee_choices()
    assert texts(choices, 1, 1) == ["start here 96.0 (taken), best elsewhere +22.0"]
    assert texts(choices, 6, 5) == ["start here +44.1, best elsewhere 96.0 (taken)"]
    assert texts(choices, 1, 9) == [
        "start here +22.0, best elsewhere 96.0 (taken)",
        "then: lift 96.0 (taken), lift elsewhere +3.0",
    ]


def test_only_what_is_near_is_told() -> None:
    choices = tee_choices()
    assert texts(choices, 0, 0) == texts(choices, 1, 1)
    assert texts(choices, 7, 5) == texts(choices, 6, 5)
    for row, column in ((4, 5), (5, 2), (7, 0)):
        assert texts(choices, row, column) == []


def test_negative_costs_have_a_minus() -> None:
    best = option((1, 1), (1, 4), -24640)
    choices = Choices(tee(), Explanation((best, option((1, 9), (1, 6), -100)), (), True))
    assert texts(choices, 1, 1) == ["start here −246.4 (taken), best elsewhere +245.4"]


def test_too_many_chains_are_said_on_ink_alone() -> None:
    choices = Choices(tee(), Explanation((), (), exact=False))
    assert texts(choices, 1, 2) == [TOO_MANY]
    assert texts(choices, 5, 1) == []


def test_arrows_begin_at_the_pen_and_follow_their_chain() -> None:
    straight, right, lift, more = tee_choices().at(2, 5)[0].choices
    assert straight.line.tolist() == [[1, 4], [1, 6], [1, 7], [1, 8], [1, 9]]
    assert right.line.tolist()[:2] == [[1, 4], [3, 5]]
    assert lift.line.tolist() == [[1, 4], [6, 5], [5, 5], [4, 5], [3, 5]]
    assert (straight.taken, right.taken, straight.lifted, lift.lifted) == (True, False, False, True)
    assert len(more.line) == 0


EAST = np.array([[5, 0], [5, 1], [5, 2], [5, 3]], dtype=np.int16)


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ((0, 1), "straight on"),
        ((1, 1), "half right"),
        ((1, 0), "right"),
        ((1, -1), "sharp right"),
        ((0, -1), "back"),
        ((-1, -1), "sharp left"),
        ((-1, 0), "left"),
        ((-1, 1), "half left"),
    ],
)
def test_turns_are_a_drivers(way: tuple[int, int], words: str) -> None:
    ahead = np.array([5, 4]) + np.arange(4)[:, None] * way
    assert turn_words(EAST, ahead.astype(np.int16)) == words


def test_a_ring_is_walked_all_around_in_both_directions() -> None:
    ring = find_graph(mask_of(".##.\n#..#\n#..#\n.##."), corners=False)
    points = ring.chain(0).tolist()
    for first, last in ((3, 2), (2, 3), (0, len(points) - 1), (len(points) - 1, 0)):
        begin, end = tuple(points[first]), tuple(points[last])
        way = walk(ring, option((begin[0], begin[1]), (end[0], end[1]), 0)).tolist()
        assert sorted(way) == sorted(points)
        assert (way[0], way[-1]) == (points[first], points[last])
        assert np.abs(np.diff(way, axis=0)).max() == 1


def test_real_digits_tell_of_every_choice_where_it_was_made() -> None:
    told = 0
    for image in open_sample().splits["test"].images[:60]:
        skeleton = extract(image).skeleton
        explanation = explain(skeleton)
        choices = Choices(find_graph(skeleton), explanation)
        before = explanation.starts[:1]
        for options in explanation.steps:
            sections = choices.at(*before[0].last)
            costs = [section.choices[0].cost for section in sections if section.title]
            assert f"{options[0].total / 100:.1f} (taken)".replace("-", "−") in costs
            for section in sections:
                assert sum(choice.taken for choice in section.choices) == 1
                assert len(section.choices) <= MOST + 2
            told += 1
            before = options[:1]
        for start in explanation.starts:
            lines = [
                choice.line[0]
                for section in choices.at(*start.first)
                if not section.title
                for choice in section.choices[:1]
            ]
            for place in lines:
                assert np.hypot(*(place - start.first)) <= NEAR < ELSEWHERE
    assert told > 60
