"""The right column: one digit in the inspector, some of them side by side, or its orders."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from viewer.catalog.table import Table
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui.actions import ActionSpec
from viewer.gui.compare.compare import FEWEST, MOST, CompareView
from viewer.gui.compare.item import CompareItem
from viewer.gui.describe import value_text
from viewer.gui.inspector import drawing_commands
from viewer.gui.inspector.drawing_commands import DrawingChoice
from viewer.gui.inspector.inspector import Inspector
from viewer.gui.jobs import Jobs
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.gui.compare.orders.view import OrdersView

CAPTION = ("class", "writer")
"""Columns that the caption of a compared digit tells."""
NO_DIGIT = "There is no digit to show the orders of"


class Stage(QStackedWidget):
    """Holds the inspector, the comparison and the orders; one of them is on show.

    `digit_chosen` is emitted with the position of a digit chosen in a comparison,
    `switch_changed` with the name of a checkable action and its new state, `said` with a
    few words for the status bar.
    """

    digit_chosen = Signal(int)
    switch_changed = Signal(str, bool)
    said = Signal(str)

    def __init__(self, theme: Theme, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._jobs = jobs
        self._settings = PUBLISHED
        self._views: list[CompareView | OrdersView] = []
        self._orders: OrdersView | None = None
        self._orders_state: Mapping[str, object] = {}
        self._digit: tuple[Table, int] | None = None
        self.inspector = Inspector(theme, jobs)
        self.addWidget(self.inspector)
        self.drawing = DrawingChoice(self)
        self.drawing.follow(self.inspector.panels.drawing)
        for panel in self.inspector.panels.panels:
            self.drawing.follow_grid(panel.board.grid)
        self.compare = CompareView(theme, jobs)
        self._add(self.compare)
        self.compare.digit_chosen.connect(self.digit_chosen)
        for teller in (self.inspector, self.drawing):
            teller.switch_changed.connect(self.switch_changed)

    def _add(self, view: CompareView | OrdersView) -> None:
        """Take in a view of several panels."""
        self._views.append(view)
        self.addWidget(view)
        view.panels.drawing_made.connect(self.drawing.follow)
        view.panels.grid_made.connect(self.drawing.follow_grid)
        view.closed.connect(self.show_one)
        view.switch_changed.connect(self.switch_changed)

    @property
    def orders(self) -> OrdersView:
        """The orders of a digit, made when they are first asked for."""
        if self._orders is None:
            from viewer.gui.compare.orders.view import OrdersView

            self._orders = OrdersView(self._theme, self._jobs, self._settings)
            self._orders.correct = lambda *digit: self.compare.correct(*digit)
            self._orders.restore_state(self._orders_state)
            self._add(self._orders)
            for before, after in pairwise([_parts(self.compare)[-1], *_parts(self._orders)]):
                self.setTabOrder(before, after)
        return self._orders

    @property
    def comparing(self) -> bool:
        """Whether digits are compared."""
        return self.currentWidget() is self.compare

    @property
    def ordering(self) -> bool:
        """Whether the orders of a digit are shown."""
        return self.currentWidget() is self._orders

    def show_one(self) -> None:
        """Show the current digit alone."""
        if self.currentWidget() is not self.inspector:
            self.setCurrentWidget(self.inspector)
            self._drop_orders()
            self.switch_changed.emit("loop", self.inspector.player.clock.loop)

    def compare_digits(self, table: Table, positions: list[int]) -> None:
        """Show digits side by side.

        Parameters
        ----------
        table : Table
        positions : list of int
            `FEWEST` to `MOST` positions in the table.
        """
        self._drop_orders()
        self.compare.autoplay = self.inspector.autoplay
        self.setCurrentWidget(self.compare)
        self.compare.tell_switches()
        self.compare.show_digits([_item(table, place) for place in positions])

    def set_digit(self, table: Table | None, position: int) -> None:
        """Take another digit as the current one, -1 for none; a comparison is left.

        Where the orders of a digit are on show, those of this one are from now on.
        """
        self._digit = None if table is None or position < 0 else (table, position)
        if self.ordering and self._digit is not None:
            self._show_orders(*self._digit)
        else:
            self.show_one()

    def switch_orders(self) -> None:
        """Show the orders of the current digit side by side, or go back."""
        if self.ordering:
            self.show_one()
        elif self._digit is None:
            self.said.emit(NO_DIGIT)
        else:
            self.setCurrentWidget(self.orders)
            self.orders.tell_switches()
            self._show_orders(*self._digit)
            self.orders.panels.enter()

    def _show_orders(self, table: Table, position: int) -> None:
        self.orders.autoplay = self.inspector.autoplay
        split, index = table.locate(position)
        self.orders.show_digit(_item(table, position), split.pen_path(index))

    def _drop_orders(self) -> None:
        if self._orders is not None:
            self._orders.show_nothing()

    def show_correction(self, position: int) -> None:
        """Show the digit at a position with its correction where its orders are on show."""
        if self._orders is not None:
            self._orders.show_correction(position)

    def set_settings(self, settings: ExtractionSettings) -> None:
        """Extract the digits compared with other settings."""
        self._settings = settings
        for view in self._views:
            view.set_settings(settings)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        for part in (self.inspector, *self._views):
            part.set_theme(theme)

    def actions_table(self) -> list[ActionSpec]:
        """Return the actions of what is on show and of what may be."""
        return [
            *self.inspector.actions_table(self._shown),
            *drawing_commands.actions_table(self.drawing),
            ActionSpec(
                "orders", "Tools", "Compare &orders of this digit", "Ctrl+J", self.switch_orders,
                "Show the digit under every order, and as the pen truly went where that is known, "
                "played together; or go back",
            ),
            *self.compare.actions_table(lambda: self.orders if self.ordering else self.compare),
        ]  # fmt: skip

    def _shown(self) -> Inspector | CompareView | OrdersView:
        """Return what keys of the replay act on."""
        if self.ordering:
            return self.orders
        return self.compare if self.comparing else self.inspector

    def save_state(self) -> dict[str, object]:
        """Return what to remember, in JSON's types."""
        orders = self._orders_state if self._orders is None else self._orders.save_state()
        return {
            **self.inspector.save_state(),
            "drawing": self.drawing.save_state(),
            "compare": self.compare.save_state(),
            "orders": dict(orders),
        }

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; values of a wrong kind are passed over."""
        self.inspector.restore_state(state)
        for name, restore in (
            ("drawing", self.drawing.restore_state),
            ("compare", self.compare.restore_state),
            ("orders", self._restore_orders),
        ):
            if isinstance(kept := state.get(name), dict):
                restore(kept)

    def _restore_orders(self, state: Mapping[str, object]) -> None:
        self._orders_state = state
        if self._orders is not None:
            self._orders.restore_state(state)


def _parts(widget: QWidget) -> list[QWidget]:
    """Return what can have the focus in a widget, as Tab goes through it."""
    found: list[QWidget] = []
    part = widget.nextInFocusChain()
    while part is not None and part is not widget:
        if widget.isAncestorOf(part) and part.focusPolicy() != Qt.FocusPolicy.NoFocus:
            found.append(part)
        part = part.nextInFocusChain()
    return found


def how_many() -> str:
    """Return how many digits can be compared, in words."""
    return f"{FEWEST} to {MOST}"


def can_compare(count: int) -> bool:
    """Return whether so many digits can be compared."""
    return FEWEST <= count <= MOST


def _item(table: Table, position: int) -> CompareItem:
    """Return a digit as it is compared."""
    return CompareItem(
        position, table.identity(position), _caption(table, position), table.image(position)
    )


def _caption(table: Table, position: int) -> str:
    """Return what is said of a compared digit besides its name."""
    told = [
        f"{table.columns[name].title.lower()} {text}"
        for name in CAPTION
        if name in table.columns and (text := value_text(table, name, position)) is not None
    ]
    return ", ".join(told)
