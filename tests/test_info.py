from __future__ import annotations

import numpy as np

from viewer.datasets.digits import DigitSet, Split
from viewer.info import describe


def test_a_set_in_words() -> None:
    images = np.zeros((1200, 28, 28), dtype=np.uint8)
    labels = np.repeat([3, 7], [1100, 100]).astype(np.uint8)
    columns = {"writer": np.arange(1200, dtype=np.int32) % 7, "unused": np.zeros(1200, np.int32)}
    train = Split("train", images, labels, columns)
    digits = DigitSet("Some", "here", {"train": train, "test": Split("test", images[:2])}, ("Hm.",))
    assert describe(digits).splitlines() == [
        "Some",
        "",
        "source  here",
        "digits  1,202",
        "images  28 x 28 pixels",
        "",
        "class  train  test",
        "3      1,100     -",
        "7        100     -",
        "all    1,200     2",
        "",
        "column              train  test",
        "writer  0 to 6 (7 values)     -",
        "unused                  0     -",
        "",
        "Hm.",
    ]


def test_a_set_about_which_nothing_is_known() -> None:
    digits = DigitSet("Some", "here", {"all": Split("all", np.zeros((2, 5, 4), dtype=np.uint8))})
    assert describe(digits).splitlines()[-2:] == ["class  all", "all      2"]
