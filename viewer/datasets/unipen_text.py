"""The text of UNIPEN files: pen strokes, and which of them make up which character.

Strategy: the file is read once, line by line. Points go into one flat array; a component (the
points between a ``.PEN_DOWN`` or ``.PEN_UP`` and the next keyword) is a range of it. A
``.SEGMENT`` names components by number, and in some files its strokes simply follow it. They
are taken from there where each segment has some, so that a part cut out of a file opens too;
the numbers then have to agree only on how many there are.
"""

from __future__ import annotations

import math
import re
from array import array
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.steps import Steps
from viewer.datasets.streams import GET_AGAIN, Reader
from viewer.errors import UserError

LONGEST_LINE = 1 << 16
LARGEST_TEXT = 32 << 20
"""Most bytes of text that are read."""
MOST_POINTS, MOST_STROKES, MOST_SEGMENTS = 1 << 19, 1 << 16, 1 << 15
MOST_NAMED = 1000
"""Components a segment may name."""
LONGEST_LABEL = 16
LARGEST_NUMBER = 1 << 31
START_BYTES = 256
"""Bytes that tell what a file is."""
_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*\.[A-Z][A-Z_]+(?:\s|$)")
_SEGMENT = re.compile(r'\s*(\S+)\s*([0-9][-0-9:,]*)?\s*[^"\s]*\s*(?:"(.*)")?\s*')
_COMMENT = re.compile(r"\s*(\S+)\s+([0-9]{1,9})\s+([0-9]{1,9})\s*")
_RANGE = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")
_LEVELS = ("DIGIT", "CHARACTER")


@dataclass(slots=True)
class Segment:
    """A character: its label, its strokes, and what a comment tells about it.

    Parameters
    ----------
    line : int
        Line of the ``.SEGMENT``.
    label : str or None
        The character.
    named : str
        The numbers of its components, such as ``3-5``; "" if none are given.
    follows : tuple of int
        First component behind it, and the one behind the last before the next segment.
    writer : str
        Number or name of the writer; "" if not told.
    sample : int
        Number of the character among the writer's, -1 if not told.
    """

    line: int
    label: str | None
    named: str
    follows: tuple[int, int]
    writer: str
    sample: int = -1


@dataclass
class Recording:
    """All characters of a file.

    Parameters
    ----------
    segments : list of Segment
        In the order of the file.
    strokes : list of list of ndarray of float64, each of shape (n, 2)
        (x, y) of the strokes of each segment.
    """

    segments: list[Segment]
    strokes: list[list[NDArray[np.float64]]]


def begins_unipen(start: bytes) -> bool:
    """Return whether the first bytes of a file are those of a UNIPEN file: a keyword."""
    return _START.match(start) is not None


def is_unipen(path: Path) -> bool:
    """Return whether a file begins like a UNIPEN file."""
    try:
        with Reader(path) as reader:
            return begins_unipen(reader.read(START_BYTES))
    except UserError:
        return False


def read_unipen(path: Path, steps: Steps) -> Recording:
    """Read a UNIPEN file, plain, gzip or xz.

    Parameters
    ----------
    path : path
        The file.
    steps : Steps
        Counts packed bytes.

    Returns
    -------
    recording : Recording
        Its digits or characters; words and larger units are passed over.

    Raises
    ------
    UserError
        If the file is damaged, or holds no character.

    References
    ----------
    .. [1] I. Guyon, L. Schomaker, R. Plamondon, M. Liberman, S. Janet (1994), UNIPEN project
       of on-line data exchange and recognizer benchmarks.
    """
    text = _Text(path)
    seen, size, rest = 0, 0, b""
    with Reader(path) as reader:
        while piece := reader.read(LONGEST_LINE):
            steps.advance(reader.packed_bytes - seen)
            seen, size = reader.packed_bytes, size + len(piece)
            if b"\0" in piece:
                raise UserError("this is not text", path=path, advice=GET_AGAIN)
            if size > LARGEST_TEXT:
                raise UserError(
                    f"it holds more than the {LARGEST_TEXT >> 20} MiB of text that are read",
                    path=path,
                    advice="Open a part of it.",
                )
            *lines, rest = (rest + piece).split(b"\n")
            text.read(lines)
            if len(rest) > LONGEST_LINE:
                raise text.fault("does not end")
    text.read([rest])
    return text.finish()


