"""Words for a digit and its metadata, the same in tool tips and details."""

from __future__ import annotations

from viewer.datasets.digits import Split

COLUMN_NAMES = {
    "writer": "Writer",
    "hsf_series": "HSF series",
    "digit_index": "Digit index",
    "nist_class": "NIST class",
    "global_index": "Global index",
    "duplicate": "Duplicate",
    "unused": "Unused",
}


def identity(split: Split, index: int) -> str:
    """Return a digit's identity, such as ``train:13``."""
    return f"{split.name}:{index}"


def metadata(split: Split, index: int) -> dict[str, object]:
    """Return what is known about a digit, in the order and the words for display."""
    known: dict[str, object] = {"Digit": identity(split, index)}
    if split.labels is not None:
        known["Class"] = int(split.labels[index])
    for name, column in split.columns.items():
        value = column[index]
        title = COLUMN_NAMES.get(name, name.replace("_", " ").capitalize())
        known[title] = value.item() if hasattr(value, "item") else value
    return known


def tool_tip(split: Split, index: int) -> str:
    """Return a digit's metadata as lines of plain text."""
    return "\n".join(f"{name} {value}" for name, value in metadata(split, index).items())
