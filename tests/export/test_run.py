from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from viewer.datasets.digits import DigitSet, Split
from viewer.errors import UserError
from viewer.export.run import export_digits


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ({}, "no digit is chosen"),
        ({"train": [], "test": []}, "no digit is chosen"),
        ({"train": [12]}, "train has the digits 0 to 11"),
        ({"train": [0], "test": [-1]}, "test has the digits 0 to 11"),
        ({"train": [0], "valid": [0]}, "no split 'valid'"),
    ],
)
def test_digits_that_are_not_there(
    tmp_path: Path, digits: DigitSet, chosen: dict[str, list[int]], message: str
) -> None:
    with pytest.raises(UserError, match=message):
        export_digits(digits, chosen, format="npz", output=tmp_path / "a")


def test_images_too_large(tmp_path: Path) -> None:
    large = DigitSet("", "", {"train": Split("train", np.zeros((1, 65, 3), dtype=np.uint8))})
    with pytest.raises(UserError, match="65 x 3 pixels are too large"):
        export_digits(large, {"train": [0]}, format="npz", output=tmp_path / "a")


def test_the_output_is_checked_before_the_work(tmp_path: Path, digits: DigitSet) -> None:
    with pytest.raises(UserError, match="does not exist"):
        export_digits(
            digits,
            {"train": [0]},
            format="npz",
            output=tmp_path / "none" / "a",
            progress=lambda done, total: pytest.fail("work was done"),
        )


def test_the_sequences_are_handed_out(tmp_path: Path, digits: DigitSet) -> None:
    counts: list[int] = []
    export_digits(
        digits,
        {"train": [1, 2]},
        format="npz",
        output=tmp_path / "a",
        on_extracted=lambda sequences: counts.append(len(sequences)),
    )
    assert counts == [2]
