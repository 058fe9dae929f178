"""The browser's actions, as rows of the program's table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractItemView

from viewer.gui.actions import ActionSpec

if TYPE_CHECKING:
    from viewer.gui.browser.browser import Browser

_Move = QAbstractItemView.CursorAction


def actions_table(browser: Browser) -> list[ActionSpec]:
    """Return all actions of a browser."""
    return [*_cells(browser), *_captions(browser), *_moves(browser), *_pages(browser)]


def _cells(browser: Browser) -> list[ActionSpec]:
    rows = (
        ("source", "&Thumbnails show the source", "The images as they are in the set"),
        ("skeleton", "Thumbnails show the s&keleton", "The pixels left by thinning"),
        ("strokes", "Thumbnails sho&w the strokes", "The strokes, coloured in their order"),
    )
    return [
        ActionSpec(
            f"cell-{name}", "View", text, f"Ctrl+{place}",
            lambda _on=True, name=name: browser.set_cell(name), help_text,
            checkable=True, checked=browser.cell == name, group="cell", section=place == 1,
        )
        for place, (name, text, help_text) in enumerate(rows, start=1)
    ]  # fmt: skip


def _captions(browser: Browser) -> list[ActionSpec]:
    return [
        ActionSpec(
            "caption-next", "View", "Next &caption", "T", lambda: browser.change_caption(1),
            "Write the next column below the thumbnails",
        ),
        ActionSpec(
            "caption-previous", "View", "Pre&vious caption", "Shift+T",
            lambda: browser.change_caption(-1),
            "Write the column before below the thumbnails",
        ),
        ActionSpec(
            "caption-none", "View", "&No caption", "Ctrl+T", lambda: browser.set_caption(""),
            "Write nothing below the thumbnails",
        ),
    ]  # fmt: skip


def _moves(browser: Browser) -> list[ActionSpec]:
    grid = browser.grid
    rows = (
        ("previous", "&Previous digit", "Left", _Move.MoveLeft, "One digit back"),
        ("next", "&Next digit", "Right", _Move.MoveRight, "One digit on"),
        ("above", "Digit abo&ve", "Up", _Move.MoveUp, "One line up"),
        ("below", "Digit &below", "Down", _Move.MoveDown, "One line down"),
        ("page-up", "Page &up", "PgUp", _Move.MovePageUp, "A page of digits back"),
        ("page-down", "Page &down", "PgDown", _Move.MovePageDown, "A page on"),
    )
    return [
        ActionSpec(name, "Go", text, key, lambda move=move: grid.step(move), help_text)
        for name, text, key, move, help_text in rows
    ]


def _pages(browser: Browser) -> list[ActionSpec]:
    rows = (
        ("writer", "&Writer of this digit", "W", browser.show_writer,
         "All digits of the writer of the current digit"),
        ("writer-previous", "Previous wr&iter", "Alt+Left", lambda: browser.turn_page(-1),
         "From the page of a writer to that of the one before"),
        ("writer-next", "Next wri&ter", "Alt+Right", lambda: browser.turn_page(1),
         "From the page of a writer to that of the next one"),
        ("similar", "&More like this", "M", browser.show_similar,
         "The digits whose strokes are shaped most like the current one's"),
        ("odd", "&Odd ones out", "O", browser.show_odd,
         "Of each class the digits that are least like the others"),
        ("classes", "C&lass sheet", "S", browser.show_classes,
         "Some digits of each class, drawn at random; again for others"),
        ("page-back", "Bac&k to the filter", "Backspace", lambda: browser.show_page(None),
         "From a page back to the digits of the filter; so does Esc"),
    )  # fmt: skip
    return [
        ActionSpec(name, "Go", text, key, slot, help_text, section=name in ("writer", "similar"))
        for name, text, key, slot, help_text in rows
    ]
