"""Captions, the read-out of a pixel, and the colours of the stages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.gui.inspector.digits import TWO_STROKES, blank, draw, trace
from viewer.core.extract import Extraction
from viewer.core.settings import PUBLISHED
from viewer.gui.inspector.pictures import removed_picture, source_picture, thresholded_picture
from viewer.gui.inspector.words import (
    Readout,
    source_caption,
    strokes_caption,
    thinning_caption,
    threshold_caption,
)
from viewer.gui.theme import light


@pytest.fixture
def digit() -> Extraction:
    return draw(TWO_STROKES)


def test_captions_count(digit: Extraction) -> None:
    assert source_caption(digit.image).text == "10 x 10, 17 pixels > 0"
    assert thinning_caption(digit).text == "2 passes, 4 removed, 2 in small parts, 10 left"
    assert strokes_caption(digit).text == "2 strokes, 10 points, 1 pen lift"


@pytest.mark.parametrize(
    ("stopped_by", "parts", "text"),
    [
        ("components8", (1, 2), "level 25: next would split 8-connected parts"),
        ("components4", (3, 1), "level 25: next would lose 4-connected parts"),
        ("pixels", (1, 1), "level 25: next would keep under 50% of the pixels"),
        ("ceiling", (1, 1), "level 25: the highest allowed"),
    ],
)
def test_the_level_is_explained(
    digit: Extraction, stopped_by: str, parts: tuple[int, int], text: str
) -> None:
    object.__setattr__(digit, "threshold", trace(stopped_by, parts))
    caption = threshold_caption(digit)
    assert caption.text == text
    assert caption.help.startswith("Level: pixels above it are kept, here 16. Chosen:")


def test_a_bounded_search_says_so() -> None:
    caption = strokes_caption(draw("ab.", exact=False))
    assert caption.text == "1 stroke, 2 points, 0 pen lifts, bounded search"


@pytest.mark.parametrize(
    ("order", "walking", "exact", "words"),
    [
        ("nearest", False, True, "the shortest closed one of all nearest-neighbour tours. The"),
        ("shortest", False, True, "the shortest of all open paths from the published start. The"),
        ("shortest", False, False, "the shortest open path found: there were too many to"),
        ("natural", False, True, "as a hand would write, the cheapest of all orders of"),
        ("natural", False, False, "as a hand would write, the cheapest next chain each time"),
        ("natural", True, True, "chains; the pen stays down where it moves over ink. The"),
    ],
)
def test_every_order_says_how_it_was_found(
    digit: Extraction, order: str, walking: bool, exact: bool, words: str
) -> None:
    settings = replace(PUBLISHED, order=order, walking=walking)
    found = replace(digit, settings=settings, exact=exact)
    assert words in strokes_caption(found).help


def test_a_pixel_drawn_again_tells_of_all_its_points(digit: Extraction) -> None:
    walked = np.concatenate([digit.points[:6], digit.points[4:5], digit.points[6:]])
    offsets = np.array([0, 7, 11])
    again = Readout(digit.image, replace(digit, points=walked, stroke_offsets=offsets))
    row, column = digit.points[4].tolist()
    assert again.texts(row, column)[4] == "strokes: point 5, stroke 1, again 7"
    assert again.point_at(row, column) == 4


def test_a_correction_by_hand_says_so(digit: Extraction) -> None:
    object.__setattr__(digit, "corrected", True)
    object.__setattr__(digit, "exact", False)
    caption = strokes_caption(digit)
    assert caption.text == "2 strokes, 10 points, 1 pen lift, corrected by hand"
    assert caption.help.startswith("Order of the points: corrected by hand")
    assert caption.help.endswith("along it is 17.")


def test_a_blank_image_has_no_strokes() -> None:
    assert strokes_caption(blank()).text == "no strokes"
    assert source_caption(blank().image).text == "28 x 28, 0 pixels > 0"


@pytest.mark.parametrize(
    ("row", "column", "texts"),
    [
        (0, 0, ("source: 0", "thresholded: empty", "thinned: empty", "strokes: none")),
        (1, 6, ("source: 20", "thresholded: dropped", "thinned: empty", "strokes: none")),
        (1, 1, ("200", "kept", "thinned: removed in pass 1, sub-iteration 1", "none")),
        (2, 6, ("200", "kept", "thinned: removed in pass 1, sub-iteration 2", "none")),
        (2, 3, ("200", "kept", "thinned: removed in pass 2, sub-iteration 1", "none")),
        (6, 7, ("200", "kept", "thinned: removed as a small part", "none")),
        (1, 2, ("200", "kept", "thinned: kept", "strokes: point 1, stroke 1")),
        (5, 1, ("200", "kept", "thinned: kept", "strokes: point 7, stroke 2")),
    ],
)
def test_a_pixel_is_read_in_every_stage(
    digit: Extraction, row: int, column: int, texts: tuple[str, ...]
) -> None:
    found = Readout(digit.image, digit).texts(row, column)
    assert found[0] == f"row {row}, column {column}"
    for said, end in zip(found[1:], texts, strict=True):
        assert said.endswith(end)


def test_the_source_alone_is_read(digit: Extraction) -> None:
    texts = Readout(digit.image, None).texts(1, 2)
    assert texts == ("row 1, column 2", "source: 200", "", "", "")


def test_ink_is_the_brightest_and_what_went_is_faint(digit: Extraction) -> None:
    theme = light()
    kept = thresholded_picture(digit, theme)
    assert kept[1, 2].tolist() == [255, 255, 255]
    dropped, paper = kept[1, 6], kept[0, 0]
    assert (paper < dropped).all()
    assert dropped.max() < 60
    removed = removed_picture(digit, theme)
    first, second, third = removed[1, 1], removed[2, 6], removed[2, 3]
    assert (paper < first).all()
    assert (first < second).all()
    assert (second < third).all()
    assert third.max() < 100
    np.testing.assert_array_equal(removed[1, 2], paper)
    assert source_picture(np.array([[0, 255]], np.uint8), theme)[0, 1].tolist() == [255, 255, 255]
