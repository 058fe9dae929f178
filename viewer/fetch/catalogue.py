"""The sets that can be fetched: their files, checksums and mirrors."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from viewer.errors import UserError
from viewer.places import data_base

MEGABYTE = 10**6
BEGINNINGS = {".gz": b"\x1f\x8b\x08", ".xz": b"\xfd7zXZ\0"}
"""First bytes of packed files by the end of their names (RFC 1952; the .xz file format)."""


@dataclass(frozen=True)
class RemoteFile:
    """One file as it is published.

    Parameters
    ----------
    name : str
        Its name, which ends in ``.gz`` or ``.xz``; the last part of its addresses.
    mirrors : tuple of str
        Addresses of folders that hold it, each with a final slash, best first.
    sha256 : str
        Checksum of the whole file, hexadecimal.
    md5 : str
        A second checksum, where one is published; both have to be right then.
    size : int or None
        Its bytes, where they are known.
    about : int
        Bytes to reckon with while `size` is not known.
    """

    name: str
    mirrors: tuple[str, ...]
    sha256: str
    md5: str = ""
    size: int | None = None
    about: int = 0

    @property
    def likely_size(self) -> int:
        """Its bytes, as well as they are known."""
        return self.about if self.size is None else self.size

    @property
    def largest(self) -> int:
        """Most bytes that are taken for it."""
        return 2 * self.about if self.size is None else self.size

    @property
    def beginning(self) -> bytes:
        """The bytes it begins with."""
        return BEGINNINGS[Path(self.name).suffix]


@dataclass(frozen=True)
class RemoteSet:
    """A data set that can be fetched.

    Parameters
    ----------
    name : str
        Its name for the command line, such as ``mnist``, and that of its folder.
    title : str
        Its name for people.
    digits : int
        Images in it.
    licence : str
        Its licence, in a few words.
    description : str
        What it is, in a sentence or two.
    files : tuple of RemoteFile
        What it consists of; the folder of these files can be opened.
    """

    name: str
    title: str
    digits: int
    licence: str
    description: str
    files: tuple[RemoteFile, ...]

    @property
    def likely_size(self) -> int:
        """Bytes of all files, as well as they are known."""
        return sum(file.likely_size for file in self.files)

    @property
    def size_words(self) -> str:
        """The size in words, such as ``about 20 MB``."""
        if any(file.size is None for file in self.files):
            return f"about {round(self.likely_size / MEGABYTE)} MB"
        return megabytes(self.likely_size)

    def count_there(self, folder: Path) -> int:
        """Count its files in a folder by their names and, where known, sizes alone."""
        there = 0
        for file in self.files:
            with suppress(OSError, ValueError):
                there += (folder / file.name).stat().st_size in range(
                    file.size or 1, file.largest + 1
                )
        return there


_MNIST_MIRRORS = (
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
)
_QMNIST_MIRRORS = (
    "https://raw.githubusercontent.com/facebookresearch/qmnist/master/",
    "https://github.com/facebookresearch/qmnist/raw/master/",
)


def _mnist(name: str, size: int, sha256: str) -> RemoteFile:
    return RemoteFile(name, _MNIST_MIRRORS, sha256, size=size)


def _qmnist(
    name: str, sha256: str, *, md5: str = "", size: int | None = None, about: int = 0
) -> RemoteFile:
    return RemoteFile(name, _QMNIST_MIRRORS, sha256, md5, size, about)


_TRAIN_LABELS = _qmnist(
    "qmnist-train-labels-idx2-int.gz",
    "2c05dc77f6b916b38e455e97ab129a42a444f3dbef09b278a366f82904e0dd9f",
    size=463_024,
)
_TEST_LABELS = _qmnist(
    "qmnist-test-labels-idx2-int.gz",
    "9fbcbe594c3766fdf4f0b15c5165dc0d1e57ac604e01422608bb72c906030d06",
    size=526_800,
)

# QMNIST's images: MD5 from torchvision/datasets/mnist.py, SHA-256 from torchvision's
# prototype/datasets/_builtin/mnist.py; their sizes are published nowhere
SETS: dict[str, RemoteSet] = {
    "mnist": RemoteSet(
        "mnist",
        "MNIST",
        70_000,
        "CC BY-SA 3.0",
        "60,000 digits for training and 10,000 for tests, with QMNIST's labels that say who "
        "wrote each of them.",
        (
            _mnist(
                "train-images-idx3-ubyte.gz",
                9_912_422,
                "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
            ),
            _mnist(
                "train-labels-idx1-ubyte.gz",
                28_881,
                "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
            ),
            _mnist(
                "t10k-images-idx3-ubyte.gz",
                1_648_877,
                "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
            ),
            _mnist(
                "t10k-labels-idx1-ubyte.gz",
                4_542,
                "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
            ),
            _TRAIN_LABELS,
            _TEST_LABELS,
        ),
    ),
    "qmnist": RemoteSet(
        "qmnist",
        "QMNIST",
        120_000,
        "BSD 3-Clause",
        "MNIST made anew from NIST's digits: 60,000 for training and all 60,000 for tests, "
        "of which MNIST has 10,000. With writers and HSF series.",
        (
            _qmnist(
                "qmnist-train-images-idx3-ubyte.gz",
                "9e26a7bf1683614e065d7b76460ccd52807165b3f22561fb782bd9f38c52b51d",
                md5="ed72d4157d28c017586c42bc6afe6370",
                about=10 * MEGABYTE,
            ),
            _TRAIN_LABELS,
            _qmnist(
                "qmnist-test-images-idx3-ubyte.gz",
                "43fc22bf7498b8fc98de98369d72f752d0deabc280a43a7bcc364ab19e57b375",
                md5="1394631089c404de565df7b7aeaf9412",
                about=10 * MEGABYTE,
            ),
            _TEST_LABELS,
        ),
    ),
    "nist": RemoteSet(
        "nist",
        "NIST digits",
        402_953,
        "BSD 3-Clause",
        "All digits of NIST's Special Database 19 in MNIST's form, from QMNIST, with their "
        "3,579 writers and HSF series.",
        (
            _qmnist(
                "xnist-images-idx3-ubyte.xz",
                "f075553993026d4359ded42208eff77a1941d3963c1eff49d6015814f15f0984",
                md5="7f124b3b8ab81486c9d8c2749c17f834",
                about=60 * MEGABYTE,
            ),
            _qmnist(
                "xnist-labels-idx2-int.xz",
                "db042968723ec2b7aed5f1beac25d2b6e983b9286d4f4bf725f1086e5ae55c4f",
                size=958_144,
            ),
        ),
    ),
}
"""By the name of the set."""


def find_set(name: str) -> RemoteSet:
    """Return a set by name; a UserError lists the names there are."""
    try:
        return SETS[name]
    except KeyError:
        raise UserError(
            f"there is no set {name!r} to fetch", advice=f"There are: {', '.join(SETS)}."
        ) from None


def default_folder() -> Path:
    """Return the folder that holds a folder for each set that was fetched.

    Raises
    ------
    UserError
        If the user has no home folder.
    """
    try:
        return data_base() / "data"
    except RuntimeError as error:
        raise UserError(
            "there is no home folder to put data into", advice="Name a folder."
        ) from error


def megabytes(count: int) -> str:
    """Return a number of bytes in words, such as ``9.9 MB``."""
    if count >= 100 * MEGABYTE:
        return f"{count / MEGABYTE:,.0f} MB"
    return f"{count / MEGABYTE:.1f} MB" if count >= MEGABYTE // 10 else f"{count / 1000:.1f} kB"
