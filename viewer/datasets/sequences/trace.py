"""The text of an InkML trace: values of channels, as such or as differences.

References
----------
.. [1] Ink Markup Language (InkML), W3C Recommendation 20 September 2011, section 3.2.1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_PLAIN = re.compile(r"[-0-9.,\s]*")
_VALUE = re.compile(rf"\s*([!'\"]?)\s*({_NUMBER}|#[0-9A-Fa-f]+|[TF*?])")
_EXPLICIT, _FIRST, _SECOND = "!", "'", '"'


class TraceError(Exception):
    """A trace is none; the text says why."""


@dataclass(frozen=True)
class Channels:
    """What the values of a point are.

    Parameters
    ----------
    x, y : int
        Places of X and Y among the values.
    regular : int
        Values that each point has.
    most : int
        Values that a point may have.
    x_sign, y_sign : int
        -1 where the channel's axis points to the left or upward.
    """

    x: int = 0
    y: int = 1
    regular: int = 2
    most: int = 2
    x_sign: int = 1
    y_sign: int = 1


def read_trace(text: str, channels: Channels) -> list[float]:
    """Read a trace.

    Parameters
    ----------
    text : str
        Points with commas between them.
    channels : Channels
        What they hold.

    Returns
    -------
    points : list of float
        x and y of the first point, of the second, and so on, y downward.

    Raises
    ------
    TraceError
        If a point does not hold what it should.
    """
    if not text.strip():
        raise TraceError("is a trace without points")
    if _PLAIN.fullmatch(text):
        points = _read_plain(text, channels)
        if points is not None:
            return points
    return _Differences(channels).read(text)


def _read_plain(text: str, channels: Channels) -> list[float] | None:
    """Read points that are numbers with spaces between them; None if they are written closer."""
    points: list[float] = []
    x, y, count = channels.x, channels.y, channels.regular
    try:
        for point in text.split(","):
            words = point.split()
            if len(words) != count:
                return None
            points += (channels.x_sign * float(words[x]), channels.y_sign * float(words[y]))
    except ValueError:
        return None
    return points


class _Differences:
    """Reads values that may be first or second differences, channel by channel."""

    def __init__(self, channels: Channels) -> None:
        self._channels = channels
        self._kind = [_EXPLICIT] * channels.most
        self._value: list[float | None] = [None] * channels.most
        self._step: list[float | None] = [None] * channels.most
        self._change = [0.0] * channels.most

    def read(self, text: str) -> list[float]:
        """Return x and y of all points."""
        channels = self._channels
        points: list[float] = []
        for number, point in enumerate(text.split(",")):
            count, place = 0, 0
            while match := _VALUE.match(point, place):
                if count == channels.most:
                    raise TraceError(f"has more than {count} values in point {number}")
                self._take(count, match[1], match[2], number)
                count, place = count + 1, match.end()
            if point[place:].strip():
                raise TraceError(f"holds {point[place:].strip()[:20]!a} in point {number}")
            if count < channels.regular:
                raise TraceError(f"has {count} of {channels.regular} values in point {number}")
            x, y = self._value[channels.x], self._value[channels.y]
            if x is None or y is None:
                raise TraceError(f"does not tell x and y in point {number}")
            points += (channels.x_sign * x, channels.y_sign * y)
        return points

    def _take(self, channel: int, prefix: str, text: str, number: int) -> None:
        """Take in a value of a channel; its prefix holds for those that follow, too."""
        kind = self._kind[channel] = prefix or self._kind[channel]
        value, step = self._value[channel], self._step[channel]
        if text == "?":
            self._value[channel] = self._step[channel] = None
        elif kind == _EXPLICIT:
            self._value[channel] = value if text == "*" else _number(text)
        elif value is None or (step is None and (kind == _SECOND or text == "*")):
            raise TraceError(f"has a difference from nothing in point {number}")
        else:
            if kind == _FIRST:
                step = step if text == "*" else _number(text)
            else:
                self._change[channel] = self._change[channel] if text == "*" else _number(text)
                step = (step or 0.0) + self._change[channel]
            self._step[channel] = step
            self._value[channel] = value + (step or 0.0)


def _number(text: str) -> float:
    if text in "TF":
        return float(text == "T")
    return float(int(text[1:], 16)) if text.startswith("#") else float(text)
