"""The page about a set as HTML."""

from __future__ import annotations

import numpy as np

from tests.gui.conftest import make_split
from viewer.catalog.about import about
from viewer.catalog.table import Table
from viewer.datasets.digits import DigitSet, Split
from viewer.gui.about_html import BAR, about_html
from viewer.gui.theme import light


def page_of(dataset: DigitSet) -> str:
    return about_html(about(Table(dataset)), light())


def test_words_of_the_set_are_escaped() -> None:
    split = Split("<train>", np.zeros((1, 2, 2), np.uint8), np.zeros(1, np.uint8))
    made = page_of(DigitSet("A&B", "<folder>", {"<train>": split}, ("1 < 2",), "", ("T<b>",)))
    for text in ("A&amp;B", "&lt;train&gt;", "&lt;folder&gt;", "1 &lt; 2", "T&lt;b&gt;"):
        assert text in made
    for text in ("A&B", "<train>", "<folder>", "1 < 2", "T<b>"):
        assert text not in made


def test_bars_are_as_long_as_their_share() -> None:
    labels = np.array([0, 0, 0, 0, 1], np.uint8)
    made = page_of(DigitSet("S", "s", {"all": Split("all", np.zeros((5, 2, 2), np.uint8), labels)}))
    assert f"width='{BAR}'" in made
    assert f"width='{BAR // 4}'" in made
    assert "80.0%" in made


def test_one_split_has_no_sum_of_splits() -> None:
    one = page_of(DigitSet("S", "s", {"train": make_split("train", 20)}))
    two = {"train": make_split("train", 20), "test": make_split("test", 10)}
    heads = ">train</th><th align='right' valign='top'>test</th><th align='right' valign='top'>all"
    assert heads in page_of(DigitSet("S", "s", two))
    assert ">all</th>" not in one


def test_what_is_not_known_is_left_out() -> None:
    made = page_of(DigitSet("S", "s", {"all": Split("all", np.zeros((5, 2, 2), np.uint8))}))
    for heading in ("Classes", "HSF series", "Writers", "Known label errors"):
        assert f"<h2>{heading}" not in made
    assert "Licence" not in made
    assert "<h2>Images" in made
