"""Make the embedded sample: ``python -m viewer.datasets.synthetic --output FILE``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from viewer.datasets.sample import write_sample
from viewer.datasets.synthetic import TURN, generate

SEED = 2025
TRAIN = 400
TEST = 100


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a sample of synthetic digits; no writer is in both splits."""
    parser = argparse.ArgumentParser(
        prog="python -m viewer.datasets.synthetic", description=__doc__
    )
    parser.add_argument("--output", type=Path, required=True, help="the npz file to write")
    parser.add_argument("--seed", type=int, default=SEED, help="default: %(default)s")
    parser.add_argument("--train", type=int, default=TRAIN, help="digits, default: %(default)s")
    parser.add_argument("--test", type=int, default=TEST, help="digits, default: %(default)s")
    options = parser.parse_args(arguments)
    later = -(-max(options.train, 1) // TURN) * TURN  # by then other writers have their turn
    train = generate(options.train, options.seed, name="train")
    test = generate(options.test, options.seed, first=later, name="test")
    with options.output.open("wb") as file:
        write_sample(file, (train, test))
    size = options.output.stat().st_size
    print(f"{options.output}: {len(train)} + {len(test)} digits, {size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
