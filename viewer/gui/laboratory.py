"""The settings lab of a window, made when it is first opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from viewer.gui.actions import ActionSpec
from viewer.gui.filter.filter import Answer
from viewer.gui.lab import commands

if TYPE_CHECKING:
    from viewer.gui.lab.lab import LabDock
    from viewer.gui.window import MainWindow


class Laboratory(QObject):
    """Makes the lab and lets it follow the window; until then, B is A.

    Signals are those of `LabDock`.

    Parameters
    ----------
    window : MainWindow
    """

    use_wanted = Signal(object)
    show_wanted = Signal(object, str)
    switch_changed = Signal(str, bool)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._dock: LabDock | None = None

    @property
    def dock(self) -> LabDock:
        """The lab, made when it is first asked for."""
        if self._dock is None:
            self._make()
        assert self._dock is not None
        return self._dock

    @property
    def is_open(self) -> bool:
        """Whether the lab is unfolded."""
        return self._dock is not None and not self._dock.isHidden()

    def set_open(self, on: bool) -> None:
        """Unfold the lab, or fold it away."""
        if on or self._dock is not None:
            self.dock.setVisible(on)

    def actions_table(self) -> list[ActionSpec]:
        """Return the actions for the window's menus and keys."""
        return commands.actions_table(self.set_open, lambda: self._dock)

    def save_state(self) -> dict[str, object]:
        """Return what to remember, in JSON's types."""
        return {} if self._dock is None else self._dock.save_state()

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; values of a wrong kind are passed over."""
        if state:
            self.dock.restore_state(state)

    def _make(self) -> None:
        from viewer.gui.lab.lab import LabDock

        window = self._window
        dock = self._dock = LabDock(window.theme, window.jobs, window)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        dock.use_wanted.connect(self.use_wanted)
        dock.show_wanted.connect(self.show_wanted)
        dock.switch_changed.connect(self.switch_changed)
        window.strokes.changed.connect(self._take_settings)
        window.filter.answered.connect(self._take_scope)
        window.browser.digit_changed.connect(self._take_digit)
        window.appearance.changed.connect(self._take_theme)
        window.stage.drawing.palette_changed.connect(self._take_theme)
        self._take_settings()
        if window.answer is not None:
            self._take_scope(window.answer)
        current = window.browser.current()
        self._take_digit(-1 if current is None else current)

    def _take_settings(self) -> None:
        self.dock.set_used(self._window.strokes.settings)

    def _take_scope(self, answer: Answer) -> None:
        self.dock.set_scope(self._window.table, answer.positions)

    def _take_digit(self, position: int) -> None:
        table = self._window.table
        if table is None or position < 0:
            self.dock.show_digit(None, "")
        else:
            self.dock.show_digit(table.image(position), table.identity(position))

    def _take_theme(self) -> None:
        self.dock.set_theme(self._window.theme)
