"""The file that holds what a model predicts, and whose predictions are whose.

It is an npz file without pickles. For the prediction task: ``rows`` float32 (S, 4), the
predicted rows ``dx dy eos eod`` of the steps of each sequence, which are its rows 2 to T
(the first is never predicted), and ``offsets`` int64 (n + 1,): sequence ``i`` has the steps
``rows[offsets[i]:offsets[i + 1]]``. For the classification task: ``label`` uint8 (n,), and if
wanted ``score`` float32 (n, classes). In both ``split`` str (n,) and ``index`` int64 (n,) tell
whose they are; without them they are those of the sequences in their order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.atomic import writing
from viewer.benchmark.reading import MAKE_AGAIN, read_predictions
from viewer.benchmark.sequences import identity_keys, spans
from viewer.datasets.sequences.arrays import opening
from viewer.datasets.sequences.rows import Rows
from viewer.errors import UserError


@dataclass(frozen=True)
class Predictions:
    """Predicted steps or classes of some sequences; one of the two at least.

    Parameters
    ----------
    rows : ndarray of float32, shape (S, 4), or None
        Predicted ``dx dy eos eod``.
    offsets : ndarray of int64, shape (n + 1,), or None
        Sequence ``i`` has the steps ``rows[offsets[i]:offsets[i + 1]]``.
    label : ndarray of uint8, shape (n,), or None
        Predicted classes.
    score : ndarray of float32, shape (n, c), or None
        A number for each class.
    split : ndarray of str, shape (n,), or None
        Name of each digit's split; None where the file does not tell.
    index : ndarray of int64, shape (n,), or None
        Its index in the split; None where `split` is.
    path : path, optional
        The file, which errors name.
    """

    rows: NDArray[np.float32] | None = None
    offsets: NDArray[np.int64] | None = None
    label: NDArray[np.uint8] | None = None
    score: NDArray[np.float32] | None = None
    split: NDArray[np.str_] | None = None
    index: NDArray[np.int64] | None = None
    path: Path | None = None

    def __len__(self) -> int:
        if self.offsets is not None:
            return len(self.offsets) - 1
        return 0 if self.label is None else len(self.label)

    @classmethod
    def of(cls, path: Path) -> Predictions:
        """Read a file of predictions.

        Parameters
        ----------
        path : path
            As the head of this module tells.

        Returns
        -------
        predictions : Predictions

        Raises
        ------
        UserError
            If the file cannot be read, lacks an array or has one of another form, a number is
            not finite, or there are two predictions for one digit.
        """
        with opening(path) as arrays:
            found = cls(**read_predictions(arrays), path=path)
        if found.split is not None and len(np.unique(found._keys)) < len(found):
            repeated = np.ones(len(found), np.bool_)
            repeated[np.unique(found._keys, return_index=True)[1]] = False
            place = int(np.argmax(repeated))
            raise UserError(f"{found._name(place)} is predicted twice", path=path)
        return found

    def write(self, path: Path, *, overwrite: bool = False) -> None:
        """Write the file; the same predictions give the same bytes.

        Raises
        ------
        UserError
            If it exists and may not be replaced, or cannot be written.
        """
        from viewer.export.formats.arrays import write_arrays

        arrays: dict[str, NDArray[Any] | None] = {
            "rows": self.rows,
            "offsets": self.offsets,
            "label": self.label,
            "score": self.score,
            "split": self.split,
            "index": self.index,
        }
        with writing(path, overwrite=overwrite) as file:
            write_arrays(file, {key: array for key, array in arrays.items() if array is not None})

    def steps(self, split: str, index: int) -> NDArray[np.float32] | None:
        """Return the predicted steps of a digit.

        Parameters
        ----------
        split : str
        index : int
            The digit.

        Returns
        -------
        steps : ndarray of float32, shape (T - 1, 4), or None
            ``dx dy eos eod`` of its rows 2 to T; None where there are none of this digit, or
            the predictions have no identities. Then `identified` gives them some.
        """
        if self.rows is None or self.offsets is None:
            return None
        place = self._places.get((split, index))
        return None if place is None else self.rows[self.offsets[place] : self.offsets[place + 1]]

    def labels(self, split: str) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
        """Return the predicted classes of a split.

        Parameters
        ----------
        split : str

        Returns
        -------
        index : ndarray of int64, shape (m,)
            Digits that have one, in ascending order.
        label : ndarray of uint8, shape (m,)
            The class of each.
        """
        if self.label is None or self.split is None or self.index is None:
            return np.zeros(0, np.int64), np.zeros(0, np.uint8)
        mine = np.flatnonzero(self.split == split)
        mine = mine[np.argsort(self.index[mine])]
        return self.index[mine], self.label[mine]

    def match(self, sequences: Rows) -> NDArray[np.int64]:
        """Find the predictions of sequences.

        Parameters
        ----------
        sequences : Rows

        Returns
        -------
        places : ndarray of int64, shape (n,)
            Where the predictions of each sequence are; -1 where there are none.

        Raises
        ------
        UserError
            If there are none of any, or they have no identities and are more or fewer than
            the sequences.
        """
        if self.split is None or self.index is None:
            if len(self) != len(sequences):
                raise UserError(
                    f"it has predictions for {len(self):,} sequences, but there are "
                    f"{len(sequences):,}",
                    path=self.path,
                    advice="Add split and index, so that it can be told whose they are.",
                )
            return np.arange(len(self))
        mine, wanted = identity_keys([(self.split, self.index), (sequences.split, sequences.index)])
        order = np.argsort(mine)
        found = np.minimum(np.searchsorted(mine, wanted, sorter=order), len(self) - 1)
        places = np.where(mine[order[found]] == wanted, order[found], -1)
        if (places < 0).all():
            raise UserError(
                f"none of the sequences is predicted: it is about {self._name(0)} and others, "
                f"not {sequences.split[0]}:{sequences.index[0]}",
                path=self.path,
            )
        return places

    def take_steps(self, places: NDArray[np.int64], sequences: Rows) -> NDArray[np.float32]:
        """Return the predicted steps of some sequences, one after the other.

        Parameters
        ----------
        places : ndarray of int64, shape (n,)
            What `match` found, all of them there.
        sequences : Rows
            The n sequences.

        Returns
        -------
        steps : ndarray of float32, shape (S, 4)

        Raises
        ------
        UserError
            If there are none, or more or fewer of a sequence than it has.
        """
        if self.rows is None or self.offsets is None:
            raise self._lacks("rows and offsets", "steps")
        lengths = np.diff(self.offsets)[places]
        wrong = np.flatnonzero(lengths != np.diff(sequences.offsets) - 1)
        if len(wrong):
            digit = wrong[0]
            steps = sequences.offsets[digit + 1] - sequences.offsets[digit] - 1
            raise UserError(
                f"it has {lengths[digit]} steps for {sequences.split[digit]}:"
                f"{sequences.index[digit]}, whose sequence has {steps} after its first row",
                path=self.path,
            )
        return self.rows[spans(self.offsets[:-1][places], lengths)[0]]

    def take_labels(self, places: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return the predicted classes of some sequences; a UserError if there are none."""
        if self.label is None:
            raise self._lacks("label", "classes")
        return self.label[places]

    def identified(self, sequences: Rows) -> Predictions:
        """Return predictions that are matched by place with the identities of the sequences."""
        if self.split is not None:
            return self
        self.match(sequences)
        return replace(self, split=sequences.split, index=sequences.index)

    @cached_property
    def _keys(self) -> NDArray[np.int64]:
        assert self.split is not None
        assert self.index is not None
        return identity_keys([(self.split, self.index)])[0]

    @cached_property
    def _places(self) -> dict[tuple[str, int], int]:
        """Where the predictions of each digit are."""
        if self.split is None or self.index is None:
            return {}
        identities = zip(self.split.tolist(), self.index.tolist(), strict=True)
        return {identity: place for place, identity in enumerate(identities)}

    def _name(self, place: int) -> str:
        assert self.split is not None
        assert self.index is not None
        return f"{self.split[place]}:{self.index[place]}"

    def _lacks(self, names: str, what: str) -> UserError:
        return UserError(f"it has no {names}, so no {what}", path=self.path, advice=MAKE_AGAIN)
