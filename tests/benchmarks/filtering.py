"""Milliseconds of 50 queries over all digits of NIST, with and without facet counts.

    python -m tests.benchmarks.filtering xnist-labels-idx2-int.xz

The labels are NIST's own; the facts of the strokes are drawn at random. Each query is
asked once, with no clause of it kept from before, and its answer is compared with that of
plain NumPy, which is timed too.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.columns import FACTS
from viewer.catalog.facets.facet import count_facets, facet_of
from viewer.catalog.query import parse, select
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.qmnist import COLUMNS, METADATA, read_extended

Columns = dict[str, NDArray[Any]]
Template = tuple[str, Callable[[Columns, int], NDArray[np.bool_]]]
TEMPLATES: tuple[Template, ...] = (
    ("class={0} & strokes>=2 & writer={0}", lambda c, v: (c["class"] == v) & (c["strokes"] >= 2)
     & (c["writer"] == v)),
    ("class={0}", lambda c, v: c["class"] == v),
    ("hsf in (0, {0}) & not exact", lambda c, v: np.isin(c["hsf"], (0, v)) & ~c["exact"]),
    ("writer={0}00..{0}99", lambda c, v: (c["writer"] >= 100 * v) & (c["writer"] <= 100 * v + 99)),
    ("aspect>0.{0} | slant<-{0}", lambda c, v: (c["aspect"] > v / 10) | (c["slant"] < -v)),
    ("not (class={0} | loops=1) & points<5{0}", lambda c, v: ~((c["class"] == v)
     | (c["loops"] == 1)) & (c["points"] < 50 + v)),
    ("unusual>=9{0}.5 & class={0},1", lambda c, v: (c["unusual"] >= 90.5 + v)
     & ((c["class"] == v) | (c["class"] == 1))),
    ("travel=0..<{0} & length>=40 & junctions!=0", lambda c, v: (c["travel"] >= 0)
     & (c["travel"] < v) & (c["length"] >= 40) & (c["junctions"] != 0)),
    ("index<{0}0000 & lifts>0", lambda c, v: (c["index"] < 10_000 * v) & (c["lifts"] > 0)),
    ("writer in (1, 5, 1{0}, 2{0}, 3{0}, 404, 505, 606, 2000..2{0}00)", lambda c, v:
     np.isin(c["writer"], (1, 5, 10 + v, 20 + v, 30 + v, 404, 505, 606))
     | ((c["writer"] >= 2000) & (c["writer"] <= 2000 + 100 * v))),
)  # fmt: skip
VALUES = (2, 3, 4, 6, 7)


def make_table(path: Path) -> Table:
    """Return NIST's labels with facts drawn at random, and images of one pixel."""
    labels = read_extended(path)
    count = len(labels)
    columns = {name: np.ascontiguousarray(labels[:, COLUMNS.index(name)]) for name in METADATA}
    classes = labels[:, COLUMNS.index("class")].astype(np.uint8)
    images = np.broadcast_to(np.zeros((1, 1, 1), np.uint8), (count, 1, 1))
    splits = {"nist": Split("nist", images, classes, columns)}
    table = Table(DigitSet("NIST digits", str(path), splits))
    draws = np.random.default_rng(1)
    lifts = draws.poisson(0.4, count).astype(np.uint8)
    facts: Columns = {
        "strokes": lifts + 1,
        "points": draws.normal(45, 10, count).clip(3, 200).astype(np.uint8),
        "lifts": lifts,
        "travel": (lifts * draws.exponential(6, count)).astype(np.float32),
        "length": draws.normal(50, 12, count).clip(2).astype(np.float32),
        "level": (25 * draws.integers(0, 8, count)).astype(np.uint8),
        "endpoints": draws.poisson(2, count).astype(np.uint8),
        "junctions": draws.poisson(1, count).astype(np.uint8),
        "loops": draws.poisson(0.4, count).astype(np.uint8),
        "aspect": draws.gamma(5, 0.15, count).astype(np.float32),
        "slant": draws.normal(5, 15, count).astype(np.float32),
        "exact": draws.random(count) < 0.97,
        "order_gap": draws.exponential(2, count).astype(np.float32),
        "unusual": (100 * draws.random(count)).astype(np.float32),
    }
    for column in FACTS:
        table.add(column, facts[column.name])
    return table


def count_plainly(columns: Columns, mask: NDArray[np.bool_]) -> None:
    """Count every column of the digits found as anyone would write it first."""
    for values in columns.values():
        if values.dtype.kind == "f":
            np.histogram(values[mask], bins=20)
        else:
            np.unique(values[mask], return_counts=True)


def milliseconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long work takes, and its result."""
    start = time.perf_counter()
    result = work()
    return 1000 * (time.perf_counter() - start), result


def time_query(
    table: Table, text: str, plain: Callable[[Columns, int], NDArray[np.bool_]], value: int
) -> dict[str, float]:
    """Return milliseconds by step; the answer must be that of plain NumPy."""
    columns = {name: table.values(name) for name in table.columns}
    names = list(columns)
    times = {}
    times["parse"], query = milliseconds(lambda: parse(text, table))
    times["select"], mask = milliseconds(lambda: select(query, table))
    times["counts"], _ = milliseconds(lambda: count_facets(table, query, names))
    times["again"], _ = milliseconds(
        lambda: (select(query, table), count_facets(table, query, names))
    )
    times["plain"], wanted = milliseconds(lambda: plain(columns, value))
    times["plain counts"], _ = milliseconds(lambda: count_plainly(columns, mask))
    if not np.array_equal(mask, wanted):
        raise SystemExit(f"{text}: {mask.sum()} digits instead of {wanted.sum()}")
    return times


def say(title: str, times: list[float]) -> None:
    """Print the median and the worst."""
    print(f"{title:42} median {statistics.median(times):7.2f} ms   worst {max(times):7.2f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    table = make_table(parser.parse_args().labels)
    names = list(table.columns)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    binning, _ = milliseconds(lambda: [facet_of(table, name) for name in names])
    print(f"{len(table):,} digits, {len(names)} facets, bins made once in {binning:.0f} ms")
    parts: dict[str, list[float]] = {
        title: [] for title in ("parse", "select", "counts", "again", "plain", "plain counts")
    }
    for text, plain in TEMPLATES:
        for value in VALUES:
            for title, taken in time_query(table, text.format(value), plain, value).items():
                parts[title].append(taken)
    found = [a + b for a, b in zip(parts["parse"], parts["select"], strict=True)]
    counted = [a + b for a, b in zip(found, parts["counts"], strict=True)]
    plainly = [a + b for a, b in zip(parts["plain"], parts["plain counts"], strict=True)]
    say("parse and select", found)
    say("parse, select and count all facets", counted)
    say("the same query again", parts["again"])
    say("plain NumPy, select", parts["plain"])
    say("plain NumPy, select and count", plainly)
    print(f"select: {sum(parts['plain']) / sum(found):.1f} times as fast as plain NumPy,", end=" ")
    print(f"with counts {sum(plainly) / sum(counted):.0f} times")
    added = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"peak of memory risen by {added / 1024:.0f} MB, plain NumPy included")


if __name__ == "__main__":
    main()
