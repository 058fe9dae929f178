"""What an export format is: digits encoded some at a time, and joined into files.

Strategy: a chunk of digits can be encoded anywhere, in another thread, process or machine,
and gives bytes. A file is joined from the pieces of all chunks in their order; a folder holds
the files of all chunks. So a format says nothing of threads, disks and half-written files:
`viewer.export.batch` sees to those.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

import numpy as np
from numpy.typing import NDArray

from viewer.core.settings import PUBLISHED, ExtractionSettings
from viewer.errors import UserError

if TYPE_CHECKING:
    from viewer.catalog.marks.columns import MarkColumns
    from viewer.core.sequences import SequenceSet

Value: TypeAlias = bool | int | float | str
Options: TypeAlias = Mapping[str, Value]
"""Values of all of a format's options, by name."""


@dataclass(frozen=True)
class Option:
    """Something that can be chosen about a format.

    Parameters
    ----------
    name : str
        Such as ``epsilon``, as the command line has it.
    title : str
        A few words for the dialog.
    meaning : str
        One sentence for help and tool tips, with the unit.
    default : bool, int, float or str
        Its type is that of all values.
    least, most : float, optional
        The range of a number, both ends included.
    choices : tuple of str
        All values a text can have.
    """

    name: str
    title: str
    meaning: str
    default: Value
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chunk:
    """Some digits of one split with their sequences; it can be sent to other processes.

    Parameters
    ----------
    first : int
        Place of its first digit among all that are written.
    split : str
        Name of the split.
    index : ndarray of int64, shape (n,)
        Ascending indices in the split.
    images : ndarray of uint8, shape (n, M, N)
        Grey images.
    labels : ndarray of uint8, shape (n,), or None
        Classes.
    columns : mapping of str to ndarray, shape (n,)
        Metadata the split has.
    settings : ExtractionSettings
        What the sequences were extracted with.
    sequences : SequenceSet
        Their sequences.
    corrected : ndarray of bool, shape (n,)
        Which of them are corrections by hand.
    marks : MarkColumns or None
        Their marks; None if marks are not written.
    """

    first: int
    split: str
    index: NDArray[np.int64]
    images: NDArray[np.uint8]
    labels: NDArray[np.uint8] | None
    columns: Mapping[str, NDArray[Any]]
    settings: ExtractionSettings
    sequences: SequenceSet
    corrected: NDArray[np.bool_]
    marks: MarkColumns | None = None

    def __len__(self) -> int:
        return len(self.index)

    def identity(self, place: int) -> str:
        """Return the name of a digit, such as ``train:13``."""
        return f"{self.split}:{self.index[place]}"

    def label(self, place: int) -> int | None:
        """Return the class of a digit, or None."""
        return None if self.labels is None else int(self.labels[place])


@dataclass(frozen=True)
class Whole:
    """What is known of all digits of an export before any of them is encoded.

    Parameters
    ----------
    name : str
        Name of the set.
    counts : mapping of str to int
        How many digits of each split are written, in their order.
    shapes : mapping of str to tuple of int
        (rows, columns) of the images of each split.
    most_label : int
        The largest class there is; -1 if no class is known.
    columns : mapping of str to dtype
        Metadata columns of any of the splits, with a dtype that holds all their values.
    class_names : tuple of str
        Names of the classes by label, where they are not the digits.
    settings : ExtractionSettings
        What is extracted with.
    """

    name: str
    counts: Mapping[str, int]
    shapes: Mapping[str, tuple[int, int]]
    most_label: int = -1
    columns: Mapping[str, np.dtype[Any]] = field(default_factory=dict)
    class_names: tuple[str, ...] = ()
    settings: ExtractionSettings = PUBLISHED

    def __len__(self) -> int:
        return sum(self.counts.values())


def _accept(whole: Whole, options: Options) -> None:
    """Find room for any digits."""


@dataclass(frozen=True)
class FileWriter:
    """How a format becomes one file.

    Parameters
    ----------
    encode : callable
        Given (chunk, options), returns the bytes of a piece. It may run in another process.
    join : callable
        Given (pieces, file, whole, options), writes the file out of the pieces of all chunks,
        which come in the order of the digits, one at a time.
    check : callable
        Given (whole, options), raises a UserError if the format has no room for the digits.
    """

    encode: Callable[[Chunk, Options], bytes]
    join: Callable[[Iterable[bytes], BinaryIO, Whole, Options], None]
    check: Callable[[Whole, Options], None] = _accept


