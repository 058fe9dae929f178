"""What became of the files of a set, told to a user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from viewer.errors import UserError
from viewer.fetch.catalogue import RemoteFile, RemoteSet
from viewer.fetch.failure import TransferError


@dataclass(frozen=True)
class FileReport:
    """What was done for one file.

    Parameters
    ----------
    name : str
        Its name.
    size : int
        Its bytes.
    address : str
        Where its last bytes came from; "" where nothing had to be fetched.
    """

    name: str
    size: int
    address: str = ""

    @property
    def host(self) -> str:
        """The mirror, by the name of its host."""
        return urlsplit(self.address).hostname or ""


class FetchError(UserError):
    """Some files of a set could be had from no mirror.

    Parameters
    ----------
    wanted : RemoteSet
        The set.
    missing : sequence of RemoteFile
        What is not there.
    folder : path
        Where it belongs.
    failures : sequence of (address, TransferError)
        What the mirrors did, in the order they were asked.
    """

    def __init__(
        self,
        wanted: RemoteSet,
        missing: Sequence[RemoteFile],
        folder: Path,
        failures: Sequence[tuple[str, TransferError]],
    ) -> None:
        offline = all(failure.offline for _address, failure in failures)
        last = {urlsplit(address).hostname: failure.problem for address, failure in failures}
        reasons = "; ".join(f"{host} {problem}" for host, problem in last.items())
        count = len(wanted.files)
        self.missing = tuple(missing)
        self.folder = folder
        self.addresses = tuple(file.mirrors[0] + file.name for file in missing)
        super().__init__(
            f"{'there is no connection: ' if offline else ''}{len(missing)} of {count} files of "
            f"{wanted.title} could not be fetched ({reasons})",
            advice="What has come is kept. Try again later, or get these files in another way "
            f"and put them into {folder}: {', '.join(self.addresses)}.",
        )

    @property
    def text(self) -> str:
        """The message with an address a line."""
        return "\n".join(
            (
                f"{self.problem[0].upper()}{self.problem[1:]}.",
                "What has come is kept. Try again later, or get these files in another way:",
                *(f"    {address}" for address in self.addresses),
                "and put them into the folder:",
                f"    {self.folder}",
            )
        )
