"""Strokes that the user corrected, kept beside the set of digits."""
