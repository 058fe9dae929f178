"""What the browser says: how many digits it shows, and why there are none."""

from __future__ import annotations

NOTHING_OPEN = "Nothing is open.\n\nDrop a folder or a file here, or open one from the File menu."


def count_words(shown: int, total: int | None, *, partial: bool, on_page: bool) -> tuple[str, str]:
    """Return how many digits are shown, and of what.

    Parameters
    ----------
    shown : int
        Digits shown.
    total : int or None
        Digits of the set; None where none is open.
    partial : bool
        Whether more may match once more is known.
    on_page : bool
        Whether a page is shown above the filter's digits.
    """
    if total is None:
        return "", ""
    figure = f"{shown:,} so far" if partial else f"{shown:,}"
    return figure, "digits" if on_page else f"of {total:,}"


def empty_words(total: int | None, *, partial: bool, on_page: bool) -> str:
    """Return why no digit is shown; parameters are those of `count_words`."""
    if total is None:
        return NOTHING_OPEN
    if on_page:
        return "There is no digit on this page."
    if partial:
        return "No digit matches the filter so far.\n\nStrokes are still being extracted."
    return "This set holds no digits." if total == 0 else "No digit matches the filter."
