"""One digit on the light table: four panels, the replay, what is known, the sequence."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from viewer.gui.actions import ActionSpec
from viewer.gui.inspector import commands, thinning_commands
from viewer.gui.inspector.correction_bar import CorrectionBar
from viewer.gui.inspector.cursor import Cursor, Spot
from viewer.gui.inspector.details import Details
from viewer.gui.inspector.filmstrip import Filmstrip
from viewer.gui.inspector.glance import Glance
from viewer.gui.inspector.labels import FittingLabel
from viewer.gui.inspector.message import Message
from viewer.gui.inspector.panels import ARRANGEMENTS, Arrangement, Panels
from viewer.gui.inspector.player import Player
from viewer.gui.inspector.readout import ReadoutLine
from viewer.gui.inspector.reasons import Reasons
from viewer.gui.inspector.stage_tools import StageTools
from viewer.gui.inspector.transport import Transport
from viewer.gui.inspector.words import Readout
from viewer.gui.jobs import Jobs
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

EDGE = 16


class Inspector(QWidget):
    """Shows one digit stage by stage and replays how it was written.

    Parameters
    ----------
    theme : Theme
        Colours; `set_theme` changes them while it is on screen.
    jobs : Jobs, optional
        What loads the kernels of the graph; without it there is none.

    Attributes
    ----------
    painted : Signal
        The first frame with a digit's strokes was painted; `is_painted` remembers it.
    level_chosen, passes_chosen : Signal
        What the user wants: another level for this digit, None for the automatic one;
        another number of passes of thinning for all, None for until nothing changes.
    switch_changed : Signal
        The name of a checkable action and its new state, whoever changed it.
    """

    painted = Signal()
    level_chosen = Signal(object)
    passes_chosen = Signal(object)
    switch_changed = Signal(str, bool)

    def __init__(
        self, theme: Theme, jobs: Jobs | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.autoplay = True
        self._readout: Readout | None = None
        self._loop = False
        self.player = Player(self)
        self.pointer = Cursor(self)
        self.title = FittingLabel(self, step=2)
        self.panels = Panels(theme, self)
        self.readout = ReadoutLine(theme, self)
        self.tools = StageTools(theme, self)
        self.reasons = Reasons(self.panels, self.tools.thinning, theme, jobs)
        self.transport = Transport(self.player, theme, self)
        self.correction = CorrectionBar(theme, self)
        self.filmstrip = Filmstrip(theme, self)
        Glance(self.player, self.filmstrip)
        self.details = Details(theme, self)
        self.message = Message(self)
        self._tools_wanted = True
        self._stack = QStackedWidget(self)
        self._page = QWidget(self)
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self.show_nothing("No digit to show.")

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self._page)
        self._column.setContentsMargins(EDGE, 8, EDGE, EDGE)
        self._column.setSpacing(8)
        above = (self.title, self.panels, self.readout, self.tools)
        for part in (*above, self.transport, self.correction, self.filmstrip):
            self._column.addWidget(part)
        self._column.addWidget(self.details, 1)
        self._stack.addWidget(self.message)
        self._stack.addWidget(self._page)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        outside.addWidget(self._stack)

    def _share_height(self) -> None:
        """Make the boards as large as they can be square; the details get the rest."""
        width = self.width() - 2 * EDGE
        parts: list[QWidget] = [self.title, self.transport]
        if self.correction.unfolded:
            parts.append(self.correction)
        if not self.tools.isHidden():
            parts += [self.tools, self.filmstrip]
        if self.details_shown:
            parts.append(self.details)
        others = sum(part.minimumSizeHint().height() for part in parts)
        others += self.readout.take_width(width) + 8 * (len(parts) + 1)
        room = self.height() - 8 - EDGE - others
        height = self.panels.height_for(width, room) if self.details_shown else room
        self.panels.setFixedHeight(max(height, self.panels.minimumSizeHint().height()))
        self._column.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_tools()
        self._share_height()

    def minimumSizeHint(self) -> QSize:
        """Return the size that is needed; the tools need none, they fold away by themselves."""
        parts: list[QWidget] = [self.title, self.panels, self.transport]
        if self.correction.unfolded:
            parts.append(self.correction)
        if self.details_shown:
            parts.append(self.details)
        sizes = [part.minimumSizeHint() for part in parts]
        height = sum(size.height() for size in sizes) + self.readout.minimumSizeHint().height()
        width = max(size.width() for size in sizes)
        return QSize(width + 2 * EDGE, height + 8 * (len(parts) + 1) + EDGE)

    def _fit_tools(self) -> None:
        """Show what moves the stages where it is wanted and there is room."""
        needed = sum(part.minimumSizeHint().height() + 8 for part in (self.tools, self.filmstrip))
        room = self.height() - self.minimumSizeHint().height()
        for part in (self.tools, self.filmstrip):
            part.setVisible(self._tools_wanted and room >= needed)

    def _connect(self) -> None:
        self.panels.clicked.connect(self._pixel_chosen)
        self.panels.painted.connect(self.painted)
        self.panels.strokes_shown.connect(self.player.set_shown)
        self.player.moved.connect(self._pen_moved)
        self.player.changed.connect(self._replay_changed)
        self.correction.switched.connect(lambda on: self._folded("correct", on))
        table = self.details.table
        table.row_chosen.connect(lambda row: self.player.seek(table.sequence.point(row) + 1))
        self.tools.plot.level_chosen.connect(lambda level: self.level_chosen.emit(level))
        self.tools.plot.level_reset.connect(lambda: self.level_chosen.emit(None))
        self.tools.thinning.step_chosen.connect(self._thinning_chosen)
        self.tools.thinning.marks_changed.connect(self._marks_chosen)
        self.tools.thinning.passes_chosen.connect(self.passes_chosen)
        self.reasons.graph_switched.connect(lambda on: self.switch_changed.emit("graph", on))
        self._connect_cursor()

    def _connect_cursor(self) -> None:
        """Let every part say where the mouse is, and show what is there."""
        cursor, table, tools = self.pointer, self.details.table, self.tools
        self.panels.hovered.connect(cursor.point_at)
        self.panels.left.connect(cursor.leave)
        for pointer in (table, self.transport):
            pointer.pointed.connect(cursor.point_out)
        parts = (self.panels, tools.plot, tools.thinning, self.transport, self.filmstrip, table)
        for part in parts:
            cursor.moved.connect(part.show_spot)
        cursor.moved.connect(self._read_spot)

    @property
    def is_painted(self) -> bool:
        """Whether a frame with a digit's strokes was ever painted."""
        return self.panels.is_painted

    @property
    def details_shown(self) -> bool:
        """Whether metadata and sequence are unfolded."""
        return not self.details.isHidden()

    def show_digit(
        self, extraction: Extraction, title: str, metadata: Mapping[str, object]
    ) -> None:
        """Show a digit, and play it where play on select is on.

        Parameters
        ----------
        extraction : Extraction
            All stages of the digit.
        title : str
            Its identity, such as ``train:13``.
        metadata : mapping of str to object
            Names and values, in the order and the words for display.
        """
        self.pointer.leave()
        self._show_head(title, metadata)
        self._show_stages(extraction)
        if self.autoplay:
            self.player.play()
        else:
            self.player.finish()

    def show_variant(self, extraction: Extraction) -> None:
        """Show the digit on show as it is at another level, drawn whole."""
        self._show_stages(extraction)
        self.player.finish()

    def _show_stages(self, extraction: Extraction) -> None:
        self._readout = Readout(extraction.image, extraction)
        self.panels.show_extraction(extraction)
        self.tools.show_digit(extraction)
        self.reasons.take_digit(extraction)
        self.panels.dots.set_step(self.tools.thinning.step)
        self.filmstrip.show_strokes(extraction)
        table = self.details.table
        table.show_sequence(extraction.rows, extraction.points, extraction.stroke_offsets)
        self.pointer.take_digit(extraction.image, extraction)
        self.player.load(extraction.points, extraction.stroke_offsets)

    def show_source(
        self,
        image: NDArray[np.uint8],
        title: str,
        metadata: Mapping[str, object],
        message: str,
    ) -> None:
        """Show a digit whose strokes are not there yet.

        Parameters
        ----------
        image : ndarray of uint8, shape (M, N)
            The source image.
        title, metadata
            As for `show_digit`.
        message : str
            What stands on the Strokes board.
        """
        self._show_head(title, metadata)
        self._readout = Readout(image, None)
        self.panels.show_source(image, message)
        self._clear_replay()
        self.pointer.take_digit(image)

    def show_nothing(self, message: str) -> None:
        """Show a sentence instead of a digit."""
        self._readout = None
        self.message.set_text(message)
        self._stack.setCurrentIndex(0)
        self._clear_replay()

    def show_metadata(self, metadata: Mapping[str, object]) -> None:
        """Tell other things of the digit on show, whose replay goes on."""
        self.details.metadata.show_values(metadata)

    def _show_head(self, title: str, metadata: Mapping[str, object]) -> None:
        self.title.set_text(title)
        self.details.metadata.show_values(metadata)
        self._stack.setCurrentIndex(1)

    def _clear_replay(self) -> None:
        none = np.zeros(1, dtype=np.int64)
        self.pointer.leave()
        self.pointer.take_digit(None)
        self.tools.show_nothing()
        self.reasons.take_digit(None)
        self.filmstrip.show_nothing()
        self.details.table.show_sequence(
            np.zeros((0, 4), dtype=np.int8), np.zeros((0, 2), dtype=np.int16), none
        )
        self.player.load(np.zeros((0, 2), dtype=np.int16), none)

    def go_to_end(self) -> None:
        """Pause with the whole digit drawn."""
        self.player.finish()

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self.title.set_color(theme.text)
        above = (self.message, self.panels, self.readout, self.tools, self.reasons)
        for part in (*above, self.transport, self.correction, self.filmstrip, self.details):
            part.set_theme(theme)

    def actions_table(self, shown: commands.Shown | None = None) -> list[ActionSpec]:
        """Return the actions for the window's menus and keys.

        Parameters
        ----------
        shown : callable, optional
            Returns what the keys of the replay and of the zoom act on where that is not
            always this inspector.
        """
        return [
            *commands.actions_table(self, shown or (lambda: self)),
            *self.tools.actions_table(),
            thinning_commands.graph_action(self.reasons),
        ]

    def set_autoplay(self, on: bool) -> None:
        """Play a digit as soon as it is shown, or show it whole."""
        if on != self.autoplay:
            self.autoplay = on
            self.switch_changed.emit("autoplay", on)

    @property
    def tools_shown(self) -> bool:
        """Whether level, thinning steps and filmstrip are unfolded."""
        return self._tools_wanted

    def set_tools_shown(self, shown: bool) -> None:
        """Fold level, thinning steps and filmstrip away, or unfold them where there is room."""
        if shown != self._tools_wanted:
            self._tools_wanted = shown
            self._folded("tools", shown)

    def set_details_shown(self, shown: bool) -> None:
        """Fold metadata and sequence away, or unfold them."""
        if shown != self.details_shown:
            self.details.setVisible(shown)
            self._folded("details", shown)

    def _folded(self, name: str, shown: bool) -> None:
        """Share the height anew, since a part takes it or no longer."""
        self._fit_tools()
        self._share_height()
        self.switch_changed.emit(name, shown)

    def arrange(self, arrangement: Arrangement) -> None:
        """Arrange the panels in a row, in a square, or by the space there is."""
        if arrangement != self.panels.arrangement:
            self.panels.arrange(arrangement)
            self._share_height()
            for name in ARRANGEMENTS:
                self.switch_changed.emit(f"panels-{name}", name == arrangement)

    def save_state(self) -> dict[str, object]:
        """Return what to remember, in JSON's types."""
        return {
            **self.player.save_state(),
            "arrangement": self.panels.arrangement,
            **{name: on for name, (on, _set) in self._switches().items()},
        }

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Take up what was remembered; values of a wrong kind are passed over."""
        self.player.restore_state(state)
        for name, (_on, set_switch) in self._switches().items():
            if isinstance(on := state.get(name), bool):
                set_switch(on)
        for arrangement in ARRANGEMENTS:
            if arrangement == state.get("arrangement"):
                self.arrange(arrangement)

    def _switches(self) -> dict[str, tuple[bool, Callable[[bool], None]]]:
        """Return the switches that are remembered: their states, and what sets them."""
        thinning = self.tools.thinning
        return {
            "autoplay": (self.autoplay, self.set_autoplay),
            "details": (self.details_shown, self.set_details_shown),
            "tools": (self.tools_shown, self.set_tools_shown),
            "correct": (self.correction.unfolded, self.correction.set_unfolded),
            "marks": (thinning.marks.isChecked(), thinning.set_marks),
            "graph": (self.reasons.graph_shown, self.reasons.set_graph_shown),
        }

    def sizeHint(self) -> QSize:
        return QSize(1000, 800)

    def _read_spot(self, spot: Spot | None) -> None:
        if spot is None or self._readout is None:
            self.readout.clear()
        else:
            self.readout.show_texts(self._readout.texts(spot.row, spot.column))

    def _thinning_chosen(self, _step: int) -> None:
        self.panels.dots.set_step(self.tools.thinning.step)

    def _marks_chosen(self, on: bool) -> None:
        self.panels.dots.set_marks(on)
        self.switch_changed.emit("thinning-marks", on)

    def _pen_moved(self, position: float) -> None:
        self.panels.drawing.set_position(position)
        self.details.table.show_point(math.floor(position) - 1)

    def _pixel_chosen(self, row: int, column: int) -> None:
        """Put the pen on a point of the skeleton that was clicked."""
        if (point := self.pointer.find_point(row, column)) >= 0:
            self.player.seek(point + 1)

    def _replay_changed(self) -> None:
        if self.player.clock.loop is not self._loop:
            self._loop = self.player.clock.loop
            self.switch_changed.emit("loop", self._loop)
