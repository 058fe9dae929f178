"""The choice of the order in which the digits are shown."""

from __future__ import annotations

import random

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QToolButton, QWidget

from viewer.catalog.query.names import offer_columns
from viewer.gui.actions import ActionSpec
from viewer.gui.drawn_icons import SIDE
from viewer.gui.filter.filter import Filter
from viewer.gui.filter.signs import sign
from viewer.gui.filter.sorting import SEEDS, SHUFFLE, Order, parse_order
from viewer.gui.theme import Theme


class _SeedBox(QSpinBox):
    """A box for a seed that keeps the arrows from the menus."""

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
        ):
            event.accept()
            return True
        return super().event(event)


class OrderChoice(QWidget):
    """Sorts the digits of a `Filter` by a column, up or down, or shuffles them by a seed."""

    def __init__(self, filter_: Filter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filter = filter_
        self._theme = theme
        self.label = QLabel("Order", self)
        self.columns = QComboBox(self)
        self.columns.setAccessibleName("Order of the digits")
        self.columns.setToolTip(
            "Sort the digits by what is known about them; those of which it is not known are last"
        )
        self.columns.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.columns.setMaxVisibleItems(30)
        self.columns.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.columns.activated.connect(self._chosen)
        self.turn = self._button()
        self.turn.clicked.connect(self.act)
        self.seed = _SeedBox(self)
        self.seed.setAccessibleName("Seed of the shuffle")
        self.seed.setToolTip("Seed: the same number shuffles the same way again")
        self.seed.setRange(0, SEEDS - 1)
        self.seed.setKeyboardTracking(False)
        self.seed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.seed.valueChanged.connect(self._seeded)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self.label, self.columns, self.seed, self.turn):
            layout.addWidget(part)
        self.set_theme(theme)
        filter_.changed.connect(self._follow)
        self._follow()

    def actions_table(self) -> list[ActionSpec]:
        """Return what can be done with the order from menus and keys."""
        return [
            ActionSpec(
                "order",
                "View",
                "O&rder of the digits…",
                "Ctrl+R",
                self.take_focus,
                "Choose what the digits are sorted by",
                section=True,
            ),
            ActionSpec(
                "reverse",
                "View",
                "Reverse t&he order",
                "Ctrl+Shift+R",
                self.act,
                "Show the largest first, or the smallest; a shuffle is shuffled anew",
            ),
            ActionSpec(
                "shuffle",
                "View",
                "Sh&uffle",
                "Ctrl+U",
                self.shuffle,
                "Show the digits in a random order, which a seed makes repeatable",
            ),
        ]

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.label.setStyleSheet(f"color: {theme.muted};")
        self._follow()

    def take_focus(self) -> None:
        """Open the list of orders."""
        self.columns.setFocus()
        self.columns.showPopup()

    def act(self) -> None:
        """Turn the order round; a shuffle is shuffled anew."""
        order = self._order()
        if order.seed is not None:
            self.shuffle()
        elif order.column:
            self._filter.set_order(str(Order(order.column, not order.descending)))

    def shuffle(self) -> None:
        """Shuffle the digits by another seed."""
        before = self._order().seed
        seed = before
        while seed == before:
            seed = random.randrange(1000)
        self._filter.set_order(f"{SHUFFLE}{seed}")

    def _button(self) -> QToolButton:
        button = QToolButton(self)
        button.setAutoRaise(True)
        button.setFixedSize(28, 28)
        button.setIconSize(QSize(SIDE, SIDE))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _order(self) -> Order:
        table = self._filter.table
        return Order() if table is None else parse_order(self._filter.order, table)

    def _chosen(self, place: int) -> None:
        """Take up another column, or its own order, or a shuffle."""
        name = self.columns.itemData(place)
        if name == SHUFFLE:
            self.shuffle()
        elif name != self._order().column or not name:
            self._filter.set_order(name)

    def _seeded(self, seed: int) -> None:
        self._filter.set_order(f"{SHUFFLE}{seed}")

    def _follow(self) -> None:
        """Show the filter's order."""
        table = self._filter.table
        self.setEnabled(table is not None)
        items = [("As in the set", "")]
        if table is not None:
            items += [(one.title, name) for name, one in offer_columns(table).items()]
        items.append(("Shuffled", SHUFFLE))
        order = self._order()
        shuffled = order.seed is not None
        with QSignalBlocker(self.columns), QSignalBlocker(self.seed):
            if [self.columns.itemData(i) for i in range(self.columns.count())] != [
                name for _title, name in items
            ]:
                self.columns.clear()
                for title, name in items:
                    self.columns.addItem(title, name)
            chosen = SHUFFLE if shuffled else order.column
            self.columns.setCurrentIndex(max(self.columns.findData(chosen), 0))
            self.seed.setValue(order.seed or 0)
        self.seed.setVisible(shuffled)
        self._follow_turn(order)

    def _follow_turn(self, order: Order) -> None:
        """Let the button say what is, and its tool tip what a click does."""
        if order.seed is not None:
            name, title, tip = "shuffle", "Shuffle again", "Shuffle again, by another seed"
        elif order.descending:
            name, title, tip = "descending", "Largest first", "Largest first; click to turn round"
        else:
            name, title, tip = "ascending", "Smallest first", "Smallest first; click to turn round"
        self.turn.setIcon(sign(name, self._theme))
        self.turn.setAccessibleName(title)
        self.turn.setToolTip(tip)
        self.turn.setEnabled(bool(order.column) or order.seed is not None)
