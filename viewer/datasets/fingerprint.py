"""What a set of digits is recognised by, wherever its files lie."""

from __future__ import annotations

import hashlib

import numpy as np

from viewer.datasets.digits import DigitSet

SAMPLED = 256
"""Images of each split that are looked at."""


def fingerprint(dataset: DigitSet) -> str:
    """Return the key under which something is kept about a set of digits.

    Equal sets have equal keys, from whatever folder and form they were opened. Names,
    counts and image sizes of the splits count, all labels, and images spread over each split;
    metadata, notes and the name of the set do not.

    Parameters
    ----------
    dataset : DigitSet
        The set.

    Returns
    -------
    key : str
        32 hexadecimal digits.
    """
    digest = hashlib.blake2b(digest_size=16)
    for split in dataset.splits.values():
        labelled = split.labels is not None
        digest.update(repr((split.name, split.images.shape, labelled)).encode())
        if split.labels is not None:
            digest.update(np.ascontiguousarray(split.labels).data)
        step = max(1, len(split) // SAMPLED)
        digest.update(np.ascontiguousarray(split.images[::step]).data)
    return digest.hexdigest()
