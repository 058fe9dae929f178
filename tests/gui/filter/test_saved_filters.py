"""Saved filters: kept, renamed, deleted, and safe from what else stands in the settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from viewer.errors import UserError
from viewer.gui.filter.saved_filters import LONGEST_NAME, SavedFilter, SavedFilters
from viewer.gui.settings import SAVED_FILTERS, Settings


@pytest.fixture
def saved() -> SavedFilters:
    made = SavedFilters(Settings(None))
    made.save("Sevens", "class=7")
    made.save("  few\tstrokes ", "strokes<=2")
    return made


def test_filters_are_kept_in_alphabetical_order(saved: SavedFilters) -> None:
    assert saved.all() == (
        SavedFilter("few strokes", "strokes<=2"),
        SavedFilter("Sevens", "class=7"),
    )


def test_filters_are_there_after_a_restart(tmp_path: Path) -> None:
    SavedFilters(Settings(tmp_path / "window.ini")).save("Größte", 'class="T-shirt/top"')
    again = SavedFilters(Settings(tmp_path / "window.ini"))
    assert again.all() == (SavedFilter("Größte", 'class="T-shirt/top"'),)


def test_saving_under_a_name_that_is_there_replaces(saved: SavedFilters) -> None:
    saved.save("Sevens", "class=7 & strokes=2")
    assert saved.names() == ["few strokes", "Sevens"]
    assert saved.all()[1].query == "class=7 & strokes=2"


def test_renaming_keeps_the_query_and_takes_no_other_name(saved: SavedFilters) -> None:
    saved.rename("Sevens", "All sevens")
    saved.rename("All sevens", "All sevens")
    assert saved.all()[0] == SavedFilter("All sevens", "class=7")
    with pytest.raises(UserError, match="already"):
        saved.rename("All sevens", "few strokes")
    assert len(saved.all()) == 2


def test_deleting_leaves_the_others(saved: SavedFilters) -> None:
    saved.delete("few strokes")
    saved.delete("never there")
    assert saved.names() == ["Sevens"]


@pytest.mark.parametrize("name", ["", "  \t "])
def test_a_blank_name_is_refused(saved: SavedFilters, name: str) -> None:
    with pytest.raises(UserError, match="needs a name"):
        saved.save(name, "x")
    with pytest.raises(UserError, match="needs a name"):
        saved.rename("Sevens", name)


def test_a_long_name_is_cut(saved: SavedFilters) -> None:
    saved.save("x" * 500, "exact")
    assert saved.names()[-1] == "x" * LONGEST_NAME


def test_no_more_is_taken_than_the_settings_hold(saved: SavedFilters) -> None:
    with pytest.raises(UserError, match="no room"):
        saved.save("huge", "x" * 70_000)
    assert saved.names() == ["few strokes", "Sevens"]


@pytest.mark.parametrize(
    "stored", ["", "{", "7", '{"a": 1}', '[1, ["a"], ["b", 2], ["c", "d", "e"], null]']
)
def test_what_is_no_filter_is_passed_over(stored: str) -> None:
    settings = Settings(None)
    settings.set(SAVED_FILTERS, stored)
    saved = SavedFilters(settings)
    assert saved.all() == ()
    saved.save("Sevens", "class=7")
    assert saved.names() == ["Sevens"]
