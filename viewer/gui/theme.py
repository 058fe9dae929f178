"""The colours of the window, light and dark, as plain values."""

from __future__ import annotations

from dataclasses import dataclass

OKABE_ITO = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#cc79a7", "#d55e00", "#0072b2")
"""Colours told apart by colour-blind readers, in an order that keeps neighbours apart.

References
----------
.. [1] M. Okabe and K. Ito (2008), Color Universal Design.
"""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one appearance, each as ``#rrggbb``.

    Parameters
    ----------
    dark : bool
        Whether the controls are light on dark.
    background : str
        The window behind everything.
    surface : str
        Raised parts: fields, lists, tables.
    text : str
        Words and figures.
    muted : str
        Captions and what is less important.
    border : str
        Hair-lines between parts.
    control : str
        Buttons at rest.
    hover : str
        Buttons and rows under the mouse.
    accent : str
        Selection and the play head; the only strong colour.
    accent_text : str
        Words on the accent.
    error : str
        The edge of a banner that reports an error.
    paper : str
        The ground a digit lies on; near-black in both themes, as the data is.
    ink : str
        A digit's brightest pixel.
    ghost : str
        Strokes still to come, on paper.
    removed : str
        Pixels that a stage took away, on paper.
    stroke_colors : tuple of str
        Colours of strokes on paper, used in turn.
    """

    dark: bool
    background: str
    surface: str
    text: str
    muted: str
    border: str
    control: str
    hover: str
    accent: str
    accent_text: str
    error: str
    paper: str = "#101113"
    ink: str = "#ffffff"
    ghost: str = "#4b4e54"
    removed: str = "#5b5f66"
    stroke_colors: tuple[str, ...] = OKABE_ITO


def light() -> Theme:
    """Return the theme with dark words on a light ground."""
    return Theme(
        dark=False,
        background="#f3f3f1",
        surface="#ffffff",
        text="#1e2024",
        muted="#62666d",
        border="#d4d4d0",
        control="#fbfbfa",
        hover="#e8e8e5",
        accent="#1c6dd0",
        accent_text="#ffffff",
        error="#b3261e",
    )


def dark() -> Theme:
    """Return the theme with light words on a dark ground."""
    return Theme(
        dark=True,
        background="#202226",
        surface="#282b30",
        text="#e4e5e8",
        muted="#9ba0a8",
        border="#3b3f46",
        control="#30343a",
        hover="#3a3f47",
        accent="#5ca4f5",
        accent_text="#0d1116",
        error="#f2857c",
    )
