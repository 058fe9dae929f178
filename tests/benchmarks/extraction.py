"""Microseconds a digit for each step, beside the plain version of it in the same run.

    python -m tests.benchmarks.extraction [SOURCE] [--digits N] [--plain N]

Runs on one core. The plain version orders by one tour without a search, so it does less.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from viewer.datasets.source import open_source
from viewer.jit import prepare


def per_digit(run: Callable[[], Any], digits: int, repeats: int = 3) -> float:
    """Best of some runs, in microseconds a digit."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times) / digits * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", nargs="?", default="sample")
    parser.add_argument("--digits", type=int, default=70_000)
    parser.add_argument("--plain", type=int, default=200, help="digits of the plain version")
    options = parser.parse_args()
    splits = open_source(options.source).splits.values()
    images = np.concatenate([split.images for split in splits])[: options.digits]
    prepare()

    from tests.benchmarks import plain, stages
    from viewer.core.batch import extract_batch, extract_part
    from viewer.core.settings import PUBLISHED

    count = len(images)
    space = stages.Space.of(images)
    fast = {
        "threshold": per_digit(lambda: stages.run_threshold(images, space), count),
        "thinning": per_digit(lambda: stages.run_thinning(space), count),
        "order": per_digit(lambda: stages.run_order(space), count, repeats=2),
        "whole": per_digit(lambda: extract_batch(images, jobs=1), count),
    }
    some = images[: options.plain]
    masks = [plain.threshold(image) for image in some]
    skeletons = [plain.thin(mask) for mask in masks]
    slow = {
        "threshold": per_digit(lambda: [plain.threshold(image) for image in some], len(some), 1),
        "thinning": per_digit(lambda: [plain.thin(mask) for mask in masks], len(some), 1),
        "order": per_digit(lambda: [plain.order(skeleton) for skeleton in skeletons], len(some), 1),
    }
    slow["whole"] = sum(slow.values())
    print(f"{count:,} digits of {options.source}, one core; microseconds a digit")
    print(f"{'':12}{'here':>10}{'plain':>12}{'ratio':>9}")
    for step, spent in fast.items():
        print(f"{step:12}{spent:10.1f}{slow[step]:12.1f}{slow[step] / spent:8.0f}x")

    slowest, at = 0.0, 0
    for digit in range(count):
        start = time.perf_counter()
        extract_part(images[digit : digit + 1], PUBLISHED)
        spent = time.perf_counter() - start
        if spent > slowest:
            again = per_digit(lambda d=digit: extract_part(images[d : d + 1], PUBLISHED), 1)  # type: ignore[misc]
            if again / 1e6 > slowest:
                slowest, at = again / 1e6, digit
    sequences = extract_batch(images)
    print(f"slowest digit: number {at}, {slowest * 1e3:.2f} ms (best of three)")
    exact = int(sequences.exact.sum())
    print(f"complete searches: {exact:,} of {count:,} ({exact / count:.2%})")


if __name__ == "__main__":
    main()
