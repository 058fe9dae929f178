"""From one image to its stroke sequence, with every stage kept.

This is the path each digit takes: incremental threshold, Zhang-Suen thinning, removal of
small parts, start point, order, sequence rows. `viewer.core.batch` runs the same kernels
over whole sets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.core.bitimage import check_image
from viewer.core.correction import Strokes, check_strokes, fits, points_of
from viewer.core.ordering.rules import order_skeleton
from viewer.core.sequence import encode, stroke_offsets
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.core.skeleton import find_start_point, remove_small_components
from viewer.core.thinning import thin
from viewer.core.threshold import ThresholdTrace, threshold

if TYPE_CHECKING:
    from viewer.core.graph.graph import SkeletonGraph


@dataclass(frozen=True)
class Extraction:
    """An image's way to a stroke sequence, stage by stage.

    Parameters
    ----------
    image : ndarray of uint8, shape (M, N)
        The grey image.
    settings : ExtractionSettings
        What it was extracted with.
    threshold : ThresholdTrace
        The levels the threshold looked at, and the one it chose.
    thresholded : ndarray of bool, shape (M, N)
        Pixels above `level`.
    removed_by : ndarray of uint8, shape (M, N)
        Thinning sub-iteration that removed a pixel (1 and 2 are the first pass), or 0.
    passes : int
        Thinning passes that removed something.
    small : ndarray of bool, shape (M, N)
        Pixels of the small components removed after thinning.
    skeleton : ndarray of bool, shape (M, N)
        What is drawn.
    start : tuple of int, or None
        (row, column) of the first point; None without points.
    points : ndarray of int16, shape (P, 2)
        (row, column) in drawing order.
    stroke_offsets : ndarray of int64, shape (S + 1,)
        Stroke ``s`` is ``points[stroke_offsets[s]:stroke_offsets[s + 1]]``.
    closed_length : int
        Sum of ``|dx|^3 + |dy|^3`` along the points and back to the start.
    exact : bool
        Whether the search for the computed order was complete.
    rows : ndarray of int8, shape (T, 4)
        The sequence: ``dx dy eos eod``.
    level_asked : int or None
        The level that was asked for instead of the one the threshold chose.
    corrected : bool
        Whether the strokes are a correction by hand.
    """

    image: NDArray[np.uint8]
    settings: ExtractionSettings
    threshold: ThresholdTrace
    thresholded: NDArray[np.bool_]
    removed_by: NDArray[np.uint8]
    passes: int
    small: NDArray[np.bool_]
    skeleton: NDArray[np.bool_]
    start: tuple[int, int] | None
    points: NDArray[np.int16]
    stroke_offsets: NDArray[np.int64]
    closed_length: int
    exact: bool
    rows: NDArray[np.int8]
    level_asked: int | None = None
    corrected: bool = False

    @cached_property
    def graph(self) -> SkeletonGraph:
        """The skeleton's chains and junctions as order natural sees them, found when asked for.

        Where there are too many chains to search, they do not end at corners.
        """
        from viewer.core.graph.graph import find_graph
        from viewer.core.ordering.natural.pricing import MOST

        graph = find_graph(self.skeleton)
        return graph if len(graph.rings) < MOST else find_graph(self.skeleton, corners=False)

    @property
    def level(self) -> int:
        """The level used; the threshold's own choice is ``threshold.level``."""
        return self.threshold.level if self.level_asked is None else self.level_asked


def extract(
    image: NDArray[np.uint8],
    settings: ExtractionSettings = PUBLISHED,
    *,
    level: int | None = None,
) -> Extraction:
    """Turn an image of a digit into a stroke sequence.

    Parameters
    ----------
    image : ndarray of uint8, shape (M, N)
        Grey image, ink bright, 1 x 1 to 64 x 64. An image without ink, or whose skeleton
        has small parts only, gives no points and the single row ``0 0 1 1``.
    settings : ExtractionSettings
        The published ones by default.
    level : int, optional
        Grey level to threshold at, 0 to 255, instead of the one that the rule chooses.

    Returns
    -------
    extraction : Extraction
        All stages.

    Raises
    ------
    ValueError
        If the image has another shape or dtype, or there is no such level.

    References
    ----------
    .. [1] E. D. de Jong (2016), The MNIST digits stroke sequence data set.
    """
    image = check_image(image)
    thresholded, trace = threshold(image, settings, level=level)
    thinned, removed_by, passes = thin(thresholded, settings.thinning_passes)
    skeleton = remove_small_components(thinned, settings.minimum_component)
    start = find_start_point(skeleton)
    tour = order_skeleton(skeleton, start, settings)
    if len(tour.points):
        start = (int(tour.points[0, 0]), int(tour.points[0, 1]))
    rows = encode(tour.points, announce_last_jump=settings.announce_last_jump)
    return Extraction(
        image=image,
        settings=settings,
        threshold=trace,
        thresholded=thresholded,
        removed_by=removed_by,
        passes=passes,
        small=thinned & ~skeleton,
        skeleton=skeleton,
        start=start,
        points=tour.points,
        stroke_offsets=stroke_offsets(tour.points),
        closed_length=tour.closed_length,
        exact=tour.exact,
        rows=rows,
        level_asked=level,
    )


def correct(extraction: Extraction, strokes: Strokes) -> Extraction:
    """Return an extraction with other strokes on the same skeleton.

    Parameters
    ----------
    extraction : Extraction
        As computed, or corrected before.
    strokes : tuple of ndarray of int16
        (row, column) of the points of each stroke, in drawing order.

    Returns
    -------
    extraction : Extraction
        Each of its pen lifts has its marker row.

    Raises
    ------
    ValueError
        If the strokes do not draw each pixel of the skeleton once, or cannot be written
        as a sequence.
    """
    check_strokes(strokes)
    if not fits(strokes, extraction.skeleton):
        raise ValueError("the strokes are not of the pixels of the skeleton")
    points, offsets = points_of(strokes)
    steps = np.abs(points.astype(np.int64) - np.roll(points, 1, axis=0))
    return replace(
        extraction,
        start=(int(points[0, 0]), int(points[0, 1])) if len(points) else None,
        points=points,
        stroke_offsets=offsets,
        closed_length=int((steps**3).sum()),
        rows=encode(points, stroke_offsets=offsets),
        corrected=True,
    )
