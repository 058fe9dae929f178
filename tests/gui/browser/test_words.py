"""How many digits the browser says it shows, and why there are none."""

from __future__ import annotations

import pytest

from viewer.gui.browser.words import NOTHING_OPEN, count_words, empty_words


@pytest.mark.parametrize(
    ("total", "partial", "on_page", "figures", "reason"),
    [
        (None, False, False, ("", ""), NOTHING_OPEN),
        (2000, False, False, ("1,200", "of 2,000"), "No digit matches the filter."),
        (2000, True, False, ("1,200 so far", "of 2,000"), "No digit matches the filter so far."),
        (2000, False, True, ("1,200", "digits"), "There is no digit on this page."),
        (0, False, False, ("1,200", "of 0"), "This set holds no digits."),
    ],
)
def test_what_is_said(
    total: int | None, partial: bool, on_page: bool, figures: tuple[str, str], reason: str
) -> None:
    assert count_words(1200, total, partial=partial, on_page=on_page) == figures
    assert empty_words(total, partial=partial, on_page=on_page).startswith(reason)
