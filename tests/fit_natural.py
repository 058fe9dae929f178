"""Fit the weights of the natural order to pens that were recorded, writer by writer.

    python -m tests.fit_natural ../shared/data/pendigits/pendigits-orig.tra.gz [--folds 10]

Strategy: orders of each digit are collected (`tests.natural_pool`); the weights first make
those near the truth likely, which has one optimum, and from there make the expected DTW
small. Then orders that are cheap under these weights are collected, too, and all is done
again. With folds, whole writers are left out and judged by the program's own search.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from tests.natural_pool import Pool, gather
from viewer.core.bitimage import pack
from viewer.core.extract import extract
from viewer.core.ordering.natural.tour import order_natural
from viewer.core.ordering.natural.weights import NAME, natural_weights
from viewer.core.sequence import jumps
from viewer.core.truth import Judgements, Truth, judge_many
from viewer.datasets.source import open_source
from viewer.resources import resource_path

HUNDREDTHS = 100
PENALTY = 1e-3
"""Weight of the squares of the weights, each in units of its number's spread."""
NEARNESS = 1.5
"""How fast an order stops counting as near the truth, per pixel of DTW."""
STEPS = 50, 60
ROUNDS = 2
Weights = NDArray[np.float64]


def descend(pool: Pool, weights: Weights, *, likely: bool, steps: int) -> Weights:
    """Make near orders likely, or the expected DTW small."""
    first, digit = pool.offsets[:-1], pool.digit
    spread = pool.numbers.std(axis=0).astype(np.float64) + 1e-3
    loss = pool.loss - np.minimum.reduceat(pool.loss, first)[digit]
    target = np.exp(-NEARNESS * loss)
    target /= np.add.reduceat(target, first)[digit]

    def objective(weights: Weights) -> tuple[float, Weights]:
        score = -(pool.numbers @ weights.astype(np.float32)).astype(np.float64)
        score -= np.maximum.reduceat(score, first)[digit]
        share = np.exp(score)
        whole = np.add.reduceat(share, first)[digit]
        share /= whole
        if likely:
            value = -(target * (score - np.log(whole))).sum()
            slope = share - target
        else:
            expected = np.add.reduceat(share * loss, first)
            value = expected.sum()
            slope = share * (loss - expected[digit])
        slope /= len(first)
        down = -(slope.astype(np.float32) @ pool.numbers).astype(np.float64)
        penalty = PENALTY * ((weights * spread) ** 2).sum()
        return value / len(first) + penalty, down + 2 * PENALTY * weights * spread**2

    options = {"maxiter": steps, "maxcor": 15}
    found = minimize(objective, weights, jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x, dtype=np.float64)


def fit(words: NDArray[np.uint64], truth: Truth, before: NDArray[np.int64]) -> NDArray[np.int64]:
    """Fit the weights to some digits."""
    cheap = [before]
    for _ in range(ROUNDS):
        pool = gather(words, truth, np.stack(cheap[-2:]), runs=8 if len(cheap) == 1 else 6)
        weights = np.zeros(pool.numbers.shape[1])
        for likely, steps in zip((True, False), STEPS, strict=True):
            weights = descend(pool, weights, likely=likely, steps=steps)
        cheap.append(np.rint(weights * HUNDREDTHS).astype(np.int64))
    return cheap[-1]


def judge(
    skeletons: list[NDArray[np.bool_]], truth: Truth, weights: NDArray[np.int64]
) -> Judgements:
    """Judge the program's orders under some weights."""
    points = [order_natural(skeleton, weights).points for skeleton in skeletons]
    offsets = np.concatenate(([0], np.cumsum([len(part) for part in points])))
    lifts = np.array([jumps(part).sum() for part in points])
    return judge_many(np.concatenate(points), offsets, lifts, truth)


def part_of(truth: Truth, digits: NDArray[np.int64]) -> Truth:
    """Truth of some digits."""
    parts = [truth.points[truth.offsets[i] : truth.offsets[i + 1]] for i in digits]
    offsets = np.concatenate(([0], np.cumsum([len(part) for part in parts])))
    return Truth(np.concatenate(parts), offsets, truth.lifts[digits])


def tell(name: str, judged: Judgements) -> None:
    """Print the figures."""
    print(
        f"{name}: DTW mean {judged.dtw.mean():.4f} median {np.median(judged.dtw):.4f}"
        f" free {judged.dtw_free.mean():.3f} start {judged.start.mean():.3f}"
        f" tau {np.nanmean(judged.tau):.3f} lifts exact {judged.lifts_exact.mean():.3f}",
        flush=True,
    )


def store(weights: NDArray[np.int64], path: Path) -> None:
    """Put new weights into the file, an entry a line."""
    content = json.loads(path.read_text(encoding="utf-8"))
    for entry, weight in zip(content["weights"].values(), weights, strict=True):
        entry["weight"] = int(weight)
    blocks = [f'  "about": {json.dumps(content["about"])}']
    for part in ("weights", "walking"):
        lines = [f"    {json.dumps(k)}: {json.dumps(v)}" for k, v in content[part].items()]
        blocks.append(f'  "{part}": {{\n' + ",\n".join(lines) + "\n  }")
    path.write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--folds", type=int, default=0, help="cross-validate, nothing is stored")
    chosen = parser.parse_args()
    split = next(iter(open_source(str(chosen.source)).splits.values()))
    writers = np.asarray(split.columns["writer"])
    skeletons = [extract(image).skeleton for image in split.images]
    words = np.zeros((len(skeletons), split.images.shape[1]), dtype=np.uint64)
    for skeleton, word in zip(skeletons, words, strict=True):
        pack(skeleton, word)
    truth = Truth.of([split.pen_path(index) or () for index in range(len(split))])
    before = natural_weights()
    if not chosen.folds:
        weights = fit(words, truth, before)
        tell("all writers, fitted to them", judge(skeletons, truth, weights))
        store(weights, resource_path(NAME))
        return
    shuffled = np.random.Generator(np.random.PCG64(0)).permutation(np.unique(writers))
    order: list[int] = []
    parts: list[Judgements] = []
    for fold in range(chosen.folds):
        out = np.isin(writers, shuffled[fold :: chosen.folds])
        kept, left = np.flatnonzero(~out), np.flatnonzero(out)
        weights = fit(words[kept], part_of(truth, kept), np.zeros_like(before))
        parts.append(judge([skeletons[i] for i in left], part_of(truth, left), weights))
        order += left.tolist()
        tell(f"writers {shuffled[fold :: chosen.folds].tolist()}", parts[-1])
    fields = ("dtw", "dtw_free", "start", "tau", "lifts", "lifts_exact")
    whole = Judgements(*(np.concatenate([getattr(p, name) for p in parts]) for name in fields))
    tell("all writers, each judged by weights fitted without them", whole)
    named = writers[order]
    means = np.array([whole.dtw[named == writer].mean() for writer in np.unique(named)])
    print(f"standard error over writers {means.std(ddof=1) / np.sqrt(len(means)):.3f}")


if __name__ == "__main__":
    main()
