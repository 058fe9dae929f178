"""The actions that only a comparison has, as rows of the program's table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.gui.actions import ActionSpec

if TYPE_CHECKING:
    from viewer.gui.compare.compare import CompareView


def actions_table(view: CompareView) -> list[ActionSpec]:
    """Return the actions of a comparison; those of the replay are the inspector's."""
    return [
        ActionSpec(
            "end-together", "Replay", "Compared &digits end together", "Y",
            lambda on: view.set_pace("share" if on else "points"),
            "Let all pens of a comparison begin and end together; else they go by point",
            checkable=True, checked=view.pace == "share",
        ),
        ActionSpec(
            "compare-remove", "Tools", "Remove fro&m the comparison", "Del",
            view.remove_current, "Take the framed digit out of the comparison",
        ),
    ]  # fmt: skip
