"""Parquet: a row a digit, its sequence as four lists of whole numbers.

The columns are ``split``, ``index``, and ``label`` where a class is known; ``dx``, ``dy``,
``eos`` and ``eod``, lists of int8; the metadata columns; where marks are written,
``favourite``, ``colour`` and ``note``; and ``corrected``. What is unknown is null. A digit
without ink has lists of one: the row ``0 0 1 1``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from viewer.errors import UserError
from viewer.export.format import Chunk, FileWriter, Format, Options, Whole
from viewer.export.formats.arrays import pack_arrays, unpack_arrays
from viewer.export.formats.columns import (
    COLOUR_NAMES,
    COLUMN,
    Arrays,
    check_columns,
    columns_of,
)

EXTRA = "parquet"
ROWS = ("dx", "dy", "eos", "eod")
GROUP = 8192
"""Digits of a row group."""


def check(whole: Whole, options: Options) -> None:
    """Make sure that pyarrow is there, and no metadata column has the name of another one.

    Raises
    ------
    UserError
        Otherwise.
    """
    try:
        import_module("pyarrow.parquet")
    except ImportError as error:
        raise UserError(
            "parquet files need the library pyarrow",
            advice=f"Install it: pip install 'digit-stroke-viewer[{EXTRA}]'.",
        ) from error
    check_columns(whole, *ROWS)


def encode(chunk: Chunk, options: Options) -> bytes:
    """Pack the rows of a chunk; it takes no pyarrow."""
    sequences = chunk.sequences
    return pack_arrays({"rows": sequences.rows, "offsets": sequences.offsets, **columns_of(chunk)})


def join(pieces: Iterable[bytes], file: BinaryIO, whole: Whole, options: Options) -> None:
    """Write the digits of all chunks, one row group after the other."""
    pa, pq = import_module("pyarrow"), import_module("pyarrow.parquet")
    parts = (unpack_arrays(piece) for piece in pieces)
    first = next(parts, None)
    fields = _fields(whole, marked=first is not None and "favourite" in first)
    schema = pa.schema(fields)
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        if first is not None:
            tables = (_table(part, schema) for part in _chain(first, parts))
            for group in _groups(tables):
                writer.write_table(group, row_group_size=GROUP)


def _chain(first: Arrays, others: Iterator[Arrays]) -> Iterator[Arrays]:
    yield first
    yield from others


def _fields(whole: Whole, *, marked: bool) -> list[tuple[str, Any]]:
    """Return names and types of the columns."""
    pa = import_module("pyarrow")
    fields = [("split", pa.string()), ("index", pa.int64())]
    if whole.most_label >= 0:
        fields.append(("label", pa.uint8()))
    fields += [(name, pa.list_(pa.int8())) for name in ROWS]
    fields += [(name, pa.from_numpy_dtype(dtype)) for name, dtype in whole.columns.items()]
    if marked:
        fields += [("favourite", pa.bool_()), ("colour", pa.string()), ("note", pa.string())]
    return [*fields, ("corrected", pa.bool_())]


def _table(part: Arrays, schema: Any) -> Any:
    """Return the digits of a piece as a table."""
    pa = import_module("pyarrow")
    values = {name.removeprefix(COLUMN): array for name, array in part.items()}
    if "favourite" in part:
        values["colour"] = np.array(COLOUR_NAMES)[part["colour"]]
        values["note"] = part["notes"][part["note"]]
    offsets = pa.array(part["offsets"], pa.int32())
    columns = []
    for field in schema:
        if field.name in ROWS:
            numbers: NDArray[Any] = part["rows"][:, ROWS.index(field.name)]
            lists = pa.ListArray.from_arrays(offsets, pa.array(np.ascontiguousarray(numbers)))
            columns.append(lists.cast(field.type))
        elif field.name in values:
            columns.append(pa.array(_readable(values[field.name]), field.type))
        else:
            columns.append(pa.nulls(len(part["index"]), field.type))
    return pa.table(columns, schema=schema)


def _readable(array: NDArray[Any]) -> Any:
    """Return what pyarrow takes: text has a question mark for what is no character."""
    if array.dtype.kind != "U":
        return array
    return [text.encode(errors="replace").decode() for text in array.tolist()]


def _groups(tables: Iterable[Any]) -> Iterator[Any]:
    """Yield tables of `GROUP` digits each, and the rest, however the tables were cut."""
    pa = import_module("pyarrow")
    held: list[Any] = []
    count = 0
    for table in tables:
        held.append(table)
        count += len(table)
        while count >= GROUP:
            whole = pa.concat_tables(held)
            yield whole.slice(0, GROUP).combine_chunks()
            held, count = [whole.slice(GROUP)], count - GROUP
    if count:
        yield pa.concat_tables(held).combine_chunks()


def snippet(path: str) -> str:
    """Return Python that loads the file."""
    return (
        "import pyarrow.parquet as pq\n"
        f"digits = pq.read_table({path!r}).to_pylist()\n"
        "first = digits[0]\n"
        'rows = list(zip(first["dx"], first["dy"], first["eos"], first["eod"]))'
    )


FORMAT = Format(
    "parquet",
    "Parquet",
    "One table with a row a digit: the sequence as lists, metadata and marks",
    ".parquet",
    snippet,
    file=FileWriter(encode, join, check),
    needs=EXTRA,
)
