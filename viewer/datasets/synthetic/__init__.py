"""Handwritten digits made by this program: pen strokes, drawn and placed as in MNIST."""

from viewer.datasets.synthetic.generator import TURN, generate

__all__ = ["TURN", "generate"]
