from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from viewer.core.extract import extract
from viewer.core.settings import ExtractionSettings
from viewer.core.truth import judge
from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.sample import open_sample
from viewer.datasets.source import open_source
from viewer.errors import UserError
from viewer.evaluate.consistency import CHANGES
from viewer.evaluate.orders import Method
from viewer.evaluate.run import evaluate
from viewer.evaluate.summary import MEDIAN

NEAREST = Method("nearest", ExtractionSettings())
CONVERGED = Method("converged", ExtractionSettings(thinning_passes=None))


@pytest.fixture(scope="module")
def sample() -> DigitSet:
    return open_sample()


def test_figures_are_means_over_the_digits(sample: DigitSet) -> None:
    split = sample.splits["test"]
    chosen = {"test": np.arange(5, 45)}
    found = evaluate(sample, chosen, [NEAREST, CONVERGED])
    judged = []
    for digit in range(5, 45):
        extraction = extract(split.images[digit])
        path = split.pen_path(digit)
        assert path is not None
        judged.append(judge(extraction.points, len(extraction.stroke_offsets) - 2, path))
    whole = found.table[0]
    assert (whole.by, whole.group, whole.method, whole.digits) == ("all", "", "nearest", 40)
    for name in ("dtw", "dtw_free", "start", "tau", "lifts", "lifts_exact"):
        expected = np.mean([getattr(each, name) for each in judged])
        assert whole.means[name] == pytest.approx(expected), name
    assert whole.means[MEDIAN] == np.median([each.dtw for each in judged])


def test_groups_share_all_digits(sample: DigitSet) -> None:
    chosen = {name: np.arange(len(split)) for name, split in sample.splits.items()}
    found = evaluate(sample, chosen, [NEAREST, CONVERGED])
    assert found.splits == {"train": 400, "test": 100}
    assert found.exact["nearest"] <= 500
    for by, count in (("class", 10), ("writer", found.writers)):
        lines = [line for line in found.table if line.by == by and line.method == "converged"]
        assert len(lines) == count
        assert sum(line.digits for line in lines) == 500
        total = sum(line.means["dtw"] * line.digits for line in lines)
        assert total / 500 == pytest.approx(found.table[1].means["dtw"])
    assert {line.group.partition(":")[0] for line in found.table if line.by == "writer"} == {
        "train",
        "test",
    }
    (pair,) = found.pairs
    means = [line.means["dtw"] for line in found.table[:2]]
    assert pair.difference == pytest.approx(means[1] - means[0])
    assert pair.ratio == pytest.approx(means[1] / means[0])
    assert 0 <= pair.better <= pair.writers == found.writers


def test_consistency_has_a_line_for_each_change_and_method(sample: DigitSet) -> None:
    steps: list[tuple[int, int]] = []
    found = evaluate(
        sample,
        {"test": np.arange(30)},
        [NEAREST, CONVERGED],
        by=(),
        progress=lambda done, total: steps.append((done, total)),
    )
    lines = [(line.change, line.method) for line in found.consistency]
    assert lines == [(change, name) for change in CHANGES for name in ("nearest", "converged")]
    aside, *levels = found.consistency[::2]
    assert aside.images <= 120
    assert [line.images for line in levels] == [60, 60]
    for line in found.consistency:
        assert 0 <= line.far <= line.changed
        assert 0 <= line.reordered <= line.changed <= 1
        assert (line.dtw > 0) == (line.changed > 0)
    assert levels[1].changed > levels[0].changed
    assert steps[-1] == (540, 540)
    assert [line.by for line in found.table] == ["all", "all"]


def test_moved_ink_is_drawn_the_same_where_it_stays_off_the_edge(sample: DigitSet) -> None:
    images = sample.splits["train"].images
    inner = images[:, 2:-2, 2:-2].sum(axis=(1, 2)) == images.sum(axis=(1, 2))
    found = evaluate(sample, {"train": np.flatnonzero(inner)}, [NEAREST], by=())
    assert inner.sum() > 300
    assert (found.consistency[0].changed, found.consistency[0].dtw) == (0, 0)


def test_blank_digits_are_left_out_and_counted(sample: DigitSet) -> None:
    split = sample.splits["test"]
    images = split.images.copy()
    images[[0, 7]] = 0
    dataset = replace(sample, splits={"test": replace(split, images=images)})
    found = evaluate(dataset, {"test": np.arange(20)}, [NEAREST])
    assert found.blank == 2
    assert found.table[0].digits == 18
    assert found.consistency[1].images == 40
    only_blank = evaluate(dataset, {"test": np.array([0, 7])}, [NEAREST])
    assert (only_blank.blank, only_blank.table, only_blank.pairs) == (2, [], [])
    assert [line.changed for line in only_blank.consistency] == [0, 0, 0]


def test_without_true_paths_or_labels(sample: DigitSet) -> None:
    images = sample.splits["test"].images[:10]
    bare = DigitSet("Bare", "bare", {"digits": Split("digits", images)})
    found = evaluate(bare, {"digits": np.arange(10)}, [NEAREST])
    assert not found.has_truth
    assert (found.table, found.pairs) == ([], [])
    assert len(found.consistency) == 3
    assert found.writers == 0


def test_threads_do_not_matter(sample: DigitSet) -> None:
    chosen = {"test": np.arange(100)}
    one, three = (evaluate(sample, chosen, [NEAREST], jobs=jobs) for jobs in (1, 3))
    assert repr(one) == repr(three)


def test_blocks_do_not_matter(sample: DigitSet, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = {"train": np.arange(30), "test": np.arange(25, 45)}
    whole = evaluate(sample, chosen, [NEAREST, CONVERGED])
    monkeypatch.setattr("viewer.evaluate.run.BLOCK", 7)
    assert repr(evaluate(sample, chosen, [NEAREST, CONVERGED])) == repr(whole)


def test_no_digits(sample: DigitSet) -> None:
    with pytest.raises(UserError, match="no digit"):
        evaluate(sample, {"test": np.zeros(0, dtype=np.int64)}, [NEAREST])


@pytest.mark.data
@pytest.mark.slow
def test_nearest_on_pendigits(shared_data: Path) -> None:
    """The table of the project's notes has 14 other writers; these 30 lie near them."""
    dataset = open_source(shared_data / "pendigits")
    chosen = {"train": np.arange(len(dataset.splits["train"]))}
    found = evaluate(dataset, chosen, [NEAREST])
    (whole,) = (line for line in found.table if line.by == "all")
    figures = {name: round(value, 3) for name, value in whole.means.items()}
    assert figures == {
        "dtw": 2.817,
        MEDIAN: 1.587,
        "dtw_free": 1.696,
        "lifts": 0.492,
        "lifts_exact": 0.564,
        "start": 0.615,
        "tau": 0.463,
    }
    assert round(whole.errors["dtw"], 3) == 0.060
    assert found.writers == 30
    assert [line.digits for line in found.table if line.by == "writer"].count(250) == 26
