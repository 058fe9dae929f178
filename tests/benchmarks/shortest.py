"""Shortest paths: microseconds a digit, the slowest, how many are proven, and a strong solver.

    python -m tests.benchmarks.shortest [SOURCE] [--digits N] [--strong N]

Runs on one core. The strong solver gets ten times the time or more, for as many digits as
asked; how often either is shorter is printed.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.source import open_source
from viewer.jit import prepare


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", nargs="?", default="sample")
    parser.add_argument("--digits", type=int, default=70_000)
    parser.add_argument("--strong", type=int, default=1000, help="digits of the strong solver")
    options = parser.parse_args()
    splits = open_source(options.source).splits.values()
    images = np.concatenate([split.images for split in splits])[: options.digits]
    prepare()

    from tests import strong_solver
    from tests.benchmarks import stages
    from viewer.core.bitimage import RUNS
    from viewer.core.ordering.shortest.path import make_workspace, shortest_words
    from viewer.core.skeleton import drop_small_components, find_start

    space = stages.Space.of(images)
    stages.run_threshold(images, space)
    stages.run_thinning(space)
    height, width = images.shape[1:]
    runs, parts = np.zeros(RUNS, dtype=np.uint64), np.zeros((3, RUNS), dtype=np.int32)
    workspace = make_workspace(height, width)
    buffer = np.zeros((height * width, 2), dtype=np.int16)
    empty = np.zeros(height, dtype=np.uint64)
    shortest_words(empty, height, width, 0, 0, workspace, buffer)

    spent = np.zeros(len(images))
    exact = np.zeros(len(images), dtype=np.bool_)
    tours: list[NDArray[np.int16]] = []
    for digit, words in enumerate(space.thinned):
        drop_small_components(words, height, 3, runs, *parts)
        row, column = find_start(words, height)
        start = time.perf_counter()
        count, _, exact[digit] = shortest_words(
            words, height, width, row, column, workspace, buffer
        )
        spent[digit] = time.perf_counter() - start
        if len(tours) < options.strong:
            tours.append(buffer[:count].copy())
    print(f"{len(images):,} digits of {options.source}, one core")
    print(f"microseconds a digit: {spent.mean() * 1e6:.1f}, median {np.median(spent) * 1e6:.1f}")
    print(f"slowest digit: number {spent.argmax()}, {spent.max() * 1e3:.2f} ms")
    print(f"proven to be the shortest: {exact.sum():,} ({exact.mean():.2%})")

    tours = [tour for tour in tours if len(tour) >= 3]
    ours = np.array([strong_solver.open_length(tour) for tour in tours])
    strong_solver.solve(tours[0], 1, 1)
    start = time.perf_counter()
    theirs = np.array([strong_solver.solve(tour, 1, 300) for tour in tours])
    ratio = (time.perf_counter() - start) / spent[: len(tours)].sum()
    print(
        f"a strong solver, given {ratio:.1f} times the time on {len(tours):,} digits:"
        f" shorter {int((theirs < ours).sum())}, longer {int((theirs > ours).sum())}"
    )


if __name__ == "__main__":
    main()
