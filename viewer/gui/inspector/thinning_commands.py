"""The actions of the thinning steps, as rows of the program's table."""

from __future__ import annotations

from viewer.gui.actions import ActionSpec
from viewer.gui.inspector.reasons import Reasons
from viewer.gui.inspector.thinning_steps import ThinningSteps


def actions_table(steps: ThinningSteps) -> list[ActionSpec]:
    """Return the actions of the thinning steps of an inspector."""
    return [
        ActionSpec(
            "thinning-back", "Stages", "T&hinning back", "Ctrl+,", lambda: steps.move_step(-1),
            "Show the Thinned panel a sub-iteration earlier", section=True,
        ),
        ActionSpec(
            "thinning-on", "Stages", "Thi&nning on", "Ctrl+.", lambda: steps.move_step(1),
            "Show the Thinned panel a sub-iteration later; the last shows the skeleton",
        ),
        ActionSpec(
            "passes", "Stages", "&Passes of thinning", "Ctrl+P", steps.passes.choose_next,
            "Thin all digits by the next number of passes on offer; 2 are as published",
        ),
        ActionSpec(
            "thinning-marks", "Stages", "&Mark ends and junctions", "X", steps.set_marks,
            "Mark the skeleton's endpoints with rings and its junctions with diamonds",
            checkable=True, checked=steps.marks.isChecked(),
        ),
    ]  # fmt: skip


def graph_action(reasons: Reasons) -> ActionSpec:
    """Return the switch of the skeleton's graph."""
    return ActionSpec(
        "graph", "Stages", "Gr&aph of the skeleton", "K", reasons.set_graph_shown,
        "Show the skeleton's chains, junctions, corners and loops on the Thinned panel",
        checkable=True, checked=reasons.graph_shown,
    )  # fmt: skip
