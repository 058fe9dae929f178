"""SVG replays: what a browser shows at any moment, worked out from the CSS by hand."""

from __future__ import annotations

import itertools
import math
import re
from dataclasses import dataclass
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from PySide6.QtWidgets import QApplication

from tests.export.chunks import make_whole, write_file, write_folder
from tests.export.formats.svg_files import SVG, digits_of, drawn_by_qt, parts, strokes_of
from tests.export.pictures.digits import (
    ALL,
    DOT,
    DOTS,
    EMPTY,
    SEVEN,
    Strokes,
    drawn_strokes,
    make_chunk,
    write_chunks,
    write_digit,
)
from tests.export.pictures.naive_pen import pen_at, pen_time
from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.export.format import FileWriter, FolderWriter
from viewer.export.formats.svg_animated import FORMAT

MEDIA = re.compile(r"@media \(prefers-reduced-motion: no-preference\) \{\n(.*?)\n\}\n", re.DOTALL)


@dataclass
class Motion:
    """An animation of dashes, as CSS has it: lengths in the units of ``pathLength``."""

    dash: float
    gap: float
    duration: float
    first: float
    last: float

    def shown(self, delay: float, length: float, time: float) -> list[tuple[float, float]]:
        """Return which parts of a path, 0 to 1, dashes cover at a time in milliseconds."""
        share = time % self.duration / self.duration
        offset = delay + self.first + share * (self.last - self.first)
        period = self.dash + self.gap
        found = []
        for number in range(math.floor(offset / period) - 1, math.ceil(offset / period) + 3):
            begin = number * period - offset
            begin, end = max(begin, 0.0), min(begin + self.dash, length)
            if end > begin:
                found.append((begin / length, end / length))
        return found


def motion(css: str, name: str) -> Motion:
    """Read an animation out of a style sheet."""
    rule = re.search(
        r"stroke-dasharray: ([\d.]+)px(?: ([\d.]+)px)?; "
        rf"animation: {name} ([\d.]+)ms linear infinite",
        css,
    )
    frames = re.search(
        rf"@keyframes {name} \{{\n"
        r"from \{ stroke-dashoffset: calc\(var\(--t\) \+ ([\d.]+)px\) \}\n"
        r"to \{ stroke-dashoffset: (?:var\(--t\)|calc\(var\(--t\) \+ ([\d.]+)px\)) \}",
        css,
    )
    assert rule is not None
    assert frames is not None
    dash, gap, duration = rule.groups()
    return Motion(
        float(dash), float(gap or dash), float(duration), float(frames[1]), float(frames[2] or 0)
    )


def style_of(content: bytes) -> str:
    return ElementTree.fromstring(content).findtext(f"{SVG}style") or ""


def moment_of(path: ElementTree.Element) -> tuple[float, float]:
    """Return a path's delay and duration in milliseconds."""
    delay = re.fullmatch(r"--t:(\d+)px", path.get("style", ""))
    assert delay is not None
    return float(delay[1]), float(path.get("pathLength", ""))


@given(strokes=drawn_strokes())
def test_strokes_have_their_points_and_delays(strokes: Strokes) -> None:
    speed = 20.0
    content = write_digit(FORMAT, strokes, (14, 14), speed=speed)
    (digit,) = digits_of(content).values()
    assert strokes_of(digit) == [list(stroke) for stroke in strokes]
    for number, path in enumerate(parts(digit, "stroke")):
        delay, duration = moment_of(path)
        end = pen_time(strokes[: number + 1], speed)
        length = pen_time([strokes[number]], speed)
        assert delay == pytest.approx(1000 * (end - length), abs=1)
        assert duration == pytest.approx(max(1000 * length, 1), abs=1)
    dots = [moment_of(dot)[0] for dot in parts(digit, "start")]
    assert dots == [moment_of(path)[0] for path in parts(digit, "stroke")]


@settings(max_examples=50)
@given(strokes=drawn_strokes())
def test_at_any_moment_strokes_are_drawn_as_far_as_the_pen_came(strokes: Strokes) -> None:
    speed, pause = 20.0, 0.5
    content = write_digit(FORMAT, strokes, (14, 14), speed=speed, pause=pause)
    (digit,) = digits_of(content).values()
    write = motion(style_of(content), "write")
    total = 1000 * pen_time(strokes, speed)
    assert write.duration == pytest.approx(total + 1000 * pause, abs=1)
    for share in (0.0, 0.1, 0.37, 0.5, 0.71, 0.99, 1.3, 2.6):
        time = share * write.duration
        for kind in ("stroke", "start"):
            for path in parts(digit, kind):
                delay, duration = moment_of(path)
                come = min(max((time % write.duration - delay) / duration, 0.0), 1.0)
                shown = write.shown(delay, duration, time)
                assert len(shown) == (come > 0)
                if come > 0:
                    assert shown[0] == pytest.approx((0.0, come))


