"""Exports from the window: asking what, as what and where to, and doing it."""
