"""What is known about a set as a whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from viewer.catalog.about import UNKNOWN, AboutSet, Writers, about
from viewer.catalog.columns import FACTS
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet, Split


def make_set(**more: object) -> DigitSet:
    images = np.zeros((6, 2, 4), np.uint8)
    images[:4, 0, 0] = (255, 255, 1, 1)
    labels = np.array([3, 1, 3, 3], np.uint8)
    columns = {
        "writer": np.array([7, 7, 9, 7], np.int32),
        "hsf_series": np.array([0, 4, 4, 4], np.int32),
        "pen width": np.arange(4, dtype=np.float32),
    }
    splits = {
        "train": Split("train", images[:4], labels, columns),
        "test": Split("test", images[4:]),
    }
    return DigitSet("Set", "folder", splits, **more)  # type: ignore[arg-type]


def meaning(made: AboutSet, name: str) -> tuple[str, str]:
    return next((it.help, it.values) for it in made.columns if it.column.name == name)


def test_digits_are_counted_by_class_and_split() -> None:
    made = about(Table(make_set()))
    assert made.size == 6
    assert made.classes is not None
    assert made.classes.names == ("1", "3")
    assert made.classes.counts.tolist() == [[1, UNKNOWN], [3, UNKNOWN]]
    assert made.classes.totals.tolist() == [1, 3]
    assert made.series is not None
    assert made.series.names == ("0", "4")
    assert made.series.counts[:, 0].tolist() == [1, 3]


def test_a_class_that_a_split_lacks_is_none_there() -> None:
    splits = {
        name: Split(name, np.zeros((1, 2, 2), np.uint8), np.array([value], np.uint8))
        for name, value in (("train", 0), ("test", 1))
    }
    made = about(Table(DigitSet("Set", "set", splits, class_names=("shirt", "boot"))))
    assert made.classes is not None
    assert made.classes.names == ("shirt", "boot")
    assert made.classes.counts.tolist() == [[1, 0], [0, 1]]


def test_writers_have_their_digits_counted() -> None:
    made = about(Table(make_set()))
    assert made.writers == (Writers("", 2, 1, 2.0, 3), Writers("train", 2, 1, 2.0, 3))


def test_writers_of_any_number_are_counted() -> None:
    writers = np.array([-1, 1 << 40, -1, 5], np.int64)
    split = Split("all", np.zeros((4, 2, 2), np.uint8), None, {"writer": writers})
    made = about(Table(DigitSet("Set", "set", {"all": split})))
    assert made.writers == (Writers("", 3, 1, 1.0, 2),)
    assert meaning(made, "writer")[1] == "-1, 5, 1099511627776"


def test_images_are_measured() -> None:
    train, test = about(Table(make_set())).images
    assert (train.split, train.count, train.shape) == ("train", 4, (2, 4))
    assert train.mean == pytest.approx(512 / 32)
    assert train.ink == pytest.approx(4 / 32)
    assert (test.mean, test.ink) == (0, 0)


def test_columns_are_explained_with_their_values() -> None:
    table = Table(make_set())
    table.fill(FACTS[0], 0, np.array([2, 5], np.uint8))
    made = about(table)
    assert meaning(made, "split") == ("Part of the set, such as train or test.", "train, test")
    assert meaning(made, "writer")[1] == "7, 9"
    assert meaning(made, "pen_width")[1] == "0.0, 1.0, 2.0, 3.0"
    assert meaning(made, "strokes") == ("Strokes of the sequence.", "2, 5")
    assert meaning(made, "loops")[1] == ""
    assert len({it.column.name for it in made.columns}) == len(made.columns)


def test_a_set_of_nothing_is_described() -> None:
    made = about(
        Table(DigitSet("Set", "set", {"all": Split("all", np.zeros((0, 2, 2), np.uint8))}))
    )
    assert (made.size, made.classes, made.series, made.writers) == (0, None, None, ())
    assert (made.images[0].mean, made.images[0].ink) == (0, 0)


def test_a_known_set_brings_its_origin_and_its_label_errors() -> None:
    labels = np.zeros(2000, np.uint8)
    labels[947] = 8
    split = Split("test", np.zeros((2000, 28, 28), np.uint8), labels)
    train = Split("train", np.zeros((3, 28, 28), np.uint8), np.zeros(3, np.uint8))
    made = about(Table(DigitSet("MNIST", "m", {"train": train, "test": split}, family="mnist")))
    assert made.family is not None
    assert made.family.citation
    found = {
        (wrong.position, wrong.identity, wrong.given, wrong.likely) for wrong in made.wrong_labels
    }
    assert (950, "test:947", "8", "9") in found


@pytest.mark.data
def test_mnist_is_described_by_its_true_figures(shared_data: Path) -> None:
    from viewer.datasets.source import open_source

    made = about(Table(open_source(shared_data / "mnist")))
    assert made.classes is not None
    assert made.classes.counts[:, 0].tolist() == [
        5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949,
    ]  # fmt: skip
    assert made.classes.counts[:, 1].sum() == 10_000
    train, test = made.images
    assert train.mean / 255 == pytest.approx(0.1307, abs=5e-5)
    assert test.mean / 255 == pytest.approx(0.1325, abs=5e-5)
    assert made.series is not None
    assert made.series.names == ("0", "4")
    whole = made.writers[0]
    assert whole.count == made.writers[1].count + made.writers[2].count
    assert len(made.wrong_labels) >= 5
