"""Sets of digits in forms other than IDX, written by NumPy, csv, Pillow and pyarrow."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIDE = 28


def make_digits(count: int, side: int = SIDE) -> NDArray[np.uint8]:
    """Return images that all differ, none of them symmetric, with dark borders."""
    rng = np.random.default_rng(count)
    images = rng.integers(0, 256, (count, side, side)).astype(np.uint8)
    images[:, [0, -1]] = 0
    images[:, :, [0, -1]] = 0
    return images


def make_labels(count: int, classes: int = 10) -> NDArray[np.uint8]:
    return (np.arange(count) * 7 % classes).astype(np.uint8)


def write_csv(
    path: Path,
    images: NDArray[np.uint8],
    labels: NDArray[np.uint8] | None = None,
    header: Sequence[str] | None = None,
    label_column: int = 0,
    end: str = "\n",
) -> Path:
    """Write a digit a line, with the label in any column."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator=end)
        if header is not None:
            writer.writerow(header)
        for place, image in enumerate(images):
            row = image.ravel().tolist()
            if labels is not None:
                row.insert(label_column, int(labels[place]))
            writer.writerow(row)
    return path


def kaggle_header(side: int = SIDE, *, label: bool = True) -> list[str]:
    return [*(["label"] if label else []), *(f"pixel{n}" for n in range(side * side))]


def pack_png(image: NDArray[np.uint8], mode: str = "L") -> bytes:
    """Return a grey image as a PNG picture of some mode."""
    from PIL import Image

    picture = Image.fromarray(image)
    if mode == "RGBA on nothing":
        picture = Image.merge("RGBA", [Image.new("L", picture.size, 255)] * 3 + [picture])
    elif mode == "I;16":
        picture = Image.fromarray(image.astype(np.uint16) << 8)
    elif mode != "L":
        picture = picture.convert(mode)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def pack_npz(**arrays: NDArray[Any]) -> bytes:
    """Return arrays as an npz file."""
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=True, **arrays)
    return file.getvalue()


def write_pngs(
    folder: Path, images: NDArray[np.uint8], classes: Sequence[object], mode: str = "L"
) -> Path:
    """Write pictures into a folder a class, numbered through."""
    for place, (image, name) in enumerate(zip(images, classes, strict=True)):
        (folder / str(name)).mkdir(parents=True, exist_ok=True)
        (folder / str(name) / f"{place}.png").write_bytes(pack_png(image, mode))
    return folder


def write_parquet(
    path: Path,
    images: Sequence[NDArray[np.uint8] | bytes | None],
    labels: Sequence[int] | None = None,
    names: Sequence[str] | None = None,
) -> Path:
    """Write pictures and labels as Hugging Face does, with its notes if classes have names."""
    pa, pq = import_module("pyarrow"), import_module("pyarrow.parquet")
    packed = [pack_png(image) if isinstance(image, np.ndarray) else image for image in images]
    columns: Mapping[str, Any] = {
        "image": pa.array(
            [{"bytes": data, "path": None} for data in packed],
            pa.struct([("bytes", pa.binary()), ("path", pa.string())]),
        ),
        **({} if labels is None else {"label": pa.array(labels, pa.int64())}),
    }
    table = pa.table(columns)
    if names is not None:
        notes = {"info": {"features": {"label": {"names": list(names), "_type": "ClassLabel"}}}}
        table = table.replace_schema_metadata({"huggingface": json.dumps(notes)})
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, path)
    return path
