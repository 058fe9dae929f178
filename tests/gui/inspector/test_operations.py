"""Operations on strokes: what each does, and where the pen is afterwards."""

from __future__ import annotations

import numpy as np
import pytest

from tests.gui.inspector.digits import draw
from viewer.core.correction import Strokes, strokes_of
from viewer.gui.inspector.operations import OPERATIONS, TAKE_BACK, change, find_pen, same, stand

PICTURE = """
    ........
    .abcd...
    ........
    .e.g....
    .f.h....
    .......i
"""
"""Strokes abcd, ef, gh and i."""
LETTERS = "abcdefghi"


def strokes() -> Strokes:
    made = draw(PICTURE)
    return strokes_of(made.points, np.array([0, 4, 6, 8, 9]))


def spell(found: Strokes) -> str:
    """Return strokes as the letters of the picture."""
    points = draw(PICTURE).points.tolist()
    return " ".join(
        "".join(LETTERS[points.index(point)] for point in stroke.tolist()) for stroke in found
    )


def at(letter: str) -> int:
    """Return how many points are drawn with the pen on a letter."""
    return LETTERS.index(letter) + 1


def test_the_picture_spells_its_strokes() -> None:
    assert spell(strokes()) == "abcd ef gh i"


@pytest.mark.parametrize(
    ("letter", "pen"), [("a", (0, 0)), ("d", (0, 3)), ("e", (1, 0)), ("h", (2, 1)), ("i", (3, 0))]
)
def test_the_pen_stands_in_a_stroke(letter: str, pen: tuple[int, int]) -> None:
    assert find_pen(strokes(), at(letter)) == pen


@pytest.mark.parametrize(
    ("name", "letter", "after", "pen"),
    [
        ("reverse", "b", "dcba ef gh i", "b"),
        ("reverse", "a", "dcba ef gh i", "a"),
        ("reverse", "d", "dcba ef gh i", "a"),  # at the end of a stroke it stays there
        ("earlier", "e", "ef abcd gh i", "e"),
        ("earlier", "f", "ef abcd gh i", "f"),
        ("later", "g", "abcd ef i gh", "g"),
        ("split", "c", "ab cd ef gh i", "c"),
        ("split", "d", "abc d ef gh i", "d"),
        ("join", "e", "abcd efgh i", "e"),
        ("join", "f", "abcd efgh i", "h"),
        ("start", "g", "gh abcd ef i", "h"),
        ("start", "c", "cd ab ef gh i", "d"),
        ("start", "h", "hg abcd ef i", "g"),
    ],
)
def test_the_stroke_with_the_pen_is_changed_and_stays_meant(
    name: str, letter: str, after: str, pen: str
) -> None:
    changed, drawn = change(name, strokes(), at(letter))
    assert spell(changed) == after
    assert spell(changed).replace(" ", "")[drawn - 1] == pen


def test_a_stroke_wanders_without_being_chosen_anew() -> None:
    found, drawn = strokes(), at("g")
    for name in ("earlier", "earlier", "reverse"):
        found, drawn = change(name, found, drawn)
    assert spell(found) == "hg abcd ef i"
    assert find_pen(found, drawn)[0] == 0


@pytest.mark.parametrize(
    ("name", "letter", "reason"),
    [
        ("earlier", "b", "this is the first stroke"),
        ("later", "i", "this is the last stroke"),
        ("split", "e", "."),
        ("join", "i", "."),
    ],
)
def test_what_cannot_be_done_says_why(name: str, letter: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        change(name, strokes(), at(letter))


def test_a_pixel_that_is_gone_leaves_the_digit_whole() -> None:
    assert stand(strokes(), (1, 3)) == 3
    assert stand(strokes(), (1, 3), whole=True) == 4
    assert stand(strokes(), (0, 0)) == 9


def test_the_same_strokes_are_found_the_same() -> None:
    one = strokes()
    assert same(one, strokes())
    assert not same(one, one[1:])
    assert not same(one, (one[1], one[0], *one[2:]))
    assert not same(one, (one[0][::-1], *one[1:]))


def test_names_and_keys_are_unique() -> None:
    assert len({row.name for row in OPERATIONS}) == len(OPERATIONS)
    assert len({row.key for row in OPERATIONS}) == len(OPERATIONS)
    assert OPERATIONS[-1].name == TAKE_BACK
