"""Where the pen is at a moment, step by step: slow, and easy to see through."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

from tests.export.pictures.digits import Strokes

Segment = tuple[tuple[float, float], tuple[float, float]]


@dataclass
class Moment:
    """Lines (row, column) that are written, and the pen in the air or on paper; None at the end."""

    lines: list[Segment]
    begun: int
    pen: tuple[float, float] | None
    lifted: bool


def pen_at(strokes: Strokes, time: float, speed: float) -> Moment:
    """Follow the pen: `speed` pixels a second on paper, twice as fast in the air."""
    left = time
    lines: list[Segment] = []
    place: tuple[float, float] | None = None
    for number, stroke in enumerate(strokes):
        if place is not None:
            air = math.dist(place, stroke[0]) / (2 * speed)
            if left < air:
                return Moment(lines, number, between(place, stroke[0], left / air), True)
            left -= air
        place = stroke[0]
        lines.append((place, place))
        for point in stroke[1:]:
            step = math.dist(place, point) / speed
            if left < step:
                tip = between(place, point, left / step)
                lines.append((place, tip))
                return Moment(lines, number + 1, tip, False)
            left -= step
            lines.append((place, point))
            place = point
    return Moment(lines, len(strokes), None, False)


def pen_time(strokes: Strokes, speed: float) -> float:
    """Return how long the pen takes in all."""
    total = 0.0
    for before, stroke in zip([None, *strokes], strokes, strict=False):
        if before is not None:
            total += math.dist(before[-1], stroke[0]) / (2 * speed)
        for first, second in itertools.pairwise(stroke):
            total += math.dist(first, second) / speed
    return total


def between(
    first: tuple[float, float], second: tuple[float, float], share: float
) -> tuple[float, float]:
    """Return a place on the way from one to another."""
    return (
        first[0] + share * (second[0] - first[0]),
        first[1] + share * (second[1] - first[1]),
    )


def distance(place: tuple[float, float], line: Segment) -> float:
    """Return how far a place is from a line."""
    (row, column), (last_row, last_column) = line
    way = last_row - row, last_column - column
    length = way[0] ** 2 + way[1] ** 2
    along = 0.0
    if length > 0:
        along = ((place[0] - row) * way[0] + (place[1] - column) * way[1]) / length
    return math.dist(place, between(*line, min(max(along, 0.0), 1.0)))
