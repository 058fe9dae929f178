"""Sources that cannot be opened, each with one fault; small on disk, the same every time."""

from __future__ import annotations

import bz2
import functools
import lzma
import os
import random
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.idx_files import (
    PACKINGS,
    header,
    make_classes,
    make_extended,
    make_images,
    pack_gzip,
    pack_idx,
    pack_tsv,
    write_mnist,
)
from tests.malformed_forms import build_forms

IMAGES = "t10k-images-idx3-ubyte"
CLASSES = "t10k-labels-idx1-ubyte"
EXTENDED = "qmnist-test-labels-idx2-int"
TABLE = "qmnist-test-labels.tsv"
COUNT = 8
GOOD = pack_idx(make_images(COUNT))
U32 = 2**32 - 1
BOMB_BYTES = 64 << 20


def build(folder: Path) -> list[tuple[str, Path]]:
    """Write the corpus.

    Parameters
    ----------
    folder : path
        An empty folder.

    Returns
    -------
    sources : list of (str, path)
        Name and what to open, a file or folder in a folder of its own; opening it has to
        give one UserError about it or something in it.
    """
    sources = [*_contents(folder), *_packed(folder), *_folders(folder), *_names(folder)]
    sources += build_forms(folder)
    assert len({name for name, _ in sources}) == len(sources)
    return sources


