"""The staging folder of an export: what is finished survives a kill, and is used again.

Strategy: beside the target, a folder named after it holds the request (what is asked for), a
journal (a line a finished chunk, with the checksums of its files), the pieces that are joined
in the end, and the output as far as it is. A lock tells whether a process is at it. The same
request goes on behind what the journal says and the checksums confirm; another request for
the target begins anew. When all is written a manifest appears in the folder by one rename.
From then on the export is finished: moving its files to their places is done again by whoever
comes next, until it is done.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from viewer.atomic import (
    cannot_write,
    check_target,
    locked,
    machine,
    new_file,
    remove,
    rename_file,
    sync_folder,
)
from viewer.export.journal import (
    is_whole,
    journal_line,
    read_in_order,
    read_journal,
    sum_of,
    sum_of_file,
    write_all,
)

LOCK, REQUEST, JOURNAL, MANIFEST = "lock", "request.json", "journal.jsonl", "manifest.json"
PIECES, OUTPUT = "pieces", "output"
Request: TypeAlias = Mapping[str, Any]
"""What is asked for, as JSON has it; equal requests give equal bytes."""


class Staging:
    """An export under way; `staging` makes it.

    Attributes
    ----------
    finished : dict of int to dict of str to int
        Facts of the chunks that are on the disk, by their number.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: set[str] = set()
        self.finished: dict[int, dict[str, int]] = {}

    def keep(
        self, chunk: int, piece: bytes, files: Mapping[str, bytes], facts: Mapping[str, int]
    ) -> None:
        """Write what a chunk gave, and then that it is there.

        Parameters
        ----------
        chunk : int
            Its number.
        piece : bytes
            What is joined in the end.
        files : mapping of str to bytes
            Files of the output folder by their name, with ``/`` between folders.
        facts : mapping of str to int
            What is to be told of the chunk in the end.
        """
        self._put(self._piece(chunk), piece)
        for name, content in files.items():
            self._put(self._place(name), content)
        line = {
            "chunk": chunk,
            "piece": sum_of(piece),
            "files": {name: sum_of(content) for name, content in files.items()},
            "facts": dict(facts),
        }
        handle = os.open(self._folder / JOURNAL, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
        try:
            write_all(handle, journal_line(line))
        finally:
            os.close(handle)
        self.finished[chunk] = dict(facts)

    def pieces(self) -> Iterator[bytes]:
        """Yield the pieces of all chunks in their order."""
        for chunk in sorted(self.finished):
            yield Path(self._piece(chunk)).read_bytes()

    @contextmanager
    def file(self) -> Iterator[BinaryIO]:
        """Write the output, where it is a file."""
        place = self._folder / OUTPUT
        remove(place)
        with new_file(place) as file:
            yield file

    def add(self, files: Mapping[str, bytes]) -> None:
        """Write files of the output folder that are about all chunks."""
        for name, content in files.items():
            self._put(self._place(name), content)

    def finish(self, about: Request, name: str, *, extra: Mapping[str, bytes]) -> None:
        """Write the manifest; when this returns, the export is done, whatever happens.

        Parameters
        ----------
        about : mapping
            What is said of the export as a whole; the files and their checksums are added.
        name : str
            Name of the output.
        extra : mapping of str to bytes
            What was given to `add`.
        """
        output, part = self._folder / OUTPUT, self._folder / f"{MANIFEST}.new"
        places = [part]
        if output.is_dir():
            places.append(output / MANIFEST)
        for place in places:
            remove(place)
            with new_file(place) as file:
                for text in self._manifest(about, name, extra):
                    file.write(text.encode())
        if output.is_dir():
            os.sync()  # one flush: tens of thousands of small files take minutes one by one
        part.replace(self._folder / MANIFEST)
        sync_folder(self._folder)

    def _manifest(self, about: Request, name: str, extra: Mapping[str, bytes]) -> Iterator[str]:
        """Yield the manifest, a line a file; they are never all in memory."""
        yield json.dumps(dict(about), indent=1).removesuffix("\n}") + ',\n "files": {'
        separator = "\n"
        output = self._folder / OUTPUT
        if output.is_dir():
            for line in read_in_order(self._folder / JOURNAL):
                for file, entry in line["files"].items():
                    yield f"{separator}{_entry(file, entry)}"
                    separator = ",\n"
            for file, content in extra.items():
                yield f"{separator}{_entry(file, sum_of(content))}"
                separator = ",\n"
        else:
            yield f"{separator}{_entry(name, sum_of_file(output))}"
        yield "\n }\n}\n"

    def take_up(self) -> None:
        """Find the chunks that an earlier process finished; forget what is not whole."""
        part = self._folder / f"{JOURNAL}.new"
        remove(part)
        with new_file(part) as kept:
            for line in read_journal(self._folder / JOURNAL):
                places = {self._piece(line["chunk"]): line["piece"]}
                for name, entry in line["files"].items():
                    places[self._place(name)] = entry
                if all(is_whole(Path(place), entry) for place, entry in places.items()):
                    self.finished[line["chunk"]] = line["facts"]
                    kept.write(journal_line(line))
        part.replace(self._folder / JOURNAL)

    def _piece(self, chunk: int) -> str:
        return f"{self._folder}/{PIECES}/{chunk:08d}"

    def _place(self, name: str) -> str:
        """Return where a file of the output folder goes; names never leave it.

        It is a plain string, as hundreds of thousands of files are written.
        """
        parts = name.split("/")
        if not all(parts) or "." in parts or ".." in parts or "\\" in name or "\0" in name:
            raise ValueError(f"{name!r} is no name within a folder")
        return f"{self._folder}/{OUTPUT}/{name}"

    def _put(self, place: str, content: bytes) -> None:
        """Write a file; a crash of the machine may take it, which its checksum will tell."""
        parent = place.rpartition("/")[0]
        if parent not in self._made:
            Path(parent).mkdir(parents=True, exist_ok=True)
            self._made.add(parent)
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
        try:
            write_all(handle, content)
        finally:
            os.close(handle)


@contextmanager
def staging(
    target: Path,
    request: Request,
    *,
    folder: bool,
    overwrite: bool = False,
    manifest: bool = False,
) -> Iterator[Staging | None]:
    """Write an export into a staging folder, and move it to its place at the end of the block.

    Parameters
    ----------
    target : path
        The file or folder to write.
    request : mapping
        What is asked for.
    folder : bool
        Whether the target is a folder.
    overwrite : bool
        Whether an existing file may be replaced, or files in an existing folder.
    manifest : bool
        Whether the manifest of a file is kept beside it, as ``NAME.manifest.json``; a folder
        holds its own.

    Yields
    ------
    under_way : Staging or None
        None if an earlier process had finished this very export but for moving it.

    Raises
    ------
    UserError
        If the target exists and may not be changed, another process is writing it, or the
        disk refuses.
    """
    real = check_target(target, folder=folder, overwrite=True)
    digest = hashlib.sha256(os.fsencode(real.name)).hexdigest()[:16]
    own = real.parent / f".export-{machine()}-{digest}"
    asked = json.loads(
        json.dumps(
            {"folder": folder, "overwrite": overwrite, "manifest": manifest, "request": request}
        )
    )
    try:
        with locked(own, LOCK, target):
            try:
                left = _read_request(own)
                equal = left is not None and left["request"] == asked["request"]
                finished = left is not None and (own / MANIFEST).exists()
                if left is not None and finished:
                    _deliver(own, real, left)
                if finished and equal:
                    yield None
                    return
                check_target(target, folder=folder, overwrite=overwrite)
                if finished or not equal:
                    _clear(own)
                _note_request(own, asked)
                if folder:
                    (own / OUTPUT).mkdir(exist_ok=True)
                under_way = Staging(own)
                under_way.take_up()
                yield under_way
                if (own / MANIFEST).exists():
                    _deliver(own, real, asked)
            finally:
                _clear(own)
                remove(own)
    except OSError as error:
        raise cannot_write(target, error) from error


def _note_request(own: Path, asked: Request) -> None:
    """Write what is asked for into the staging folder."""
    part = own / f"{REQUEST}.new"
    remove(part)
    with new_file(part) as file:
        file.write(json.dumps(asked).encode())
    part.replace(own / REQUEST)


def _read_request(own: Path) -> dict[str, Any] | None:
    """Return what a staging folder was for; None if that cannot be read."""
    try:
        left = json.loads((own / REQUEST).read_bytes())
        wanted = {"folder", "overwrite", "manifest", "request"}
        return left if isinstance(left, dict) and set(left) == wanted else None
    except (OSError, ValueError):
        return None


def _deliver(own: Path, target: Path, asked: Request) -> None:
    """Move a finished output to its place, as far as it is not there yet."""
    output = own / OUTPUT
    if asked["folder"]:
        if not output.exists():
            return
        if target.exists() and any(target.iterdir()):
            _merge(output, target)
        else:
            output.rename(target)  # replaces an empty folder only
    elif output.exists() and not (target.exists() and output.samefile(target)):
        if asked["overwrite"] and target.exists():
            shutil.copymode(target, output)
        rename_file(output, target, overwrite=asked["overwrite"])
    if asked["manifest"] and not asked["folder"]:
        (own / MANIFEST).replace(target.with_name(f"{target.name}.{MANIFEST}"))
    sync_folder(target.parent)


def _merge(output: Path, target: Path) -> None:
    """Move each file of a folder to its place in another one, the manifest last."""
    files = [place for place in sorted(output.rglob("*")) if not place.is_dir()]
    files.sort(key=lambda place: place == output / MANIFEST)
    for source in files:
        place = target / source.relative_to(output)
        place.parent.mkdir(parents=True, exist_ok=True)
        source.replace(place)


def _clear(own: Path) -> None:
    """Empty a staging folder; what is left if that ends early is never taken up."""
    remove(own / REQUEST)
    for place in own.iterdir():
        if place.name != LOCK:
            remove(place)


def _entry(name: str, entry: tuple[str, int]) -> str:
    """Return a line of the manifest."""
    value = json.dumps({"sha256": entry[0], "bytes": entry[1]})
    return f"  {json.dumps(name)}: {value}"
