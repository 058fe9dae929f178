"""SVG drawings: the points of the sequences, drawn by Qt as the PNG picture is."""

from __future__ import annotations

import base64
import io
import itertools
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from PIL import Image
from PySide6.QtWidgets import QApplication

from tests.export.chunks import make_chunks, make_whole, write_file, write_folder
from tests.export.formats.svg_files import SVG, digits_of, drawn_by_qt, parts, strokes_of
from tests.export.pictures.digits import (
    ALL,
    DOTS,
    EMPTY,
    LARGE,
    SEVEN,
    SLIT,
    Strokes,
    drawn_strokes,
    ink_of,
    make_chunk,
    write_chunks,
    write_digit,
)
from viewer.core.sequence import decode, lifts
from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.export.format import FileWriter, FolderWriter
from viewer.export.formats import png
from viewer.export.formats.svg import FORMAT
from viewer.export.pictures.palette import GROUNDS


@given(strokes=drawn_strokes())
def test_there_is_one_path_a_stroke_with_its_points(strokes: Strokes) -> None:
    (digit,) = digits_of(write_digit(FORMAT, strokes, (14, 14))).values()
    assert strokes_of(digit) == [list(stroke) for stroke in strokes]
    colors = GROUNDS["black"].palettes["contrast"]
    assert [path.get("stroke") for path in parts(digit, "stroke")] == [
        colors[number % len(colors)] for number in range(len(strokes))
    ]
    starts = [(int(dot.get("cy", "")), int(dot.get("cx", ""))) for dot in parts(digit, "start")]
    assert starts == [stroke[0] for stroke in strokes]
    moves = [
        tuple(int(line.get(side, "")) for side in ("y1", "x1", "y2", "x2"))
        for line in parts(digit, "move")
    ]
    assert moves == [(*one[-1], *two[0]) for one, two in itertools.pairwise(strokes)]


def test_sequences_of_real_extractions_are_there(digits: DigitSet) -> None:
    found = digits_of(write_file(FORMAT, digits))
    assert len(found) == 24
    for chunk in make_chunks(digits):
        for place in range(len(chunk)):
            rows = chunk.sequences.sequence(place)
            points, begins = decode(rows), np.flatnonzero(lifts(rows))
            wanted = [part.tolist() for part in np.split(points, begins) if len(points)]
            strokes = strokes_of(found[chunk.identity(place)])
            assert [[list(point) for point in stroke] for stroke in strokes] == wanted


@pytest.mark.parametrize("size", [1, 5, 1000])
def test_bytes_do_not_depend_on_chunks(digits: DigitSet, size: int) -> None:
    options: dict[str, Any] = {"captions": True, "image": "source"}
    assert write_file(FORMAT, digits, options, size) == write_file(FORMAT, digits, options, 3)
    assert write_folder(FORMAT, digits, options, size) == write_folder(FORMAT, digits, options, 3)


def test_a_folder_has_a_file_a_digit(digits: DigitSet) -> None:
    files = write_folder(FORMAT, digits)
    assert list(files) == [f"{split}-{n}.svg" for split in ("train", "test") for n in range(12)]
    sheet = digits_of(write_file(FORMAT, digits))
    for name, content in files.items():
        ((identity, digit),) = digits_of(content).items()
        assert name == identity.replace(":", "-") + ".svg"
        assert strokes_of(digit) == strokes_of(sheet[identity])
        assert digit.get("data-class") == sheet[identity].get("data-class")


@pytest.mark.parametrize("background", GROUNDS)
@pytest.mark.parametrize("name", ["seven", "dots", "edges", "zigzag", "empty"])
def test_qt_draws_what_png_has(qapp: QApplication, name: str, background: str) -> None:
    """Numbers are left out: their font is another one."""
    look: dict[str, Any] = {"numbers": False, "background": background, "scale": 12}
    drawn = drawn_by_qt(write_digit(FORMAT, ALL[name], **look)).astype(float)
    png_file = io.BytesIO(write_digit(png.FORMAT, ALL[name], **look))
    wanted = np.asarray(Image.open(png_file).convert("RGBA")).astype(float)
    seen = [pixels[:, :, :3] * pixels[:, :, 3:] / 255 for pixels in (drawn, wanted)]
    assert np.abs(seen[0] - seen[1]).mean() < 0.6
    assert (np.abs(seen[0] - seen[1]).max(axis=2) > 100).mean() < 0.002


@pytest.mark.parametrize("name", ALL)
def test_reduced_to_pixels_the_drawing_is_the_skeleton(qapp: QApplication, name: str) -> None:
    content = write_digit(FORMAT, ALL[name], numbers=False, arrows=False, moves=False, scale=9)
    middles = drawn_by_qt(content)[4::9, 4::9, :3].max(axis=2) > 60
    np.testing.assert_array_equal(middles, ink_of(ALL[name]))


TWELVE: Strokes = [[(12, 2 + 2 * at), (13, 2 + 2 * at)] for at in range(12)]


@pytest.mark.parametrize("strokes", [TWELVE, SLIT])
def test_numbers_stand_apart_inside_the_picture(strokes: Strokes) -> None:
    (digit,) = digits_of(write_digit(FORMAT, strokes)).values()
    numbers = parts(digit, "number")
    assert [number.text for number in numbers] == [str(at + 1) for at in range(len(strokes))]
    (size,) = {
        float(group.get("font-size", "")) for group in digit.iter() if group.get("font-size")
    }
    boxes = []
    for number in numbers:
        x, y = float(number.get("x", "")), float(number.get("y", ""))
        half = 0.3 * size * len(number.text or "")
        boxes.append((x - half, y - 0.7 * size, x + half, y))
    for left, top, right, bottom in boxes:
        assert min(left, top) >= 0
        assert max(right, bottom) <= 280
        for row, column in itertools.chain(*strokes):
            y, x = 10 * row + 5, 10 * column + 5
            assert not (left - 4 < x < right + 4 and top - 1 < y < bottom + 1)
    for one, two in itertools.combinations(boxes, 2):
        assert one[2] <= two[0] or two[2] <= one[0] or one[3] <= two[1] or two[3] <= one[1]


