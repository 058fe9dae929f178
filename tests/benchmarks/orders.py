"""Time the orders beside each other: ``python -m tests.benchmarks.orders SOURCE``.

Skeletons are made before; each order then goes over all of them, on one core.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
from numpy.typing import NDArray

from viewer.core.settings import ORDERS, ExtractionSettings
from viewer.datasets.source import open_source
from viewer.jit import prepare

BLOCK = 4096
"""Digits that are ordered between two looks at the clock."""


def trace_all(images: NDArray[np.uint8]) -> tuple[NDArray[np.uint64], NDArray[np.int16]]:
    """Return the published skeletons of digits as bit images, and their start points."""
    from viewer.core.batch import extract_skeletons

    return extract_skeletons(images, ExtractionSettings())[:2]


def main() -> None:
    """Print microseconds a digit and complete searches for each order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", metavar="SOURCE")
    source = parser.parse_args().source
    ways = {order: ExtractionSettings(order=order) for order in ORDERS}
    ways["natural, walking"] = ExtractionSettings(order="natural", walking=True)
    for settings in ways.values():
        prepare(order=settings.order)
    from viewer.core.ordering.rules import order_many

    dataset = open_source(source)
    traced = []
    for split in dataset.splits.values():
        for first in range(0, len(split), BLOCK):
            images = np.ascontiguousarray(split.images[first : first + BLOCK])
            traced.append((*trace_all(images), images.shape[2]))
    count = sum(len(words) for words, _starts, _width in traced)
    print(f"{dataset.name}, {count:,} digits, one core")
    print(f"{'order':<18}{'us a digit':>12}{'ratio':>8}{'complete':>12}{'points':>9}")
    usual = 0.0
    for name, settings in ways.items():
        seconds, exact, points = 0.0, 0, 0
        order_many(traced[0][0][:1], traced[0][2], traced[0][1][:1], settings)
        for words, starts, width in traced:
            began = time.perf_counter()
            found, _counts, complete = order_many(words, width, starts, settings)
            seconds += time.perf_counter() - began
            exact += int(complete.sum())
            points += len(found)
        each = 1e6 * seconds / count
        usual = usual or each
        print(f"{name:<18}{each:>12.1f}{each / usual:>8.1f}{exact:>12,}{points / count:>9.1f}")


if __name__ == "__main__":
    main()