@dataclass(frozen=True)
class FolderWriter:
    """How a format becomes a folder.

    Parameters
    ----------
    encode : callable
        Given (chunk, options), returns the content of files by their name in the folder, with
        ``/`` between folders. It may run in another process.
    finish : callable
        Given (whole, pieces, options), returns the files that are about all digits. The
        pieces are those that `note` made, in the order of the digits.
    note : callable
        Given (chunk, options), returns bytes that are kept for `finish`.
    check : callable
        As for `FileWriter`.
    """

    encode: Callable[[Chunk, Options], dict[str, bytes]]
    finish: Callable[[Whole, Iterable[bytes], Options], dict[str, bytes]] = (
        lambda whole, pieces, options: {}
    )
    note: Callable[[Chunk, Options], bytes] = lambda chunk, options: b""
    check: Callable[[Whole, Options], None] = _accept


@dataclass(frozen=True)
class Format:
    """A form that digits can be written in.

    Parameters
    ----------
    name : str
        As the command line has it, such as ``stroke-3``.
    title : str
        Two or three words for the dialog.
    meaning : str
        One sentence: what is in it, and for whom.
    suffix : str
        Of its file, such as ``.npz``.
    snippet : callable
        Given the name of the output, returns the at most five lines of Python that load it.
    file : FileWriter, optional
        How it becomes one file.
    folder : FolderWriter, optional
        How it becomes a folder. Where there are both, the output's suffix decides.
    options : tuple of Option
        What can be chosen.
    needs : str
        The extra to install for it, such as ``parquet``; "" for none.
    sequences : bool
        Whether strokes have to be extracted for it.
    """

    name: str
    title: str
    meaning: str
    suffix: str
    snippet: Callable[[str], str]
    file: FileWriter | None = None
    folder: FolderWriter | None = None
    options: tuple[Option, ...] = ()
    needs: str = ""
    sequences: bool = True

    def writer(self, output: Path) -> FileWriter | FolderWriter:
        """Return what writes an output of this name."""
        as_file = self.folder is None or output.name.lower().endswith(self.suffix)
        writer = self.file if self.file is not None and as_file else self.folder
        if writer is None:
            raise ValueError(f"the format {self.name} writes nothing")
        return writer

    def is_folder(self, output: Path) -> bool:
        """Return whether an output of this name becomes a folder."""
        return isinstance(self.writer(output), FolderWriter)

    def complete(self, given: Mapping[str, Value | str]) -> dict[str, Value]:
        """Return the values of all options, those that are not given by default.

        Parameters
        ----------
        given : mapping of str to value
            Values, or texts to read them from.

        Returns
        -------
        options : dict of str to value

        Raises
        ------
        UserError
            If there is no such option, or the value is none of it.
        """
        known = {option.name: option for option in self.options}
        for name in given:
            if name not in known:
                others = ", ".join(known) or "none"
                raise UserError(
                    f"the format {self.name} has no option {name!r}", advice=f"It has: {others}."
                )
        return {
            name: _read(option, given[name]) if name in given else option.default
            for name, option in known.items()
        }


def _read(option: Option, value: Value | str) -> Value:
    """Return a value of an option, read from text if need be; UserError if it is none."""
    try:
        read = _convert(value, option.default)
    except (ValueError, OverflowError):
        read = None
    fits = read is not None and (not option.choices or read in option.choices)
    if fits and isinstance(read, int | float) and not isinstance(read, bool):
        fits = (option.least is None or read >= option.least) and (
            option.most is None or read <= option.most
        )
    if read is None or not fits:
        raise UserError(f"{option.name}={value} is not possible", advice=_range(option))
    return read


def _convert(value: Value | str, like: Value) -> Value | None:
    """Return a value in the type of another one, None if that is not possible."""
    if isinstance(like, bool):
        words = {"yes": True, "no": False, "true": True, "false": False}
        return value if isinstance(value, bool) else words.get(str(value).lower())
    if isinstance(like, int):
        return int(value) if float(value) == int(float(value)) else None
    if isinstance(like, float):
        return float(value)
    return str(value)


def _range(option: Option) -> str:
    """Say what values an option has."""
    if option.choices:
        return f"It can be {', '.join(option.choices)}."
    if isinstance(option.default, bool):
        return "It can be yes or no."
    if option.least is not None and option.most is not None:
        return f"It can be {option.least:g} to {option.most:g}."
    return f"{option.meaning}"
