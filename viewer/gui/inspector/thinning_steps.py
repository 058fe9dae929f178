"""A slider through the sub-iterations of thinning, with words for what each takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QToolButton, QVBoxLayout, QWidget

from viewer.gui.inspector.cursor import Spot
from viewer.gui.inspector.dots import MARKED, SUB_ITERATIONS
from viewer.gui.inspector.labels import FittingLabel, figures_font
from viewer.gui.inspector.passes_box import PassesBox
from viewer.gui.inspector.scrub_slider import ScrubSlider
from viewer.gui.inspector.thinning_legend import Entry, Legend
from viewer.gui.inspector.words import count
from viewer.gui.theme import Theme

if TYPE_CHECKING:
    from viewer.core.extract import Extraction

ROW = 24
"""Logical pixels the slider and the switch beside it are high."""
SIDES = (
    "The first sub-iteration of a pass takes pixels off the south-east edge and off "
    "north-west corners.",
    "The second sub-iteration of a pass takes pixels off the north-west edge and off "
    "south-east corners.",
)


class ThinningSteps(QWidget):
    """Chooses the moment of thinning that the Thinned board shows.

    A *step* is the number of sub-iterations done, from 0 to twice the passes run. The last
    one is the skeleton; the widget stays there, or at the step last chosen, as digits
    come and go.

    Parameters
    ----------
    theme : Theme
        Colours.

    Attributes
    ----------
    step_chosen : Signal
        The step that was chosen by hand.
    marks_changed : Signal
        Whether endpoints and junctions are marked.
    passes_chosen : Signal
        Another number of passes is wanted for all digits, None for until nothing changes.
    """

    step_chosen = Signal(int)
    marks_changed = Signal(bool)
    passes_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Thinning steps")
        self._theme = theme
        self._extraction: Extraction | None = None
        self._wished: int | None = None
        self.slider = self._step_bar()
        self.passes = PassesBox(self)
        self.passes.setFixedHeight(ROW)
        self.marks = self._switch()
        self.label = FittingLabel(self, step=-1)
        self.legend = Legend(theme, self)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.slider, 1)
        line.addWidget(self.passes)
        line.addWidget(self.marks)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self.label)
        layout.addWidget(self.legend)
        layout.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.sizeHint().height())
        self.slider.valueChanged.connect(self._choose)
        self.marks.toggled.connect(self._switch_marks)
        self.passes.passes_chosen.connect(self.passes_chosen)
        self.set_theme(theme)
        self.show_nothing()

    def _step_bar(self) -> ScrubSlider:
        slider = ScrubSlider(self)
        slider.setAccessibleName("Thinning step")
        slider.setToolTip(
            "Drag through the sub-iterations of thinning (Ctrl+, and Ctrl+.); right: the skeleton"
        )
        slider.setPageStep(2)
        slider.setTickPosition(QSlider.TickPosition.TicksBelow)
        slider.setTickInterval(1)
        slider.setMinimumWidth(64)
        slider.setFixedHeight(ROW)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return slider

    def _switch(self) -> QToolButton:
        button = QToolButton(self)
        button.setText("Marks")
        button.setAccessibleName("Marks")
        button.setToolTip("Marks: rings around endpoints, diamonds around junctions (X)")
        button.setAutoRaise(True)
        button.setCheckable(True)
        button.setChecked(True)
        button.setFont(figures_font(self.font(), -1))
        button.setFixedHeight(ROW)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    @property
    def step(self) -> int | None:
        """Sub-iterations done at the moment shown; None for the skeleton."""
        value = self.slider.value()
        return None if value == self.slider.maximum() else value

    def show_digit(self, extraction: Extraction) -> None:
        """Take the steps of a digit; no signal says so."""
        self._extraction = extraction
        last = 2 * passes_run(extraction)
        self.passes.show_passes(extraction.settings.thinning_passes)
        blocked = self.slider.blockSignals(True)
        self.slider.setRange(0, last)
        self.slider.setValue(last if self._wished is None else self._wished)
        self.slider.blockSignals(blocked)
        self.slider.setEnabled(last > 0)
        self._refresh()

    def show_nothing(self) -> None:
        """Have no digit."""
        self._extraction = None
        blocked = self.slider.blockSignals(True)
        self.slider.setRange(0, 0)
        self.slider.blockSignals(blocked)
        self.slider.setEnabled(False)
        self._refresh()

    def move_step(self, steps: int) -> None:
        """Go some sub-iterations on, or back where negative."""
        self.slider.setValue(self.slider.value() + steps)

    def show_passes(self, passes: int | None) -> None:
        """Show the number of passes in use, None for until nothing changes."""
        self.passes.show_passes(passes)

    def show_spot(self, spot: Spot | None) -> None:
        """Mark the step that takes the pixel pointed at; none where it stays."""
        taken = spot is not None and spot.removed_by
        self.slider.set_mark(taken - 1 if taken else None)

    def set_marks(self, on: bool) -> None:
        """Mark endpoints and junctions, or do not."""
        self.marks.setChecked(on)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme."""
        self._theme = theme
        self.label.set_color(theme.muted)
        self.legend.set_theme(theme)
        self._refresh()

    def sizeHint(self) -> QSize:
        rows = ROW + self.label.sizeHint().height() + self.legend.sizeHint().height()
        return QSize(0, -(-rows // 8) * 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._refresh()

    def _choose(self, step: int) -> None:
        self._wished = self.step
        self._refresh()
        self.step_chosen.emit(step)

    def _switch_marks(self, on: bool) -> None:
        self._refresh()
        self.marks_changed.emit(on)

    def _refresh(self) -> None:
        """Say what the step shows."""
        extraction = self._extraction
        if extraction is None:
            self.label.set_text("")
            self.legend.show_entries(())
        elif self.step is None:
            self.label.set_text(*end_words(extraction))
            self.legend.show_entries(self._end_signs(extraction))
        else:
            text, short, help_text = step_words(extraction, self.step)
            fits = self.label.fontMetrics().horizontalAdvance(text) <= self.width()
            self.label.set_text(text if fits else short, help_text)
            names = ("first sub-iteration", "second")
            pairs = zip(SUB_ITERATIONS, names, strict=True)
            self.legend.show_entries([Entry("square", *pair) for pair in pairs])

    def _end_signs(self, extraction: Extraction) -> list[Entry]:
        """Return the signs on the skeleton, with their numbers."""
        signs: list[Entry] = []
        if self.marks.isChecked():
            from viewer.core.skeleton import find_endpoints, find_junctions

            ends = int(np.count_nonzero(find_endpoints(extraction.skeleton)))
            junctions = int(find_junctions(extraction.skeleton).max())
            signs.append(Entry("ring", MARKED, count(ends, "endpoint")))
            signs.append(Entry("diamond", MARKED, count(junctions, "junction")))
        if small := int(np.count_nonzero(extraction.small)):
            signs.append(Entry("ring", self._theme.ink, f"{small} in small parts"))
        return signs


def passes_run(extraction: Extraction) -> int:
    """Return the passes that thinning made, with one that found nothing to remove."""
    asked = extraction.settings.thinning_passes
    if asked is None or not extraction.thresholded.any():
        return extraction.passes
    return min(asked, extraction.passes + 1)


def step_words(extraction: Extraction, step: int) -> tuple[str, str, str]:
    """Say which sub-iteration comes after a step and what it takes; shorter; what that means."""
    going = int(np.count_nonzero(extraction.removed_by == step + 1))
    what = f"{count(going, 'pixel')} {'goes' if going == 1 else 'go'}" if going else "none goes"
    turn, second = step // 2 + 1, step % 2
    text = f"pass {turn}, {('first', 'second')[second]} sub-iteration: {what}"
    return text, f"pass {turn}, {('1st', '2nd')[second]}: {what}", SIDES[second]


def end_words(extraction: Extraction) -> tuple[str, str]:
    """Say what thinning left."""
    left = int(np.count_nonzero(extraction.skeleton))
    if not left:
        return "no skeleton", "Nothing is left of the image."
    return f"the skeleton: {count(left, 'pixel')}", "What is left after all passes."
