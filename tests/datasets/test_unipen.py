from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.idx_files import PACKINGS
from tests.unipen_files import BAR, DASH, GOOD, HEADER, RING, faults, pack_strokes, pack_unipen
from viewer.core.pen import render
from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.source import open_source
from viewer.errors import Cancelled, UserError


def write(folder: Path, text: str, name: str = "pendigits-orig.tra") -> Path:
    path = folder / name
    path.write_bytes(text.encode("latin-1"))
    return path


def only_split(dataset: DigitSet) -> Split:
    (split,) = dataset.splits.values()
    return split


def strokes_of(split: Split, digit: int) -> list[list[tuple[float, float]]]:
    path = split.pen_path(digit)
    assert path is not None
    return [[(row, column) for row, column in stroke.tolist()] for stroke in path]


def test_digits_are_drawn_along_their_paths(tmp_path: Path) -> None:
    split = only_split(open_source(write(tmp_path, GOOD)))
    assert split.labels is not None
    assert split.labels.tolist() == [1, 4, 0]
    for digit, strokes in enumerate([[BAR], [BAR, DASH], [RING]]):
        image, path = render([np.array(stroke, dtype=float) for stroke in strokes])
        np.testing.assert_array_equal(split.images[digit], image)
        kept = split.pen_path(digit)
        assert kept is not None
        assert len(kept) == len(path)
        for one, other in zip(kept, path, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-6)


def test_writers_are_told_by_comments(tmp_path: Path) -> None:
    dataset = open_source(write(tmp_path, GOOD))
    columns = only_split(dataset).columns
    assert columns["writer"].tolist() == [12, 7, 12]
    assert columns["digit_index"].tolist() == [224, 3, 30]
    assert len(dataset.notes) == 1


def test_name_and_family(tmp_path: Path) -> None:
    dataset = open_source(write(tmp_path, GOOD))
    assert (dataset.name, dataset.family, list(dataset.splits)) == (
        "Pen digits",
        "pendigits",
        ["train"],
    )
    other = open_source(write(tmp_path, GOOD, "mine.txt"))
    assert (other.name, other.family, list(other.splits)) == ("mine", "", ["digits"])


