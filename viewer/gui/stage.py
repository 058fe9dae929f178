"""The right column: one digit in the inspector, or some of them side by side."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from viewer.catalog.table import Table
from viewer.core.settings import ExtractionSettings
from viewer.gui.actions import ActionSpec
from viewer.gui.compare.compare import FEWEST, MOST, CompareView
from viewer.gui.compare.item import CompareItem
from viewer.gui.describe import value_text
from viewer.gui.inspector import drawing_commands
from viewer.gui.inspector.drawing_commands import DrawingChoice
from viewer.gui.inspector.inspector import Inspector
from viewer.gui.jobs import Jobs
from viewer.gui.theme import Theme

CAPTION = ("class", "writer")
"""Columns that the caption of a compared digit tells."""


class Stage(QStackedWidget):
    """Holds the inspector and the comparison; one of them is on show.

    `digit_chosen` is emitted with the position of a digit chosen in a comparison,
    `switch_changed` with the name of a checkable action and its new state.
    """

    digit_chosen = Signal(int)
    switch_changed = Signal(str, bool)

    def __init__(self, theme: Theme, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inspector = Inspector(theme)
        self.compare = CompareView(theme, jobs)
        self.addWidget(self.inspector)
        self.addWidget(self.compare)
        self.drawing = DrawingChoice(self)
        self.drawing.follow(self.inspector.panels.drawing)
        for panel in self.inspector.panels.panels:
            self.drawing.follow_grid(panel.board.grid)
        self.compare.panels.drawing_made.connect(self.drawing.follow)
        self.compare.panels.grid_made.connect(self.drawing.follow_grid)
        self.compare.closed.connect(self.show_one)
        self.compare.digit_chosen.connect(self.digit_chosen)
        for part in (self.inspector, self.compare, self.drawing):
            part.switch_changed.connect(self.switch_changed)

    @property
    def comparing(self) -> bool:
        """Whether digits are compared."""
        return self.currentWidget() is self.compare

    def show_one(self) -> None:
        """Show the current digit alone."""
        if self.comparing:
            self.setCurrentWidget(self.inspector)
            self.switch_changed.emit("loop", self.inspector.player.clock.loop)

    def compare_digits(self, table: Table, positions: list[int]) -> None:
        """Show digits side by side.

        Parameters
        ----------
        table : Table
        positions : list of int
            `FEWEST` to `MOST` positions in the table.
        """
        self.compare.autoplay = self.inspector.autoplay
        self.setCurrentWidget(self.compare)
        self.switch_changed.emit("loop", self.compare.player.clock.loop)
        self.compare.show_digits(
            [
                CompareItem(
                    place, table.identity(place), _caption(table, place), table.image(place)
                )
                for place in positions
            ]
        )

    def set_settings(self, settings: ExtractionSettings) -> None:
        """Extract the digits compared with other settings."""
        self.compare.set_settings(settings)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self.inspector.set_theme(theme)
        self.compare.set_theme(theme)

    def actions_table(self) -> list[ActionSpec]:
        """Return the actions of what is on show and of what may be."""
        return [
            *self.inspector.actions_table(
                lambda: self.compare if self.comparing else self.inspector
            ),
            *drawing_commands.actions_table(self.drawing),
            *self.compare.actions_table(),
        ]

    def save_state(self) -> dict[str, object]:
        """Return what to remember, in JSON's types."""
        return {
            **self.inspector.save_state(),
            "drawing": self.drawing.save_state(),
            "compare": self.compare.save_state(),
        }

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; values of a wrong kind are passed over."""
        self.inspector.restore_state(state)
        drawing = state.get("drawing")
        if isinstance(drawing, dict):
            self.drawing.restore_state(drawing)
        compare = state.get("compare")
        if isinstance(compare, dict):
            self.compare.restore_state(compare)


def how_many() -> str:
    """Return how many digits can be compared, in words."""
    return f"{FEWEST} to {MOST}"


def can_compare(count: int) -> bool:
    """Return whether so many digits can be compared."""
    return FEWEST <= count <= MOST


def _caption(table: Table, position: int) -> str:
    """Return what is said of a compared digit besides its name."""
    told = [
        f"{table.columns[name].title.lower()} {text}"
        for name in CAPTION
        if name in table.columns and (text := value_text(table, name, position)) is not None
    ]
    return ", ".join(told)
