"""Text files as the publication has them, in a folder or an archive.

``sequences/`` holds for each digit its sequence, targets and points; the folder
``digit-images-thinned/`` holds the picture at three stages. Numbers in file names are the
digit's index in its split. The publication offers each of the two as an archive.
"""

from __future__ import annotations

import gzip
import io
import re
import struct
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from viewer.errors import UserError
from viewer.export.format import (
    Chunk,
    FileWriter,
    FolderWriter,
    Format,
    Option,
    Options,
    Whole,
)
from viewer.export.published_text import (
    CLASSES,
    image_text,
    points_text,
    sequence_text,
    target_text,
)

SEQUENCES = "sequences"
IMAGES = "digit-images-thinned"
PICTURES = 100
"""Digits with a smaller index get PNG pictures, too."""
LEVEL = 6
_LENGTHS = struct.Struct("<QQ")
_CONTENT = Option(
    "content",
    "Content",
    "the sequences, the images at three stages, or both; the publication has an archive of each",
    "both",
    choices=("both", "sequences", "images"),
)


def check(whole: Whole, options: Options) -> None:
    """Make sure that classes are 0 to 9 and splits' names can be parts of file names."""
    if whole.most_label >= CLASSES:
        raise UserError(
            f"the published files know the classes 0 to 9, not {whole.most_label}",
            advice="Use the npz format.",
        )
    for name in whole.counts:
        if not re.fullmatch(r"\w[\w-]*", name):
            raise UserError(
                f"the split's name {name!r} cannot be part of a file name",
                advice="Use the npz format.",
            )


def encode(chunk: Chunk, options: Options) -> dict[str, bytes]:
    """Return the files of a chunk; without a class a digit has no targets."""
    files: dict[str, str | bytes] = {}
    for place, index in enumerate(chunk.index.tolist()):
        name = f"{chunk.split}img-{index}"
        if options["content"] != "images":
            rows = chunk.sequences.sequence(place)
            stem, label = f"{SEQUENCES}/{name}", chunk.label(place)
            files[f"{stem}-inputdata.txt"] = sequence_text(rows)
            files[f"{stem}-points.txt"] = points_text(rows)
            if label is not None:
                files[f"{stem}-targetdata.txt"] = target_text(rows, label)
        if options["content"] != "sequences":
            for stage, picture in _stages(chunk, place).items():
                stem = f"{IMAGES}/{name}-{stage}"
                files[f"{stem}.txt"] = image_text(picture)
                if index < PICTURES:
                    files[f"{stem}.png"] = _png(picture)
    return {
        name: content.encode("ascii") if isinstance(content, str) else content
        for name, content in files.items()
    }


def note(chunk: Chunk, options: Options) -> bytes:
    """Return a line a digit with its split and class."""
    if chunk.labels is None or options["content"] == "images":
        return b""
    return "".join(f"{chunk.split} {label}\n" for label in chunk.labels.tolist()).encode()


def finish(whole: Whole, pieces: Iterable[bytes], options: Options) -> dict[str, bytes]:
    """Return the files of the classes of each split that has classes."""
    lines: dict[str, list[str]] = {}
    for line in b"".join(pieces).decode().splitlines():
        split, label = line.split(" ")
        lines.setdefault(split, []).append(f"{label}\n")
    return {
        f"{SEQUENCES}/{split}labels.txt": "".join(labels).encode()
        for split, labels in lines.items()
    }


def encode_archive(chunk: Chunk, options: Options) -> bytes:
    """Return a compressed part of an archive, behind its length and that of the note."""
    text = note(chunk, options)
    part = _compress(_members(encode(chunk, options)))
    return _LENGTHS.pack(len(text), len(part)) + text + part


def join_archive(pieces: Iterable[bytes], file: BinaryIO, whole: Whole, options: Options) -> None:
    """Write a gzipped tar archive; time, owner and mode of its members are always the same."""
    notes: list[bytes] = []

    def parts() -> Iterator[bytes]:
        for piece in pieces:
            text, _part = _LENGTHS.unpack_from(piece)
            notes.append(piece[_LENGTHS.size : _LENGTHS.size + text])
            yield piece[_LENGTHS.size + text :]

    file.write(_compress(_folders(options)))
    file.writelines(parts())
    ending = _members(finish(whole, notes, options))
    file.write(_compress(ending + bytes(2 * tarfile.BLOCKSIZE)))


def _folders(options: Options) -> bytes:
    """Return the archive's entries of its folders."""
    kept = {"both": (SEQUENCES, IMAGES), "sequences": (SEQUENCES,), "images": (IMAGES,)}
    entries = b""
    for name in kept[str(options["content"])]:
        entry = tarfile.TarInfo(name)
        entry.type, entry.mode = tarfile.DIRTYPE, 0o755
        entries += entry.tobuf(tarfile.USTAR_FORMAT)
    return entries


def _members(files: Mapping[str, bytes]) -> bytes:
    """Return files as a tar archive has them, without its end."""
    archive = io.BytesIO()
    for name, content in files.items():
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        archive.write(entry.tobuf(tarfile.USTAR_FORMAT))
        archive.write(content + bytes(-len(content) % tarfile.BLOCKSIZE))
    return archive.getvalue()


def _compress(content: bytes) -> bytes:
    """Return a gzip member; several, one behind the other, are one gzip file."""
    return gzip.compress(content, LEVEL, mtime=0)


def _stages(chunk: Chunk, place: int) -> dict[str, NDArray[np.uint8]]:
    """Return the three stages of one picture; small parts are still in the thinned one."""
    from viewer.core.extract import extract

    image = chunk.images[place]
    extraction = extract(image, chunk.settings)
    return {
        "input": image,
        "thresholded": _black_and_white(extraction.thresholded),
        "thinned": _black_and_white(extraction.thresholded & (extraction.removed_by == 0)),
    }


def _black_and_white(ink: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.where(ink, np.uint8(255), np.uint8(0))


def _png(picture: NDArray[np.uint8]) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(picture)).save(file, format="PNG")
    return file.getvalue()


def snippet(path: str) -> str:
    """Return Python that loads one sequence."""
    name = f"{SEQUENCES}/trainimg-0-inputdata.txt"
    if not path.endswith(".tar.gz"):
        return f"import numpy as np\nrows = np.loadtxt({f'{path}/{name}'!r}, int)  # dx dy eos eod"
    return (
        "import tarfile, numpy as np\n"
        f"with tarfile.open({path!r}) as archive:\n"
        f"    rows = np.loadtxt(archive.extractfile({name!r}), int)  # dx dy eos eod"
    )


FORMAT = Format(
    "published",
    "published text files",
    "A folder of text files, or a .tar.gz of it, as the published data set has them; it has no "
    "place for marks",
    ".tar.gz",
    snippet,
    file=FileWriter(encode_archive, join_archive, check),
    folder=FolderWriter(encode, finish, note, check),
    options=(_CONTENT,),
)
