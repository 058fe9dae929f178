"""The actions that only comparisons have, as rows of the program's table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from viewer.gui.actions import ActionSpec

if TYPE_CHECKING:
    from viewer.gui.compare.compare import CompareView
    from viewer.gui.compare.side_by_side import SideBySide

Shown = Callable[[], "SideBySide"]
"""Returns the comparison that is on screen when a key is pressed, or any."""


def actions_table(view: CompareView, shown: Shown) -> list[ActionSpec]:
    """Return the actions of comparisons; those of the replay are the inspector's."""
    return [
        ActionSpec(
            "end-together", "Replay", "Compared &digits end together", "Y",
            lambda on: shown().set_pace("share" if on else "points"),
            "Let all pens of a comparison begin and end together; else they go by point",
            checkable=True, checked=view.pace == "share",
        ),
        ActionSpec(
            "compare-remove", "Tools", "Remove fro&m the comparison", "Del",
            view.remove_current, "Take the framed digit out of the comparison",
        ),
    ]  # fmt: skip
