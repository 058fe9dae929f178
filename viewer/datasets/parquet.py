"""Parquet files of pictures and labels, as on Hugging Face; pyarrow reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.datasets.digits import DigitSet, Split
from viewer.datasets.identity import guess_family
from viewer.datasets.idx import LARGEST
from viewer.datasets.layout import Listing, own_name
from viewer.datasets.mnist import ANY_CLASSES
from viewer.datasets.png import decode_png, invert_dark_ink
from viewer.datasets.png_folder import INVERTED
from viewer.datasets.steps import Steps
from viewer.datasets.streams import GET_AGAIN
from viewer.errors import UserError

PARQUET_MAGIC = b"PAR1"
ENDING = ".parquet"
PLACES = ("", "data")
LABELS = ("label", "labels", "class", "digit")
PICTURES = ("image", "img", "picture")
MISSING = "Install it: pip install 'digit-stroke-viewer[parquet]'."
AT_ONCE = 512
_SHARD = re.compile(r"(.+?)(?:-[0-9]+-of-[0-9]+)?(?:-[0-9a-f]{16})?\.parquet", re.DOTALL)
_DIGITS = tuple("0123456789")


def open_parquet_folder(folder: Path, steps: Steps) -> DigitSet | None:
    """Open the shards ``train-*.parquet`` and ``test-*.parquet`` of a folder.

    They lie in the folder, in ``data`` in it, or in the only folder in it that has any. None
    is returned if there are none; else see `open_parquet`.
    """
    below = [path.name for path in Listing(folder).folders()]
    for place in dict.fromkeys((*PLACES, *below)):
        if not place or (folder / place).is_dir():
            shards = Listing(folder / place).files(ENDING)
            if shards:
                return open_parquet(shards, steps)
    return None


def open_parquet(shards: Sequence[Path], steps: Steps) -> DigitSet:
    """Open parquet files of pictures and labels.

    Parameters
    ----------
    shards : sequence of path
        Each has a column ``image`` of PNG pictures (in a struct ``bytes``, ``path``, or by
        themselves) and may have ``label``. The split is what its name begins with, such as
        ``train-00000-of-00001.parquet``.
    steps : Steps
        Counts the pictures.

    Returns
    -------
    draft : DigitSet
        Not yet named. Class names are those of Hugging Face's notes in the file.

    Raises
    ------
    UserError
        If pyarrow is not installed, or a file is damaged or holds something else.

    References
    ----------
    .. [1] Hugging Face Datasets documentation, "Image" and "ClassLabel" features.
    """
    try:
        pq = import_module("pyarrow.parquet")
    except ImportError as error:
        raise UserError(
            "parquet files need the library pyarrow", path=shards[0], advice=MISSING
        ) from error
    tables = []
    for path in shards:
        try:
            tables.append(_Shard(pq.ParquetFile(path), path))
        except _faults() as error:
            raise _explain(error, path) from error
    steps.begin(sum(table.count for table in tables))
    splits: dict[str, list[_Shard]] = {}
    for table in tables:
        splits.setdefault(table.split, []).append(table)
    images, labels = {}, {}
    for name in sorted(splits, key=lambda name: (name != "train", name)):
        images[name], labels[name] = _read(splits[name], steps)
    notes = [INVERTED] if invert_dark_ink(list(images.values())) else []
    notes.extend(
        f"The digits of {name} have no labels: the file holds none."
        for name, known in labels.items()
        if known is None
    )
    name = own_name(shards[0].parent)
    names = tables[0].class_names
    joined = {split: Split(split, images[split], labels[split]) for split in images}
    return DigitSet(
        name, "", joined, tuple(notes), guess_family(name), () if names == _DIGITS else names
    )


class _Shard:
    """One file: its columns are found before anything is read."""

    def __init__(self, file: Any, path: Path) -> None:
        self.file, self.path = file, path
        self.count: int = file.metadata.num_rows
        match = _SHARD.fullmatch(path.name)
        self.split = match[1] if match else path.stem
        names = file.schema_arrow.names
        image = next((name for name in PICTURES if name in names), None)
        if image is None:
            held = ", ".join(names[:6])
            raise UserError(
                f"it has no column of pictures: it has {ascii(held)[1:-1] or 'none'}",
                path=path,
                advice="Pictures are looked for in a column 'image'.",
            )
        if not self.count:
            raise UserError("it holds no pictures", path=path, advice="Open another file.")
        self.image: str = image
        self.label = next((name for name in LABELS if name in names), None)
        self.class_names = self._find_names()

    def _find_names(self) -> tuple[str, ...]:
        """Find the class names that Hugging Face writes into its files."""
        notes = (self.file.schema_arrow.metadata or {}).get(b"huggingface", b"{}")
        try:
            names = json.loads(notes)["info"]["features"][self.label]["names"]
        except (ValueError, KeyError, TypeError):
            return ()
        fits = isinstance(names, list) and len(names) <= ANY_CLASSES
        return tuple(map(str, names)) if fits else ()

    def rows(self) -> Iterator[tuple[list[object], NDArray[np.int64] | None]]:
        """Give pictures and labels, some at a time."""
        columns = [self.image, *([self.label] if self.label else [])]
        for batch in self.file.iter_batches(AT_ONCE, columns=columns):
            labels = None
            if self.label:
                labels = self._labels(batch.column(self.label).to_pylist())
            yield batch.column(self.image).to_pylist(), labels

    def _labels(self, found: list[object]) -> NDArray[np.int64]:
        classes = len(self.class_names) or ANY_CLASSES
        if not all(isinstance(label, int) and 0 <= label < classes for label in found):
            raise UserError(
                f"its column {self.label} holds something other than labels",
                path=self.path,
                advice=f"Labels are whole numbers, 0 to {classes - 1}.",
            )
        return np.array(found, np.int64)


def _read(
    shards: Sequence[_Shard], steps: Steps
) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    """Read the pictures of a split, all of the size of the first."""
    count = sum(shard.count for shard in shards)
    images = np.empty((0, 0, 0), np.uint8)
    labels = np.zeros(count, np.uint8) if all(shard.label for shard in shards) else None
    place = 0
    for shard in shards:
        try:
            for pictures, classes in shard.rows():
                for row, picture in enumerate(pictures):
                    image = _decode(picture, shard.path, place)
                    if not place:
                        images = _make_room(count, image.shape, shard.path)
                    if image.shape != images.shape[1:]:
                        raise UserError(
                            f"picture {place} has {image.shape[0]} x {image.shape[1]} pixels, "
                            f"the first {images.shape[1]} x {images.shape[2]}",
                            path=shard.path,
                            advice="All pictures of a set have to be of one size.",
                        )
                    images[place] = image
                    if labels is not None and classes is not None:
                        labels[place] = classes[row]
                    place += 1
                steps.advance(len(pictures))
        except _faults() as error:
            raise _explain(error, shard.path) from error
    return images, labels


def _make_room(count: int, shape: tuple[int, ...], path: Path) -> NDArray[np.uint8]:
    if count * shape[0] * shape[1] > LARGEST:
        raise UserError(
            f"it promises {count:,} pictures, more than the {LARGEST >> 20} MiB that are read",
            path=path,
            advice=GET_AGAIN,
        )
    return np.empty((count, *shape), np.uint8)


def _decode(picture: object, path: Path, place: int) -> NDArray[np.uint8]:
    data = picture.get("bytes") if isinstance(picture, dict) else picture
    if not isinstance(data, bytes):
        raise UserError(
            f"row {place} has no picture in it",
            path=path,
            advice="Pictures have to lie in the file itself, as PNG.",
        )
    return decode_png(data, path, f"picture {place}")


def _faults() -> tuple[type[Exception], ...]:
    """Return what pyarrow raises on damaged files."""
    return (import_module("pyarrow").ArrowException, OSError, ValueError, KeyError, MemoryError)


def _explain(error: Exception, path: Path) -> UserError:
    reason = str(error).partition("\n")[0].partition(". ")[0].rstrip(".")
    return UserError(
        f"this parquet file cannot be read ({ascii(reason)[1:-1][:120]})",
        path=path,
        advice=GET_AGAIN,
    )
