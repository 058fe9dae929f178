"""Digital ink in InkML files: the traces of each group are the strokes of a digit.

Strategy: the file is read piece by piece by a parser that tells of elements as they come.
A document type, and with it every entity a file could define, is refused.

References
----------
.. [1] Ink Markup Language (InkML), W3C Recommendation 20 September 2011.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from viewer.datasets.sequences.drawn import Drawn
from viewer.datasets.sequences.gathering import LONGEST_WORD, Gathering
from viewer.datasets.sequences.trace import Channels, TraceError, read_trace
from viewer.datasets.steps import Steps
from viewer.datasets.streams import GET_AGAIN, Reader, explain
from viewer.errors import UserError

LARGEST = 256 << 20
"""Most bytes of text that are read."""
PIECE = 1 << 18
LONGEST = 4 << 20
"""Characters of a trace, and bytes of a tag."""
DEEPEST = 64
MOST_FORMATS = 4096
FIRST_PIXEL = 1.0
"""Ink counts pixels from 0, rows from 1."""
_ROOT = re.compile(rb"<(?:[\w.-]+:)?ink[\s/>]")
_WHOLE = re.compile("-?[0-9]{1,18}")
_TRUTHS = ("truth", "label", "class")
Attributes = dict[str, str]


def begins_inkml(start: bytes) -> bool:
    """Return whether the first bytes of a file are those of ink: XML whose root can be seen."""
    text = start.replace(b"\0", b"")  # of UTF-16
    text = text.removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    return text.startswith(b"<") and _ROOT.search(text) is not None


def read_inkml(path: Path, steps: Steps) -> Drawn:
    """Read ink, plain, gzip or xz.

    Parameters
    ----------
    path : path
        Each ``traceGroup`` is a digit, without traces one without ink; traces outside of
        groups are one digit together. The annotation ``truth`` names the class; files of
        this program have ``split``, ``index``, ``label`` and metadata, too.
    steps : Steps
        Counts packed bytes.

    Returns
    -------
    drawn : Drawn

    Raises
    ------
    UserError
        If the file is no InkML, has a document type, or a trace is none; the line is named.
    """
    try:
        steps.begin(path.stat().st_size)
    except OSError as error:
        raise explain(error, path) from error
    ink = _Ink(path)
    size, seen = 0, 0
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
            ink.feed(piece, size)
    return ink.finish()


@dataclass
class _Group:
    """An open group of traces, or the whole of the ink."""

    channels: Channels | None = None
    facts: dict[str, object] = field(default_factory=dict)
    word: str = ""
    traces: int = 0
    holds_groups: bool = False
    holds_views: bool = False


class _Ink:
    """What is told of the elements of a file."""

    def __init__(self, path: Path) -> None:
        self._found = Gathering(path)
        self._path = path
        self._open: list[tuple[str, str]] = []
        """Local names and ids of the open elements."""
        self._groups = [_Group()]
        self._formats: dict[str, Channels] = {}
        self._current = Channels()
        self._channels: list[tuple[str, int]] | None = None
        self._regular = -1
        self._text: list[str] | None = None
        self._length = 0
        self._trace: Attributes = {}
        self._last_trace = ""
        parser = self._parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._add_text
        parser.StartDoctypeDeclHandler = self._refuse_doctype

    def feed(self, piece: bytes, size: int) -> None:
        """Take in a piece, with which so many bytes are read."""
        self._parse(piece, last=False)
        if size - self._parser.CurrentByteIndex > LONGEST:
            raise self._fault("has a tag that does not end")

    def finish(self) -> Drawn:
        """Return what was found, once all is read."""
        self._parse(b"", last=True)
        return self._found.finish(FIRST_PIXEL)

    def _parse(self, piece: bytes, *, last: bool) -> None:
        try:
            self._parser.Parse(piece, last)
        except expat.ExpatError as error:
            raise self._fault(f"is not XML ({expat.ErrorString(error.code)})") from error
        except (ValueError, LookupError) as error:
            raise UserError(
                "it is in an unknown encoding", path=self._path, advice=GET_AGAIN
            ) from error

    def _start(self, name: str, attributes: Attributes) -> None:
        name = name.rpartition(":")[2]
        if not self._open and name != "ink":
            raise UserError(
                f"this is XML, but not InkML: it holds {name[:40]!a}",
                path=self._path,
                advice="Open a file of digital ink.",
            )
        if len(self._open) == DEEPEST:
            raise self._fault(f"is inside of {DEEPEST} other elements")
        self._open.append((name, attributes.get("xml:id", attributes.get("id", ""))))
        if name == "traceGroup":
            self._start_group(attributes)
        elif name == "traceView":
            self._groups[-1].holds_views = True
        elif name in ("trace", "annotation"):
            self._text, self._length, self._trace = [], 0, attributes
        elif name == "context":
            self._start_context(attributes)
        elif name == "traceFormat":
            self._channels, self._regular = [], -1
        elif name == "intermittentChannels" and self._channels is not None:
            self._regular = len(self._channels)
        elif name == "channel" and self._channels is not None:
            sign = -1 if attributes.get("orientation") == "-ve" else 1
            self._channels.append((attributes.get("name", ""), sign))

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        _, identity = self._open.pop()
        text, self._text = self._text, None
        if name == "trace" and text is not None:
            self._end_trace("".join(text))
        elif name == "annotation" and text is not None:
            self._annotate("".join(text).strip())
        elif name == "traceGroup":
            self._end_group()
        elif name == "traceFormat":
            self._end_format(identity)
        elif name == "ink" and not self._open and self._groups[0].traces:
            self._found.end_digit(self._groups[0].word, self._groups[0].facts)

    def _add_text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)
            self._length += len(text)
            if self._length > LONGEST:
                raise self._fault("has a trace that is too long")

    def _start_group(self, attributes: Attributes) -> None:
        parent = self._groups[-1]
        if len(self._groups) > 1 and parent.traces:
            raise self._fault("has a group beside traces")
        parent.holds_groups = True
        self._groups.append(_Group(self._find_channels(attributes) or parent.channels))
        self._last_trace = ""

    def _end_group(self) -> None:
        group = self._groups.pop()
        if group.traces or not (group.holds_groups or group.holds_views):
            self._found.end_digit(group.word, group.facts)

    def _end_trace(self, text: str) -> None:
        group = self._groups[-1]
        loose = len(self._groups) == 1
        if (group.holds_groups and not loose) or (self._found.words and loose):
            raise self._fault("has a trace beside groups of them")
        if not loose and self._groups[0].traces:
            raise self._fault("has a trace in a group, but others stand in none")
        attributes = self._trace
        if attributes.get("type", "penDown") == "penUp":
            return
        channels = self._find_channels(attributes) or group.channels or self._current
        try:
            points = read_trace(text, channels)
        except TraceError as error:
            raise self._fault(str(error)) from error
        if attributes.get("continuation") in ("middle", "end"):
            prior = attributes.get("priorRef", "").removeprefix("#")
            if not prior or prior != self._last_trace:
                raise self._fault("continues a trace that is not the one before")
            self._found.ends.pop()
        self._found.add_stroke(points)
        self._last_trace = attributes.get("xml:id", attributes.get("id", ""))
        group.traces += 1

    def _annotate(self, text: str) -> None:
        """Take in what is told of a group, or of the ink."""
        if not self._open or self._open[-1][0] not in ("traceGroup", "ink"):
            return
        group, kind = self._groups[-1], self._trace.get("type", "")
        fits = len(text) <= LONGEST_WORD and text.isprintable()
        if kind == "truth" and fits:
            group.word = text
        elif kind == "split":
            group.facts[kind] = text
        elif _WHOLE.fullmatch(text):
            group.facts[kind] = int(text)
        if kind in _TRUTHS and fits and not group.word:
            group.word = text

    def _start_context(self, attributes: Attributes) -> None:
        found = self._find_channels(attributes)
        name = self._open[-1][1]
        if name:
            self._register(name, found or self._current)
        if found is not None and not self._is_defining():
            self._current = found

    def _end_format(self, identity: str) -> None:
        """Keep a format under its own name and those of the elements it stands in."""
        names = [name for name, _ in self._channels or []]
        if "X" not in names or "Y" not in names:
            raise self._fault("ends a format without X and Y")
        regular = len(names) if self._regular < 0 else self._regular
        x, y = names.index("X"), names.index("Y")
        if max(x, y) >= regular:
            raise self._fault("ends a format in which X or Y may be left out")
        signs = [sign for _, sign in self._channels or []]
        found = Channels(x, y, regular, len(names), signs[x], signs[y])
        around = [name for element, name in self._open if element in ("context", "inkSource")]
        for name in filter(None, (*around, identity)):
            self._register(name, found)
        if not self._is_defining():
            self._current = found
        self._channels = None

    def _register(self, name: str, channels: Channels) -> None:
        if len(self._formats) >= MOST_FORMATS:
            raise self._fault(f"is behind {MOST_FORMATS:,} formats, more than are read")
        self._formats[name] = channels

    def _find_channels(self, attributes: Attributes) -> Channels | None:
        """Return the format that attributes refer to, None if to none."""
        for key in ("traceFormatRef", "inkSourceRef", "contextRef"):
            reference = attributes.get(key)
            if reference is not None:
                found = self._formats.get(reference.removeprefix("#"))
                if found is None:
                    raise self._fault(f"refers to {reference[:40]!a}, which is not there")
                return found
        return None

    def _is_defining(self) -> bool:
        return any(name == "definitions" for name, _ in self._open)

    def _refuse_doctype(self, *_rest: object) -> None:
        raise UserError(
            "it has a document type, which could define anything",
            path=self._path,
            advice="Remove the line <!DOCTYPE ...>: ink needs none.",
        )

    def _fault(self, problem: str) -> UserError:
        line = self._parser.CurrentLineNumber
        return UserError(f"line {line} {problem}", path=self._path, advice=GET_AGAIN)
