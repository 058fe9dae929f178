"""The same steps as anyone would write them first, with scikit-image and NumPy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import convolve
from skimage.measure import label
from skimage.morphology import remove_small_objects

NEIGHBOURS = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]])


def threshold(image: NDArray[np.uint8]) -> NDArray[np.bool_]:
    base = image > 0
    parts = [label(base, connectivity=kind, return_num=True)[1] for kind in (1, 2)]
    level = 0
    while True:
        mask = image > level
        now = [label(mask, connectivity=kind, return_num=True)[1] for kind in (1, 2)]
        if now != parts or mask.sum() < 0.5 * base.sum() or level >= 250:
            return image > max(level - 25, 0)
        level += 25


def thin(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    now = mask.copy()
    for _ in range(2):
        for second in (False, True):
            pad = np.pad(now, 1)
            around = [
                pad[1 + r : 1 + r + now.shape[0], 1 + c : 1 + c + now.shape[1]]
                for r, c in ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))
            ]
            north, east, south, west = around[0::2]
            rises = sum(
                (~a & b).astype(int) for a, b in zip(around, around[1:] + around[:1], strict=True)
            )
            count = sum(a.astype(int) for a in around)
            if second:
                blocked = (north & east & west) | (north & south & west)
            else:
                blocked = (north & east & south) | (east & south & west)
            going = now & (rises == 1) & (count >= 2) & (count <= 6) & ~blocked
            going[0] = going[-1] = going[:, 0] = going[:, -1] = False
            now = now & ~going
    return now


def order(thinned: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Nearest neighbour from the published start, first come on ties, one tour."""
    skeleton = remove_small_objects(thinned, max_size=2, connectivity=2)
    points = np.argwhere(skeleton)
    if not len(points):
        return points
    crowd = convolve(skeleton.astype(int), NEIGHBOURS, mode="constant")[skeleton]
    sums = points.sum(axis=1).astype(float)
    sums[crowd > 1] += np.inf if (crowd <= 1).any() else 0
    here = int(sums.argmin())
    left = np.ones(len(points), dtype=np.bool_)
    tour = []
    for _ in range(len(points)):
        tour.append(here)
        left[here] = False
        cost = (np.abs(points - points[here]) ** 3).sum(axis=1).astype(float)
        cost[~left] = np.inf
        here = int(cost.argmin())
    return points[tour]