@pytest.mark.parametrize("ending", PACKINGS)
def test_packed_or_not(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"digits.tes{ending}"
    path.write_bytes(PACKINGS[ending](GOOD.encode()))
    assert list(open_source(path).splits) == ["test"]
    assert len(open_source(tmp_path)) == 3


def test_files_in_a_folder_are_splits(tmp_path: Path) -> None:
    write(tmp_path, GOOD, "a.tes")
    write(tmp_path, pack_unipen([("7", 1, 1, [BAR])]), "a.tra")
    write(tmp_path, "no strokes", "notes.txt")
    write(tmp_path, GOOD, "others")
    dataset = open_source(tmp_path)
    assert {name: len(split) for name, split in dataset.splits.items()} == {
        "train": 1,
        "others": 3,
        "test": 3,
    }


def test_a_part_of_a_file_opens(tmp_path: Path) -> None:
    """Its segments still have the numbers they had in the whole."""
    text = pack_unipen([("1", 3, 9, [BAR]), ("4", 3, 8, [BAR, DASH])], first=1000)
    split = only_split(open_source(write(tmp_path, text)))
    assert len(strokes_of(split, 1)) == 2


def test_strokes_by_number(tmp_path: Path) -> None:
    """Segments may lie apart from the strokes they name, and share a file with words."""
    text = (
        '.VERSION 1.0\n.WRITER_ID ann\n.SEGMENT WORD 0-3 ? "140"\n'
        '.SEGMENT CHARACTER 1,3 OK "4"\n.WRITER_ID bob\n.SEGMENT CHARACTER 0 OK "1"\n'
        '.SEGMENT CHARACTER 2 ? "0"\n' + pack_strokes([BAR, BAR, RING, DASH])
    )
    split = only_split(open_source(write(tmp_path, text)))
    assert split.labels is not None
    assert split.labels.tolist() == [4, 1, 0]
    assert [len(strokes_of(split, digit)) for digit in range(3)] == [2, 1, 1]
    assert split.columns["writer"].tolist() == [0, 1, 1]
    assert "digit_index" not in split.columns


def test_columns_are_named(tmp_path: Path) -> None:
    rows = "".join(f"{t}\t{y}\t{x}\t7\n" for t, (x, y) in enumerate(BAR))
    text = f'.COORD T Y X P\r\n.SEGMENT DIGIT 0 ? "1"\r\n.PEN_DOWN\r\n{rows}.PEN_UP 9 9 9 9\r\n'
    plain = only_split(open_source(write(tmp_path, GOOD)))
    split = only_split(open_source(write(tmp_path, text)))
    np.testing.assert_array_equal(split.images[0], plain.images[0])


def test_what_is_not_a_stroke_is_passed_over(tmp_path: Path) -> None:
    text = GOOD.replace(".PEN_UP\n", ".PEN_UP\n.NOTE these are\n1 2\nfree words\n")
    split = only_split(open_source(write(tmp_path, "\xef\xbb\xbf\n" + text)))
    np.testing.assert_array_equal(
        split.images, only_split(open_source(write(tmp_path, GOOD))).images
    )


def test_other_characters_get_names(tmp_path: Path) -> None:
    text = GOOD.replace('"1"', '"b"').replace('"0"', '"a"')
    dataset = open_source(write(tmp_path, text))
    assert dataset.class_names == ("4", "a", "b")
    labels = only_split(dataset).labels
    assert labels is not None
    assert labels.tolist() == [2, 0, 1]


def test_a_set_without_writers_says_so(tmp_path: Path) -> None:
    text = HEADER + '.SEGMENT DIGIT 0 ? "1"\n.COMMENT of unknown hand\n' + pack_strokes([BAR])
    dataset = open_source(write(tmp_path, text))
    assert dataset.splits["train"].columns == {}
    assert "do not tell who" in dataset.notes[1]


@pytest.mark.parametrize("name", faults())
def test_faults_are_told(tmp_path: Path, name: str) -> None:
    text, problem = faults()[name]
    path = write(tmp_path, text)
    with pytest.raises(UserError) as caught:
        open_source(path)
    assert caught.value.path == path
    assert problem in caught.value.problem
    assert str(caught.value).isprintable()


def test_the_packing_that_uci_uses_is_named(tmp_path: Path) -> None:
    (tmp_path / "pendigits-orig.tra.Z").write_bytes(b"\x1f\x9d\x90" + bytes(range(200)))
    with pytest.raises(UserError, match="of compress, which gzip -d unpacks"):
        open_source(tmp_path / "pendigits-orig.tra.Z")


def test_opening_can_be_followed_and_ended(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    seen: list[tuple[int, int]] = []
    open_source(path, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3)
    assert (path.stat().st_size,) * 2 in seen
    with pytest.raises(Cancelled):
        open_source(path, cancelled=lambda: True)


def test_a_part_of_a_set_keeps_its_paths(tmp_path: Path) -> None:
    dataset = open_source(write(tmp_path, GOOD))
    part = dataset.part({"train": np.array([2, 1])}).splits["train"]
    for digit, before in enumerate([2, 1]):
        assert strokes_of(part, digit) == strokes_of(dataset.splits["train"], before)


@pytest.mark.data
def test_pendigits(shared_data: Path) -> None:
    dataset = open_source(shared_data / "pendigits")
    assert (dataset.name, list(dataset.splits)) == ("Pen digits", ["train"])
    split = dataset.splits["train"]
    assert split.labels is not None
    assert np.bincount(split.labels).tolist() == [
        *(780, 779, 780, 719, 780, 720, 720, 778, 719, 719)
    ]
    writers, counts = np.unique(split.columns["writer"], return_counts=True)
    assert writers.tolist() == [*range(1, 31)]
    assert sorted(set(counts.tolist())) == [247, 249, 250]
    pairs = np.stack([split.columns["writer"], split.columns["digit_index"]])
    assert len(np.unique(pairs, axis=1).T) >= 7400
    assert split.pen_paths is not None
    points, offsets = split.pen_paths
    strokes = [len(split.pen_path(digit) or ()) for digit in range(len(split))]
    assert sum(strokes) == 9433
    assert (offsets[-1], len(points)) == (304_216, 304_216)
    rows, columns = np.rint(points[:, 0]).astype(int), np.rint(points[:, 1]).astype(int)
    digits = np.repeat(np.arange(len(split)), np.diff(offsets))
    assert split.images[digits, rows, columns].all()
