from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from viewer.catalog.corrections.corrections import Corrections
from viewer.core.correction import points_of
from viewer.core.extract import extract
from viewer.core.sequence import lifts
from viewer.core.settings import ExtractionSettings
from viewer.datasets.digits import DigitSet, Split
from viewer.errors import Cancelled, UserError
from viewer.export import plan
from viewer.export.published_text import read_points, read_sequence
from viewer.export.run import export_digits


@pytest.fixture
def folder(tmp_path: Path, digits: DigitSet) -> Path:
    """All digits of train, exported."""
    return export_digits(
        digits, {"train": range(12)}, format="published", output=tmp_path / "published"
    )


def test_files(folder: Path) -> None:
    sequences = {path.name for path in (folder / "sequences").iterdir()}
    kinds = ("inputdata", "targetdata", "points")
    expected = {f"trainimg-{index}-{kind}.txt" for index in range(12) for kind in kinds}
    assert sequences == expected | {"trainlabels.txt"}
    images = {path.name for path in (folder / "digit-images-thinned").iterdir()}
    assert images == {
        f"trainimg-{index}-{stage}.{suffix}"
        for index in range(12)
        for stage in ("input", "thresholded", "thinned")
        for suffix in ("txt", "png")
    }
    assert (folder / "sequences" / "trainlabels.txt").read_text() == "0\n7\n4\n1\n" * 3


def test_splits_lie_side_by_side(tmp_path: Path, digits: DigitSet) -> None:
    folder = export_digits(
        digits, {"test": [3, 1], "train": [1]}, format="published", output=tmp_path / "a"
    )
    assert {path.name for path in (folder / "sequences").iterdir()} == {
        *(f"trainimg-1-{kind}.txt" for kind in ("inputdata", "targetdata", "points")),
        *(f"testimg-{n}-{kind}.txt" for n in (1, 3) for kind in ("inputdata", "points")),
        "trainlabels.txt",
    }
    for name, index in (("train", 1), ("test", 1), ("test", 3)):
        np.testing.assert_array_equal(
            read_sequence(folder / "sequences" / f"{name}img-{index}-inputdata.txt"),
            extract(digits.split(name).images[index]).rows,
        )
        image = folder / "digit-images-thinned" / f"{name}img-{index}-input.txt"
        np.testing.assert_array_equal(
            np.loadtxt(image.read_text().splitlines(), dtype=int), digits.split(name).images[index]
        )


def test_corrected_sequences_are_written(
    tmp_path: Path, digits: DigitSet, corrections: Corrections
) -> None:
    folder = export_digits(
        digits, {"train": [1, 5]}, format="published", output=tmp_path / "a",
        corrections=corrections,
    )  # fmt: skip
    stem = folder / "sequences" / "trainimg-1"
    strokes = corrections.get("train", 1)
    assert strokes is not None
    points, offsets = points_of(strokes)
    rows = read_sequence(Path(f"{stem}-inputdata.txt"))
    np.testing.assert_array_equal(read_points(Path(f"{stem}-points.txt")), points)
    assert np.flatnonzero(lifts(rows)).tolist() == offsets[1:-1].tolist()
    same = read_sequence(folder / "sequences" / "trainimg-5-inputdata.txt")
    np.testing.assert_array_equal(same, extract(digits.split("train").images[5]).rows)


def test_what_is_written_reads_back(folder: Path, digits: DigitSet) -> None:
    for index, image in enumerate(digits.split("train").images):
        extraction = extract(image)
        stem = folder / "sequences" / f"trainimg-{index}"
        np.testing.assert_array_equal(read_sequence(Path(f"{stem}-inputdata.txt")), extraction.rows)
        np.testing.assert_array_equal(read_points(Path(f"{stem}-points.txt")), extraction.points)
        targets = np.loadtxt(f"{stem}-targetdata.txt", dtype=int, ndmin=2)
        np.testing.assert_array_equal(targets[:, 10:], extraction.rows)
        np.testing.assert_array_equal(
            targets[:, :10], np.eye(10)[[[0, 7, 4, 1][index % 4]]].repeat(len(targets), 0)
        )


def test_text_of_a_blank_digit(folder: Path) -> None:
    stem = folder / "sequences" / "trainimg-3"
    assert Path(f"{stem}-inputdata.txt").read_bytes() == b"0 0 1 1\n"
    assert Path(f"{stem}-targetdata.txt").read_bytes() == b"0 1 0 0 0 0 0 0 0 0 0 0 1 1\n"
    assert Path(f"{stem}-points.txt").read_bytes() == b"col,row\n-2,-2\n"


