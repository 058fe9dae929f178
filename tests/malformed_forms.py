"""Faulty npz, CSV, PNG and parquet sources and sets of IDX files, for the corpus in malformed."""

from __future__ import annotations

import functools
import io
import random
import zipfile
import zlib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import numpy as np

from tests.format_files import (
    kaggle_header,
    make_digits,
    make_labels,
    pack_npz,
    pack_png,
    write_csv,
    write_parquet,
    write_pngs,
)
from tests.idx_files import pack_gzip, pack_idx
from tests.unipen_files import GOOD as UNIPEN
from tests.unipen_files import faults

COUNT = 6
IMAGES, LABELS = make_digits(COUNT), make_labels(COUNT)
BOMB_BYTES = 64 << 20


def build_forms(folder: Path) -> Iterator[tuple[str, Path]]:
    """Write the sources; see `tests.malformed.build`."""
    for make in (_npz, _csv, _png, _parquet, _idx_sets, _unipen):
        yield from make(folder)


def pack_zip(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return file.getvalue()


def npy_header(text: str, version: bytes = b"\1\0") -> bytes:
    """Return the start of a .npy file, whatever its header says."""
    data = (text + "\n").encode()
    return b"\x93NUMPY" + version + len(data).to_bytes(2, "little") + data


@functools.cache
def _npz_bomb() -> bytes:
    return _promise("(2, 28, 28)", bytes(BOMB_BYTES))


@functools.cache
def _csv_bomb(line: bytes) -> bytes:
    return pack_gzip(line + b"1" * BOMB_BYTES)


@functools.cache
def _unipen_bombs() -> dict[str, bytes]:
    stroke = b'.SEGMENT DIGIT 0 ? "1"\n.PEN_DOWN\n'
    return {
        "bomb-of-zeros": pack_gzip(stroke + bytes(BOMB_BYTES)),
        "bomb-of-blanks": pack_gzip(stroke + b" " * BOMB_BYTES),
        "bomb-of-lines": pack_gzip(stroke + b"\n" * BOMB_BYTES),
        "bomb-of-points": pack_gzip(stroke + b"1 2\n" * (BOMB_BYTES // 4)),
        "bomb-of-strokes": pack_gzip((stroke + b"1 2\n.PEN_UP\n") * (BOMB_BYTES // 48)),
        "bomb-of-segments": pack_gzip(stroke[:23] * (BOMB_BYTES // 24)),
    }


@functools.cache
def _png_bomb() -> bytes:
    """Return a chunk of PNG's whose text unpacks to many bytes."""
    chunk = b"zTXtnote\0\0" + zlib.compress(bytes(BOMB_BYTES))
    return len(chunk[4:]).to_bytes(4, "big") + chunk + zlib.crc32(chunk).to_bytes(4, "big")


def _promise(shape: str, data: bytes = b"") -> bytes:
    """Return an npz file whose images promise some shape."""
    header = npy_header(f"{{'descr': '|u1', 'fortran_order': False, 'shape': {shape}}}")
    return pack_zip({"x_train.npy": header + data})


def _npz(folder: Path) -> Iterator[tuple[str, Path]]:
    good = pack_npz(x_train=IMAGES, y_train=LABELS)
    middle = len(good) // 2
    objects = np.array([{"digit": 1}], dtype=object)
    faulty = {
        "cut": good[:middle],
        "without-directory": good[:-22],
        "flipped": good[:middle] + bytes([good[middle] ^ 0x55]) + good[middle + 1 :],
        "zip-of-text": pack_zip({"readme.txt": b"hello"}),
        "empty-zip": pack_zip({}) + b"\0",
        "zip-magic-alone": b"PK\3\4" + random.Random(5).randbytes(200),
        "of-sequences": pack_npz(rows=np.zeros((3, 4), np.int8)),
        "of-objects": pack_npz(x_train=objects),
        "of-floats": pack_npz(x_train=IMAGES / 255),
        "of-rows": pack_npz(x_train=IMAGES.reshape(COUNT, -1)),
        "of-colours": pack_npz(x_train=np.zeros((2, 8, 8, 3), np.uint8)),
        "of-nothing": pack_npz(x_train=IMAGES[:0]),
        "too-wide": pack_npz(x_train=np.zeros((1, 8, 65), np.uint8)),
        "fewer-labels": pack_npz(x_train=IMAGES, y_train=LABELS[:-1]),
        "negative-labels": pack_npz(x_train=IMAGES, y_train=LABELS.astype(np.int8) - 5),
        "large-labels": pack_npz(x_train=IMAGES, y_train=LABELS.astype(np.int64) + 250),
        "words-as-labels": pack_npz(x_train=IMAGES, y_train=np.array(["one"] * COUNT)),
        "not-npy": pack_zip({"x_train.npy": b"text"}),
        "npy-version-9": pack_zip({"x_train.npy": npy_header("{}", b"\x09\0")}),
        "npy-header-of-code": pack_zip({"x_train.npy": npy_header("__import__('os')")}),
        "npy-promises-more": _promise("(9, 28, 28)", IMAGES.tobytes()),
        "npy-holds-more": _promise("(2, 28, 28)", IMAGES.tobytes()),
        "npy-promises-terabytes": _promise("(99999999, 64, 64)"),
        "npy-overflows": _promise("(4294967296, 4294967296, 64)"),
        "npy-of-negative-size": _promise("(-1, 28, 28)"),
        "bomb": _npz_bomb(),
        "bzip2-in-zip": pack_zip({"x_train.npy": b"x" * 99}, zipfile.ZIP_BZIP2),
    }
    for name, data in faulty.items():
        yield _write(folder, f"npz-{name}", "mnist.npz", data)


def _csv(folder: Path) -> Iterator[tuple[str, Path]]:
    (folder / "csv").mkdir()
    path = write_csv(folder / "csv" / "train.csv", IMAGES, LABELS, kaggle_header())
    good = path.read_bytes()
    head, _, lines = good.partition(b"\n")
    row = lines.partition(b"\n")[0]
    faulty = {
        "header-only": head + b"\n",
        "header-without-end": head,
        "ragged": good + b"1,2,3\n",
        "cut-in-line": good[:-40],
        "label-256": good.replace(b"\n7,", b"\n256,", 1),
        "of-fractions": head + b"\n" + row.replace(b",0,", b",0.0,"),
        "of-words": good.replace(b"\n7,", b"\nseven,", 1),
        "with-empty-cell": good.replace(b"\n7,", b"\n,", 1),
        "with-blank-line": good.replace(b"\n7,", b"\n\n7,", 1),
        "of-semicolons": head + b"\n" + row.replace(b",", b";"),
        "of-long-numbers": head + b"\n" + b"9" * 9999 + row[1:] + b"\n",
        "with-zero-byte": good.replace(b"\n7,", b"\n\0,", 1),
        "of-other-sizes": head.replace(b",pixel783", b"") + b"\n" + row + b"\n",
        "too-wide": b",".join([b"1"] * (65 * 65 + 1)) + b"\n",
    }
    for name, data in faulty.items():
        yield _write(folder, f"csv-{name}", "train.csv", data)
    yield _write(folder, "csv-bomb", "train.csv.gz", _csv_bomb(row + b"\n"))
    yield _write(folder, "csv-cut-in-gzip", "train.csv.gz", pack_gzip(good)[:-9])


def _png(folder: Path) -> Iterator[tuple[str, Path]]:
    good = pack_png(IMAGES[0])
    header = bytearray(good[:33])
    header[16:24] = (60000).to_bytes(4, "big") * 2
    header[29:33] = zlib.crc32(header[12:29]).to_bytes(4, "big")
    faulty = {
        "empty": b"",
        "of-text": b"a picture",
        "magic-alone": good[:8],
        "cut-in-header": good[:20],
        "header-alone": good[:33],
        "cut-in-data": good[: len(good) // 2],
        "flipped": good[:60] + bytes([good[60] ^ 0x55]) + good[61:],
        "of-jpeg": b"\xff\xd8\xff\xe0\0\x10JFIF",
        "of-60000-pixels": bytes(header) + good[33:],
        "too-wide": pack_png(np.zeros((8, 65), np.uint8)),
        "of-another-size": pack_png(IMAGES[0][1:]),
        "bomb-of-text": good[:33] + _png_bomb() * 9 + good[33:],
    }
    for name, data in faulty.items():
        home = write_pngs(folder / f"png-{name}", IMAGES, LABELS.tolist())
        (home / str(LABELS[3]) / "3.png").write_bytes(data)
        yield f"png-{name}", home
    yield _write(folder, "png-alone", "digit.png", good)
    yield (
        "png-of-300-classes",
        write_pngs(folder / "png-of-300-classes", np.zeros((300, 1, 1), np.uint8), range(300)),
    )
    (folder / "pngs-without-classes").mkdir()
    (folder / "pngs-without-classes" / "0.png").write_bytes(good)
    yield "pngs-without-classes", folder / "pngs-without-classes"


def _parquet(folder: Path) -> Iterator[tuple[str, Path]]:
    pa, pq = import_module("pyarrow"), import_module("pyarrow.parquet")
    home = folder / "parquet"
    good = write_parquet(home / "good.parquet", list(IMAGES), LABELS.tolist())
    data = good.read_bytes()
    for name, faulty in {
        "magic-alone": b"PAR1",
        "cut": data[: len(data) // 2],
        "without-footer": data[:-8],
        "random": b"PAR1" + random.Random(6).randbytes(3000) + b"PAR1",
        "flipped": data[:-100] + bytes([data[-100] ^ 0x55]) + data[-99:],
    }.items():
        yield _write(folder, f"parquet-{name}", "train.parquet", faulty)
    for name, pictures, labels in (
        ("of-jpegs", [b"\xff\xd8\xff\xe0\0\x10JFIF"], [1]),
        ("of-nulls", [None], [1]),
        ("of-two-sizes", [IMAGES[0], make_digits(1, 8)[0]], [1, 2]),
        ("of-nothing", [], []),
        ("of-large-labels", [IMAGES[0]], [256]),
        ("of-negative-labels", [IMAGES[0]], [-1]),
        ("of-a-cut-picture", [pack_png(IMAGES[0])[:-30]], [1]),
    ):
        path = home / name / "train.parquet"
        yield f"parquet-{name}", write_parquet(path, pictures, labels)
    for name, table in {
        "of-numbers": {"image": [1, 2]},
        "of-other-columns": {"text": ["a"], "label": [1]},
        "of-words-as-labels": {"image": [pack_png(IMAGES[0])], "label": ["one"]},
    }.items():
        path = home / f"{name}.parquet"
        pq.write_table(pa.table(table), path)
        yield f"parquet-{name}", path


def _idx_sets(folder: Path) -> Iterator[tuple[str, Path]]:
    images = pack_idx(IMAGES)
    letters = "emnist-letters-train"
    names = f"{letters}-images-idx3-ubyte", f"{letters}-labels-idx1-ubyte"
    faulty: dict[str, dict[str, bytes]] = {
        "emnist-label-27": {names[0]: images, names[1]: pack_idx(LABELS + np.uint8(19))},
        "emnist-mapping-of-words": {names[0]: images, "emnist-letters-mapping.txt": b"one a\n"},
        "emnist-mapping-empty": {names[0]: images, "emnist-letters-mapping.txt": b""},
        "emnist-mapping-random": {
            names[0]: images,
            "emnist-letters-mapping.txt": random.Random(7).randbytes(500),
        },
        "emnist-mapping-too-short": {
            names[0]: images,
            names[1]: pack_idx(LABELS),
            "emnist-letters-mapping.txt": b"0 48\n1 49\n",
        },
    }
    for name, files in faulty.items():
        (folder / name).mkdir()
        for file, data in files.items():
            (folder / name / file).write_bytes(data)
        yield name, folder / name


def _write(folder: Path, name: str, file: str, data: bytes) -> tuple[str, Path]:
    (folder / name).mkdir()
    path = folder / name / file
    path.write_bytes(data)
    return name, path


def _unipen(folder: Path) -> Iterator[tuple[str, Path]]:
    packed = pack_gzip(UNIPEN.encode())
    faulty = {name: pack_gzip(text.encode("latin-1")) for name, (text, _) in faults().items()}
    faulty |= _unipen_bombs()
    faulty |= {
        "cut-in-gzip": packed[:-9],
        "random-behind-keyword": pack_gzip(b".VERSION 1.0\n" + random.Random(5).randbytes(5000)),
    }
    for name, data in faulty.items():
        home = folder / f"unipen-{name}"
        home.mkdir()
        (home / "digits.tra").write_bytes(data)
        yield home.name, home / "digits.tra"
