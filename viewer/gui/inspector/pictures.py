"""The stages as colour images, in the theme's paper and ink; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

DROPPED = 0.26
"""Brightness of a pixel that the threshold dropped, as a share of its own."""

REMOVED = (0.10, 0.24)
"""Shares of ink in the first and the last pixels that thinning removed."""


def _rgb(color: str) -> NDArray[np.float64]:
    return np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)], dtype=np.float64)


def _mix(share: NDArray[np.float64], theme: Theme) -> NDArray[np.uint8]:
    """Return colours between paper (0) and ink (1)."""
    paper = _rgb(theme.paper)
    return np.rint(paper + share[..., None] * (_rgb(theme.ink) - paper)).astype(np.uint8)


def source_picture(image: NDArray[np.uint8], theme: Theme) -> NDArray[np.uint8]:
    """Return a grey image, shape (M, N), as colours, shape (M, N, 3)."""
    return _mix(image / 255.0, theme)


def thresholded_picture(extraction: Extraction, theme: Theme) -> NDArray[np.uint8]:
    """Return the kept pixels bright, the dropped ones as a faint trace of their grey."""
    faint = extraction.image / 255.0 * DROPPED
    return _mix(np.where(extraction.thresholded, 1.0, faint), theme)


def removed_picture(extraction: Extraction, theme: Theme) -> NDArray[np.uint8]:
    """Return the pixels that thinning removed, the lighter the later they went."""
    removed = extraction.removed_by
    first, last = REMOVED
    rounds = max(int(removed.max(initial=0)), 2)
    share = first + (last - first) * (removed - 1.0) / (rounds - 1)
    return _mix(np.where(removed > 0, share, 0.0), theme)
