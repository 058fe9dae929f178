"""GIF, APNG and WebP of any frames: read back by Pillow, and GIF by Qt as well."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from PIL import Image, ImageSequence
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QImageReader

from viewer.export.pictures.apng import write_apng
from viewer.export.pictures.film import SAME, Film, changes, cut
from viewer.export.pictures.gif import write_gif
from viewer.export.pictures.ramps import MOVING, color_table
from viewer.export.pictures.webp import write_webp

Writer = Callable[[Film, BinaryIO], None]
WRITERS: dict[str, Writer] = {"gif": write_gif, "apng": write_apng, "webp": write_webp}


def table_of(background: str) -> NDArray[np.uint8]:
    """Return colours as formats have them."""
    table = np.zeros((SAME + 1, 4), dtype=np.uint8)
    table[:MOVING] = color_table(background, "contrast")[:MOVING]
    return table


@st.composite
def films(draw: st.DrawFn, background: str = "black", loops: int = 0) -> Film:
    """Draw frames of few colours, in which much stays as it was, as it does in replays."""
    shape = draw(st.tuples(st.integers(1, 9), st.integers(1, 9)))
    index = st.sampled_from([0, 1, 23, 24, 46, 200, 253])
    frames = [draw(hnp.arrays(np.uint8, shape, elements=index, fill=st.just(0)))]
    for _ in range(draw(st.integers(0, 4))):
        fresh = draw(hnp.arrays(np.uint8, shape, elements=index, fill=st.just(0)))
        moved = draw(hnp.arrays(np.bool_, shape))
        frames.append(np.where(moved, fresh, frames[-1]))
    durations = tuple(10 * draw(st.integers(2, 300)) for _ in frames)
    return Film(shape, frames, durations, table_of(background), loops)


def written(writer: Writer, film: Film) -> bytes:
    file = io.BytesIO()
    writer(film, file)
    return file.getvalue()


def read(content: bytes) -> tuple[list[NDArray[np.uint8]], list[int]]:
    """Return the frames of a file, red, green, blue and opacity, and their milliseconds."""
    image = Image.open(io.BytesIO(content))
    frames, durations = [], []
    for frame in ImageSequence.Iterator(image):
        frames.append(np.asarray(frame.convert("RGBA")))
        durations.append(round(float(image.info.get("duration", 0))))
    return frames, durations


def assert_frames(content: bytes, film: Film) -> None:
    frames, durations = read(content)
    expected = [film.table[frame] for frame in film.frames]
    assert len(frames) == len(expected)
    assert durations == list(film.durations)
    for found, wanted in zip(frames, expected, strict=True):
        np.testing.assert_array_equal(found, wanted)


@pytest.mark.parametrize("name", ["gif", "apng"])
@given(film=films())
def test_frames_come_back(name: str, film: Film) -> None:
    assert_frames(written(WRITERS[name], film), film)


@given(film=films("transparent"))
def test_apng_keeps_opacity(film: Film) -> None:
    frames, durations = read(written(write_apng, film))
    assert durations == list(film.durations)
    for found, frame in zip(frames, film.frames, strict=True):
        np.testing.assert_array_equal(found, film.table[frame])


@given(film=films("transparent"))
def test_gif_shows_what_is_more_than_half_there(film: Film) -> None:
    frames, durations = read(written(write_gif, film))
    assert durations == list(film.durations)
    for found, frame in zip(frames, film.frames, strict=True):
        wanted = film.table[frame]
        seen = wanted[:, :, 3] >= 128
        np.testing.assert_array_equal(found[:, :, 3], np.where(seen, 255, 0))
        np.testing.assert_array_equal(found[seen][:, :3], wanted[seen][:, :3])


def at_times(
    frames: list[NDArray[np.uint8]], durations: list[int], times: range
) -> list[NDArray[np.uint8]]:
    """Return what is shown at some milliseconds."""
    ends = np.cumsum(durations)
    return [frames[int(np.searchsorted(ends, time, side="right"))] for time in times]


@pytest.mark.parametrize("background", ["black", "transparent"])
def test_webp_shows_the_same_at_every_moment(background: str) -> None:
    """Equal frames become one there, for longer."""
    rng = np.random.default_rng(4)
    frames = [rng.integers(0, MOVING, (12, 9)).astype(np.uint8) for _ in range(4)]
    frames[2] = frames[1]
    durations = (40, 50, 60, 700)
    film = Film((12, 9), frames, durations, table_of(background), 0)
    found, lasting = read(written(write_webp, film))
    assert sum(lasting) == sum(durations)
    times = range(0, sum(durations), 10)
    colors = [film.table[frame] for frame in frames]
    expected = at_times(colors, list(durations), times)
    for one, other in zip(at_times(found, lasting, times), expected, strict=True):
        np.testing.assert_array_equal(one[:, :, 3], other[:, :, 3])
        seen = other[:, :, 3] > 0
        np.testing.assert_array_equal(one[seen], other[seen])


@given(film=films())
def test_qt_reads_the_same_gif(film: Film) -> None:
    content = QByteArray(written(write_gif, film))
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, b"gif")
    for frame, duration in zip(film.frames, film.durations, strict=True):
        image = reader.read().convertToFormat(QImage.Format.Format_RGBA8888)
        pixels = np.frombuffer(image.constBits(), np.uint8)
        height, width = film.size
        rows = pixels.reshape(height, image.bytesPerLine())[:, : 4 * width]
        np.testing.assert_array_equal(rows.reshape(height, width, 4), film.table[frame])
        assert reader.nextImageDelay() == duration
    assert not reader.canRead() or reader.read().isNull()


@pytest.mark.parametrize(
    ("name", "loops", "said"),
    [
        ("gif", 0, 0), ("gif", 1, None), ("gif", 5, 4),
        ("apng", 0, 0), ("apng", 1, 1), ("apng", 5, 5),
        ("webp", 0, 0), ("webp", 1, 1), ("webp", 5, 5),
    ],
)  # fmt: skip
def test_loops(name: str, loops: int, said: int | None) -> None:
    """A GIF says how often it is played again."""
    frames = [np.full((4, 4), index, np.uint8) for index in (0, 30)]
    film = Film((4, 4), frames, (100, 100), table_of("black"), loops)
    image = Image.open(io.BytesIO(written(WRITERS[name], film)))
    image.seek(1)
    assert image.info.get("loop") == said


@pytest.mark.parametrize("name", WRITERS)
def test_frames_are_asked_for_one_at_a_time(name: str) -> None:
    alive = most = 0

    class Frame(np.ndarray):
        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    def frames() -> Iterator[NDArray[np.uint8]]:
        nonlocal alive, most
        for number in range(30):
            frame = np.full((6, 6), number, np.uint8).view(Frame)
            alive += 1
            most = max(most, alive)
            yield frame

    film = Film((6, 6), frames(), (40,) * 30, table_of("black"), 0)
    assert len(read(written(WRITERS[name], film))[0]) == 30
    assert most <= 12, "views of a frame count as well, but not those of all frames"


def test_changes_are_cut_out() -> None:
    one = np.zeros((5, 6), np.uint8)
    two = one.copy()
    two[1, 2], two[3, 4] = 7, 8
    first, second, third = changes([one, two, two], mark_same=True)
    assert (first.top, first.left) == (0, 0)
    assert (second.top, second.left) == (1, 2)
    assert second.indices.tolist() == [[7, SAME, SAME], [SAME] * 3, [SAME, SAME, 8]]
    assert third.indices.tolist() == [[SAME]]
    assert cut(two, two == 8).indices.tolist() == [[8]]
