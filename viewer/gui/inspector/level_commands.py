"""The actions that move the threshold's level, as rows of the program's table."""

from __future__ import annotations

from viewer.gui.actions import ActionSpec
from viewer.gui.inspector.threshold_plot import ThresholdPlot


def actions_table(plot: ThresholdPlot) -> list[ActionSpec]:
    """Return the actions of a threshold's plot."""
    return [
        ActionSpec(
            "level-down", "Stages", "&Lower level", "Ctrl+[", lambda: plot.change(-1),
            "Threshold the digit one grey level lower", section=True,
        ),
        ActionSpec(
            "level-up", "Stages", "Hi&gher level", "Ctrl+]", lambda: plot.change(1),
            "Threshold the digit one grey level higher",
        ),
        ActionSpec(
            "level-reset", "Stages", "Automatic le&vel", "Ctrl+\\", plot.reset,
            "Threshold the digit at the level that the rule chooses",
        ),
    ]  # fmt: skip
