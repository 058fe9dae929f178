"""Stroke sequences of any program and form, read back."""
