"""Fit the weights of the natural order to pens that were recorded, writer by writer.

    python -m tests.fit_natural ../shared/data/pendigits/pendigits-orig.tra.gz [--folds 5]

Strategy: orders of each digit are collected (`tests.natural_pool`); the weights first make
those near the truth likely, which has one optimum, and from there make the expected loss
small, of DTW and Kendall's tau. Then orders that are cheap under these weights are collected,
too, and all is done again, as the search finds what was not thought of. In folds, whole
writers are left out and judged by the program's own search; the weights of walks
(`tests.natural_walks`) are fitted to those orders, as they are no better than on writers
never seen. Nothing but the file of pens decides what is stored.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from tests.natural_pool import Pool, gather
from tests.natural_walks import find_jumps, fit_walks
from viewer.core.bitimage import pack
from viewer.core.extract import extract
from viewer.core.ordering.natural.costs import COUNT, WEIGHTS
from viewer.core.ordering.natural.tour import order_natural
from viewer.core.ordering.natural.weights import NAME
from viewer.core.sequence import jumps
from viewer.core.truth import Judgements, Truth, judge_many
from viewer.datasets.source import open_source
from viewer.resources import resource_path

HUNDREDTHS = 100
PENALTY = 1e-3
"""Weight of the squares of the weights, each in units of its number's spread."""
NEARNESS = 3.0
"""How fast an order stops counting as near the truth, per pixel of loss."""
STEPS = 50, 150
ROUNDS = 3
FOLDS = 5
Weights = NDArray[np.float64]
Orders = list[NDArray[np.int16]]


def descend(pool: Pool, weights: Weights, *, likely: bool, steps: int) -> Weights:
    """Make near orders likely, or the expected loss small."""
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


def fit(words: NDArray[np.uint64], truth: Truth) -> NDArray[np.int64]:
    """Fit the weights to some digits."""
    cheap = [np.zeros(WEIGHTS, dtype=np.int64)]
    for _ in range(ROUNDS):
        pool = gather(words, truth, np.stack(cheap[-2:]), runs=8 if len(cheap) == 1 else 6)
        weights = np.zeros(WEIGHTS)
        for likely, steps in zip((True, False), STEPS, strict=True):
            weights = descend(pool, weights, likely=likely, steps=steps)
        cheap.append(np.rint(weights * HUNDREDTHS).astype(np.int64))
    return cheap[-1]


def order(skeletons: list[NDArray[np.bool_]], weights: NDArray[np.int64]) -> Orders:
    """Order digits with the program's search."""
    return [order_natural(skeleton, weights).points for skeleton in skeletons]


def judge(orders: Orders, truth: Truth) -> Judgements:
    """Judge orders, one a digit."""
    offsets = np.concatenate(([0], np.cumsum([len(part) for part in orders])))
    lifts = np.array([jumps(part).sum() for part in orders])
    return judge_many(np.concatenate(orders), offsets, lifts, truth)


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


def store(weights: NDArray[np.int64], walks: NDArray[np.int64], path: Path) -> None:
    """Put new weights into the file, an entry a line; names and meanings stay."""
    content = json.loads(path.read_text(encoding="utf-8"))
    by_shape = iter(weights[COUNT:].tolist())
    for entry, value in zip(content["weights"].values(), weights[:COUNT], strict=True):
        entry["weight"] = int(value)
        if "by shape" in entry:
            entry["by shape"] = {name: next(by_shape) for name in content["shapes"]}
    for entry, value in zip(content["walking"].values(), walks, strict=True):
        entry["weight"] = int(value)
    blocks = [f'  "about": {json.dumps(content["about"])}']
    for part in ("shapes", "weights", "walking"):
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
    side = split.images.shape[1]
    words = np.zeros((len(skeletons), side), dtype=np.uint64)
    for skeleton, word in zip(skeletons, words, strict=True):
        pack(skeleton, word)
    truth = Truth.of([split.pen_path(index) or () for index in range(len(split))])
    folds = chosen.folds or FOLDS
    shuffled = np.random.Generator(np.random.PCG64(0)).permutation(np.unique(writers))
    fold_of = np.zeros(len(split), dtype=np.int64)
    orders: Orders = [np.zeros((0, 2), dtype=np.int16)] * len(split)
    for fold in range(folds):
        out = np.isin(writers, shuffled[fold::folds])
        kept, left = np.flatnonzero(~out), np.flatnonzero(out)
        weights = fit(words[kept], part_of(truth, kept))
        found = order([skeletons[digit] for digit in left], weights)
        for digit, points in zip(left, found, strict=True):
            orders[digit] = points
        fold_of[left] = fold
        tell(f"writers {shuffled[fold::folds].tolist()}", judge(found, part_of(truth, left)))
    judged = judge(orders, truth)
    tell("all writers, each judged by weights fitted without them", judged)
    means = np.array([judged.dtw[writers == writer].mean() for writer in np.unique(writers)])
    print(f"standard error over writers {means.std(ddof=1) / np.sqrt(len(means)):.3f}")
    able = find_jumps(orders, truth, side)
    apart = [fit_walks(able.of(fold_of != fold)) for fold in range(folds)]
    shares = [able.of(fold_of == fold).exact(walks) for fold, walks in enumerate(apart)]
    print(f"lifts exact where the pen walks {np.mean(shares):.3f}, means of folds")
    if chosen.folds:
        return
    weights, walks = fit(words, truth), fit_walks(able)
    orders = order(skeletons, weights)
    tell("all writers, fitted to them", judge(orders, truth))
    print(f"and where the pen walks {find_jumps(orders, truth, side).exact(walks):.3f}")
    store(weights, walks, resource_path(NAME))


if __name__ == "__main__":
    main()
