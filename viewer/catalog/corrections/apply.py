"""Corrections in the place of computed sequences: for files, and for what is measured.

The kernels must be ready: call `viewer.jit.prepare` first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.catalog.columns import find_column
from viewer.catalog.corrections.corrections import Corrections
from viewer.catalog.corrections.state import LARGEST_SIDE
from viewer.catalog.table import Table
from viewer.core.correction import fits
from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.datasets.digits import Split

if TYPE_CHECKING:
    from viewer.core.sequences import SequenceSet


@dataclass(frozen=True)
class Applied:
    """Sequences with the corrections of their digits.

    Parameters
    ----------
    sequences : SequenceSet
    corrected : ndarray of bool, shape (n,)
        Which of them are corrections.
    unfit : int
        How many other digits are corrected, but have another skeleton under the settings
        in use, so that the computed sequence stands.
    """

    sequences: SequenceSet
    corrected: NDArray[np.bool_]
    unfit: int


def apply_corrections(
    parts: Sequence[tuple[Split, NDArray[np.int64]]],
    sequences: SequenceSet,
    corrections: Corrections,
    settings: ExtractionSettings = PUBLISHED,
) -> Applied:
    """Put corrected sequences in the place of computed ones.

    Parameters
    ----------
    parts : sequence of (Split, ndarray of int64)
        Splits, and the ascending indices of some digits of each.
    sequences : SequenceSet
        Their computed sequences, in the same order.
    corrections : Corrections
        Those of the set.
    settings : ExtractionSettings
        What the sequences were extracted with.

    Returns
    -------
    applied : Applied
    """
    from viewer.core.sequences import replace_sequences

    rows: dict[int, NDArray[np.int8]] = {}
    unfit = first = 0
    for split, indices in parts:
        own, others = corrected_rows(split, indices, corrections, settings)
        rows |= {first + place: found for place, found in own.items()}
        unfit += others
        first += len(indices)
    corrected = np.zeros(len(sequences), dtype=np.bool_)
    corrected[list(rows)] = True
    return Applied(replace_sequences(sequences, rows), corrected, unfit)


def corrected_rows(
    split: Split,
    indices: NDArray[np.int64],
    corrections: Corrections,
    settings: ExtractionSettings = PUBLISHED,
) -> tuple[dict[int, NDArray[np.int8]], int]:
    """Find the corrected sequences among some digits.

    Parameters
    ----------
    split : Split
        Their split.
    indices : ndarray of int64
        Ascending.
    corrections : Corrections
        Those of the set.
    settings : ExtractionSettings
        What the other sequences are extracted with.

    Returns
    -------
    rows : dict of int to ndarray of int8, shape (T, 4)
        Corrected sequences by the place of their digit among the indices.
    unfit : int
        How many other digits are corrected, but have another skeleton under the settings.
    """
    from viewer.core.extract import correct, extract

    rows: dict[int, NDArray[np.int8]] = {}
    unfit = 0
    kept: NDArray[np.int64] = corrections.digits().get(split.name, np.zeros(0, np.int64))
    for index in np.intersect1d(indices, kept).astype(int).tolist():
        strokes = corrections.get(split.name, index)
        if strokes is None:
            continue  # taken back meanwhile
        extraction = extract(split.images[index], settings)
        if fits(strokes, extraction.skeleton):
            rows[int(np.searchsorted(indices, index))] = correct(extraction, strokes).rows
        else:
            unfit += 1
    return rows, unfit


@dataclass(frozen=True)
class Measured:
    """Facts of some digits.

    Parameters
    ----------
    positions : ndarray of int64, shape (k,)
        Which digits of the table.
    facts : mapping of str to ndarray, shape (k,)
        As `viewer.core.facts.measure` returns them.
    """

    positions: NDArray[np.int64]
    facts: Mapping[str, NDArray[Any]]


def corrected_facts(
    table: Table,
    corrections: Corrections,
    settings: ExtractionSettings = PUBLISHED,
    positions: NDArray[np.int64] | None = None,
) -> None:
    """Bring the facts of digits up to date with their corrections.

    Facts that the table does not know of a digit are left unknown; ``unusual``, which tells
    more of its class than of the digit, and ``order_gap``, which compares computed orders,
    stay as they are. It is `measure_corrected`,
    which may run in any thread, and `fill_measured`, which belongs to that of the table.

    Parameters
    ----------
    table : Table
        The set; its columns of facts are replaced.
    corrections : Corrections
        Those of the set.
    settings : ExtractionSettings
        What the facts were extracted with.
    positions : ndarray of int64, optional
        Which digits: those whose correction is another than before. By default all that
        are corrected.
    """
    fill_measured(table, measure_corrected(table, corrections, settings, positions))


def measure_corrected(
    table: Table,
    corrections: Corrections,
    settings: ExtractionSettings = PUBLISHED,
    positions: NDArray[np.int64] | None = None,
) -> Measured:
    """Measure digits with their corrections; the table is only read.

    Parameters are those of `corrected_facts`.
    """
    from viewer.core.batch import extract_batch
    from viewer.core.facts import measure
    from viewer.core.sequences import join

    if positions is None:
        positions = table.positions(corrections.digits())
    parts = [
        (split, indices)
        for split, indices in table.by_split(positions)
        if max(split.images.shape[1:]) <= LARGEST_SIDE
    ]
    sequences = join([extract_batch(split.images[some], settings) for split, some in parts])
    facts = measure(apply_corrections(parts, sequences, corrections, settings).sequences)
    return Measured(table.positions({split.name: some for split, some in parts}), facts)


def fill_measured(table: Table, measured: Measured) -> None:
    """Fill the facts of digits into those columns of their table that are there."""
    if not len(measured.positions):
        return
    for name, found in measured.facts.items():
        if name in table.columns:
            values = table.values(name).copy()
            values[measured.positions] = found
            table.add(find_column(name), values, known=table.known(name))