def test_pictures(folder: Path, digits: DigitSet) -> None:
    for index in (0, 1, 2):
        extraction = extract(digits.split("train").images[index])
        thinned = extraction.thresholded & (extraction.removed_by == 0)
        for stage, picture in (
            ("input", extraction.image),
            ("thresholded", extraction.thresholded * np.uint8(255)),
            ("thinned", thinned * np.uint8(255)),
        ):
            stem = folder / "digit-images-thinned" / f"trainimg-{index}-{stage}"
            text = Path(f"{stem}.txt").read_text()
            assert all(line.endswith("\t") for line in text.splitlines())
            np.testing.assert_array_equal(np.loadtxt(text.splitlines(), dtype=int), picture)
            np.testing.assert_array_equal(np.asarray(Image.open(f"{stem}.png")), picture)


def test_pictures_for_the_first_hundred_only(tmp_path: Path, digits: DigitSet) -> None:
    images = np.repeat(digits.split("train").images[:1], 101, axis=0)
    many = DigitSet("", "", {"test": Split("test", images)})
    folder = export_digits(many, {"test": [99, 100]}, format="published", output=tmp_path / "a")
    pictures = sorted(path.name for path in (folder / "digit-images-thinned").glob("*.png"))
    assert pictures == [f"testimg-99-{stage}.png" for stage in ("input", "thinned", "thresholded")]


def test_the_last_jump_is_announced_in_both_files_or_in_none(
    tmp_path: Path, digits: DigitSet
) -> None:
    image = np.zeros((28, 28), dtype=np.uint8)
    image[5, 5:9] = image[20, 20] = 255
    one = DigitSet("", "", {"train": Split("train", image[None])})
    for announce, markers in ((False, 0), (True, 1)):
        folder = export_digits(
            one,
            {"train": [0]},
            format="published",
            output=tmp_path / str(announce),
            settings=ExtractionSettings(announce_last_jump=announce, minimum_component=1),
        )
        stem = folder / "sequences" / "trainimg-0"
        assert Path(f"{stem}-points.txt").read_text().count("-1,-1\n") == markers
        assert Path(f"{stem}-inputdata.txt").read_text().count("0 0 1 0\n") == markers


def test_cancelling_leaves_nothing(
    tmp_path: Path, digits: DigitSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    for phase in (1, 2):
        asked: list[int] = []

        def cancelled(asked: list[int] = asked, phase: int = phase) -> bool:
            asked.append(1)
            return len(asked) == phase

        monkeypatch.setattr(plan, "CHUNK", 1)
        with pytest.raises(Cancelled):
            export_digits(
                digits,
                {"train": range(12)},
                format="published",
                output=tmp_path / "a",
                cancelled=cancelled,
            )
    assert list(tmp_path.iterdir()) == []


def test_progress_reaches_the_end(tmp_path: Path, digits: DigitSet) -> None:
    for form in ("npz", "published"):
        steps: list[tuple[int, int]] = []
        export_digits(
            digits,
            {"train": range(12)},
            format=form,
            output=tmp_path / form,
            progress=lambda done, all_, steps=steps: steps.append((done, all_)),  # type: ignore[misc]
        )
        assert steps[-1] == (12, 12)
        assert steps == sorted(steps)


def test_splits_the_form_has_no_room_for(tmp_path: Path, digits: DigitSet) -> None:
    images = digits.split("train").images[:1]
    letters = Split("train", images, np.array([10], dtype=np.uint8))
    outside = Split("../up", images)
    for split, message in ((letters, "classes 0 to 9, not 10"), (outside, "file name")):
        with pytest.raises(UserError, match=message):
            export_digits(
                DigitSet("", "", {split.name: split}),
                {split.name: [0]},
                format="published",
                output=tmp_path / "a",
            )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.data
def test_figures_of_the_publication(tmp_path: Path, shared_data: Path) -> None:
    from viewer.datasets.source import open_source

    digits = [2, 12, 13, 25, 58]
    figures = shared_data / "published-sequences" / "figures"
    mnist = open_source(shared_data / "mnist")
    folder = export_digits(mnist, {"train": digits}, format="published", output=tmp_path / "a")
    for digit in digits:
        name = f"trainimg-{digit}-inputdata.txt"
        assert (folder / "sequences" / name).read_bytes() == (figures / name).read_bytes()
        for stage in ("input", "thresholded", "thinned"):
            name = f"trainimg-{digit}-{stage}.png"
            np.testing.assert_array_equal(
                np.asarray(Image.open(folder / "digit-images-thinned" / name)),
                np.asarray(Image.open(figures / name)),
            )
