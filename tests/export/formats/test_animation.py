"""GIF, APNG and WebP replays, read back by Pillow."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageSequence

from tests.export.chunks import make_whole, write_file, write_folder
from tests.export.pictures.digits import (
    ALL,
    DOT,
    DOTS,
    EMPTY,
    LARGE,
    SEVEN,
    Strokes,
    ink_of,
    make_chunk,
    write_chunks,
    write_digit,
)
from tests.export.pictures.naive_pen import pen_time
from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.export.format import FileWriter, FolderWriter, Format
from viewer.export.formats.animation import APNG, GIF, WEBP
from viewer.export.pictures.palette import GROUNDS

FORMATS = {"gif": GIF, "apng": APNG, "webp": WEBP}
EXACT = {"gif": GIF, "apng": APNG}
"""Those that keep equal frames apart."""
LOOK: dict[str, Any] = {"scale": 5, "speed": 50.0, "ghost": "none"}


@dataclass
class Played:
    frames: list[NDArray[np.uint8]]
    durations: list[int]
    loop: int | None

    def at(self, time: int) -> NDArray[np.uint8]:
        """Return what is shown at a millisecond."""
        return self.frames[int(np.searchsorted(np.cumsum(self.durations), time, side="right"))]


def play(content: bytes) -> Played:
    """Read all frames as red, green, blue and opacity."""
    image = Image.open(io.BytesIO(content))
    frames, durations = [], []
    for frame in ImageSequence.Iterator(image):
        frames.append(np.asarray(frame.convert("RGBA")).copy())
        durations.append(round(float(image.info["duration"])))
    return Played(frames, durations, image.info.get("loop"))


def inked(frame: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell which pixels have a colour; paper, pen and captions are grey."""
    colors = frame[:, :, :3].astype(int)
    return np.asarray((np.ptp(colors, axis=2) > 20) & (frame[:, :, 3] > 60))


