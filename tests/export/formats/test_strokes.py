from __future__ import annotations

import numpy as np
from hypothesis import given, settings

from tests.export.formats.samples import ALL, MANY, Rows, set_of, strokes_of
from viewer.core.sequence import decode, lifts
from viewer.export.formats.strokes import drawings, find_strokes


@settings(max_examples=150, deadline=None)
@given(rows=MANY)
def test_strokes_of_many_are_those_of_each(rows: list[Rows]) -> None:
    strokes = find_strokes(set_of(rows))
    found = list(drawings(strokes, strokes.points))
    expected = [
        [[[x for x, _ in stroke], [y for _, y in stroke]] for stroke in strokes_of(digit)]
        for digit in rows
    ]
    assert found == expected
    assert len(strokes.of_digit) == len(strokes.offsets) == len(rows) + 1
    for place, digit in enumerate(rows):
        own = slice(strokes.offsets[place], strokes.offsets[place + 1])
        np.testing.assert_array_equal(strokes.points[own][:, ::-1], decode(digit))
        np.testing.assert_array_equal(
            strokes.ends[own], [*lifts(digit)[1:], True][: len(lifts(digit))]
        )
        np.testing.assert_array_equal(strokes.moves[own], digit[digit[:, 2] == 0, :2])


def test_the_naive_reader_reads_known_sequences() -> None:
    assert [strokes_of(rows) for rows in ALL] == [
        [],
        [[(4, 8)]],
        [[(0, 0), (1, 0)], [(4, 2)]],
        [[(63, 63), (63, 62)], [(62, 62), (62, 63)]],
    ]


def test_no_digits_have_no_strokes() -> None:
    strokes = find_strokes(set_of([]))
    assert list(drawings(strokes, strokes.points)) == []
    assert strokes.bounds.tolist() == [0]
