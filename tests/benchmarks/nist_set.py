"""A set as large as all of NIST: 402,953 synthetic digits under the real labels.

    python -m tests.benchmarks.nist_set xnist-labels-idx2-int.xz FOLDER

Writes `xnist-images-idx3-ubyte` into a new folder and copies the labels there. Every image
is a synthetic digit of the class that its label gives; no two are the same.
"""

from __future__ import annotations

import argparse
import shutil
import struct
from pathlib import Path

import numpy as np

from viewer.datasets.qmnist import COLUMNS, read_extended
from viewer.datasets.synthetic.generator import generate

SEED = 402_953
AT_ONCE = 50_000


def write_set(labels: Path, folder: Path) -> Path:
    """Write the set and return the path of its images."""
    classes = read_extended(labels)[:, COLUMNS.index("class")]
    wanted = [np.flatnonzero(classes == value) for value in range(10)]
    images = np.empty((len(classes), 28, 28), np.uint8)
    filled = [0] * 10
    first = 0
    while any(count < len(places) for count, places in zip(filled, wanted, strict=True)):
        made = generate(AT_ONCE, SEED, first=first, pen_paths=False)
        first += AT_ONCE
        assert made.labels is not None
        for value, places in enumerate(wanted):
            fresh = made.images[made.labels == value][: len(places) - filled[value]]
            images[places[filled[value] : filled[value] + len(fresh)]] = fresh
            filled[value] += len(fresh)
    folder.mkdir(parents=True)
    shutil.copy(labels, folder / labels.name)
    target = folder / "xnist-images-idx3-ubyte"
    with target.open("wb") as file:
        file.write(struct.pack(">HBB3I", 0, 8, 3, *images.shape))
        images.tofile(file)
    return target


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels", type=Path)
    parser.add_argument("folder", type=Path)
    chosen = parser.parse_args()
    print(write_set(chosen.labels, chosen.folder))
