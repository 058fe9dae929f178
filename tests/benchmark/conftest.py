from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from viewer.benchmark.sequences import read_choice, with_labels
from viewer.core.settings import PUBLISHED
from viewer.datasets.digits import DigitSet
from viewer.datasets.sample import open_sample
from viewer.datasets.sequences.rows import Rows
from viewer.datasets.source import open_source

PUBLISHED_FILE = Path("published-sequences", "train-00000-09999.npz")


@pytest.fixture(scope="session")
def sample_digits() -> DigitSet:
    return open_sample()


@pytest.fixture(scope="session")
def sample(sample_digits: DigitSet) -> dict[str, Rows]:
    """The sequences of the embedded sample, by split."""
    from viewer.core.batch import extract_batch

    found = {}
    for name, split in sample_digits.splits.items():
        made = extract_batch(split.images, PUBLISHED)
        index = np.arange(len(split), dtype=np.int64)
        found[name] = Rows(made.rows, made.offsets, split.labels, np.full(len(split), name), index)
    return found


@pytest.fixture(scope="session")
def published(shared_data: Path) -> dict[str, Rows]:
    """The first 1,500 published training sequences: 1,000 to learn from, 500 to test."""
    file = shared_data / PUBLISHED_FILE
    digits = open_source(shared_data / "mnist")
    parts = {"train": "0-999", "test": "1000-1499"}
    return {
        name: with_labels(read_choice(f"{file}:{ranges}"), digits) for name, ranges in parts.items()
    }
