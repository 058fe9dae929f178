"""Sizes of files in words."""

from __future__ import annotations

UNITS = ("kB", "MB", "GB", "TB")


def describe_size(count: int) -> str:
    """Return a number of bytes in words, such as ``312 bytes`` or ``12.3 kB``."""
    if count < 1000:
        return "1 byte" if count == 1 else f"{count} bytes"
    size, unit = count / 1000, 0
    while round(size, 1) >= 1000 and unit + 1 < len(UNITS):
        size, unit = size / 1000, unit + 1
    return f"{size:.{1 if round(size, 1) < 100 else 0}f} {UNITS[unit]}"
