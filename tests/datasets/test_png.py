from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.format_files import make_digits, pack_png
from viewer.datasets.png import decode_png, invert_dark_ink
from viewer.errors import UserError

HERE = Path("here")


def pack_ink(ink: int) -> bytes:
    """Return a picture of a grey dot in the middle of nothing."""
    import io

    from PIL import Image

    levels = np.zeros((5, 5, 2), np.uint8)
    levels[2, 2] = (ink, 255)
    file = io.BytesIO()
    Image.fromarray(levels).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize(("ink", "behind"), [(255, 0), (200, 0), (0, 255), (60, 255)])
def test_what_is_transparent_stands_out_from_the_ink(ink: int, behind: int) -> None:
    image = decode_png(pack_ink(ink), HERE)
    assert image[2, 2] == ink
    assert (np.delete(image.ravel(), 12) == behind).all()


def test_a_size_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pack_png(np.zeros((64, 65), np.uint8))
    monkeypatch.setattr("PIL.Image.open", lambda *_, **__: pytest.fail("it was unpacked"))
    with pytest.raises(UserError, match="64 x 65 pixels"):
        decode_png(data, HERE)


def test_errors_name_what_it_is() -> None:
    data = pack_png(make_digits(1)[0])
    with pytest.raises(UserError, match="picture 7 is a damaged PNG picture") as caught:
        decode_png(data[:-40], HERE, "picture 7")
    assert caught.value.path == HERE


def test_only_dark_ink_on_bright_paper_is_inverted() -> None:
    images = make_digits(6)
    kept = images.copy()
    assert not invert_dark_ink([images])
    np.testing.assert_array_equal(images, kept)
    np.subtract(255, images, out=images)
    assert invert_dark_ink([images[:2], images[2:]])
    np.testing.assert_array_equal(images, kept)
