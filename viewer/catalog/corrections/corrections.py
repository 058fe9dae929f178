"""Strokes that the user put into another order, direction or division; kept on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.columns import CORRECTED
from viewer.catalog.corrections.place import find_place
from viewer.catalog.corrections.state import (
    CorrectionState,
    Place,
    by_split,
    image_key,
    make_record,
)
from viewer.catalog.journal import Journal
from viewer.catalog.keeper import Keeper
from viewer.catalog.ledger import Digits, Step
from viewer.catalog.table import Table
from viewer.core.correction import Strokes, check_strokes
from viewer.datasets.digits import DigitSet


class Corrections(Keeper[CorrectionState]):
    """The corrections of one set of digits; every change is kept at once and can be undone.

    Made by `open`. Where nothing can be kept, corrections last as long as the object;
    `notes` says so in sentences, as it does of damage.

    Parameters
    ----------
    dataset : DigitSet
        The set.
    journal : Journal or None
        Where changes are kept; None for nowhere.
    """

    def __init__(self, dataset: DigitSet, journal: Journal | None) -> None:
        super().__init__(journal, CorrectionState, "corrections")
        self.path = None if journal is None else journal.path
        """The file that keeps them; the first correction makes it. None where nothing can."""
        self._dataset = dataset

    @classmethod
    def open(cls, dataset: DigitSet, folder: Path | None = None) -> Corrections:
        """Read the corrections of a set.

        Parameters
        ----------
        dataset : DigitSet
            The set; corrections are kept beside it where that is possible.
        folder : path, optional
            Where they are kept otherwise; a folder of the user by default. It need not
            exist.

        Returns
        -------
        corrections : Corrections
        """
        try:
            found = find_place(dataset, folder)
        except RuntimeError as error:
            corrections = cls(dataset, None)
            corrections.notes.append(f"Corrections are not kept on disk: {error}")
            return corrections
        corrections = cls(dataset, Journal(found.path))
        if found.copied is None:
            corrections._ledger.begin()
            return corrections
        try:
            corrections._ledger.begin_with(Journal(found.copied))
        except OSError as error:
            corrections.notes.append(
                f"The corrections cannot be read: {found.copied}: {error.strerror}."
            )
        return corrections

    def get(self, split: str, index: int) -> Strokes | None:
        """Return the corrected strokes of a digit of the set; None if it is not corrected."""
        state, image = self._ledger.state, self._image_of(split, index)
        if image is None or not state.may_hold(split, index):
            return None
        return state.get(Place(split, index, image_key(image)))

    def set(
        self, split: str, index: int, image: NDArray[np.uint8], strokes: Strokes | None
    ) -> None:
        """Correct the strokes of a digit, or take its correction away.

        Parameters
        ----------
        split : str
        index : int
            Which digit it is.
        image : ndarray of uint8, shape (M, N)
            Its image.
        strokes : tuple of ndarray of int16, or None
            (row, column) of the points of each stroke; None takes the correction away.

        Raises
        ------
        ValueError
            If the strokes cannot be written as a sequence, or there are none.
        """
        if strokes is not None:
            if not strokes:
                raise ValueError("there are no strokes")
            check_strokes(strokes)
        place = Place(split, index, image_key(image))
        new = make_record(place, strokes)

        def plan() -> Step:
            old = make_record(place, self._ledger.state.get(place))
            return Step({}, {}) if new == old else Step(new, old)

        if plan().forward:  # else not even the lock is made beside the set
            self._ledger.change(plan)

    def undo(self) -> tuple[str, int] | None:
        """Take the last change back; return split and index of its digit, None if none was."""
        if not self._ledger.done:
            return None
        step = self._ledger.done[-1]
        self._ledger.undo()
        return _digit_of(step)

    def redo(self) -> tuple[str, int] | None:
        """Make the change once more that was taken back last; return as `undo` does."""
        if not self._ledger.undone:
            return None
        step = self._ledger.undone[-1]
        self._ledger.redo()
        return _digit_of(step)

    def digits(self) -> dict[str, NDArray[np.int64]]:
        """Return the digits of the set that are corrected: ascending indices by split."""
        return by_split(filter(self._is_ours, self._ledger.state.places()))

    def _add_columns(self, table: Table) -> None:
        corrected = np.zeros(len(table), dtype=np.bool_)
        corrected[table.positions(self.digits())] = True
        table.add(CORRECTED, corrected)

    def _fill_columns(self, table: Table, changed: Digits) -> None:
        digits = self.digits()
        for split in table.dataset.splits.values():
            if split.name in changed:
                corrected = np.zeros(len(split), dtype=np.bool_)
                corrected[digits.get(split.name, [])] = True
                table.fill(CORRECTED, table.first(split.name), corrected)

    def _image_of(self, split: str, index: int) -> NDArray[np.uint8] | None:
        """Return the image of a digit of the set, None if it has no such digit."""
        part = self._dataset.splits.get(split)
        if part is None or not 0 <= index < len(part):
            return None
        image: NDArray[np.uint8] = part.images[index]
        return image

    def _is_ours(self, place: Place) -> bool:
        """Tell whether a correction is of a digit of this set."""
        image = self._image_of(place.split, place.index)
        return image is not None and image_key(image) == place.image


def _digit_of(step: Step) -> tuple[str, int]:
    """Return which digit a change is about."""
    assert isinstance(step.forward, dict)
    return step.forward["split"], step.forward["index"]
