"""From arrays to Qt images, in the one place that may touch their memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage


def gray_image(image: NDArray[np.uint8]) -> QImage:
    """Return a copy of a grey image as a Qt image.

    Parameters
    ----------
    image : ndarray of uint8, shape (M, N)

    Raises
    ------
    ValueError
        If the array is of another type or has another number of axes: Qt checks neither
        size nor type and would read beyond it.
    """
    if image.dtype != np.uint8 or image.ndim != 2 or image.size == 0:
        raise ValueError(f"no grey image: {image.dtype}, shape {image.shape}")
    packed = np.ascontiguousarray(image)
    height, width = packed.shape
    view = QImage(packed.data, width, height, width, QImage.Format.Format_Grayscale8)
    return view.copy()


def color_image(colors: NDArray[np.uint32]) -> QImage:
    """Return a copy of screen colours as a Qt image.

    Parameters
    ----------
    colors : ndarray of uint32, shape (M, N)
        Each ``0xAARRGGBB``; the alpha is not looked at.

    Raises
    ------
    ValueError
        If the array is of another type or has another number of axes.
    """
    if colors.dtype != np.uint32 or colors.ndim != 2 or colors.size == 0:
        raise ValueError(f"no colours of an image: {colors.dtype}, shape {colors.shape}")
    packed = np.ascontiguousarray(colors)
    height, width = packed.shape
    view = QImage(packed.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    return view.copy()


def rgba_image(pixels: NDArray[np.uint8]) -> QImage:
    """Return a copy of a picture with transparency as a Qt image.

    Parameters
    ----------
    pixels : ndarray of uint8, shape (M, N, 4)
        Red, green, blue, alpha.

    Raises
    ------
    ValueError
        If the array is of another type or shape.
    """
    is_rgba = pixels.dtype == np.uint8 and pixels.ndim == 3 and pixels.shape[2] == 4
    if not is_rgba or pixels.size == 0:
        raise ValueError(f"no picture with transparency: {pixels.dtype}, shape {pixels.shape}")
    packed = np.ascontiguousarray(pixels)
    height, width, _ = packed.shape
    view = QImage(packed.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return view.copy()
