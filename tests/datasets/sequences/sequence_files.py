"""Files of sequences in all forms, written from the descriptions of the forms alone."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pixels = list[tuple[int, int]]
"""(x, y) of the points of a stroke, 1-based."""
Digit = list[Pixels]

BAR: Digit = [[(4, 2), (4, 3), (5, 4), (5, 5)]]
PLUS: Digit = [[(2, 5), (3, 5), (4, 5)], [(3, 3), (3, 5), (3, 6)]]
"""Its second stroke jumps on the way, which is drawn with the pen down."""
DOTTED: Digit = [[(10, 3), (11, 3)], [(11, 9)]]
"""Its last stroke is a pixel that is not announced in rows."""
DOT: Digit = [[(28, 28)]]
BLANK: Digit = []
TOUCHING: Digit = [[(7, 7), (8, 7)], [(9, 7)]]
"""Its last stroke begins beside the end of the one before."""
DIGITS = [BAR, PLUS, DOTTED, DOT, BLANK, TOUCHING]
LABELS = [1, 4, 8, 0, 7, 255]


def rows_of(digit: Digit) -> list[list[int]]:
    """Return the published rows of a digit, step by step."""
    rows: list[list[int]] = []
    at = (0, 0)
    for number, stroke in enumerate(digit):
        alone = number == len(digit) - 1 and len(stroke) == 1
        far = max(abs(stroke[0][0] - at[0]), abs(stroke[0][1] - at[1])) > 1
        if number and not (alone and far):
            rows.append([0, 0, 1, 0])
        for x, y in stroke:
            rows.append([x - at[0], y - at[1], 0, 0])
            at = (x, y)
    return [*rows, [0, 0, 1, 1]]


def stroke3_of(digit: Digit) -> list[list[int]]:
    """Return the rows dx dy lift of a digit; one without ink has a single row."""
    rows = []
    at = (0, 0)
    for stroke in digit:
        for x, y in stroke:
            rows.append([x - at[0], y - at[1], 0])
            at = (x, y)
        rows[-1][2] = 1
    return rows or [[0, 0, 1]]


def ragged(digits: Sequence[Digit], **more: Any) -> dict[str, NDArray[Any]]:
    """Return the arrays of a ragged npz."""
    parts = [np.array(rows_of(digit), np.int8) for digit in digits]
    offsets = np.cumsum([0, *map(len, parts)])
    return {"rows": np.concatenate(parts), "offsets": offsets, **_arrays(more)}


def padded(digits: Sequence[Digit], **more: Any) -> dict[str, NDArray[Any]]:
    """Return the arrays of a padded npz."""
    parts = [rows_of(digit) for digit in digits]
    longest = max(map(len, parts)) + 2
    rows = [part + [[0, 0, 0, 0]] * (longest - len(part)) for part in parts]
    return {
        "rows": np.array(rows, np.int8),
        "lengths": np.array(list(map(len, parts))),
        **_arrays(more),
    }


def stroke5(digits: Sequence[Digit], dtype: Any = np.int16, **more: Any) -> dict[str, NDArray[Any]]:
    """Return the array of stroke-5."""
    parts = [
        [[dx, dy, 1 - lift, lift, 0] for dx, dy, lift in stroke3_of(digit)] for digit in digits
    ]
    longest = max(map(len, parts)) + 1
    rows = [part + [[0, 0, 0, 0, 1]] * (longest - len(part)) for part in parts]
    return {"strokes": np.array(rows, dtype), **_arrays(more)}


def objects(digits: Sequence[Digit], dtype: Any = np.int16) -> NDArray[Any]:
    """Return an array of the stroke-3 of each digit."""
    array = np.empty(len(digits), dtype=object)
    for place, digit in enumerate(digits):
        array[place] = np.array(stroke3_of(digit)).astype(dtype)
    return array


def write_npz(path: Path, arrays: Mapping[str, NDArray[Any]]) -> Path:
    """Write arrays as NumPy does."""
    np.savez_compressed(path, allow_pickle=True, **arrays)
    return path


def write_npy(path: Path, **entries: bytes) -> Path:
    """Write entries of any bytes as an npz file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(f"{name}.npy", content)
    return path


def npy_header(descr: str, shape: tuple[int, ...]) -> bytes:
    """Return the header of an array."""
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        file, {"descr": descr, "fortran_order": False, "shape": shape}
    )
    return file.getvalue()


def published_files(
    digits: Sequence[Digit] = DIGITS, split: str = "train", labels: Sequence[int] | None = None
) -> dict[str, str]:
    """Return the published text files of digits by name."""
    files = {}
    for index, digit in enumerate(digits):
        lines = [" ".join(map(str, row)) for row in rows_of(digit)]
        files[f"{split}img-{index}-inputdata.txt"] = "".join(f"{line}\n" for line in lines)
        label = (LABELS if labels is None else labels)[index]
        classes = " ".join("1" if label == name else "0" for name in range(10))
        files[f"{split}img-{index}-targetdata.txt"] = "".join(
            f"{classes} {line}\n" for line in lines
        )
        files[f"{split}img-{index}-points.txt"] = "col,row\n-2,-2\n"
    if labels is not None:
        files[f"{split}labels.txt"] = "".join(f"{label}\n" for label in labels)
    return files


def write_folder(folder: Path, files: Mapping[str, str]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def write_tar(
    path: Path,
    files: Mapping[str, str | bytes],
    mode: str = "w:gz",
    format_: int = tarfile.GNU_FORMAT,
    before: str = "sequences/",
) -> Path:
    """Write files into an archive with Python's own module."""
    with tarfile.open(path, mode, format=format_) as archive:  # type: ignore[call-overload]
        folder = tarfile.TarInfo(before.rstrip("/") or ".")
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)
        for name, text in files.items():
            data = text.encode() if isinstance(text, str) else text
            entry = tarfile.TarInfo(before + name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return path


def drawing(digit: Digit, first: int = 1) -> list[list[list[int]]]:
    """Return a digit as Quick, Draw! has it, pixels from 0."""
    return [[[x - first for x, _ in stroke], [y - first for _, y in stroke]] for stroke in digit]


def ndjson(entries: Sequence[Mapping[str, Any]]) -> str:
    return "".join(json.dumps(entry) + "\n" for entry in entries)


def inkml(digits: Sequence[Digit], labels: Sequence[int] | None = None, before: str = "") -> str:
    """Return ink with a group of traces a digit, pixels from 0."""
    groups = []
    for place, digit in enumerate(digits):
        traces = [
            "<trace>" + ", ".join(f"{x - 1} {y - 1}" for x, y in stroke) + "</trace>"
            for stroke in digit
        ]
        truth = "" if labels is None else f'<annotation type="truth">{labels[place]}</annotation>'
        groups.append(f"<traceGroup>{truth}{''.join(traces)}</traceGroup>\n")
    return f'<ink xmlns="http://www.w3.org/2003/InkML">{before}{"".join(groups)}</ink>'


def _arrays(more: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    return {name: np.asarray(values) for name, values in more.items()}