@settings(max_examples=50)
@given(strokes=drawn_strokes())
def test_there_is_one_pen_at_the_tip_until_the_end(strokes: Strokes) -> None:
    speed = 20.0
    content = write_digit(FORMAT, strokes, (14, 14), speed=speed)
    (digit,) = digits_of(content).values()
    lead = motion(style_of(content), "lead")
    total = 1000 * pen_time(strokes, speed)
    for share in (0.013, 0.27, 0.52, 0.77, 0.96, 1.2):
        time = share * total
        moment = pen_at(strokes, time / 1000, speed)
        pens = []
        for path in parts(digit, "pen"):
            delay, duration = moment_of(path)
            numbers = [float(number) for number in re.findall(r"\d+", path.get("d", ""))]
            line = list(zip(numbers[1::2], numbers[::2], strict=True))
            for begin, _end in lead.shown(delay, duration, time):
                tip = pen_at([[(int(y), int(x)) for y, x in line]], begin * way(line), 1.0).pen
                pens.append((tip or line[-1], path.get("stroke-width") is not None))
        if moment.pen is None or total < 100:
            assert len(pens) <= 1
            continue
        assert len(pens) in (1, 2)
        assert min(math.dist(tip, moment.pen) for tip, _lifted in pens) < 0.1
        if len(pens) == 1 and all(
            math.dist(moment.pen, stroke[end]) > 0.1 for stroke in strokes for end in (0, -1)
        ):
            assert pens[0][1] == moment.lifted


def way(line: list[tuple[float, float]]) -> float:
    """Return the length of a line."""
    return sum(math.dist(*pair) for pair in itertools.pairwise(line))


def test_nothing_moves_for_readers_who_prefer_that() -> None:
    css = style_of(write_digit(FORMAT, SEVEN))
    media = MEDIA.search(css)
    assert media is not None
    assert "animation" in media[1]
    assert "dash" in media[1]
    others = MEDIA.sub("", css)
    assert re.findall(r"^@keyframes (\w+)", others, re.MULTILINE) == ["write", "lead"]
    assert "animation" not in others
    assert "{ display" not in others
    assert "script" not in css


@pytest.mark.parametrize("name", ALL)
def test_without_animations_the_strokes_are_there(qapp: QApplication, name: str) -> None:
    content = write_digit(FORMAT, ALL[name], ghost="none", scale=9)
    middles = drawn_by_qt(content)[4::9, 4::9, :3].max(axis=2) > 60
    expected = {place for stroke in ALL[name] for place in stroke}
    assert {(int(row), int(column)) for row, column in zip(*middles.nonzero(), strict=True)} == (
        expected
    )


def test_all_digits_of_a_sheet_loop_together() -> None:
    content = write_chunks(FORMAT, [make_chunk(list(ALL.values()))], pause=2.0)
    longest = max(pen_time(strokes, 16.0) for strokes in ALL.values())
    assert motion(style_of(content), "write").duration == pytest.approx(
        1000 * longest + 2000, abs=1
    )
    assert len(digits_of(content)) == len(ALL)


def test_what_takes_no_time_is_there_after_a_moment() -> None:
    content = write_digit(FORMAT, DOT, pause=0.0)
    (digit,) = digits_of(content).values()
    (dot,) = parts(digit, "start")
    write = motion(style_of(content), "write")
    assert write.shown(*moment_of(dot), 1.5)
    assert write.duration >= 2
    (empty,) = digits_of(write_digit(FORMAT, EMPTY)).values()
    assert not parts(empty, "stroke") + parts(empty, "ghost") + parts(empty, "pen")


def test_the_ghost_has_the_strokes() -> None:
    (digit,) = digits_of(write_digit(FORMAT, SEVEN)).values()
    (ghost,) = parts(digit, "ghost")
    assert ghost.get("d") == "".join(path.get("d", "") for path in parts(digit, "stroke"))
    order = [element.get("class") for element in digit.iter()]
    assert order.index("ghost") < order.index("stroke")
    (digit,) = digits_of(write_digit(FORMAT, SEVEN, ghost="none")).values()
    assert not parts(digit, "ghost")
    (digit,) = digits_of(write_digit(FORMAT, SEVEN, ghost="source")).values()
    assert len(parts(digit, "image")) == 1


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_bytes_do_not_depend_on_chunks(digits: DigitSet, size: int) -> None:
    assert write_file(FORMAT, digits, size=size) == write_file(FORMAT, digits, size=3)
    assert write_folder(FORMAT, digits, size=size) == write_folder(FORMAT, digits, size=3)


def test_what_has_no_room(digits: DigitSet) -> None:
    assert isinstance(FORMAT.file, FileWriter)
    assert isinstance(FORMAT.folder, FolderWriter)
    options = FORMAT.complete({})
    train = digits.splits["train"]
    many = DigitSet("many", "x", {"a/b": Split("a/b", train.images.repeat(9, axis=0))})
    with pytest.raises(UserError, match="100 digits, not 108"):
        FORMAT.file.check(make_whole(many), options)
    with pytest.raises(UserError, match="file name"):
        FORMAT.folder.check(make_whole(many), options)


def test_one_point_strokes_are_dots(qapp: QApplication) -> None:
    content = write_digit(FORMAT, DOTS, ghost="none")
    (digit,) = digits_of(content).values()
    assert [path.get("stroke") == "none" for path in parts(digit, "stroke")] == [True, True, False]
    assert drawn_by_qt(content)[55, 65, :3].max() > 100
