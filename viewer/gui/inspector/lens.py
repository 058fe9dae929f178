"""The part of an image that all four panels show; plain Python, no Qt."""

from __future__ import annotations

import math

ZOOM_STEP = 1.25
CLOSEST = 4.0
"""Image pixels that still fit across the panel at the closest zoom."""


class Lens:
    """Zoom and place, shared by views of equal size.

    The scale is a whole number of device pixels an image pixel wherever the image is
    that large, and the image starts on a device pixel: every pixel of a digit is as
    wide as its neighbour.

    Attributes
    ----------
    scale : float
        Device pixels an image pixel.
    fitted : bool
        Whether the whole image is kept in view when the size changes.
    """

    def __init__(self) -> None:
        self.fitted = True
        self.scale = 1.0
        self._image = (1, 1)
        self._view = (1.0, 1.0)
        self._ratio = 1.0
        self._center = (0.5, 0.5)

    def set_image(self, rows: int, columns: int) -> None:
        """Take the image's size; another size than before is fitted."""
        if (rows, columns) != self._image:
            self._image = (rows, columns)
            self.fit()

    def set_view(self, width: float, height: float, ratio: float) -> None:
        """Take the size of a view in logical pixels and the device pixels in one."""
        if (width, height, ratio) != (*self._view, self._ratio):
            self.scale *= ratio / self._ratio
            self._view = (max(width, 1.0), max(height, 1.0))
            self._ratio = ratio
            if self.fitted or self.scale <= self._fitting():
                self.fit()
            self.scale = min(self.scale, self._closest())

    def fit(self) -> None:
        """Show the whole image in the middle, as large as it goes."""
        self.fitted = True
        self.scale = self._fitting()
        self._center = (self._image[0] / 2, self._image[1] / 2)

    def _fitting(self) -> float:
        rows, columns = self._image
        width, height = (side * self._ratio for side in self._view)
        scale = min(width / columns, height / rows)
        return float(math.floor(scale)) if scale >= 1 else scale

    def _closest(self) -> float:
        return max(min(self._view) * self._ratio / CLOSEST, self._fitting())

    def zoom(self, steps: int, row: float, column: float) -> None:
        """Zoom in (+) or out (-) around a place, which stays under the mouse."""
        scale = self.scale
        for _ in range(abs(steps)):
            if steps > 0:
                scale = max(scale * ZOOM_STEP, scale + 1)
            else:
                scale = min(scale / ZOOM_STEP, scale - 1)
        if scale <= self._fitting():
            self.fit()
            return
        scale = float(round(min(scale, self._closest())))
        share = self.scale / scale
        self.scale = scale
        self.fitted = False
        self._move_to(
            row + (self._center[0] - row) * share, column + (self._center[1] - column) * share
        )

    def pan(self, rows: float, columns: float) -> None:
        """Move the image below the lens by a distance in image pixels."""
        self.fitted = False
        self._move_to(self._center[0] + rows, self._center[1] + columns)

    def _move_to(self, row: float, column: float) -> None:
        """Center on a place of the image."""
        self._center = (
            min(max(row, 0.0), float(self._image[0])),
            min(max(column, 0.0), float(self._image[1])),
        )

    def middle(self) -> tuple[float, float]:
        """Return the (row, column) in the middle of what is in view."""
        column, row, columns, rows = self.visible()
        return row + rows / 2, column + columns / 2

    def visible(self) -> tuple[float, float, float, float]:
        """Return the first column, first row, columns and rows in view."""
        width, height = (side * self._ratio / self.scale for side in self._view)
        return (
            round((self._center[1] - width / 2) * self.scale) / self.scale,
            round((self._center[0] - height / 2) * self.scale) / self.scale,
            width,
            height,
        )
