"""PNG pictures of stages: exactly those of an extraction, whatever the size."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from PIL import Image

from tests.export.chunks import make_whole, write_file, write_folder
from tests.export.pictures.digits import (
    EMPTY,
    LARGE,
    SEVEN,
    ink_of,
    make_chunk,
    write_chunks,
    write_digit,
)
from viewer.core.extract import extract
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.export.format import FileWriter, FolderWriter, Value
from viewer.export.formats.png import FORMAT
from viewer.export.pictures.look import STAGES
from viewer.export.pictures.palette import GROUNDS

GREY_STAGES = STAGES[:-1]


def read(content: bytes) -> NDArray[np.uint8]:
    image = Image.open(io.BytesIO(content))
    assert image.format == "PNG"
    assert not image.info.keys() - {"transparency"}, "no text, no times"
    return np.asarray(image)


def stages_of(
    image: NDArray[np.uint8], settings: ExtractionSettings = PUBLISHED
) -> dict[str, NDArray[np.uint8]]:
    """Return the stages of an extraction in grey values."""
    found = extract(image, settings)
    thinned = found.thresholded & (found.removed_by == 0)
    masks = {"thresholded": found.thresholded, "thinned": thinned, "skeleton": found.skeleton}
    stages = {stage: np.where(mask, 255, 0).astype(np.uint8) for stage, mask in masks.items()}
    return {"source": image, **stages}


def one(image: NDArray[np.uint8], **options: Value) -> NDArray[np.uint8]:
    """Return the picture of an image in a folder."""
    dataset = DigitSet("one", "x", {"a": Split("a", image[None])})
    (content,) = write_folder(FORMAT, dataset, options).values()
    return read(content)


@settings(max_examples=25)
@given(
    image=hnp.arrays(
        np.uint8,
        st.tuples(st.integers(1, 64), st.integers(1, 64)),
        elements=st.sampled_from([0, 20, 90, 200, 255]),
        fill=st.just(0),
    ),
    scale=st.integers(1, 4),
)
def test_reduced_to_pixels_pictures_are_the_stages(image: NDArray[np.uint8], scale: int) -> None:
    for stage, wanted in stages_of(image).items():
        picture = one(image, stage=stage, scale=scale)
        assert picture.shape == (scale * image.shape[0], scale * image.shape[1])
        np.testing.assert_array_equal(picture[::scale, ::scale], wanted)
        np.testing.assert_array_equal(picture[scale - 1 :: scale, scale - 1 :: scale], wanted)


@pytest.mark.parametrize("stage", GREY_STAGES)
def test_stages_on_every_ground(stage: str, digits: DigitSet) -> None:
    image = digits.splits["train"].images[1]
    wanted = stages_of(image)[stage]
    np.testing.assert_array_equal(
        one(image, stage=stage, scale=3, background="white")[1::3, 1::3], 255 - wanted
    )
    clear = one(image, stage=stage, scale=3, background="transparent")[1::3, 1::3]
    np.testing.assert_array_equal(clear[:, :, 3], wanted)


def test_all_stages_side_by_side(digits: DigitSet) -> None:
    image = digits.splits["train"].images[2]
    picture = one(image, stage="all", scale=6)
    assert picture.shape == (28 * 6, 5 * 28 * 6 + 4 * 6, 3)
    for number, wanted in enumerate(stages_of(image).values()):
        tile = picture[:, number * 29 * 6 : number * 29 * 6 + 28 * 6]
        np.testing.assert_array_equal(tile[3::6, 3::6], np.repeat(wanted[:, :, None], 3, axis=2))
    np.testing.assert_array_equal(picture[:, 4 * 29 * 6 :], one(image, scale=6))
    captioned = one(image, stage="all", scale=6, captions=True)
    np.testing.assert_array_equal(captioned[: 28 * 6], picture)
    for number in range(5):
        tile = captioned[28 * 6 :, number * 29 * 6 : number * 29 * 6 + 28 * 6]
        assert tile[:17].any(), "each stage has its name"
        assert tile[17:].any() == (number == 0), "the digit has its own below the first"


def test_other_settings_make_other_stages(digits: DigitSet) -> None:
    chunk = make_chunk([SEVEN])
    chunk.images[0, 4:12, 4:24] = 90
    other = ExtractionSettings(thinning_passes=1, threshold_step=60)
    for settings_ in (PUBLISHED, other):
        content = write_chunks(
            FORMAT, [replace(chunk, settings=settings_)], stage="thinned", scale=1
        )
        wanted = stages_of(chunk.images[0], settings_)["thinned"]
        np.testing.assert_array_equal(read(content), wanted)


def test_strokes_are_those_of_the_sequence_not_of_the_image() -> None:
    chunk = make_chunk([SEVEN])
    chunk.images[0] = 0
    content = write_chunks(FORMAT, [chunk], numbers=False, arrows=False, moves=False, scale=9)
    np.testing.assert_array_equal(read(content)[4::9, 4::9].any(axis=2), ink_of(SEVEN))


def test_a_contact_sheet(digits: DigitSet) -> None:
    content = write_file(FORMAT, digits, {"stage": "source", "scale": 2, "columns": 7})
    sheet = read(content)
    images = np.concatenate([split.images for split in digits.splits.values()])
    assert sheet.shape == (4 * 58 - 2, 7 * 58 - 2)
    for place, image in enumerate(images):
        top, left = place // 7 * 58, place % 7 * 58
        np.testing.assert_array_equal(sheet[top : top + 56 : 2, left : left + 56 : 2], image)
    assert not sheet[3 * 58 :, 3 * 58 :].any()


def test_captions_lie_between_the_rows(digits: DigitSet) -> None:
    look: dict[str, Any] = {"stage": "source", "scale": 3, "columns": 6, "background": "white"}
    bare = read(write_file(FORMAT, digits, look))
    sheet = read(write_file(FORMAT, digits, look | {"captions": True}))
    assert sheet.shape == (4 * (84 + 17 + 3) - 3, bare.shape[1])
    for row in range(4):
        top = row * (84 + 17 + 3)
        np.testing.assert_array_equal(sheet[top : top + 84], bare[row * 87 : row * 87 + 84])
        for column in range(6):
            caption = sheet[top + 84 : top + 101, column * 87 : column * 87 + 84]
            assert (caption < 255).any()
            assert (caption[[0, -1]] == 255).all()
            assert (caption[:, [0, -1]] == 255).all()


def test_digits_of_different_sizes() -> None:
    small = make_chunk([SEVEN, EMPTY], split="a")
    large = make_chunk([LARGE], (64, 64), "b")
    sheet = read(write_chunks(FORMAT, [small, large], stage="source", scale=1, columns=3))
    assert sheet.shape == (64, 3 * 65 - 1)
    np.testing.assert_array_equal(sheet[18:46, 18:46], small.images[0])
    np.testing.assert_array_equal(sheet[:, 130:], large.images[0])
    assert not sheet[:, 65:129].any()
    assert sheet[:, :64].sum() == small.images[0].sum()


@pytest.mark.parametrize("background", GROUNDS)
def test_digits_without_ink_are_blank(background: str) -> None:
    picture = read(write_digit(FORMAT, EMPTY, background=background, image="source"))
    assert (picture == picture[0, 0]).all()


@pytest.mark.parametrize("stage", [*STAGES, "all"])
def test_bytes_do_not_depend_on_chunks(stage: str, digits: DigitSet) -> None:
    look: dict[str, Any] = {"stage": stage, "scale": 4, "captions": True}
    assert len({write_file(FORMAT, digits, look, size) for size in (1, 5, 1000)}) == 1
    folder = write_folder(FORMAT, digits, look, 1)
    assert folder == write_folder(FORMAT, digits, look, 1000)
    assert list(folder)[-1] == "test-11.png"


def test_what_has_no_room(digits: DigitSet) -> None:
    assert isinstance(FORMAT.file, FileWriter)
    assert isinstance(FORMAT.folder, FolderWriter)
    train = digits.splits["train"]
    many = DigitSet("many", "x", {"..": Split("..", train.images.repeat(34, axis=0))})
    with pytest.raises(UserError, match="400 digits, not 408"):
        FORMAT.file.check(make_whole(many), FORMAT.complete({}))
    with pytest.raises(UserError, match="file name"):
        FORMAT.folder.check(make_whole(many), FORMAT.complete({}))
    with pytest.raises(UserError, match="pixels"):
        FORMAT.file.check(make_whole(digits), FORMAT.complete({"scale": 40, "stage": "all"}))
    FORMAT.file.check(make_whole(digits), FORMAT.complete({"stage": "all"}))
    FORMAT.folder.check(make_whole(digits), FORMAT.complete({"scale": 40, "stage": "all"}))


def test_the_snippet_loads_the_pixels(tmp_path: Path) -> None:
    path = tmp_path / "it's.png"
    path.write_bytes(write_digit(FORMAT, SEVEN))
    found: dict[str, NDArray[np.uint8]] = {}
    exec(FORMAT.snippet(str(path)), found)
    np.testing.assert_array_equal(found["pixels"], read(path.read_bytes()))
