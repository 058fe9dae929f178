"""SVG pictures read back: by ElementTree, and drawn by Qt."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SVG = "{http://www.w3.org/2000/svg}"


def digits_of(content: bytes) -> dict[str, ElementTree.Element]:
    """Return the groups of digits by their names."""
    root = ElementTree.fromstring(content)
    assert root.tag == f"{SVG}svg"
    found = [(element.get("data-digit"), element) for element in root.iter(f"{SVG}g")]
    return {name: element for name, element in found if name is not None}


def parts(digit: ElementTree.Element, kind: str) -> list[ElementTree.Element]:
    """Return the elements of a class, in their order."""
    return [element for element in digit.iter() if element.get("class") == kind]


def points_of(path: ElementTree.Element) -> list[tuple[int, int]]:
    """Return the (row, column) of a stroke."""
    data = path.get("d", "")
    assert re.fullmatch(r"M\d+ \d+( \d+ \d+)*z?", data)
    numbers = [int(number) for number in re.findall(r"\d+", data)]
    return list(zip(numbers[1::2], numbers[::2], strict=True))


def strokes_of(digit: ElementTree.Element) -> list[list[tuple[int, int]]]:
    """Return the (row, column) of each stroke."""
    return [points_of(path) for path in parts(digit, "stroke")]


def drawn_by_qt(content: bytes) -> NDArray[np.uint8]:
    """Return red, green, blue and opacity of each pixel."""
    renderer = QSvgRenderer(QByteArray(content))
    assert renderer.isValid()
    image = QImage(renderer.defaultSize(), QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8)
    rows = pixels.reshape(image.height(), image.bytesPerLine())[:, : 4 * image.width()]
    return rows.reshape(image.height(), image.width(), 4).copy()
