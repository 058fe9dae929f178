"""The orders that a digit is shown under, and what they came to; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.core.settings import ORDERS, ExtractionSettings
from viewer.gui.inspector.words import Caption, count

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

WALKS = "natural"
"""The order whose pen can walk over ink."""
BY_HAND = "corrected by hand"
TRUE_PATH = "true path of the pen"
ABOUT = {
    "nearest": "Always on to a nearest pixel not yet drawn: the published rule.",
    "shortest": "The shortest open path from the published start.",
    "natural": "As a hand would write it: few lifts, straight on, human starts; each pixel once.",
    f"{WALKS}, walking": "As natural, with the pen down where it can move over ink.",
    BY_HAND: "The strokes that are kept beside the set for this digit.",
    TRUE_PATH: "Where the pen went when the digit was written, as the set knows it.",
}
"""What each title means, in a sentence."""


@dataclass(frozen=True)
class Offer:
    """An order by its title, and the settings that ask for it."""

    title: str
    settings: ExtractionSettings


@dataclass(frozen=True)
class Writing:
    """One way to write a digit.

    Parameters
    ----------
    title : str
        Its name: of an order, `BY_HAND` or `TRUE_PATH`.
    points : ndarray, shape (P, 2)
        (row, column) in drawing order: whole pixels, or places between them.
    offsets : ndarray of int64, shape (S + 1,)
        Stroke ``s`` is ``points[offsets[s]:offsets[s + 1]]``.
    exact : bool
        Whether the search for the order was complete.
    """

    title: str
    points: NDArray[Any]
    offsets: NDArray[np.int64]
    exact: bool = True

    @property
    def lifts(self) -> int:
        """How often the pen is lifted between strokes."""
        return max(len(self.offsets) - 2, 0)

    @property
    def travel(self) -> float:
        """Way of the lifted pen, in pixels."""
        starts = self.offsets[1:-1]
        ways = self.points[starts].astype(np.float64) - self.points[starts - 1]
        return float(np.hypot(ways[:, 0], ways[:, 1]).sum())


def orders_under(settings: ExtractionSettings) -> tuple[Offer, ...]:
    """Return all orders under settings that are used otherwise.

    Parameters
    ----------
    settings : ExtractionSettings
        Their order, and whether its pen walks, is passed over.

    Returns
    -------
    offers : tuple of Offer
        As they are to stand; `WALKS` twice, each pixel once and walking.
    """
    offers = []
    for order in ORDERS:
        asked = replace(settings, order=order, walking=False)
        offers.append(Offer(order, asked))
        if order == WALKS:
            offers.append(Offer(f"{order}, walking", replace(asked, walking=True)))
    return tuple(offers)


def is_used(offer: Offer, settings: ExtractionSettings) -> bool:
    """Tell whether an order is the one that settings name."""
    if offer.settings.order != settings.order:
        return False
    return settings.order != WALKS or offer.settings.walking == settings.walking


def written(title: str, extraction: Extraction) -> Writing:
    """Return an extraction as a way to write."""
    exact = extraction.exact or extraction.corrected
    return Writing(title, extraction.points, extraction.stroke_offsets, exact)


def figures(writing: Writing, distance: float | None = None) -> Caption:
    """Return the key figures of a way to write.

    Parameters
    ----------
    writing : Writing
        With one point or more.
    distance : float, optional
        Pixels a step between it and the truth, along the cheapest warping.

    Returns
    -------
    caption : Caption
    """
    told = [
        count(writing.lifts + 1, "stroke"),
        count(len(writing.points), "point"),
        f"pen-up travel {writing.travel:.1f} px",
    ]
    if not writing.exact:
        told.append("bounded search")
    if distance is not None:
        told.append(f"DTW {distance:.2f} px")
    help_text = "Pen-up travel: the way of the lifted pen."
    if writing.title == TRUE_PATH:
        help_text += " Points: a pixel of the way apart."
    if distance is not None:
        help_text += " DTW: mean distance from the true path along the cheapest warping."
    return Caption(", ".join(told), help_text)
