from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.format_files import make_digits, make_labels, write_csv, write_pngs
from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.fingerprint import fingerprint
from viewer.datasets.source import open_source

IMAGES, LABELS = make_digits(600), make_labels(600)
SET = DigitSet("a", "here", {"train": Split("train", IMAGES, LABELS)})


def altered(**changes: object) -> DigitSet:
    split = replace(SET.split("train"), **changes)  # type: ignore[arg-type]
    return replace(SET, splits={split.name: split})


def test_it_is_of_what_is_in_the_set_alone() -> None:
    key = fingerprint(SET)
    assert re.fullmatch("[0-9a-f]{32}", key)
    assert fingerprint(replace(SET, name="b", source="there", notes=("note",))) == key
    assert fingerprint(altered(columns={"writer": np.arange(600)})) == key
    assert fingerprint(altered(images=np.asfortranarray(IMAGES))) == key


def test_any_change_of_a_label_a_name_or_the_size_changes_it() -> None:
    labels = LABELS.copy()
    labels[331] += 1
    images = IMAGES.copy()
    images[0, 5, 5] ^= 1
    keys = [
        fingerprint(dataset)
        for dataset in (
            *(SET, altered(labels=labels), altered(labels=None), altered(images=images)),
            *(altered(name="test"), altered(images=IMAGES[:-1], labels=LABELS[:-1])),
            altered(images=IMAGES.reshape(600, 14, 56)),
        )
    ]
    assert len(set(keys)) == len(keys)


def test_it_is_the_same_from_every_form(tmp_path: Path) -> None:
    write_csv(tmp_path / "csv" / "train.csv", IMAGES[:20], LABELS[:20])
    write_pngs(tmp_path / "png" / "train", IMAGES[:20], LABELS[:20].tolist())
    np.savez(tmp_path / "npz.npz", x_train=IMAGES[:20], y_train=LABELS[:20])
    keys = {fingerprint(open_source(tmp_path / name)) for name in ("csv", "png", "npz.npz")}
    assert len(keys) == 1


@pytest.mark.data
def test_that_of_mnist_does_not_change(shared_data: Path) -> None:
    # marks are kept under it: a change of this value loses them
    assert fingerprint(open_source(shared_data / "mnist")) == "d72f466edb786c919e120a9be0ebb597"
