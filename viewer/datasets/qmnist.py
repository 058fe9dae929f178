"""QMNIST's extended labels: who wrote each digit of MNIST and QMNIST, and where it is from."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import Split
from viewer.datasets.idx import IdxHeader, read_idx
from viewer.datasets.streams import GET_AGAIN, Reader
from viewer.errors import UserError

COLUMNS = (
    "class",
    "hsf_series",
    "writer",
    "digit_index",
    "nist_class",
    "global_index",
    "duplicate",
    "unused",
)
"""The columns of a table of extended labels, in their order [1]_.

.. [1] C. Yadav and L. Bottou (2019), Cold Case: The Lost MNIST Digits; README, section 2.2.
"""
METADATA = ("writer", *(name for name in COLUMNS if name not in ("class", "writer")))
FIRST_NIST_CLASS = 30
"""NIST's code of the digit 0; the others follow."""
MNIST_TEST = 10_000
"""So many first rows of QMNIST's test set are the MNIST test digits."""
LARGEST_TEXT = 16 << 20
"""Most bytes of a tab-separated table; that of all NIST digits has 11 MB."""


def read_extended(path: Path) -> NDArray[np.int32]:
    """Read a table of extended labels, IDX or tab-separated.

    Parameters
    ----------
    path : path
        ``...-labels-idx2-int`` or ``...-labels.tsv``, plain, gzip or xz. Which it is, is
        told by its content.

    Returns
    -------
    table : ndarray of int32, shape (n, 8)
        The columns are those of `COLUMNS`.

    Raises
    ------
    UserError
        If the file is damaged or is not such a table.
    """
    with Reader(path) as reader:
        is_idx = reader.read(1) == b"\0"
    table = _read_idx_table(path) if is_idx else _read_text_table(path)
    classes, codes = table[:, COLUMNS.index("class")], table[:, COLUMNS.index("nist_class")]
    wrong = (classes < 0) | (classes > 9) | (codes != classes + FIRST_NIST_CLASS)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise UserError(
            f"row {row} is not one of QMNIST's extended labels: it gives class {classes[row]} "
            f"and NIST class {codes[row]}",
            path=path,
            advice="The NIST class of a digit is its class + 30.",
        )
    return table


def join_extended(split: Split, table: NDArray[np.int32], path: Path) -> Split:
    """Join extended labels to a split by position.

    Parameters
    ----------
    split : Split
        MNIST or QMNIST images; without labels the split gets the class column as such.
    table : ndarray of int32, shape (n, 8)
        Extended labels; more rows than digits may be given, as for the MNIST test digits.
    path : path
        Where they are from, for errors.

    Returns
    -------
    split : Split
        With the columns of `METADATA`, int32.

    Raises
    ------
    UserError
        If there are fewer rows than digits, or a class differs from the label.
    """
    count = len(split)
    # without labels to compare with, a part of a table is taken for the MNIST test digits alone
    part = split.labels is not None or count == MNIST_TEST
    if len(table) < count or (len(table) > count and not part):
        raise UserError(
            f"it holds extended labels of {len(table):,} digits for {count:,} images",
            path=path,
            advice="Give the extended labels of the same split.",
        )
    rows = table[:count]
    classes = rows[:, COLUMNS.index("class")].astype(np.uint8)
    if split.labels is not None and (differs := classes != split.labels).any():
        first = int(np.argmax(differs))
        raise UserError(
            f"it does not belong to these images: digit {split.name}:{first} is of class "
            f"{split.labels[first]}, row {first} of class {classes[first]}",
            path=path,
            advice="Give the extended labels of the same set and split.",
        )
    columns: dict[str, NDArray[Any]] = {
        name: np.ascontiguousarray(rows[:, COLUMNS.index(name)]) for name in METADATA
    }
    return replace(split, labels=classes, columns={**split.columns, **columns})


def _read_idx_table(path: Path) -> NDArray[np.int32]:
    """Read the table from IDX."""
    return read_idx(path, _check_form)


def _check_form(header: IdxHeader, path: Path) -> None:
    """Make sure that an IDX file holds extended labels."""
    if header.dtype != np.dtype(">i4") or header.shape[1:] != (len(COLUMNS),):
        raise UserError(
            f"it holds {header}, not QMNIST's extended labels (int32, digits x 8)",
            path=path,
            advice="Give a file such as qmnist-train-labels-idx2-int.gz.",
        )
    if not header.shape[0]:
        raise UserError("it holds no labels", path=path, advice=GET_AGAIN)


def _read_text_table(path: Path) -> NDArray[np.int32]:
    """Read the table from tab-separated whole numbers."""
    with Reader(path) as reader:
        text = bytearray(LARGEST_TEXT)
        del text[reader.fill(memoryview(text)) :]
        whole = reader.at_end()
    if not whole or text.translate(None, b"0123456789-\t\r\n") or not text.strip():
        raise UserError(
            "this is not a table of QMNIST's extended labels",
            path=path,
            advice="Give a file such as qmnist-train-labels-idx2-int.gz or "
            "qmnist-train-labels.tsv.gz.",
        )
    try:
        table = np.loadtxt(io.BytesIO(text), np.int32, comments=None, delimiter="\t", ndmin=2)
    except ValueError as error:
        raise UserError(
            f"its table cannot be read ({str(error).partition(';')[0].rstrip('.')})",
            path=path,
            advice=GET_AGAIN,
        ) from error
    if table.shape[1] != len(COLUMNS):
        raise UserError(
            f"its table has {table.shape[1]} columns, not {len(COLUMNS)}",
            path=path,
            advice="Give a file such as qmnist-train-labels.tsv.gz.",
        )
    return table
