"""The actions of the settings lab, as rows of the program's table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from viewer.gui.actions import ActionSpec

if TYPE_CHECKING:
    from viewer.gui.lab.lab import LabDock


def actions_table(
    show: Callable[[bool], None], find: Callable[[], LabDock | None]
) -> list[ActionSpec]:
    """Return what can be done with the lab from menus and keys.

    Parameters
    ----------
    show : callable
        Unfolds the lab, or folds it away.
    find : callable
        Returns the lab, None while it was never unfolded.
    """
    lab = find()

    def use_tried() -> None:
        if (made := find()) is not None:
            made.use_tried()

    def go_back() -> None:
        if (made := find()) is not None:
            made.go_back()

    return [
        ActionSpec(
            "lab", "Tools", "Settings &lab", "Ctrl+L", show,
            "Try other extraction settings on the digit and on the digits shown",
            checkable=True, checked=lab is not None and not lab.isHidden(), section=True,
        ),
        ActionSpec(
            "lab-use", "Tools", "&Use the settings tried", "Ctrl+Shift+U", use_tried,
            "Extract everything with the settings tried in the lab, B",
        ),
        ActionSpec(
            "lab-back", "Tools", "&Back to the settings in use", "Ctrl+Shift+B", go_back,
            "Let the lab try the settings in use, A, again; once more: what it tried before",
        ),
    ]  # fmt: skip
