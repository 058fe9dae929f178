"""Queries without a window: facts and marks are fetched where the query names them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.where_cases import QUERIES
from viewer.catalog.columns import FACT_NAMES, MARK_NAMES
from viewer.catalog.marks.marks import Marks
from viewer.catalog.query import QueryError, select
from viewer.catalog.query.parser import parse
from viewer.catalog.table import Table
from viewer.catalog.where import find_digits
from viewer.datasets.fingerprint import fingerprint
from viewer.datasets.sample import open_sample


@pytest.fixture
def table() -> Table:
    return Table(open_sample())


def test_nothing_is_extracted_that_is_not_asked_for(table: Table) -> None:
    found = find_digits(table, "class=7 & writer<40")
    assert not (FACT_NAMES | MARK_NAMES) & set(table.columns)
    chosen = (table.values("class") == 7) & (table.values("writer") < 40)
    assert found.tolist() == np.flatnonzero(chosen).tolist()


@pytest.mark.parametrize(("text", "plain"), QUERIES, ids=[text for text, _plain in QUERIES])
def test_queries_mean_what_plain_numpy_says(text: str, plain: object, facts_table: Table) -> None:
    assert callable(plain)
    columns = {name: facts_table.values(name) for name in facts_table.columns}
    found = find_digits(facts_table, text)
    assert found.tolist() == np.flatnonzero(plain(columns)).tolist()


@pytest.fixture(scope="module")
def facts_table() -> Table:
    table = Table(open_sample())
    find_digits(table, "unusual>=0 & order_gap>=0")
    return table


def test_what_takes_long_is_worked_out_where_it_is_asked_for(table: Table) -> None:
    find_digits(table, "strokes>=1")
    assert not {"unusual", "order_gap"} & set(table.columns)
    found = find_digits(table, "order_gap>1")
    assert found.tolist() == np.flatnonzero(table.values("order_gap") > 1).tolist()
    assert 0 < len(found) < len(table)


def test_facts_are_those_of_the_strokes(facts_table: Table) -> None:
    assert set(facts_table.columns) >= FACT_NAMES
    strokes, lifts = facts_table.values("strokes"), facts_table.values("lifts")
    assert (lifts == strokes - 1).all()
    assert len(set(strokes.tolist())) > 1


def test_marks_are_those_of_the_set(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    marks = Marks.open(fingerprint(table.dataset))
    marks.set_favourite({"train": np.array([3, 5])}, True)
    marks.flush()
    assert find_digits(table, "favourite").tolist() == [3, 5]


def test_a_query_that_means_nothing_is_refused_where_it_is(table: Table) -> None:
    with pytest.raises(QueryError, match="clas") as caught:
        find_digits(table, "split=train & clas=7")
    assert (caught.value.start, caught.value.end) == (14, 18)


@pytest.mark.slow
def test_real_digits(shared_data: Path) -> None:
    """The 20 queries over MNIST with QMNIST's labels, against plain NumPy."""
    from viewer.datasets.source import open_source

    table = Table(open_source(shared_data / "mnist"))
    find_digits(table, "unusual>=0", jobs=2)
    columns = {name: table.values(name) for name in table.columns}
    for text, plain in QUERIES:
        chosen = select(parse(text, table), table)
        assert np.array_equal(chosen, plain(columns)), text
        assert chosen.any(), text
