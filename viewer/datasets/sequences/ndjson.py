"""Drawings in the ndjson files of Quick, Draw!, simplified or raw: a line of JSON each.

References
----------
.. [1] The Quick, Draw! Dataset, sections "The raw moderated dataset" and "Preprocessed
   dataset".
"""

from __future__ import annotations

import json
from pathlib import Path

from viewer.datasets.sequences.drawn import Drawn
from viewer.datasets.sequences.gathering import Gathering
from viewer.datasets.steps import Steps
from viewer.datasets.streams import GET_AGAIN, Reader, explain
from viewer.errors import UserError

LONGEST_LINE = 4 << 20
LARGEST = 640 << 20
"""Most bytes of text that are read."""
PIECE = 1 << 20
FIRST_PIXEL = 1.0
"""Drawings count from 0, rows from 1."""
_MARK = b"\xef\xbb\xbf"


def begins_ndjson(start: bytes) -> bool:
    """Return whether the first bytes of a file are those of a line of JSON: a brace."""
    return start.removeprefix(_MARK).lstrip().startswith(b"{")


def read_ndjson(path: Path, steps: Steps) -> Drawn:
    """Read drawings, plain, gzip or xz.

    Parameters
    ----------
    path : path
        Each line has ``drawing``: strokes ``[xs, ys]`` or ``[xs, ys, ts]``; ``word``, if it
        is there, names the class. Files of this program tell split, index, label and
        metadata under ``source``.
    steps : Steps
        Counts packed bytes.

    Returns
    -------
    drawn : Drawn

    Raises
    ------
    UserError
        If a line is no drawing; it is numbered.
    """
    try:
        steps.begin(path.stat().st_size)
    except OSError as error:
        raise explain(error, path) from error
    found = Gathering(path)
    number, size, seen, rest = 0, 0, 0, b""
    with Reader(path) as reader:
        while piece := reader.read(PIECE):
            steps.advance(reader.packed_bytes - seen)
            seen, size = reader.packed_bytes, size + len(piece)
            if size > LARGEST:
                raise UserError(
                    f"it holds more than the {LARGEST >> 20} MiB of text that are read",
                    path=path,
                    advice="Open a part of it.",
                )
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                number += 1
                _add_line(found, line, number)
            if len(rest) > LONGEST_LINE:
                raise _fault(path, number + 1, "is too long")
    _add_line(found, rest, number + 1)
    return found.finish(FIRST_PIXEL)


def _add_line(found: Gathering, line: bytes, number: int) -> None:
    """Take in a line, unless it is empty."""
    line = line.removeprefix(_MARK).strip() if number == 1 else line.strip()
    if not line:
        return
    if len(line) > LONGEST_LINE:
        raise _fault(found.path, number, "is too long")
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _fault(found.path, number, "is not JSON") from error
    drawing = entry.get("drawing") if type(entry) is dict else None
    if type(drawing) is not list:
        raise _fault(found.path, number, "has no drawing")
    for place, stroke in enumerate(drawing):
        _add_stroke(found, stroke, number, place)
    word, source = entry.get("word", ""), entry.get("source", {})
    if type(word) is not str:
        raise _fault(found.path, number, "has a class that is no word")
    found.end_digit(word, source if type(source) is dict else {})


def _add_stroke(found: Gathering, stroke: object, number: int, place: int) -> None:
    """Take in a stroke: lists of x, of y, and perhaps of times."""
    fault = f"has no lists of x and y of equal lengths in stroke {place}"
    if type(stroke) is not list or len(stroke) < 2:
        raise _fault(found.path, number, fault)
    xs, ys = stroke[:2]
    if type(xs) is not list or type(ys) is not list or len(xs) != len(ys) or not xs:
        raise _fault(found.path, number, fault)
    before = len(found.numbers)
    try:
        # every second number, so that no pairs have to be made
        found.numbers.extend(xs)
        found.numbers.extend(ys)
        found.numbers[before::2], found.numbers[before + 1 :: 2] = (
            found.numbers[before : before + len(xs)],
            found.numbers[before + len(xs) :],
        )
    except (TypeError, OverflowError) as error:
        raise _fault(
            found.path, number, f"has a coordinate that is no number in stroke {place}"
        ) from error
    found.end_stroke()


def _fault(path: Path, number: int, problem: str) -> UserError:
    return UserError(f"line {number} {problem}", path=path, advice=GET_AGAIN)
