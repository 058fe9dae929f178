"""What picture formats have in common: a sheet of digits, or a folder with a sheet for each."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from viewer.export.format import Chunk, FileWriter, FolderWriter, Options, Whole
from viewer.export.pictures.cells import Cell, pack_cells, unpack_cells
from viewer.export.pictures.look import Look
from viewer.export.pictures.sheet import (
    Sheet,
    check_count,
    check_names,
    check_size,
    file_name,
    plan_sheet,
    shapes_of,
)


@dataclass(frozen=True)
class Page:
    """A sheet that is about to be drawn.

    Parameters
    ----------
    sheet : Sheet
        Where its digits lie.
    look : Look
        What they look like.
    title : str
        What is on it.
    class_names : sequence of str
        Names of the classes by label; a label beyond them is its own name.
    """

    sheet: Sheet
    look: Look
    title: str
    class_names: Sequence[str] = ()

    def class_of(self, cell: Cell) -> str:
        """Return what a digit's class is called; "" where it is not known."""
        if cell.label is None:
            return ""
        known = cell.label < len(self.class_names)
        return self.class_names[cell.label] if known else str(cell.label)


def _tiles(look: Look) -> int:
    return 1


@dataclass(frozen=True)
class Painter:
    """How a format draws digits.

    Parameters
    ----------
    suffix : str
        Of its files.
    most : int
        Digits on a sheet.
    most_pixels : int or None
        Pixels of a sheet; None where they do not matter.
    cells : callable
        Given (chunk, look), yields the digits of a chunk.
    write : callable
        Given (cells, file, page), draws digits on a sheet.
    tiles : callable
        Given a look, returns the number of pictures of each digit.
    """

    suffix: str
    most: int
    most_pixels: int | None
    cells: Callable[[Chunk, Look], Iterator[Cell]]
    write: Callable[[Iterable[Cell], BinaryIO, Page], None]
    tiles: Callable[[Look], int] = _tiles

    @property
    def file(self) -> FileWriter:
        """How one file is written."""
        return FileWriter(self.encode, self.join, self.check_file)

    @property
    def folder(self) -> FolderWriter:
        """How a folder is written."""
        return FolderWriter(self.encode_files, check=self.check_folder)

    def plan(self, shapes: Sequence[tuple[int, int]], count: int, look: Look) -> Sheet:
        """Lay out digits with images of some shapes."""
        tiles = self.tiles(look)
        return plan_sheet(
            shapes,
            count,
            scale=look.scale,
            columns=look.columns,
            tiles=tiles,
            lines=(0 if not look.captions else 1 if tiles == 1 else 2),
        )

    def check_file(self, whole: Whole, options: Options) -> None:
        """Make sure that all digits fit onto one sheet."""
        check_count(whole, self.most)
        self._check_size(shapes_of(whole), len(whole), options)

    def check_folder(self, whole: Whole, options: Options) -> None:
        """Make sure that each digit has a file name and fits onto a sheet."""
        check_names(whole)
        for shape in shapes_of(whole):
            self._check_size([shape], 1, options)

    def _check_size(self, shapes: Sequence[tuple[int, int]], count: int, options: Options) -> None:
        if self.most_pixels is not None:
            size = self.plan(shapes, count, Look.of(options)).size
            check_size(size, self.most_pixels)

    def encode(self, chunk: Chunk, options: Options) -> bytes:
        """Return the digits of a chunk as a piece of a sheet."""
        return pack_cells(self.cells(chunk, Look.of(options)))

    def join(self, pieces: Iterable[bytes], file: BinaryIO, whole: Whole, options: Options) -> None:
        """Write a sheet of all digits."""
        look = Look.of(options)
        sheet = self.plan(shapes_of(whole), len(whole), look)
        page = Page(sheet, look, whole.name, whole.class_names)
        self.write((cell for piece in pieces for cell in unpack_cells(piece)), file, page)

    def encode_files(self, chunk: Chunk, options: Options) -> dict[str, bytes]:
        """Return a file for each digit of a chunk."""
        look = Look.of(options)
        files = {}
        for cell in self.cells(chunk, look):
            file = io.BytesIO()
            page = Page(self.plan([cell.shape], 1, look), look, cell.identity)
            self.write([cell], file, page)
            files[file_name(cell.identity, self.suffix)] = file.getvalue()
        return files