@pytest.mark.parametrize("background", GROUNDS)
def test_the_image_behind_is_the_image(background: str) -> None:
    chunk = make_chunk([SEVEN])
    content = write_chunks(FORMAT, [chunk], image="source", background=background)
    (digit,) = digits_of(content).values()
    (image,) = parts(digit, "image")
    kind, _comma, data = image.get("href", "").partition(",")
    assert kind == "data:image/png;base64"
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(data))))
    np.testing.assert_array_equal(pixels[:, :, -1], chunk.images[0])
    assert (image.get("width"), image.get("height")) == ("28", "28")


def test_the_skeleton_behind_has_the_pixels_of_the_strokes() -> None:
    (digit,) = digits_of(write_digit(FORMAT, DOTS, image="skeleton")).values()
    (image,) = parts(digit, "image")
    mask = np.zeros((28, 28), dtype=bool)
    for x, y, length in re.findall(r"M([-\d.]+) ([-\d.]+)h(\d+)v1h-\3z", image.get("d", "")):
        row, column = float(y) + 0.5, float(x) + 0.5
        mask[int(row), int(column) : int(column) + int(length)] = True
    np.testing.assert_array_equal(mask, ink_of(DOTS))


def test_parts_can_be_left_out_and_small_pictures_have_none() -> None:
    for given_ in ({"numbers": False, "arrows": False, "moves": False}, {"scale": 3}):
        (digit,) = digits_of(write_digit(FORMAT, SEVEN, **given_)).values()
        assert not parts(digit, "number") + parts(digit, "arrow") + parts(digit, "move")
        assert len(parts(digit, "stroke")) == 2
    (digit,) = digits_of(write_digit(FORMAT, SEVEN)).values()
    assert all(parts(digit, kind) for kind in ("number", "arrow", "move"))


@pytest.mark.parametrize("background", GROUNDS)
def test_the_background(qapp: QApplication, background: str) -> None:
    corner = drawn_by_qt(write_digit(FORMAT, SEVEN, background=background))[0, 0].tolist()
    wanted = {"black": [0, 0, 0, 255], "white": [255] * 4, "transparent": [0] * 4}
    assert corner == wanted[background]


def test_digits_without_ink_and_large_ones_have_a_place() -> None:
    small, large = make_chunk([EMPTY, SEVEN], split="a"), make_chunk([LARGE], (64, 64), "b")
    content = write_chunks(FORMAT, [small, large], scale=2, columns=3)
    root = ElementTree.fromstring(content)
    assert (root.get("width"), root.get("height")) == (str(3 * 128 + 2 * 2), "128")
    found = digits_of(content)
    assert strokes_of(found["a:0"]) == []
    assert strokes_of(found["b:0"]) == [list(stroke) for stroke in LARGE]
    assert found["a:0"].get("transform") == "translate(36 36)"
    assert found["a:0"].get("data-class") is None


def test_text_is_escaped_and_controls_are_replaced() -> None:
    chunk = make_chunk([SEVEN], split='a<b>&"\x07\x1b', labels=[200])
    content = write_chunks(FORMAT, [chunk], name="<&>\x00 ü", captions=True)
    root = ElementTree.fromstring(content)
    assert root.findtext(f"{SVG}title") == "<&>\ufffd ü"
    ((identity, digit),) = digits_of(content).items()
    assert identity == 'a<b>&"\ufffd\ufffd:0'
    assert digit.get("data-class") == "200"
    (caption,) = parts(root, "caption")
    assert caption.text == 'a<b>&"\ufffd\ufffd:0 (200)'


def test_classes_have_their_names() -> None:
    images = np.zeros((2, 28, 28), np.uint8)
    labels = np.array([0, 1], np.uint8)
    letters = DigitSet("letters", "x", {"t": Split("t", images, labels)}, class_names=("A", "Ä"))
    found = digits_of(write_file(FORMAT, letters))
    assert [digit.get("data-class") for digit in found.values()] == ["A", "Ä"]


def test_what_has_no_room(digits: DigitSet) -> None:
    assert isinstance(FORMAT.file, FileWriter)
    assert isinstance(FORMAT.folder, FolderWriter)
    options = FORMAT.complete({})
    images = np.zeros((401, 4, 4), np.uint8)
    many = DigitSet("many", "x", {"../up": Split("../up", images)})
    with pytest.raises(UserError, match="400 digits"):
        FORMAT.file.check(make_whole(many), options)
    with pytest.raises(UserError, match="file name"):
        FORMAT.folder.check(make_whole(many), options)
    FORMAT.folder.check(make_whole(digits), options)


def test_the_snippet_loads_the_points(tmp_path: Path) -> None:
    path = tmp_path / "it's.svg"
    path.write_bytes(write_digit(FORMAT, DOTS))
    lines = FORMAT.snippet(str(path))
    assert len(lines.splitlines()) <= 5
    found: dict[str, object] = {}
    exec(lines, found)
    assert found["strokes"] == [[6, 5], [21, 20], [3, 3, 4, 4, 5, 5]]
