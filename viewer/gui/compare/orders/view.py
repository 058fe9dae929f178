"""One digit under every order, written at once under one transport."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.gui.compare.board_panel import PREPARING
from viewer.gui.compare.compare import Correct
from viewer.gui.compare.item import CompareItem
from viewer.gui.compare.orders.offers import (
    BY_HAND,
    TRUE_PATH,
    Offer,
    Writing,
    is_used,
    orders_under,
    written,
)
from viewer.gui.compare.orders.panel import OrderPanels
from viewer.gui.compare.orders.parting import find_parting
from viewer.gui.compare.orders.work import OrderWork, Path
from viewer.gui.compare.side_by_side import NO_POINTS, SideBySide
from viewer.gui.inspector.timeline import Timeline
from viewer.gui.inspector.words import count
from viewer.gui.jobs import Jobs
from viewer.gui.theme import Theme
from viewer.jit import is_ready

if TYPE_CHECKING:
    from viewer.core.extract import Extraction


class OrdersView(SideBySide):
    """Shows a digit under all orders, as corrected by hand and as the pen truly went.

    Where all kernels are loaded, the digit before stays on show for the moment until
    everything of the next one is there, so that nothing flickers while digits are leafed
    through.

    Parameters
    ----------
    theme : Theme
        Colours; `set_theme` changes them while it is on screen.
    jobs : Jobs
        Where the orders are made.
    settings : ExtractionSettings
        What is used otherwise.

    Attributes
    ----------
    correct : callable
        Returns the extraction of the digit at a position with its correction by hand.
    position : int
        Position of the digit on show, -1 for none.
    """

    panels: OrderPanels

    def __init__(
        self,
        theme: Theme,
        jobs: Jobs,
        settings: ExtractionSettings = PUBLISHED,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName("Orders of a digit")
        self.correct: Correct = lambda _position, extraction: extraction
        self._settings = settings
        self._item: CompareItem | None = None
        self._path: Path | None = None
        self._offers: tuple[Offer, ...] = ()
        self._found: dict[str, object] = {}
        self._distances: dict[str, float] = {}
        self._writings: dict[str, Writing] = {}
        self._titles: tuple[str, ...] = ()
        self._work = OrderWork(jobs, self)
        self.panels = OrderPanels(theme, self.back, self)
        self.transport.position.setToolTip("Points drawn / points of the order that has most")
        self.lay_out()
        self._work.made.connect(self._made)
        self._work.ended.connect(self._all_made)
        self._work.judged.connect(self._judged)
        self.set_theme(theme)

    @property
    def preparing(self) -> bool:
        """Whether something of the digit on show is still to come."""
        return self._work.busy

    @property
    def position(self) -> int:
        """Position of the digit on show, -1 for none."""
        return -1 if self._item is None else self._item.position

    @property
    def writings(self) -> dict[str, Writing]:
        """The ways to write that are on show, by title."""
        return dict(self._writings)

    def timelines(self) -> Sequence[Timeline]:
        """Return the timelines of the orders as they stand."""
        return [
            Timeline(self._writings[title].points, self._writings[title].offsets)
            if title in self._writings
            else NO_POINTS
            for title in self._titles
        ]

    def show_digit(self, item: CompareItem, path: Path | None) -> None:
        """Show another digit, and play it where `autoplay` is on.

        Parameters
        ----------
        item : CompareItem
        path : tuple of ndarray of float64, each of shape (n, 2), or None
            The true strokes, (row, column), where they are known.
        """
        self._item, self._path = item, path
        self._offers = orders_under(self._settings)
        self._found, self._distances = {}, {}
        if not self._writings or not all(is_ready(offer.settings.order) for offer in self._offers):
            self._show()
            self.plan_again()
        self._work.start(item.image, self._offers, path)

    def show_nothing(self) -> None:
        """Let go of the digit, since the view is left."""
        self._work.drop()
        self._item = self._path = None
        self._found, self._writings = {}, {}
        self.player.pause()

    def set_settings(self, settings: ExtractionSettings) -> None:
        """Use other settings from now on, for the digit on show, too."""
        self._settings = settings
        if self._item is not None:
            self.show_digit(self._item, self._path)

    def show_correction(self, position: int) -> None:
        """Show the digit at a position with the correction that is kept by now."""
        if self._item is not None and position == self._item.position:
            self.show_digit(self._item, self._path)

    def _made(self, title: str, found: object) -> None:
        """Keep what was made; show it at once where the rest may take long."""
        self._found[title] = found
        waiting = any(panel.board.message == PREPARING for panel in self.panels.shown)
        if waiting or not self._writings:
            self._show()
            self.plan_again()

    def _all_made(self) -> None:
        """Show everything, and begin to measure it."""
        self._show()
        self.begin()
        orders = [
            writing
            for title, writing in self._writings.items()
            if title != TRUE_PATH and len(writing.points)
        ]
        if self._path is not None and orders:
            self._work.judge(orders, self._path)

    def _judged(self, distances: object) -> None:
        self._distances = cast("dict[str, float]", distances)
        for title, panel in zip(self._titles, self.panels.shown, strict=True):
            if title in self._distances:
                panel.show_figures(self._writings[title], self._distances[title])

    def _show(self) -> None:
        """Show what was made so far."""
        if (item := self._item) is None:
            return
        self._writings = self._take()
        truth = self._path is not None
        by_hand = (BY_HAND,) if BY_HAND in self._writings else ()
        orders = (*(offer.title for offer in self._offers), *by_hand)
        titles = self._titles = (*orders, TRUE_PATH) if truth else orders
        said = f"{item.identity}, {item.caption}" if item.caption else item.identity
        more = " and the true path" if truth else ""
        self.title.set_text(f"{said}: {count(len(orders), 'order')}{more}")
        self.panels.set_measured(truth)
        self.panels.set_count(len(titles))
        base = self._writings.get(titles[0])
        for title, panel in zip(titles, self.panels.shown, strict=True):
            if panel.shape != item.image.shape:
                panel.set_shape((item.image.shape[0], item.image.shape[1]))
            panel.show_title(title, used=title == self._used())
            writing = self._writings.get(title)
            if writing is None:
                found = self._found.get(title, PREPARING)
                panel.show_message(str(found))
                continue
            compared = title not in (titles[0], TRUE_PATH) and len(writing.points)
            parting = find_parting(writing, base) if base and compared else None
            panel.show_writing(writing, self._distances.get(title), parting)

    def _take(self) -> dict[str, Writing]:
        """Return what was made so far as ways to write, the correction by hand among them."""
        made: dict[str, Writing] = {}
        corrected: Extraction | None = None
        for title, found in self._found.items():
            if isinstance(found, Writing):
                made[title] = found
            elif not isinstance(found, str):
                extraction = cast("Extraction", found)
                made[title] = written(title, extraction)
                corrected = corrected or self.correct(self.position, extraction)
        if corrected is not None and corrected.corrected:
            made[BY_HAND] = written(BY_HAND, corrected)
        return made

    def _used(self) -> str:
        """Return the title of what the other parts of the program use for this digit."""
        if BY_HAND in self._writings:
            return BY_HAND
        return next(offer.title for offer in self._offers if is_used(offer, self._settings))
