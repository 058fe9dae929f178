"""A look at another moment of the replay, from which the pen comes back."""

from __future__ import annotations

from PySide6.QtCore import QObject

from viewer.gui.inspector.filmstrip import Filmstrip
from viewer.gui.inspector.player import Player
from viewer.gui.inspector.timeline import Schedule


class Glance(QObject):
    """Lets the mouse on a filmstrip move a player's pen, and puts the pen back afterwards.

    The pen stays where it is if meanwhile something else moved it, set it off, or showed
    another digit.
    """

    def __init__(self, player: Player, strip: Filmstrip) -> None:
        super().__init__(strip)
        self._player = player
        self._before: tuple[Schedule, float, bool] | None = None
        self._shown = 0.0
        player.moved.connect(strip.set_position)
        strip.scrubbed.connect(self._show)
        strip.left.connect(self._go_back)
        strip.chosen.connect(self._stay)

    def _show(self, position: float) -> None:
        clock = self._player.clock
        if not self._is_glancing():
            self._before = (clock.timeline, clock.position, clock.playing)
        self._player.seek(position)
        self._shown = clock.position

    def _is_glancing(self) -> bool:
        """Tell whether the pen is where this put it."""
        clock = self._player.clock
        return (
            self._before is not None
            and self._before[0] is clock.timeline
            and not clock.playing
            and clock.position == self._shown
        )

    def _go_back(self) -> None:
        if self._before is not None and self._is_glancing():
            _timeline, position, playing = self._before
            self._player.seek(position)
            if playing:
                self._player.play()
        self._before = None

    def _stay(self, position: float) -> None:
        self._before = None
        self._player.seek(position)
