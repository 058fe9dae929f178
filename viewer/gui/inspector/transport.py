"""The bar that plays the strokes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QToolButton,
    QWidget,
)

from viewer.gui.drawn_icons import SIDE
from viewer.gui.inspector.cursor import Spot
from viewer.gui.inspector.glyphs import glyph
from viewer.gui.inspector.labels import figures_font
from viewer.gui.inspector.player import Player
from viewer.gui.inspector.replay import END_PAUSES, SPEEDS
from viewer.gui.inspector.scrub_slider import ScrubSlider
from viewer.gui.theme import Theme

FINE = 32
"""Steps of the slider from one point to the next."""

BUTTON = 32
LOOP = 48
"""Width of the loop's button, with the arrow of its menu."""

FIGURES = {0.5: ".5", 1.0: "1", 2.0: "2"}
"""The pauses of a loop in its sign."""


class Transport(QWidget):
    """Buttons, scrub bar, position, speed and loop of a `Player`.

    `pointed` gives the point, counted from 0, that the mouse on the scrub bar is nearest to,
    -1 once it is gone.
    """

    pointed = Signal(int)

    def __init__(self, player: Player, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._player = player
        self._theme = theme
        self._playing: bool | None = None
        self._end_pause: float | None = None
        self.first = self._button("Restart", "first", "Restart: the pen on the first point (Home)")
        self.back = self._button(
            "Step back", "back", "Back one point (comma); with Shift: to the start of a stroke"
        )
        self.play = self._button("Play", "play", "Play or pause (Space)")
        self.forward = self._button(
            "Step forward", "forward", "On one point (full stop); with Shift: to the next stroke"
        )
        self.last = self._button("End", "last", "End: the whole digit drawn (End)")
        self.slider = self._scrub_bar()
        self.position = QLabel(self)
        self.position.setAccessibleName("Position")
        self.position.setToolTip("Points drawn / points of the digit")
        self.position.setFont(figures_font(self.font()))
        self.position.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.speed = self._speed_list()
        self.loop = self._button("Loop", "loop", "")
        self.loop.setCheckable(True)
        self.loop.setFixedWidth(LOOP)
        self.loop.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self._pauses = self._pause_menu()
        self._lay_out()
        self._connect()
        self.set_theme(theme)
        self._refresh()
        self._move(player.clock.position)

    def _button(self, name: str, sign: str, help_text: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(sign)
        button.setAccessibleName(name)
        button.setToolTip(help_text)
        button.setAutoRaise(True)
        button.setFixedSize(BUTTON, BUTTON)
        button.setIconSize(QSize(SIDE, SIDE))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _scrub_bar(self) -> ScrubSlider:
        slider = ScrubSlider(self)
        slider.setAccessibleName("Position in the digit")
        slider.setToolTip("Drag to any moment of the writing")
        slider.setSingleStep(FINE)
        slider.setPageStep(5 * FINE)
        slider.setMinimumWidth(64)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return slider

    def _speed_list(self) -> QComboBox:
        speed = QComboBox(self)
        speed.setAccessibleName("Speed")
        speed.setToolTip("Speed of the pen ([ slower, ] faster)")
        speed.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for value in SPEEDS:
            speed.addItem(f"{value:g}x", value)
        return speed

    def _pause_menu(self) -> dict[float, QAction]:
        """Give the loop's button a menu of pauses."""
        menu = QMenu(self.loop)
        menu.setAccessibleName("Pause of the loop")
        group = QActionGroup(menu)
        actions = {}
        for seconds in END_PAUSES:
            action = menu.addAction(f"Pause of {seconds:g} s")
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(
                lambda _on, seconds=seconds: self._player.set_end_pause(seconds)
            )
            actions[seconds] = action
        self.loop.setMenu(menu)
        return actions

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for button in (self.first, self.back, self.play, self.forward, self.last):
            layout.addWidget(button)
        layout.addSpacing(8)
        layout.addWidget(self.slider, 1)
        layout.addSpacing(8)
        for widget in (self.position, self.speed, self.loop):
            layout.addWidget(widget)
            layout.addSpacing(8)
        layout.takeAt(layout.count() - 1)
        widest = QFontMetrics(self.position.font()).horizontalAdvance("888/888")
        self.position.setFixedWidth(widest)

    def _connect(self) -> None:
        player = self._player
        self.first.clicked.connect(player.restart)
        self.last.clicked.connect(player.finish)
        self.play.clicked.connect(player.toggle)
        self.back.clicked.connect(lambda: self._step(-1))
        self.forward.clicked.connect(lambda: self._step(1))
        self.loop.clicked.connect(player.set_loop)
        self.speed.activated.connect(lambda index: player.set_speed(SPEEDS[index]))
        self.slider.valueChanged.connect(lambda value: player.seek(1 + value / FINE))
        self.slider.pointed.connect(self._point)
        player.changed.connect(self._refresh)
        player.moved.connect(self._move)

    def _step(self, direction: int) -> None:
        """Step a point, with Shift a stroke."""
        if QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._player.step_stroke(direction)
        else:
            self._player.step(direction)

    def _point(self, value: int) -> None:
        """Say which point is nearest to a value of the scrub bar."""
        self.pointed.emit(round(value / FINE) if value >= 0 else -1)

    def show_spot(self, spot: Spot | None) -> None:
        """Mark the point on the pixel that is pointed at, or none."""
        point = -1 if spot is None else spot.point
        self.slider.set_mark(point * FINE if point >= 0 else None)

    def _refresh(self) -> None:
        """Take over what the clock holds."""
        clock = self._player.clock
        if clock.playing is not self._playing:
            self._playing = clock.playing
            self.play.setIcon(glyph("pause" if clock.playing else "play", self._theme))
            self.play.setAccessibleName("Pause" if clock.playing else "Play")
        if clock.end_pause != self._end_pause:
            self._end_pause = clock.end_pause
            self._show_end_pause(clock.end_pause)
        self.loop.setChecked(clock.loop)
        self.speed.setCurrentIndex(SPEEDS.index(clock.speed))
        for widget in (self.first, self.back, self.play, self.forward, self.last, self.slider):
            widget.setEnabled(clock.count > 0)
        blocked = self.slider.blockSignals(True)
        self.slider.setRange(0, max(clock.count - 1, 0) * FINE)
        self.slider.blockSignals(blocked)

    def _show_end_pause(self, seconds: float) -> None:
        """Say how long a loop holds the whole digit."""
        self.loop.setIcon(glyph(f"loop {FIGURES[seconds]}", self._theme))
        self.loop.setToolTip(
            f"Loop: start again after {seconds:g} s at the end (L); "
            "the arrow: other pauses (Shift+L)"
        )
        self._pauses[seconds].setChecked(True)

    def _move(self, position: float) -> None:
        """Show a position; the slider stays where a hand holds it."""
        clock = self._player.clock
        if not self.slider.isSliderDown():
            blocked = self.slider.blockSignals(True)
            self.slider.setValue(round((position - 1) * FINE))
            self.slider.blockSignals(blocked)
        text = f"{clock.drawn}/{clock.count}" if clock.count else "–"
        if text != self.position.text():
            self.position.setText(text)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        for button in (self.first, self.back, self.play, self.forward, self.last):
            button.setIcon(glyph(button.objectName(), theme))
        self._playing = self._end_pause = None
        self._refresh()
