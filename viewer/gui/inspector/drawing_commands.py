"""How strokes are drawn, chosen once for all boards: palette, chevrons, numbers, grid."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from viewer.gui.actions import ActionSpec
from viewer.gui.inspector.grid import GridItem
from viewer.gui.inspector.palette import PALETTES
from viewer.gui.inspector.strokes import StrokesItem


class DrawingChoice(QObject):
    """What the user chose about the drawing of strokes; drawings that follow it obey at once.

    Attributes
    ----------
    palette : str
        One of `PALETTES`.
    arrows, point_numbers : bool
        As for `StrokesItem.set_arrows` and `StrokesItem.set_point_numbers`.
    grid : bool
        Whether there are hair lines between pixels.
    palette_changed : Signal
        Stroke colours are others, for what draws strokes without a `StrokesItem`.
    switch_changed : Signal
        The name of a checkable action and its new state, whoever changed it.
    """

    palette_changed = Signal()
    switch_changed = Signal(str, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.palette = "contrast"
        self.arrows = True
        self.point_numbers = False
        self.grid = False
        self._drawings: list[StrokesItem] = []
        self._grids: list[GridItem] = []

    def follow(self, drawing: StrokesItem) -> None:
        """Have a drawing obey, now and from now on."""
        self._drawings.append(drawing)
        drawing.set_palette(self.palette)
        drawing.set_arrows(self.arrows)
        drawing.set_point_numbers(self.point_numbers)

    def follow_grid(self, grid: GridItem) -> None:
        """Have the lines of a board obey, now and from now on."""
        self._grids.append(grid)
        grid.setVisible(self.grid)

    def set_palette(self, name: str) -> None:
        """Colour strokes from another of `PALETTES`."""
        if name != self.palette:
            self.palette = name
            for drawing in self._drawings:
                drawing.set_palette(name)
            self.palette_changed.emit()
            self.switch_changed.emit("rainbow", name == "rainbow")

    def set_arrows(self, on: bool) -> None:
        """Draw chevrons along strokes, or none."""
        if on != self.arrows:
            self.arrows = on
            for drawing in self._drawings:
                drawing.set_arrows(on)
            self.switch_changed.emit("arrows", on)

    def set_point_numbers(self, on: bool) -> None:
        """Number points where pixels are large enough, or do not."""
        if on != self.point_numbers:
            self.point_numbers = on
            for drawing in self._drawings:
                drawing.set_point_numbers(on)
            self.switch_changed.emit("point-numbers", on)

    def set_grid(self, on: bool) -> None:
        """Draw hair lines between pixels where these are large enough, or none."""
        if on != self.grid:
            self.grid = on
            for grid in self._grids:
                grid.setVisible(on)
            self.switch_changed.emit("grid", on)

    def save_state(self) -> dict[str, object]:
        """Return what to remember, in JSON's types."""
        return {
            "palette": self.palette,
            "arrows": self.arrows,
            "point_numbers": self.point_numbers,
            "grid": self.grid,
        }

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; values of a wrong kind are passed over."""
        palette = state.get("palette")
        if isinstance(palette, str) and palette in PALETTES:
            self.set_palette(palette)
        if isinstance(arrows := state.get("arrows"), bool):
            self.set_arrows(arrows)
        if isinstance(point_numbers := state.get("point_numbers"), bool):
            self.set_point_numbers(point_numbers)
        if isinstance(grid := state.get("grid"), bool):
            self.set_grid(grid)


def actions_table(choice: DrawingChoice) -> list[ActionSpec]:
    """Return the switches of how strokes are drawn, as rows of the program's table."""
    return [
        ActionSpec(
            "rainbow", "Stages", "Strokes in rainbo&w colours", "R",
            lambda on: choice.set_palette("rainbow" if on else "contrast"),
            "Colour strokes from red to violet by their order; else so that colour-blind "
            "readers tell them apart",
            checkable=True, checked=choice.palette == "rainbow", section=True,
        ),
        ActionSpec(
            "arrows", "Stages", "Direct&ion of strokes", "D", choice.set_arrows,
            "Show by small arrow heads which way the pen went",
            checkable=True, checked=choice.arrows,
        ),
        ActionSpec(
            "point-numbers", "Stages", "N&umbers of points", "P", choice.set_point_numbers,
            "Write on each point which one it is, once the digit is large: zoom in, or full screen",
            checkable=True, checked=choice.point_numbers,
        ),
        ActionSpec(
            "grid", "Stages", "Pi&xel grid", "G", choice.set_grid,
            "Draw hair lines between pixels, once these are large: zoom in, or full screen",
            checkable=True, checked=choice.grid,
        ),
    ]  # fmt: skip
