"""What facts about strokes cost, and what the shapes of strokes are worth.

    python -m tests.benchmarks.facts [SOURCE] [--digits N ...] [--plain N]

Microseconds a digit, for facts beside a plain scikit-image and NumPy version that leaves
out the thinning before junctions are counted; seconds to gather all facts of a set, first
and from the cache, on one core; where the source has train and test digits with labels,
the error of the five nearest neighbours by shape, and how unusual known label errors are.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks import plain
from tests.benchmarks.extraction import per_digit
from viewer.catalog.facts.cache import FactsCache
from viewer.catalog.facts.gather import attach, gather_facts
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.families import FAMILIES
from viewer.datasets.source import open_source
from viewer.jit import prepare

NEIGHBOURS = 5


def enlarge(dataset: DigitSet, count: int) -> DigitSet:
    """Return a set of one split that repeats a set's digits, shuffled, up to a count."""
    splits = dataset.splits.values()
    images = np.concatenate([split.images for split in splits])
    labels = [split.labels for split in splits if split.labels is not None]
    order = np.random.default_rng(1).permutation(count) % len(images)
    classes = np.concatenate(labels)[order] if len(labels) == len(splits) else None
    return DigitSet(dataset.name, dataset.source, {"all": Split("all", images[order], classes)})


def time_gathering(dataset: DigitSet, cache: FactsCache) -> tuple[float, float, Table]:
    """Return the seconds gathering takes, the longest of attaching a block, and the table."""
    table = Table(dataset)
    longest = 0.0
    start = time.perf_counter()
    for block in gather_facts(table, cache=cache):
        arrived = time.perf_counter()
        attach(table, block)
        longest = max(longest, time.perf_counter() - arrived)
    return time.perf_counter() - start, longest, table


def vote(table: Table, train: Split, test: Split) -> float:
    """Return the share of test digits that their nearest train digits get wrong."""
    assert table.shapes is not None
    assert train.labels is not None
    assert test.labels is not None
    first, start = table.first(train.name), table.first(test.name)
    known = table.shapes[first : first + len(train)].astype(np.float32)
    asked = table.shapes[start : start + len(test)].astype(np.float32)
    norms = (known * known).sum(axis=1)
    wrong = 0
    for begin in range(0, len(asked), 500):
        part = slice(begin, begin + 500)
        apart = norms - 2 * asked[part] @ known.T
        near = np.argpartition(apart, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        votes = (train.labels[near][:, :, None] == np.arange(10)).sum(axis=1)
        wrong += int((votes.argmax(axis=1) != test.labels[part]).sum())
    return wrong / len(asked)


def measure_plainly(points: NDArray[np.int64], shape: tuple[int, ...]) -> dict[str, float]:
    """Measure facts as anyone would write them first."""
    from scipy.ndimage import convolve
    from skimage.measure import label, moments_central

    if not len(points):
        return {}
    mask = np.zeros(shape, dtype=np.uint8)
    mask[tuple(points.T)] = 1
    steps = np.diff(points, axis=0)
    jumps = np.abs(steps).max(axis=1) > 1
    lengths = np.hypot(*steps.T)
    count = convolve(mask, plain.NEIGHBOURS, mode="constant")
    pad = np.pad(mask.astype(bool), 1)
    ring = ((0, 0), (0, 1), (0, 2), (1, 2), (2, 2), (2, 1), (2, 0), (1, 0), (0, 0))
    around = [pad[row : row + shape[0], column : column + shape[1]] for row, column in ring]
    rises = sum((~a & b).astype(int) for a, b in pairwise(around))
    moments = moments_central(mask, order=2)
    height, width = np.ptp(points, axis=0) + 1
    return {
        "strokes": jumps.sum() + 1,
        "travel": lengths[jumps].sum(),
        "length": lengths[~jumps].sum(),
        "endpoints": ((mask == 1) & (count <= 1)).sum(),
        "junctions": label((mask == 1) & (rises >= 3), connectivity=2, return_num=True)[1],
        "loops": label(~pad, connectivity=1, return_num=True)[1] - 1,
        "aspect": width / height,
        "slant": np.degrees(np.arctan2(-moments[1, 1], moments[2, 0])),
    }


def print_costs(images: NDArray[np.uint8], some: int) -> None:
    """Print microseconds a digit."""
    from viewer.core.batch import extract_batch
    from viewer.core.facts import measure
    from viewer.core.sequence import decode
    from viewer.core.shape import describe_shapes

    sequences = extract_batch(images)
    count = len(images)
    points = [decode(sequences.sequence(digit)).astype(int) for digit in range(min(some, count))]
    shape = images.shape[1:]
    facts = per_digit(lambda: measure(sequences), count)
    plainly = per_digit(lambda: [measure_plainly(one, shape) for one in points], len(points), 1)
    shapes = per_digit(lambda: describe_shapes(sequences), count)
    print(f"{count:,} digits, one core; microseconds a digit")
    print(f"facts {facts:.1f}, plain {plainly:.0f} ({plainly / facts:.0f}x); shape {shapes:.1f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", nargs="?", default="sample")
    parser.add_argument("--digits", type=int, nargs="*", default=[70_000, 402_953])
    parser.add_argument("--plain", type=int, default=500, help="digits of the plain version")
    options = parser.parse_args()
    prepare()
    dataset = open_source(options.source)
    splits = list(dataset.splits.values())
    print_costs(splits[0].images, options.plain)

    for count in options.digits:
        with tempfile.TemporaryDirectory() as folder:
            cache = FactsCache(Path(folder))
            larger = enlarge(dataset, count)
            cold, longest, _ = time_gathering(larger, cache)
            warm, longest_warm, _ = time_gathering(larger, cache)
            size = sum(path.stat().st_size for path in Path(folder).rglob("*.*")) / 1e6
        print(
            f"gather {count:,}: {cold:.2f} s, again {warm:.2f} s; a block is attached in at"
            f" most {max(longest, longest_warm) * 1e3:.2f} ms; cache {size:.1f} MB"
        )

    with tempfile.TemporaryDirectory() as folder:
        table = time_gathering(dataset, FactsCache(Path(folder)))[2]
    if len(splits) > 1 and all(split.labels is not None for split in splits[:2]):
        error = vote(table, splits[0], splits[1])
        print(f"{NEIGHBOURS} nearest by shape: {error:.2%} of {splits[1].name} wrong")
    if dataset.family in FAMILIES:
        ranks = table.values("unusual")
        for split, index, given, likely in FAMILIES[dataset.family].label_errors:
            rank = ranks[table.position(split, index)]
            print(f"{split}:{index} labelled {given}, likely {likely}: unusual {rank:.1f} %")


if __name__ == "__main__":
    main()