def grey(frame: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Tell which pixels are lit without a colour: the pen, on black."""
    colors = frame[:, :, :3].astype(int)
    return np.asarray((np.ptp(colors, axis=2) <= 20) & (colors.max(axis=2) > 0))


@pytest.mark.parametrize("name", FORMATS)
def test_a_seven_is_written(name: str) -> None:
    played = play(write_digit(FORMATS[name], SEVEN, **LOOK))
    moving = math.ceil(pen_time(SEVEN, 50.0) / 0.04 - 1e-6)
    assert sum(played.durations) == 40 * moving + 1500
    assert played.durations[-1] == 1500
    assert played.loop == 0
    if name in EXACT:
        assert len(played.frames) == moving + 1
    first, last = inked(played.frames[0]), inked(played.frames[-1])
    assert first.sum() < 0.1 * last.sum()
    np.testing.assert_array_equal(last[2::5, 2::5], ink_of(SEVEN))
    assert not grey(played.frames[-1]).any()
    assert all(grey(frame).any() for frame in played.frames[:-1])
    for before, after in pairwise(played.frames):
        assert not (inked(before) & ~inked(after) & ~grey(after)).any()
    covered = [int((inked(frame) | grey(frame)).sum()) for frame in played.frames[:-1]]
    assert covered[-1] > 3 * covered[0]


def test_the_three_show_the_same() -> None:
    gif, apng, webp = (play(write_digit(form, DOTS, **LOOK)) for form in FORMATS.values())
    assert gif.durations == apng.durations
    assert len(gif.frames) == len(apng.frames) > 5
    for one, other in zip(gif.frames, apng.frames, strict=True):
        np.testing.assert_array_equal(one, other)
    for time in range(0, sum(gif.durations), 20):
        np.testing.assert_array_equal(webp.at(time), gif.at(time))


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("strokes", [EMPTY, DOT])
def test_what_takes_no_time_is_a_still(name: str, strokes: Strokes) -> None:
    image = Image.open(io.BytesIO(write_digit(FORMATS[name], strokes, scale=4)))
    assert getattr(image, "n_frames", 1) == 1
    frame = np.asarray(image.convert("RGBA"))
    assert frame.shape == (112, 112, 4)
    assert inked(frame).any() == bool(strokes)


@pytest.mark.parametrize("background", GROUNDS)
@pytest.mark.parametrize("name", FORMATS)
def test_backgrounds(name: str, background: str) -> None:
    played = play(write_digit(FORMATS[name], SEVEN, background=background, scale=5, speed=99.0))
    for frame in played.frames:
        corner = frame[0, 0].tolist()
        if background == "transparent":
            assert corner[3] == 0
        else:
            assert corner == [255 * (background == "white")] * 3 + [255]
    np.testing.assert_array_equal(inked(played.frames[-1])[2::5, 2::5], ink_of(SEVEN))


def test_edges_of_a_transparent_picture() -> None:
    gif, apng, webp = (
        play(write_digit(form, SEVEN, background="transparent", **LOOK)).frames[-1][:, :, 3]
        for form in FORMATS.values()
    )
    assert set(np.unique(gif)) == {0, 255}
    assert len(np.unique(apng)) > 2
    np.testing.assert_array_equal(apng, webp)
    np.testing.assert_array_equal(gif == 255, apng >= 128)


@pytest.mark.parametrize("name", FORMATS)
def test_a_sheet_waits_for_the_longest(name: str) -> None:
    digits = [SEVEN, EMPTY, DOTS]
    played = play(write_chunks(FORMATS[name], [make_chunk(digits)], columns=3, **LOOK))
    longest = max(pen_time(strokes, 50.0) for strokes in digits)
    assert sum(played.durations) == 40 * math.ceil(longest / 0.04 - 1e-6) + 1500
    assert played.frames[0].shape == (140, 3 * 140 + 2 * 5, 4)
    for place, strokes in enumerate(digits):
        alone = play(write_digit(FORMATS[name], strokes, **LOOK)) if strokes else None
        for time in range(0, sum(played.durations), 120):
            part = played.at(time)[:, place * 145 : place * 145 + 140]
            if alone is None:
                assert not part[:, :, :3].any()
            else:
                until = min(time, sum(alone.durations) - 1)
                np.testing.assert_array_equal(part, alone.at(until))


@pytest.mark.parametrize("name", FORMATS)
def test_large_images_and_captions(name: str) -> None:
    small, large = make_chunk([SEVEN], split="a"), make_chunk([LARGE], (64, 64), "b", labels=[3])
    content = write_chunks(
        FORMATS[name], [small, large], columns=2, captions=True, scale=3, speed=200.0
    )
    last = play(content).frames[-1]
    assert last.shape == (192 + 17, 2 * 192 + 3, 4)
    assert grey(last[192:, :192]).any()
    assert grey(last[192:, 195:]).any()


@pytest.mark.parametrize("name", FORMATS)
def test_bytes_do_not_depend_on_chunks(name: str, digits: DigitSet) -> None:
    look: dict[str, Any] = {"scale": 2, "speed": 99.0, "fps": 10, "captions": True}
    files = {write_file(FORMATS[name], digits, look, size) for size in (1, 5, 1000)}
    assert len(files) == 1
    folders = [write_folder(FORMATS[name], digits, look, size) for size in (1, 1000)]
    assert folders[0] == folders[1]
    assert list(folders[0])[:2] == [f"train-0.{name}", f"train-1.{name}"]


def test_there_is_no_text_in_the_files() -> None:
    gif = write_digit(GIF, SEVEN, **LOOK)
    assert b"\x21\xfe" not in gif[:800], "no comment"
    assert gif.count(b"NETSCAPE2.0") == 1
    apng = write_digit(APNG, SEVEN, **LOOK)
    kinds, at = [], 8
    while at < len(apng):
        length = int.from_bytes(apng[at : at + 4], "big")
        kinds.append(apng[at + 4 : at + 8])
        at += 12 + length
    assert set(kinds) == {b"IHDR", b"acTL", b"PLTE", b"tRNS", b"fcTL", b"IDAT", b"fdAT", b"IEND"}
    webp = write_digit(WEBP, SEVEN, **LOOK)
    assert not any(kind in webp for kind in (b"EXIF", b"XMP ", b"ICCP"))


def test_a_digit_of_the_usual_size_is_small() -> None:
    assert len(write_digit(GIF, SEVEN, scale=10)) < 30_000


@pytest.mark.parametrize("name", FORMATS)
def test_times_to_play(name: str) -> None:
    """A GIF says how often it is played again."""
    loops = [play(write_digit(FORMATS[name], SEVEN, loops=n, **LOOK)).loop for n in (0, 1, 4)]
    assert loops == ([0, None, 3] if name == "gif" else [0, 1, 4])


@pytest.mark.parametrize("form", FORMATS.values())
def test_what_has_no_room(form: Format, digits: DigitSet) -> None:
    assert isinstance(form.file, FileWriter)
    assert isinstance(form.folder, FolderWriter)
    train = digits.splits["train"]
    many = DigitSet("many", "x", {"a/b": Split("a/b", train.images.repeat(9, axis=0))})
    with pytest.raises(UserError, match="100 digits, not 108"):
        form.file.check(make_whole(many), form.complete({}))
    with pytest.raises(UserError, match="file name"):
        form.folder.check(make_whole(many), form.complete({}))
    with pytest.raises(UserError, match="pixels"):
        form.file.check(make_whole(digits), form.complete({"scale": 40}))
    form.file.check(make_whole(digits), form.complete({}))
    form.folder.check(make_whole(digits), form.complete({"scale": 40}))


@pytest.mark.parametrize("name", FORMATS)
def test_the_snippet_loads_the_frames(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"it's.{name}"
    path.write_bytes(write_digit(FORMATS[name], SEVEN, **LOOK))
    lines = FORMATS[name].snippet(str(path))
    assert len(lines.splitlines()) <= 5
    found: dict[str, list[Image.Image]] = {}
    exec(lines, found)
    assert len(found["frames"]) > 5
    np.testing.assert_array_equal(
        np.asarray(found["frames"][-1]), play(path.read_bytes()).frames[-1]
    )


def test_all_drawings_by_hand_can_be_played() -> None:
    content = write_chunks(APNG, [make_chunk(list(ALL.values()))], columns=1, **LOOK)
    last = inked(play(content).frames[-1])
    for place, strokes in enumerate(ALL.values()):
        part = last[place * 145 : place * 145 + 140]
        np.testing.assert_array_equal(part[2::5, 2::5], ink_of(strokes))
