"""Facets: bins that select what they count, live counts, choices made by bins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.catalog.query.questions import QUESTIONS, Question
from tests.catalog.query.tables import mixed_table
from viewer.catalog.columns import find_column
from viewer.catalog.facets.facet import count_facets, facet_of
from viewer.catalog.query import Choice, Query, Range, parse, select
from viewer.catalog.table import Table
from viewer.errors import Cancelled

TABLE = mixed_table(240)
NAMES = tuple(TABLE.columns)


def count(query: Query, table: Table = TABLE) -> int:
    return int(select(query, table).sum())


@given(QUESTIONS, st.sampled_from(NAMES))
def test_a_bin_counts_what_choosing_it_brings(question: Question, name: str) -> None:
    query = parse(question[0], TABLE)
    bins = facet_of(TABLE, name).bins
    counts = count_facets(TABLE, query, NAMES)[name]
    assert len(counts) == len(bins)
    for place in range(0, len(bins), 1 + len(bins) // 5):
        chosen = query.with_choice(name, facet_of(TABLE, name).choose([place]))
        assert counts[place] == count(chosen)


@pytest.mark.parametrize("name", NAMES)
def test_bins_hold_each_known_digit_once(name: str) -> None:
    known = TABLE.known(name)
    there = np.ones(len(TABLE), np.bool_) if known is None else known.copy()
    if name == "slant":
        there &= ~np.isnan(TABLE.values(name))
    totals = [part.total for part in facet_of(TABLE, name).bins]
    assert sum(totals) == there.sum()
    assert count_facets(TABLE, Query(), [name])[name].tolist() == totals
    assert count_facets(TABLE, parse("not index>=0", TABLE), [name])[name].sum() == 0


def test_forms_and_labels() -> None:
    assert [part.label for part in facet_of(TABLE, "split").bins] == ["train", "test"]
    assert [part.label for part in facet_of(TABLE, "exact").bins] == ["no", "yes"]
    assert [part.label for part in facet_of(TABLE, "colour").bins][2] == "deep blue"
    assert [part.item for part in facet_of(TABLE, "class").bins] == list(range(10))
    assert facet_of(TABLE, "class").form == facet_of(TABLE, "colour").form == "values"
    points, slant = facet_of(TABLE, "points"), facet_of(TABLE, "slant")
    assert points.form == slant.form == "histogram"
    assert points.bins[1].label == "20 to 39"
    assert slant.bins[1].label == "-1.8 to -1.6"


def test_labels_of_bins_without_an_end() -> None:
    table = mixed_table(1000)
    spread = np.r_[np.arange(998) % 40, -5000, 5000]
    table.add(find_column("points"), spread)
    table.add(find_column("slant"), spread.astype(np.float32))
    ends = [[part.label for part in facet_of(table, n).bins][::20] for n in ("points", "slant")]
    assert ends == [["to -1", "38 to 39"], ["below 0", "38 to 40"]]


def test_writers_are_names_however_many() -> None:
    table = mixed_table(240)
    table.add(find_column("writer"), np.arange(240, dtype=np.int32) // 2 * 1000)
    facet = facet_of(table, "writer")
    assert facet.form == "names"
    assert [(part.item, part.total) for part in facet.bins[:2]] == [(0, 2), (1000, 2)]
    assert count_facets(table, Query(), ["writer"])["writer"].tolist() == [2] * 120


def test_a_facet_of_nothing_known_has_no_bins() -> None:
    assert facet_of(TABLE, "strokes").bins == ()
    assert count_facets(TABLE, Query(), ["strokes"])["strokes"].tolist() == []
    table = mixed_table(6)
    table.add(find_column("strokes"), np.zeros(6, np.uint8), known=np.zeros(6, np.bool_))
    assert facet_of(table, "strokes").bins == ()
    with pytest.raises(KeyError):
        facet_of(TABLE, "hsf")


def test_a_facet_follows_its_column() -> None:
    table = mixed_table(6)
    strokes = find_column("strokes")
    for start, value in ((0, 2), (2, 5), (4, 2)):
        table.fill(strokes, start, np.full(2, value, np.uint8))
    assert [(part.item, part.total) for part in facet_of(table, "strokes").bins] == [(2, 4), (5, 2)]
    table.fill(strokes, 0, np.array([9], np.uint8))
    assert [part.item for part in facet_of(table, "strokes").bins] == [2, 5, 9]


def test_choosing_bins_beside_each_other_makes_one_range() -> None:
    points = facet_of(TABLE, "points")
    assert points.choose([]) is None
    assert points.choose([1, 2, 5]) == Choice(ranges=(Range(20, 59), Range(100, 119)))
    assert points.chosen(points.choose([5, 2, 1])) == [1, 2, 5]
    assert facet_of(TABLE, "class").choose([7, 9]) == Choice(frozenset({7, 9}))
    slant = facet_of(TABLE, "slant")
    assert slant.choose([1, 2]) == Choice(ranges=(Range(-1.8, -1.4, open_high=True),))


def test_a_choice_in_text_shows_in_the_bins() -> None:
    points = facet_of(TABLE, "points")
    assert points.chosen(parse("points=15..79 & exact", TABLE).choice("points")) == [1, 2, 3]
    assert points.chosen(parse("exact", TABLE).choice("points")) == []
    classes = facet_of(TABLE, "class")
    assert classes.chosen(parse("class>6 & class!=8", TABLE).choice("class")) == [7, 8, 9]


def test_a_facet_is_counted_without_its_own_choice_alone() -> None:
    query = parse("class=7 & exact", TABLE)
    counts = count_facets(TABLE, query, ["class", "exact", "points"])
    assert counts["class"].sum() == count(parse("exact", TABLE))
    assert counts["exact"].tolist() == [
        count(parse("class=7 & exact=no", TABLE)),
        count(query),
    ]
    assert counts["points"].sum() == count(query)


def test_counting_can_be_cancelled() -> None:
    with pytest.raises(Cancelled):
        count_facets(TABLE, Query(), ["class"], cancelled=lambda: True)
