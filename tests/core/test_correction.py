"""Operations on strokes, spelt: each letter is a point, a space is a pen lift."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pictures import mask_of
from viewer.core.correction import (
    Strokes,
    begin_at,
    check_strokes,
    fits,
    is_closed,
    merge,
    move,
    points_of,
    reverse,
    split,
    strokes_of,
)
from viewer.core.sequence import stroke_offsets

PICTURE = """
    .abc..
    ....d.
    ......
    .ef..i
    .hg..j
    ......
    ..kl..
"""
"""A bow, a ring and two bars."""
DRAWN = "abcd efgh ij kl"


def spell_out(text: str) -> Strokes:
    lines = [line.strip() for line in PICTURE.strip().splitlines()]
    place = {letter: (row, line.index(letter)) for row, line in enumerate(lines) for letter in line}
    return tuple(np.array([place[letter] for letter in word], np.int16) for word in text.split())


def spell(strokes: Strokes) -> str:
    lines = [line.strip() for line in PICTURE.strip().splitlines()]
    return " ".join("".join(lines[row][column] for row, column in stroke) for stroke in strokes)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda strokes: reverse(strokes, 0), "dcba efgh ij kl"),
        (lambda strokes: reverse(strokes, 3), "abcd efgh ij lk"),
        (lambda strokes: move(strokes, 3, 0), "kl abcd efgh ij"),
        (lambda strokes: move(strokes, 0, 2), "efgh ij abcd kl"),
        (lambda strokes: move(strokes, 1, 1), DRAWN),
        (lambda strokes: split(strokes, 1, 2), "abcd ef gh ij kl"),
        (lambda strokes: split(strokes, 0, 3), "abc d efgh ij kl"),
        (lambda strokes: merge(strokes, 0), "abcdefgh ij kl"),
        (lambda strokes: merge(strokes, 2), "abcd efgh ijkl"),
        (lambda strokes: merge(split(strokes, 0, 2), 0), DRAWN),
        (lambda strokes: begin_at(strokes, 2, 0), "ij abcd efgh kl"),
        (lambda strokes: begin_at(strokes, 2, 1), "ji abcd efgh kl"),
        (lambda strokes: begin_at(strokes, 0, 3), "dcba efgh ij kl"),
        (lambda strokes: begin_at(strokes, 0, 2), "cd ab efgh ij kl"),
        (lambda strokes: begin_at(move(strokes, 0, 2), 2, 1), "bcd efgh ij a kl"),
        (lambda strokes: begin_at(strokes, 1, 2), "ghef abcd ij kl"),
        (lambda strokes: begin_at(strokes, 1, 3), "hefg abcd ij kl"),
        (lambda strokes: begin_at(strokes, 1, 0), "efgh abcd ij kl"),
    ],
)
def test_operations(change: Callable[[Strokes], Strokes], expected: str) -> None:
    before = spell_out(DRAWN)
    assert spell(change(before)) == expected
    assert spell(before) == DRAWN


@pytest.mark.parametrize(
    ("text", "change", "reason"),
    [
        ("a bc", lambda strokes: reverse(strokes, 0), "one point"),
        (DRAWN, lambda strokes: move(strokes, 0, 4), "4 strokes"),
        (DRAWN, lambda strokes: move(strokes, 0, -1), "4 strokes"),
        (DRAWN, lambda strokes: split(strokes, 1, 0), "begins with this point"),
        (DRAWN, lambda strokes: split(strokes, 1, 4), "no such point"),
        (DRAWN, lambda strokes: merge(strokes, 3), "last stroke"),
        (DRAWN, lambda strokes: begin_at(strokes, 0, 0), "begins with this point"),
        ("ij k", lambda strokes: merge(strokes, 0), "very last point"),
        ("aij", lambda strokes: reverse(strokes, 0), "very last point"),
        ("ija kl", lambda strokes: move(strokes, 0, 1), "very last point"),
        ("ija kl", lambda strokes: move(strokes, 1, 0), "very last point"),
        ("kl ija", lambda strokes: begin_at(strokes, 0, 1), "very last point"),
    ],
)
def test_what_cannot_be_done(text: str, change: Callable[[Strokes], Strokes], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        change(spell_out(text))


def test_a_pen_that_stays_down_is_told_from_one_that_is_lifted() -> None:
    assert spell(merge(spell_out("ij kl"), 0)) == "ijkl"
    assert spell(split(spell_out("a ijkl"), 1, 3)) == "a ijk l"
    check_strokes(spell_out("ab c"))


def test_strokes_are_cut_out_of_points_and_put_together() -> None:
    strokes = spell_out(DRAWN)
    points, offsets = points_of(strokes)
    assert offsets.tolist() == [0, 4, 8, 10, 12]
    assert spell(strokes_of(points, offsets)) == DRAWN
    assert spell(strokes_of(points, stroke_offsets(points))) == DRAWN
    none, nowhere = points_of(())
    assert (none.shape, none.dtype.name, nowhere.tolist()) == ((0, 2), "int16", [0])
    assert strokes_of(none, nowhere) == ()


@pytest.mark.parametrize(
    ("text", "closed"), [("efgh", True), ("efg", True), ("ef", False), ("e", False), ("abc", False)]
)
def test_closed_strokes(text: str, closed: bool) -> None:
    assert is_closed(spell_out(text)[0]) == closed


def test_strokes_that_fit_draw_each_pixel_once() -> None:
    skeleton = mask_of("""
        .##...
        ......
        .##...
    """)
    whole = tuple(np.array(some, np.int16) for some in ([(2, 2), (2, 1)], [(0, 1), (0, 2)]))
    assert fits(whole, skeleton)
    assert not fits(whole[:1], skeleton)
    assert not fits((*whole, whole[0][:1]), skeleton)
    assert not fits((whole[0], whole[0]), skeleton)
    assert not fits((whole[0], whole[1] + 1), skeleton)
    assert not fits((whole[0], whole[1] + np.int16(60)), skeleton)
    assert fits((), np.zeros((3, 3), np.bool_))


@pytest.mark.parametrize(
    ("strokes", "reason"),
    [
        (([(0, 0)], []), "must have points"),
        (([(0, 0, 0)],), "must have points"),
        (([(0, 0), (0, -1)],), "outside"),
        (([(0, 0), (0, 1)], [(0, 0)]), "twice"),
        (([(0, 0), (0, 2)],), "very last point"),
    ],
)
def test_strokes_of_no_digit(strokes: tuple[list[tuple[int, ...]], ...], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        check_strokes(tuple(np.array(stroke, np.int16) for stroke in strokes))


@given(st.data())
def test_any_operations_leave_the_pixels_as_they_are(data: st.DataObject) -> None:
    pixels = data.draw(
        st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), unique=True, min_size=1)
    )
    points = np.array(pixels, dtype=np.int16)
    skeleton = np.zeros((8, 8), dtype=np.bool_)
    skeleton[tuple(points.T)] = True
    strokes = strokes_of(points, stroke_offsets(points))
    for _step in range(6):
        stroke = data.draw(st.integers(0, len(strokes) - 1))
        point = data.draw(st.integers(0, len(strokes[stroke]) - 1))
        operation: Callable[[], Strokes] = data.draw(
            st.sampled_from([
                lambda: reverse(strokes, stroke),  # noqa: B023 - called at once
                lambda: move(strokes, stroke, point),  # noqa: B023
                lambda: split(strokes, stroke, point),  # noqa: B023
                lambda: merge(strokes, stroke),  # noqa: B023
                lambda: begin_at(strokes, stroke, point),  # noqa: B023
            ])
        )  # fmt: skip
        try:
            strokes = operation()
        except ValueError:
            continue
        check_strokes(strokes)
        assert fits(strokes, skeleton)
