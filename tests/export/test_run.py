from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from viewer.catalog.corrections.corrections import Corrections
from viewer.core.extract import extract
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.datasets.digits import DigitSet, Split
from viewer.errors import Cancelled, UserError
from viewer.export.run import Exported, export_digits


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


def test_what_was_written_is_told(tmp_path: Path, digits: DigitSet) -> None:
    told: list[Exported] = []
    export_digits(
        digits,
        {"train": [1, 2]},
        format="npz",
        output=tmp_path / "a",
        on_done=told.append,
    )
    rows = sum(len(extract(digits.split("train").images[index]).rows) for index in (1, 2))
    assert told == [Exported(2, rows, exact=2, corrected=0, unfit=0, resumed=0)]


@pytest.mark.parametrize(("settings", "fitting"), [
    (PUBLISHED, 1), (ExtractionSettings(minimum_component=64), 0),
])  # fmt: skip
def test_corrections_that_do_not_fit_the_settings_are_counted(
    tmp_path: Path,
    digits: DigitSet,
    corrections: Corrections,
    settings: ExtractionSettings,
    fitting: int,
) -> None:
    told: list[Exported] = []
    path = export_digits(
        digits,
        {"train": range(12)},
        format="npz",
        output=tmp_path / "a.npz",
        corrections=corrections,
        settings=settings,
        on_done=told.append,
    )
    (done,) = told
    assert (done.corrected, done.unfit) == (fitting, 1 - fitting)
    with np.load(path) as written:
        assert ("corrected" in written.files) == (fitting == 1)


def test_identifiers_have_no_place_for_corrections(
    tmp_path: Path, digits: DigitSet, corrections: Corrections
) -> None:
    told: list[Exported] = []
    export_digits(
        digits,
        {"train": [1]},
        format="identifiers",
        output=tmp_path / "a.txt",
        corrections=corrections,
        on_done=told.append,
    )
    assert told == [Exported(1, rows=0, exact=0, corrected=0, unfit=0, resumed=0)]


@pytest.mark.parametrize("form", ["npz", "published"])
def test_cancelling_at_any_time_leaves_nothing(tmp_path: Path, digits: DigitSet, form: str) -> None:
    asked: list[None] = []
    last = 0
    while True:
        last += 1
        asked.clear()

        def cancelled(last: int = last) -> bool:
            asked.append(None)
            return len(asked) == last

        try:
            export_digits(
                digits, {"train": [1]}, format=form, output=tmp_path / "a", cancelled=cancelled
            )
        except Cancelled:
            assert list(tmp_path.iterdir()) == []
        else:
            break
    assert last > 3  # after the extraction, at the piece that is joined, and before the end
