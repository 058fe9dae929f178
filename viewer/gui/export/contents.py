"""What is in the bytes of an export, as a preview shows it: text, a film or a drawing.

What bytes are is told by how they begin, so that any format is shown that is written in one
of the usual containers.
"""

from __future__ import annotations

import io
import math
import tarfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

LINES = 200
LINE = 400
"""Most lines of a text that are shown, and most characters of a line."""
HEAD = 6
"""Lines shown of each file of a folder."""
FILES = 12
"""Files of a folder that are shown."""
VALUES = 6
"""Values of an array that are shown."""
SIDE, LEAST_SIDE = 640, 240
"""Most pixels of a side of a picture that are kept, and fewest for more frames of a film."""
PIXELS = 24 << 20
"""Most pixels of all frames of a film that are kept; one still longer is cut."""
STILL = 100
"""Milliseconds of frames that do not say how long they last."""
PICTURES = (b"\x89PNG", b"GIF8", b"RIFF")


@dataclass(frozen=True)
class Text:
    """Lines to be read in letters of equal width.

    Parameters
    ----------
    text : str
    wrapped : bool
        Whether long lines may go on below, as those of tables may not.
    """

    text: str
    wrapped: bool = False


@dataclass(frozen=True)
class Film:
    """A picture, or several that follow each other.

    Parameters
    ----------
    frames : tuple of ndarray of uint8, shape (M, N, 4)
        Red, green, blue, alpha.
    milliseconds : tuple of int
        How long each is shown.
    size : tuple of int
        Width and height before anything was made smaller.
    """

    frames: tuple[NDArray[np.uint8], ...]
    milliseconds: tuple[int, ...]
    size: tuple[int, int]


@dataclass(frozen=True)
class Drawing:
    """An SVG picture.

    Parameters
    ----------
    svg : bytes
    moves : bool
        Whether it is written to move, which Qt does not show.
    """

    svg: bytes
    moves: bool


Content = Text | Film | Drawing


def read_content(data: bytes) -> Content:
    """Return what a file holds.

    Parameters
    ----------
    data : bytes
        All of the file.

    Returns
    -------
    content : Text, Film or Drawing
        Of long texts the beginning.
    """
    if data.startswith(PICTURES):
        return _read_film(data)
    if data.startswith(b"PK"):
        return Text("\n".join(_describe_npz(data)))
    if data.startswith(b"PAR1"):
        return Text("\n".join(_describe_parquet(data)))
    if data.startswith(b"\x1f\x8b"):
        return Text("\n".join(_describe_files(_read_members(data))))
    if b"<svg" in data[:1000]:
        return Drawing(data, b"@keyframes" in data or b"<animate" in data)
    return Text("\n".join(_first_lines(data, LINES)), wrapped=True)


def read_folder(files: Mapping[str, bytes]) -> Content:
    """Return what a folder holds: its first file if that is a picture, else all of them."""
    first = next(iter(files.values()), b"")
    content = read_content(first)
    if not isinstance(content, Text):
        return content
    return Text("\n".join(_describe_files(iter(files.items()))))


def _first_lines(data: bytes, most: int) -> list[str]:
    """Return the first lines of a text, none of them too long."""
    text = data[: most * LINE * 4].decode("utf-8", "replace")
    lines = text.splitlines()
    shown = [line if len(line) <= LINE else f"{line[: LINE - 2]} …" for line in lines[:most]]
    return [*shown, "…"] if len(lines) > most else shown


def _describe_files(files: Iterator[tuple[str, bytes]]) -> Iterator[str]:
    """Yield the names of files, each with its first lines."""
    for number, (name, data) in enumerate(files):
        if number == FILES:
            yield "…"
            return
        yield from ["", name] if number else [name]
        if not data.startswith(PICTURES):
            yield from (f"    {line}" for line in _first_lines(data, HEAD))


def _read_members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the names and contents of the files of a compressed archive."""
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                yield member.name, file.read()


def _describe_npz(data: bytes) -> list[str]:
    """Return a line an array: its name, type, shape and first values."""
    rows = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            with archive.open(name) as file:
                rows.append((name.removesuffix(".npy"), *_describe_array(io.BytesIO(file.read()))))
    return _align(rows)


def _describe_array(file: BinaryIO) -> tuple[str, str, str]:
    """Return the type, the shape and the first values of an array; pickles are not read."""
    read_header: Any = {
        (1, 0): np.lib.format.read_array_header_1_0,
        (2, 0): np.lib.format.read_array_header_2_0,
    }.get(np.lib.format.read_magic(file))
    if read_header is None:
        return "", "", ""
    shape, _fortran, dtype = read_header(file)
    values = ""
    if not dtype.hasobject:
        file.seek(0)
        flat = np.lib.format.read_array(file, allow_pickle=False).reshape(-1)
        values = " ".join(map(str, flat[:VALUES].tolist())) + " …" * (flat.size > VALUES)
    kind = "str" if dtype.kind == "U" else dtype.name
    return kind, " × ".join(map(str, shape)), values


def _describe_parquet(data: bytes) -> list[str]:
    """Return a line a column: its name, type and first values."""
    table = import_module("pyarrow.parquet").read_table(io.BytesIO(data))
    rows = []
    for field in table.schema:
        first = str(table[field.name].slice(0, 1).to_pylist()).removeprefix("[").removesuffix("]")
        rows.append((field.name, str(field.type), first))
    return _align(rows)


def _align(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return rows of words as lines, the words below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join(f"{word:{width}}" for word, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
    return [line if len(line) <= LINE else f"{line[: LINE - 2]} …" for line in lines]


def _read_film(data: bytes) -> Film:
    """Return the frames of a picture, made smaller where they are larger than can be shown."""
    from PIL import Image

    frames, milliseconds = [], []
    with Image.open(io.BytesIO(data), formats=["PNG", "GIF", "WEBP"]) as picture:
        count = getattr(picture, "n_frames", 1)
        size = _fit(picture.size, count)
        for number in range(min(count, max(1, PIXELS // (size[0] * size[1])))):
            picture.seek(number)
            frame = picture.convert("RGBA")
            if size != picture.size:
                frame = frame.resize(size, Image.Resampling.BILINEAR)
            frames.append(np.array(frame, dtype=np.uint8))
            milliseconds.append(round(float(picture.info.get("duration", 0))) or STILL)
        return Film(tuple(frames), tuple(milliseconds), picture.size)


def _fit(size: tuple[int, int], count: int) -> tuple[int, int]:
    """Return the width and height that the frames of a film are kept in."""
    width, height = size
    room = max(math.sqrt(PIXELS / (count * width * height)), LEAST_SIDE / max(size))
    scale = min(1.0, SIDE / max(size), room)
    return max(1, int(width * scale)), max(1, int(height * scale))  # never more than there is room
