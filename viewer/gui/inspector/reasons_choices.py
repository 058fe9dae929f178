"""The choices the pen had at a pixel under the natural order, and their words; no Qt."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from viewer.core.graph.graph import SkeletonGraph
    from viewer.core.ordering.natural.explaining import Explanation, Option

NEAR = 1.5
"""Pixels from a start or a junction within which it is meant."""
ELSEWHERE = 3.0
"""Pixels from which on a start is another one."""
UNIT = 100
"""Parts of one that costs are whole numbers of."""
MOST = 3
"""Options told beside the one taken."""
REACH = 3
"""Pixels of a chain that its heading is taken from."""
SHOWN = 4
"""Pixels of a chain that an arrow follows."""
TURNS = ((25.0, "straight on"), (65.0, "half {}"), (115.0, "{}"), (155.0, "sharp {}"))
"""Words for turns of less than so many degrees; more is ``back``."""
MINUS = "\N{MINUS SIGN}"
TOO_MANY = "too many chains to compare whole orders"


@dataclass(frozen=True)
class Choice:
    """One option as it is told and drawn.

    Parameters
    ----------
    words : str
        Such as ``left``.
    cost : str
        That of the whole order taken, or what the cheapest one with this option is dearer by.
    taken : bool
        Whether the order has it.
    lifted : bool
        Whether the pen is lifted on the way to it.
    line : ndarray of int16, shape (n, 2)
        (row, column) that an arrow follows; with a lift its first step is in the air.
    """

    words: str
    cost: str
    taken: bool
    lifted: bool
    line: NDArray[np.int16]


@dataclass(frozen=True)
class Section:
    """Options of one choice, under a title that may be empty."""

    title: str
    choices: tuple[Choice, ...]

    @property
    def text(self) -> str:
        """The choices in a sentence."""
        told = ", ".join(f"{one.words} {one.cost}".strip() for one in self.choices)
        return ": ".join(part for part in (self.title, told) if part)


@dataclass(frozen=True)
class _Turn:
    """One choice after a chain: where it is made, how the pen came, what there was."""

    places: NDArray[np.int16]
    came: NDArray[np.int16]
    options: tuple[Option, ...]


class Choices:
    """All choices behind one digit's order, found by where they were made.

    Parameters
    ----------
    graph : SkeletonGraph
    explanation : Explanation
    """

    def __init__(self, graph: SkeletonGraph, explanation: Explanation) -> None:
        self._graph = graph
        self._explanation = explanation
        self._turns: list[_Turn] = []
        before = explanation.starts[:1]
        for options in explanation.steps:
            came = walk(graph, before[0])
            places = np.concatenate([came[-1:], self._junction(before[0])])
            self._turns.append(_Turn(places, came, options))
            before = options[:1]

    def at(self, row: int, column: int) -> tuple[Section, ...]:
        """Return the choices made within `NEAR` of a pixel, starts first; none elsewhere."""
        if not self._explanation.exact:
            inked = (self._graph.points == (row, column)).all(axis=1).any()
            nothing = Choice(TOO_MANY, "", False, False, np.zeros((0, 2), dtype=np.int16))
            return (Section("", (nothing,)),) if inked else ()
        place = np.array([row, column])
        starts = self._explanation.starts
        near = [
            (away, option.total, option)
            for option in starts
            if (away := math.dist(option.first, (row, column))) <= NEAR
        ]
        turns = [turn for turn in self._turns if _distance(turn.places, place) <= NEAR]
        sections = [self._tell_turn(turn, number) for number, turn in enumerate(turns)]
        at_junction = any(len(turn.places) > 1 for turn in turns)
        if near and (not at_junction or math.dist(starts[0].first, (row, column)) <= NEAR):
            taken = starts[0] if math.dist(starts[0].first, (row, column)) <= NEAR else None
            here = taken or min(near, key=lambda entry: entry[:2])[2]
            sections.insert(0, self._tell_start(here))
        return tuple(sections)

    def _tell_start(self, here: Option) -> Section:
        """Compare a start with the one taken, or that one with the next best."""
        taken = self._explanation.starts[0]
        if here.first == taken.first:
            others = [
                option
                for option in self._explanation.starts
                if math.dist(option.first, here.first) > ELSEWHERE
            ]
            return Section(
                "",
                (
                    self._start("start here", taken, taken=True),
                    *(self._start("best elsewhere", option) for option in others[:1]),
                ),
            )
        return Section(
            "",
            (self._start("start here", here), self._start("best elsewhere", taken, taken=True)),
        )

    def _start(self, words: str, option: Option, *, taken: bool = False) -> Choice:
        best = self._explanation.starts[0]
        cost = cost_words(option.total) if taken else dearer_words(option.total - best.total)
        return Choice(words, cost, taken, False, walk(self._graph, option)[:SHOWN])

    def _tell_turn(self, turn: _Turn, number: int) -> Section:
        """Tell the option taken and the best others, of all lifts but one."""
        taken, *others = turn.options
        told: list[Option] = []
        for option in others:
            if not (option.lifted and any(one.lifted for one in told)) and len(told) < MOST:
                told.append(option)
        choices = [self._turn(turn, taken, taken, cost_words(taken.total))]
        for option in told:
            dearer = dearer_words(option.total - taken.total)
            choices.append(self._turn(turn, option, taken, dearer))
        if left := len(others) - len(told):
            nothing = np.zeros((0, 2), dtype=np.int16)
            choices.append(Choice(f"{left} more", "", False, False, nothing))
        return Section(("then", "later, again here", "once more")[min(number, 2)], tuple(choices))

    def _turn(self, turn: _Turn, option: Option, taken: Option, cost: str) -> Choice:
        ahead = walk(self._graph, option)
        line = np.concatenate([turn.came[-1:], ahead[:SHOWN]])
        if option.lifted:
            elsewhere = taken.lifted and option is not taken
            words = "lift elsewhere" if elsewhere else "lift"
        else:
            words = turn_words(turn.came, ahead)
        return Choice(words, cost, option is taken, option.lifted, line)

    def _junction(self, option: Option) -> NDArray[np.int16]:
        """Return the pixels of the junction that a directed chain runs into."""
        graph = self._graph
        chain, _, last = _find(graph, option)
        length = len(graph.chain(chain))
        node = -1
        if not graph.rings[chain]:
            if last == length - 1:
                node = int(graph.ends[chain, 1])
            if last == 0 and node < 0:
                node = int(graph.ends[chain, 0])
        if node < 0:
            return np.zeros((0, 2), dtype=np.int16)
        return np.argwhere(graph.junctions == node).astype(np.int16)


def walk(graph: SkeletonGraph, option: Option) -> NDArray[np.int16]:
    """Return the pixels of a directed chain, or of the part of one, in its direction.

    Parameters
    ----------
    graph : SkeletonGraph
        That holds the chain, whole.
    option : Option

    Returns
    -------
    points : ndarray of int16, shape (n, 2)
        (row, column) from its first pixel to its last.
    """
    chain, first, last = _find(graph, option)
    points = graph.chain(chain)
    if not graph.rings[chain]:
        step = 1 if last >= first else -1
        return points[np.arange(first, last + step, step)]
    length = len(points)
    step = 1 if (first - last) % length == 1 else -1
    return points[(first + step * np.arange(length)) % length]


def _find(graph: SkeletonGraph, option: Option) -> tuple[int, int, int]:
    """Return the chain of an option and the places of its ends along it."""
    for chain in range(len(graph.rings)):
        points = graph.chain(chain).tolist()
        if list(option.first) in points and list(option.last) in points:
            return chain, points.index(list(option.first)), points.index(list(option.last))
    raise ValueError(f"no chain leads from {option.first} to {option.last}")


def turn_words(came: NDArray[np.int16], ahead: NDArray[np.int16]) -> str:
    """Say which way a pen turns, as a driver would, from one chain into another.

    Parameters
    ----------
    came, ahead : ndarray of int16, shape (n, 2)
        (row, column) along both.
    """
    before = came[-1] - came[max(len(came) - 1 - REACH, 0)]
    joint = ahead[0] if len(came) > 1 and len(ahead) > 1 else came[-1]
    after = ahead[min(REACH, len(ahead) - 1)] - joint
    if not before.any() or not after.any():
        return "on"
    (down, right), (on, across) = before.tolist(), after.tolist()
    angle = math.degrees(math.atan2(right * on - down * across, right * across + down * on))
    for limit, words in TURNS:
        if abs(angle) < limit:
            return words.format("right" if angle > 0 else "left")
    return "back"


def cost_words(total: int) -> str:
    """Return the cost of the order that was taken."""
    return f"{total / UNIT:.1f} (taken)".replace("-", MINUS)


def dearer_words(more: int) -> str:
    """Return by how much an order is dearer."""
    return f"+{more / UNIT:.1f}"


def _distance(places: NDArray[np.int16], place: NDArray[np.int64]) -> float:
    """Return the distance from a place to the nearest of some."""
    away = places - place
    return float(np.hypot(away[:, 0], away[:, 1]).min())