def contents() -> dict[str, bytes]:
    """Return faulty contents of an images file."""
    return {
        "empty": b"",
        "one-byte": GOOD[:1],
        "cut-in-magic": GOOD[:3],
        "cut-before-sizes": GOOD[:4],
        "cut-in-sizes": GOOD[:15],
        "header-only": GOOD[:16],
        "cut-in-data": GOOD[: len(GOOD) // 2],
        "one-byte-short": GOOD[:-1],
        "one-byte-long": GOOD + b"\0",
        "twice": GOOD + GOOD,
        "wrong-first-bytes": b"\1\0" + GOOD[2:],
        "little-endian": GOOD[3::-1] + GOOD[4:],
        "type-0": header(0, COUNT, 28, 28) + GOOD[16:],
        "type-10": header(10, COUNT, 28, 28) + GOOD[16:],
        "type-255": header(255, COUNT, 28, 28) + GOOD[16:],
        "0-dimensions": header(8) + GOOD[16:],
        "1-dimension": pack_idx(make_classes(COUNT)),
        "2-dimensions": header(8, COUNT, 784) + GOOD[16:],
        "4-dimensions": header(8, COUNT, 28, 28, 1) + GOOD[16:],
        "5-dimensions": header(8, COUNT, 28, 28, 1, 1) + GOOD[16:],
        "255-dimensions": header(8, *[1] * 255) + b"\1",
        "signed-bytes": header(9, COUNT, 28, 28) + GOOD[16:],
        "floats": pack_idx(make_images(COUNT).astype(np.float32)),
        "extended-labels": pack_idx(make_extended(make_classes(COUNT))),
        "no-images": header(8, 0, 28, 28),
        "no-rows": header(8, COUNT, 0, 28),
        "no-columns": header(8, COUNT, 28, 0),
        "too-wide": header(8, 1, 1, 65) + bytes(65),
        "sizes-overflow": header(8, U32, U32, U32) + GOOD[16:],
        "sizes-wrap-to-zero": header(8, 1 << 28, 64, 64) + GOOD[16:],
        "sizes-wrap-to-small": header(8, (1 << 20) + 1, 64, 64) + GOOD[16:],
        "promises-500-MiB": header(8, 500 << 8, 64, 64) + GOOD[16:],
        "zero-among-huge": header(8, 0, U32, U32),
        "random": random.Random(2).randbytes(5000),
        "text": b"0 0 0 253 253\n" * 100,
        "web-page": b"<!DOCTYPE html><title>403 Forbidden</title>",
        "line-feed": b"\n",
    }


def _contents(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give each faulty content plain, as gzip and as xz."""
    for ending, pack in PACKINGS.items():
        for name, data in contents().items():
            yield _write(folder, name, IMAGES + ending, pack(data))


@functools.cache
def pack_bomb(ending: str, start: bytes = b"", of: bytes = b"\0") -> bytes:
    """Return few bytes that unpack to many."""
    return PACKINGS[ending](start + of * BOMB_BYTES)


def _packed(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give files whose packing is at fault."""
    for ending in (".gz", ".xz"):
        pack = PACKINGS[ending]
        good, bomb = pack(GOOD), pack_bomb(ending)
        middle = len(good) // 2
        flipped = good[:middle] + bytes([good[middle] ^ 0x55]) + good[middle + 1 :]
        faulty = {
            "no-bytes": b"",
            "magic-only": good[:6],
            "packing-header-only": good[:12],
            "packed-half": good[:middle],
            "without-last-byte": good[:-1],
            "without-trailer": good[:-8],
            "flipped-in-middle": flipped,
            "flipped-in-trailer": good[:-6] + bytes([good[-6] ^ 1]) + good[-5:],
            "random-behind-magic": good[:6] + random.Random(3).randbytes(2000),
            "trailing-bytes": good + b"trailing",
            "trailing-byte": good + b"\x1f",
            "trailing-zeros": good + bytes(8),
            "trailing-member": good + pack(b"x"),
            "two-files-in-one": good + good,
            "cut-second-member": pack(GOOD[:500]) + pack(GOOD[500:])[:-5],
            "packed-twice": pack(good),
            "empty-members": pack(b"") * 2000,
            "bomb-behind-data": pack_bomb(ending, GOOD),
            "bomb-of-zeros": bomb,
            "bomb-in-bomb": pack(bomb),
            "bomb-in-second-member": good + bomb,
            "bomb-of-labels": pack_bomb(ending, header(8, 28)),
        }
        for name, data in faulty.items():
            yield _write(folder, name, IMAGES + ending, data)
    good = PACKINGS[".gz"](GOOD)
    yield _write(folder, "wrong-crc", IMAGES + ".gz", good[:-8] + bytes(4) + good[-4:])
    yield _write(folder, "wrong-length", IMAGES + ".gz", good[:-4] + bytes(4))
    yield _write(folder, "unknown-method", IMAGES + ".gz", good[:2] + b"\7" + good[3:])
    yield _write(folder, "greedy", IMAGES + ".xz", _greedy_xz())
    yield _write(folder, "old-lzma", IMAGES + ".xz", lzma.compress(GOOD, lzma.FORMAT_ALONE))
    yield _write(folder, "bzip2", IMAGES + ".gz", bz2.compress(GOOD))
    yield _write(folder, "zip", IMAGES + ".gz", b"PK\3\4" + GOOD)
    yield _write(folder, "zstandard", IMAGES + ".gz", b"\x28\xb5\x2f\xfd" + GOOD)
    yield _write(folder, "numpy", IMAGES, b"\x93NUMPY\1\0" + GOOD)


def _greedy_xz() -> bytes:
    """Return an xz file whose header asks for a dictionary of 4 GiB."""
    data = bytearray(lzma.compress(GOOD))
    length = 4 * (data[12] + 1)
    assert data[14:16] == b"\x21\x01"
    data[16] = 40
    checksum = zlib.crc32(data[12 : 12 + length - 4])
    data[12 + length - 4 : 12 + length] = checksum.to_bytes(4, "little")
    return bytes(data)


def _folders(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give folders whose files do not fit together, or are not files."""
    classes = make_classes(COUNT)
    table = make_extended(classes)
    shuffled = table[:, [0, 2, 1, 4, 3, 5, 6, 7]]
    faulty: dict[str, dict[str, bytes]] = {
        "empty-folder": {},
        "unknown-files": {"notes.txt": b"none", "digits.csv": b"1,2"},
        "labels-alone": {CLASSES: pack_idx(classes)},
        "extended-alone": {EXTENDED: pack_idx(table)},
        "fewer-labels": {CLASSES: pack_idx(classes[:-1])},
        "more-labels": {CLASSES: pack_idx(make_classes(COUNT + 1))},
        "no-labels-in-file": {CLASSES: header(8, 0)},
        "labels-empty": {CLASSES: b""},
        "labels-cut": {CLASSES: pack_idx(classes)[:-1]},
        "labels-long": {CLASSES: pack_idx(classes) + b"\0"},
        "labels-are-images": {CLASSES: GOOD},
        "labels-are-int32": {CLASSES: pack_idx(classes.astype(np.int32))},
        "labels-above-9": {CLASSES: pack_idx(classes + np.uint8(1))},
        "labels-gzip-cut": {CLASSES + ".gz": pack_gzip(pack_idx(classes))[:-3]},
        "labels-bomb": {CLASSES + ".xz": pack_bomb(".xz", pack_idx(classes))},
        "extended-fewer": {EXTENDED: pack_idx(table[:-1])},
        "extended-none": {EXTENDED: header(12, 0, 8)},
        "extended-7-columns": {EXTENDED: pack_idx(table[:, :7])},
        "extended-1-column": {EXTENDED: pack_idx(table[:, 0])},
        "extended-floats": {EXTENDED: pack_idx(table.astype(np.float32))},
        "extended-cut": {EXTENDED: pack_idx(table)[:-1]},
        "extended-sizes-overflow": {EXTENDED: header(12, U32, 8) + bytes(64)},
        "extended-of-others": {
            CLASSES: pack_idx(classes),
            EXTENDED: pack_idx(make_extended(9 - classes)),
        },
        "extended-shuffled": {EXTENDED: pack_idx(shuffled)},
        "extended-class-10": {EXTENDED: pack_idx(make_extended(classes + np.uint8(1)))},
        "extended-bomb": {EXTENDED + ".gz": pack_bomb(".gz", pack_idx(table))},
        "table-empty-lines": {TABLE: b"\n\n"},
        "table-fewer": {TABLE: pack_tsv(table[:-1])},
        "table-7-columns": {TABLE: pack_tsv(table[:, :7])},
        "table-ragged": {TABLE: pack_tsv(table) + b"1\t2\n"},
        "table-with-gap": {TABLE: pack_tsv(table).replace(b"\t0\n", b"\t\n")},
        "table-with-words": {TABLE: b"class\thsf\n" + pack_tsv(table)},
        "table-of-signs": {TABLE: b"-\t-\n"},
        "table-of-fractions": {TABLE: pack_tsv(table).replace(b"\t0\n", b"\t0.5\n")},
        "table-overflows": {TABLE: pack_tsv(table).replace(b"\t0\n", b"\t99999999999\n")},
        "table-long-number": {TABLE: pack_tsv(table)[:-2] + b"9" * 10000 + b"\n"},
        "table-of-others": {
            CLASSES: pack_idx(classes),
            TABLE: pack_tsv(make_extended(9 - classes)),
        },
        "table-random": {TABLE: random.Random(4).randbytes(2000)},
        "table-bomb": {TABLE + ".xz": pack_bomb(".xz", of=b"1")},
    }
    for name, files in faulty.items():
        home = folder / name
        home.mkdir()
        if not name.endswith(("-alone", "-folder", "-files")):
            (home / IMAGES).write_bytes(GOOD)
        for file, data in files.items():
            (home / file).write_bytes(data)
        yield name, home
    for name, faulty_file in (
        ("torchvision-images-cut", IMAGES),
        ("torchvision-labels-cut", CLASSES),
    ):
        raw = write_mnist(folder / name / "MNIST" / "raw")
        (raw / faulty_file).write_bytes((raw / faulty_file).read_bytes()[:-1])
        yield name, folder / name
    (folder / "images-are-a-folder" / IMAGES).mkdir(parents=True)
    yield "images-are-a-folder", folder / "images-are-a-folder"
    home = write_mnist(folder / "labels-are-a-folder", test=0)
    (home / "train-labels-idx1-ubyte").unlink()
    (home / "train-labels-idx1-ubyte.gz").mkdir()
    yield "labels-are-a-folder", home


def _names(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give names of what is not there, not a file of images, or no file at all."""
    table = make_extended(make_classes(COUNT))
    yield _write(folder, "source-is-labels", CLASSES, pack_idx(make_classes(COUNT)))
    yield _write(folder, "source-is-extended", EXTENDED, pack_idx(table))
    yield _write(folder, "source-is-table", TABLE, pack_tsv(table))
    yield _write(folder, "source-is-labels-renamed", "digits", pack_idx(make_classes(COUNT)))
    name, file = _write(folder, "source-is-extended-renamed", "digits", pack_idx(table))
    yield name, file
    home = folder / "names"
    home.mkdir()
    (home / "folder-with-file-name").mkdir()
    yield "missing", home / "nothing-here"
    yield "missing-below-a-file", file / "nothing-here"
    yield "overlong-name", home / ("x" * 300)
    yield "folder-with-file-name", home / "folder-with-file-name"
    (home / "loop").symlink_to("loop")
    yield "link-to-itself", home / "loop"
    (home / "dangling").symlink_to("nothing-here")
    yield "dangling-link", home / "dangling"
    os.mkfifo(home / "pipe")
    yield "named-pipe", home / "pipe"
    with (home / "sparse").open("wb") as sparse:
        sparse.write(GOOD)
        sparse.truncate(1 << 40)
    yield "sparse-terabyte", home / "sparse"


def _write(folder: Path, name: str, file: str, data: bytes) -> tuple[str, Path]:
    """Write a file into a folder of its own, named for its fault and its ending."""
    ending = "".join(Path(file).suffixes)
    name += {".gz": "-in-gz", ".xz": "-in-xz"}.get(ending, "")
    (folder / name).mkdir()
    path = folder / name / file
    path.write_bytes(data)
    return name, path
