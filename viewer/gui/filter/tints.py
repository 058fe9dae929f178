"""The few colours of the filter's parts that are not in the theme but between two of it."""

from __future__ import annotations

from PySide6.QtGui import QColor

from viewer.gui.theme import Theme


def mix(one: str, other: str, share: float) -> QColor:
    """Return the colour that lies between two, at a share of the way to the other."""
    a, b = QColor(one), QColor(other)
    return QColor(
        round(a.red() + (b.red() - a.red()) * share),
        round(a.green() + (b.green() - a.green()) * share),
        round(a.blue() + (b.blue() - a.blue()) * share),
    )


def bar_color(theme: Theme, *, chosen: bool, among_chosen: bool) -> QColor:
    """Return the colour of a facet's bar.

    Parameters
    ----------
    theme : Theme
    chosen : bool
        Whether the query selects its value.
    among_chosen : bool
        Whether it selects any value of the facet; the rest stands back then.
    """
    if chosen:
        return QColor(theme.accent)
    return mix(theme.border, theme.muted, 0.15 if among_chosen else 0.55)
