"""Sizes in words."""

from __future__ import annotations

import pytest

from viewer.gui.export.sizes import describe_size


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (12_345, "12.3 kB"),
        (99_940, "99.9 kB"), (99_960, "100 kB"), (123_456, "123 kB"), (999_940, "1000 kB"),
        (999_999, "1.0 MB"), (8_600_000, "8.6 MB"), (2_340_000_000, "2.3 GB"),
        (5 * 10**15, "5000 TB"),
    ],
)  # fmt: skip
def test_sizes(count: int, words: str) -> None:
    assert describe_size(count) == words
