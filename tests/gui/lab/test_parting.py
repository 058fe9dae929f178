"""Where two extractions of a digit part, and the words for it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from tests.gui.inspector.digits import blank, draw
from tests.pictures import mask_of
from viewer.core.extract import Extraction, extract
from viewer.core.sequence import encode
from viewer.core.settings import PUBLISHED
from viewer.datasets.sample import open_sample
from viewer.gui.lab.parting import SAME, compare, side_caption

STRAIGHT = """
    ......
    .abcd.
    ......
"""
BENT = """
    ....e.
    .abc..
    ....d.
"""
BACKWARD = """
    ......
    .dcba.
    ......
"""
LONGER = """
    ......
    .abcde
    ......
"""


def at_level(extraction: Extraction, level: int) -> Extraction:
    return replace(extraction, level_asked=level)


def test_nothing_differs() -> None:
    parting = compare(draw(STRAIGHT), draw(STRAIGHT))
    assert parting.words == SAME
    assert parting.place is None
    assert not parting.only_a.any()
    assert not parting.only_b.any()


def test_pixels_of_one_side_alone() -> None:
    parting = compare(draw(STRAIGHT), draw(BENT))
    only_a = """
        ......
        ....#.
        ......
    """
    only_b = """
        ....#.
        ......
        ....#.
    """
    np.testing.assert_array_equal(parting.only_a, mask_of(only_a))
    np.testing.assert_array_equal(parting.only_b, mask_of(only_b))
    assert parting.place == 3
    assert parting.words == "1 pixel only in A, 2 only in B; the orders part at point 4."
    back = compare(draw(BENT), draw(STRAIGHT))
    assert back.words == "2 pixels only in A, 1 only in B; the orders part at point 4."


def test_the_same_pixels_in_another_order() -> None:
    parting = compare(draw(STRAIGHT), draw(BACKWARD))
    assert (parting.place, parting.words) == (0, "The orders part at point 1.")


def test_one_order_goes_on() -> None:
    forth, back = compare(draw(STRAIGHT), draw(LONGER)), compare(draw(LONGER), draw(STRAIGHT))
    assert forth.words == "1 pixel only in B; B goes on from point 5."
    assert back.words == "1 pixel only in A; A goes on from point 5."
    nothing = compare(blank(3, 6), draw(STRAIGHT))
    assert nothing.words == "4 pixels only in B; B goes on from point 1."


def test_a_level_that_changes_nothing() -> None:
    parting = compare(draw(STRAIGHT), at_level(draw(STRAIGHT), 50))
    assert parting.words == "Level 50 instead of 25; the same skeleton; the same sequence."


def test_rows_alone_differ() -> None:
    apart = draw("""
        a.b
        ...
    """)
    announced = replace(apart, rows=encode(apart.points, announce_last_jump=True))
    words = compare(apart, announced).words
    assert words == "The same order, but another marker row before the last jump."


def test_captions_tell_the_figures() -> None:
    assert side_caption(draw(BENT)).text == "level 25, 5 skeleton pixels, 2 strokes, 5 points"
    assert side_caption(blank()).text == "level 25, 0 skeleton pixels, 0 strokes, 0 points"


def test_real_digits_part_where_their_points_do() -> None:
    settings = replace(PUBLISHED, threshold_step=10, thinning_passes=None)
    parted = 0
    for image in open_sample().splits["train"].images[:30]:
        a, b = extract(image), extract(image, settings)
        parting = compare(a, b)
        if parting.place is None:
            assert np.array_equal(a.points, b.points)
            continue
        parted += 1
        assert np.array_equal(a.points[: parting.place], b.points[: parting.place])
        assert not np.array_equal(a.points[: parting.place + 1], b.points[: parting.place + 1])
        assert (a.skeleton & ~parting.only_a | parting.only_b).sum() == b.skeleton.sum()
    assert parted > 5
