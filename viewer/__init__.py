"""Digit Stroke Viewer: images of handwritten digits as pen-stroke sequences."""

__version__ = "0.4.0"
