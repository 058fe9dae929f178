"""The actions of the settings lab, as rows of the program's table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.gui.actions import ActionSpec

if TYPE_CHECKING:
    from viewer.gui.lab.lab import LabDock


def actions_table(lab: LabDock) -> list[ActionSpec]:
    """Return what can be done with the lab from menus and keys."""
    return [
        ActionSpec(
            "lab", "Tools", "Settings &lab", "Ctrl+L", lab.setVisible,
            "Try other extraction settings on the digit and on the digits shown",
            checkable=True, checked=not lab.isHidden(), section=True,
        ),
        ActionSpec(
            "lab-use", "Tools", "&Use the settings tried", "Ctrl+Shift+U", lab.use_tried,
            "Extract everything with the settings tried in the lab, B",
        ),
        ActionSpec(
            "lab-back", "Tools", "&Back to the settings in use", "Ctrl+Shift+B", lab.go_back,
            "Let the lab try the settings in use, A, again; once more: what it tried before",
        ),
    ]  # fmt: skip
