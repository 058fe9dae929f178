"""InkML: a trace group a digit, a trace a stroke, coordinates in pixels.

X is the column and Y the row, downward, both from 0. A digit without ink is a group without
traces. The class is the annotation ``truth``, as in the data sets of the CROHME competitions;
``label`` is its number. Other annotations are the split, the index, metadata and marks.

References
----------
.. [1] Ink Markup Language (InkML), W3C Recommendation 20 September 2011.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from viewer.export.format import Chunk, FileWriter, Format, Options, Whole
from viewer.export.formats.columns import Cell, check_columns, facts_of
from viewer.export.formats.strokes import find_strokes

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<ink xmlns="http://www.w3.org/2003/InkML">
<definitions>
<context xml:id="pixels">
<traceFormat>
<channel name="X" type="integer"/>
<channel name="Y" type="integer"/>
</traceFormat>
</context>
</definitions>
"""
TAIL = "</ink>\n"
GROUP, GROUP_END = '<traceGroup contextRef="#pixels">\n', "</traceGroup>\n"
TRACE, BETWEEN, TRACE_END = b"<trace>", b"</trace>\n<trace>", b"</trace>\n"
TRUTH = re.compile(rb'<annotation type="truth">([0-9]+)<')
POINT, STROKE, DIGIT = b",", b";", b"\n"
"""What stands behind a point: its stroke goes on, ends, or ends the digit."""
NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document can hold."""


def check(whole: Whole, options: Options) -> None:
    """Make sure that no metadata column has the name of another annotation."""
    check_columns(whole, "truth")


def encode(chunk: Chunk, options: Options) -> bytes:
    """Return the trace groups of a chunk; classes are still numbers."""
    strokes = find_strokes(chunk.sequences)
    counts = np.diff(strokes.offsets)
    values = strokes.points.ravel().tolist()
    text = bytearray(("%d %d\n" * len(strokes.points) % tuple(values)).encode())
    behind = np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == ord(DIGIT))
    signs = np.full(len(behind), ord(POINT), dtype=np.uint8)
    signs[strokes.ends] = ord(STROKE)
    signs[strokes.offsets[1:][counts > 0] - 1] = ord(DIGIT)
    np.frombuffer(text, dtype=np.uint8)[behind] = signs
    traces = iter(bytes(text).splitlines())
    groups = []
    for facts, count in zip(facts_of(chunk), counts.tolist(), strict=True):
        groups.append((GROUP + _annotations(facts)).encode())
        if count:
            groups += [TRACE, next(traces).replace(STROKE, BETWEEN), TRACE_END]
        groups.append(GROUP_END.encode())
    return b"".join(groups)


def _annotations(facts: dict[str, Cell]) -> str:
    """Return what is known of a digit as annotations."""
    shown = ({"truth": facts["label"]} if "label" in facts else {}) | facts
    return "".join(
        f"<annotation type={_quoted(name)}>{_text(value)}</annotation>\n"
        for name, value in shown.items()
    )


def _quoted(name: str) -> str:
    return quoteattr(NO_XML.sub("\ufffd", name))


def _text(value: Cell) -> str:
    """Return a value as text of an element; a return would be read as a line feed."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escape(NO_XML.sub("\ufffd", str(value)), {"\r": "&#13;"})


def join(pieces: Iterable[bytes], file: BinaryIO, whole: Whole, options: Options) -> None:
    """Write the groups of all chunks, with the names of the classes where these are not digits."""
    names = [_text(name).encode() for name in whole.class_names]

    def name_class(found: re.Match[bytes]) -> bytes:
        label = int(found[1])
        return found[0].replace(found[1], names[label]) if label < len(names) else found[0]

    file.write(HEAD.encode())
    for piece in pieces:
        file.write(TRUTH.sub(name_class, piece) if names else piece)
    file.write(TAIL.encode())


def snippet(path: str) -> str:
    """Return Python that loads the file."""
    return (
        "from xml.etree import ElementTree\n"
        'ink = "{http://www.w3.org/2003/InkML}"\n'
        f"for digit in ElementTree.parse({path!r}).iter(ink + 'traceGroup'):\n"
        "    strokes = [[tuple(map(int, point.split())) for point in trace.text.split(',')]\n"
        "               for trace in digit.iter(ink + 'trace')]  # (x, y)"
    )


FORMAT = Format(
    "inkml",
    "InkML",
    "The W3C's XML for digital ink: a trace group a digit, a trace a stroke",
    ".inkml",
    snippet,
    file=FileWriter(encode, join, check),
)
