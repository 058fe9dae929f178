"""Menus made from the table of actions."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow

from viewer.gui.actions import MENUS, ActionSpec, check


def build_menus(window: QMainWindow, specs: Iterable[ActionSpec]) -> dict[str, QAction]:
    """Fill a window's menu bar from the table and return the actions by name."""
    table = check(specs)
    menus = {name: window.menuBar().addMenu(f"&{name}") for name in MENUS}
    groups: dict[str, QActionGroup] = {}
    actions: dict[str, QAction] = {}
    for spec in table:
        menu = menus[spec.menu]
        menu.setToolTipsVisible(True)
        if spec.section and not menu.isEmpty():
            menu.addSeparator()
        action = QAction(spec.text, window)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(key) for key in spec.shortcut.split()])
        action.setToolTip(spec.help)
        action.setStatusTip(spec.help)
        if spec.checkable:
            action.setCheckable(True)
            action.setChecked(spec.checked)
            action.triggered.connect(lambda on, slot=spec.slot: slot(on))
        else:
            action.triggered.connect(lambda _on, slot=spec.slot: slot())
        if spec.group:
            group = groups.setdefault(spec.group, QActionGroup(window))
            group.addAction(action)
        menu.addAction(action)
        window.addAction(action)
        actions[spec.name] = action
    return actions
