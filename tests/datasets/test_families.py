from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.families import EMNIST_VARIANTS, FAMILIES, known_label_errors
from viewer.datasets.qmnist import METADATA
from viewer.datasets.source import open_source


def test_every_family_says_where_it_is_from() -> None:
    for key, family in FAMILIES.items():
        assert family.key == key
        for text in (family.name, family.origin, family.licence, family.description):
            assert text, key
        assert (bool(family.citation), bool(family.url)) == (key != "sample",) * 2, key
        assert set(family.column_help) <= set(METADATA), key
        assert len(set(family.class_names)) == len(family.class_names), key
    assert {f"emnist-{variant}" for variant in EMNIST_VARIANTS} < set(FAMILIES)


def test_classes_are_as_many_as_published() -> None:
    counts = {key: family.class_count for key, family in FAMILIES.items()}
    assert {count for key, count in counts.items() if "emnist" not in key} == {10}
    assert [counts[f"emnist-{variant}"] for variant in EMNIST_VARIANTS] == [62, 47, 47, 27, 10, 10]
    names = FAMILIES["emnist-byclass"].class_names
    assert (names[10], names[36], names[61]) == ("A", "a", "z")
    assert "".join(FAMILIES["emnist-balanced"].class_names[36:]) == "abdefghnqrt"


def test_label_errors_are_those_of_digits_that_are_there() -> None:
    labels = np.zeros(1000, np.uint8)
    labels[947] = 8
    images = np.zeros((1000, 1, 1), np.uint8)

    def errors(split: str, family: str) -> tuple[tuple[str, int, int, int], ...]:
        return known_label_errors(
            DigitSet("", "", {split: Split(split, images, labels)}, family=family)
        )

    assert errors("test", "mnist") == (("test", 947, 8, 9),)
    assert errors("test10k", "qmnist") == (("test10k", 947, 8, 9),)
    assert errors("train", "mnist") == errors("test50k", "qmnist") == errors("test", "") == ()


@pytest.mark.data
def test_label_errors_are_those_of_mnist(shared_data: Path) -> None:
    mnist = open_source(shared_data / "mnist")
    assert known_label_errors(mnist) == FAMILIES["mnist"].label_errors
    assert len(FAMILIES["mnist"].label_errors) == 10