@dataclass
class _Text:
    """What has been read of a file so far."""

    path: Path
    numbers: array[float] = field(default_factory=lambda: array("d"))
    ends: array[int] = field(default_factory=lambda: array("q", [0]))
    drawn: bytearray = field(default_factory=bytearray)
    segments: list[Segment] = field(default_factory=list)
    axes: tuple[int, int] = (0, 1)
    width: int = 2
    line: int = 0
    writer: str = ""
    pen: str = ""

    def fault(self, problem: str) -> UserError:
        """Return the error that a line is at fault."""
        return UserError(f"line {self.line} {problem}", path=self.path, advice=GET_AGAIN)

    def read(self, lines: list[bytes]) -> None:
        """Take in more lines."""
        for data in lines:
            self.line += 1
            if not data:
                continue
            line = data.decode("latin-1").removeprefix("\xef\xbb\xbf").strip()
            if line[:1] == "." and line[1:2].isalpha():
                keyword, _, value = line.partition(" ")
                self._end_component()
                self._obey(*keyword.split("\t", 1), value)
            elif self.pen and line:
                self._add_point(line)

    def finish(self) -> Recording:
        """Return what was found, once all is read."""
        if self.pen == ".PEN_DOWN":
            raise self.fault("ends in the middle of a stroke")
        segments = self.segments
        if not segments:
            raise UserError(
                "it holds no digit or character", path=self.path, advice="Open another file."
            )
        segments[-1].follows = (segments[-1].follows[0], len(self.drawn))
        inline = all(any(self.drawn[slice(*segment.follows)]) for segment in segments)
        return Recording(segments, [self._take(segment, inline) for segment in segments])

    def _obey(self, keyword: str, *values: str) -> None:
        value = " ".join(values).strip()
        if keyword in (".PEN_DOWN", ".PEN_UP"):
            self.pen = keyword
            if value:
                self._add_point(value)
        elif keyword == ".SEGMENT":
            self._begin_segment(value)
        elif keyword == ".COMMENT" and self.segments:
            self._note(value)
        elif keyword == ".WRITER_ID":
            self.writer = value
        elif keyword == ".COORD":
            names = value.upper().split()
            if "X" not in names or "Y" not in names:
                raise self.fault("names no X and Y")
            self.axes, self.width = (names.index("X"), names.index("Y")), len(names)

    def _begin_segment(self, value: str) -> None:
        match = _SEGMENT.fullmatch(value)
        if match is None:
            raise self.fault("is a .SEGMENT that cannot be read")
        if match[1].upper() not in _LEVELS:
            return
        here = len(self.drawn)
        if self.segments:
            self.segments[-1].follows = (self.segments[-1].follows[0], here)
        label = match[3] or None
        if label and (len(label) > LONGEST_LABEL or not label.isprintable()):
            raise self.fault("has a label that is no character")
        if len(self.segments) == MOST_SEGMENTS:
            raise self.fault(f"is behind {MOST_SEGMENTS:,} characters, more than are read")
        self.segments.append(Segment(self.line, label, match[2] or "", (here, here), self.writer))

    def _note(self, value: str) -> None:
        """Take the writer out of a comment such as ``8 12 224``: label, writer, sample."""
        last = self.segments[-1]
        match = _COMMENT.fullmatch(value)
        if match is not None and match[1] == last.label and last.sample < 0:
            last.writer, last.sample = match[2], int(match[3])

    def _add_point(self, line: str) -> None:
        words = line.split()
        try:
            x, y = float(words[self.axes[0]]), float(words[self.axes[1]])
        except (ValueError, IndexError):
            x = math.nan
        if math.isnan(x) or len(words) < self.width or "_" in line or not self._fits(x, y):
            raise self.fault(f"holds {line[:20]!a}, not the coordinates of a point")
        self.numbers.extend((x, y))
        if len(self.numbers) > 2 * MOST_POINTS:
            raise self.fault(f"is behind {MOST_POINTS:,} points, more than are read")

    @staticmethod
    def _fits(x: float, y: float) -> bool:
        return abs(x) <= LARGEST_NUMBER and abs(y) <= LARGEST_NUMBER

    def _end_component(self) -> None:
        """Keep the component that a keyword ends; empty ones are none."""
        if len(self.numbers) > self.ends[-1]:
            if len(self.drawn) == MOST_STROKES:
                raise self.fault(f"is behind {MOST_STROKES:,} strokes, more than are read")
            self.ends.append(len(self.numbers))
            self.drawn.append(self.pen == ".PEN_DOWN")
        elif self.pen == ".PEN_DOWN":
            raise self.fault("ends a stroke without points")
        self.pen = ""

    def _take(self, segment: Segment, inline: bool) -> list[NDArray[np.float64]]:
        """Return the strokes of a segment."""
        self.line = segment.line
        named = self._expand(segment.named)
        follows = range(*segment.follows)
        if inline and named is not None and len(named) != len(follows):
            raise self.fault(
                f"names {len(named)} components, but {len(follows)} follow: a part is missing"
            )
        chosen = follows if inline else named
        if chosen is None:
            raise self.fault("names no strokes, and none follow")
        if chosen and chosen[-1] >= len(self.drawn):
            raise self.fault(f"names component {chosen[-1]}, but there are {len(self.drawn)}")
        strokes = [number for number in chosen if self.drawn[number]]
        if not strokes:
            raise self.fault("names no strokes")
        return [
            np.array(self.numbers[self.ends[number] : self.ends[number + 1]]).reshape(-1, 2)
            for number in strokes
        ]

    def _expand(self, named: str) -> list[int] | None:
        """Return the numbers that ``0,2-4`` names, in their order; None where none are named."""
        if not named:
            return None
        numbers: list[int] = []
        for part in named.split(","):
            match = _RANGE.fullmatch(part)
            if match is None:
                raise self.fault(f"names components as {named[:20]!a}, not in a known way")
            first, last = int(match[1]), int(match[2] or match[1])
            if not 0 <= last - first < MOST_NAMED - len(numbers):
                raise self.fault(f"names components {part}, which is not a range of a few")
            numbers.extend(range(first, last + 1))
        return sorted(set(numbers))
