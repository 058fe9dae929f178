"""One file from one address, from where an earlier try stopped."""

from __future__ import annotations

import http
import http.client
import re
from collections.abc import Callable
from contextlib import suppress

from viewer.fetch.catalogue import RemoteFile, megabytes
from viewer.fetch.connection import Opener
from viewer.fetch.failure import TransferError, UnsatisfiableRangeError
from viewer.fetch.part import Part

CHUNK = 1 << 16
CONTENT_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15}|\*)")
PAGES = ("text/html", "application/xhtml+xml")
WEB_PAGE = "gives a web page in place of the file"


def transfer(
    file: RemoteFile,
    address: str,
    part: Part,
    opener: Opener,
    progress: Callable[[int], None] | None = None,
) -> bool:
    """Bring a part up to the whole file.

    Parameters
    ----------
    file : RemoteFile
        What is wanted.
    address : str
        Where it is asked for.
    part : Part
        What has come of it. It grows, or begins anew where the server does not give the
        rest alone.
    opener : Opener
        What opens the address.
    progress : callable, optional
        Called with the bytes that are there.

    Returns
    -------
    went_on : bool
        Whether what had come before is still a part of it.

    Raises
    ------
    TransferError
        If the address does not give such a file. What has come is kept as long as it may
        be the beginning of the right one; whether it is, only the checksum can tell.
    UserError
        If the disk refuses.
    Cancelled
        If asked to stop; what has come is kept.
    """
    with _ask_for_rest(file, address, part, opener) as response:
        went_on = response.status == http.HTTPStatus.PARTIAL_CONTENT
        size = part.size if went_on else 0
        promised = None if response.length is None else size + response.length
        _check_head(file, response, promised)
        noted = False
        while data := opener.read(response, CHUNK):
            if not size:
                _check_beginning(file, data)
                part.restart()
            if size + len(data) > file.largest:
                part.restart()
                raise _too_large(file)
            if not noted:
                part.note_origin(address, response.headers.get("etag", ""))
                noted = True
            part.append(data)
            size = part.size
            if progress is not None:
                progress(size)
    wanted = promised if file.size is None else file.size
    if wanted is not None and size < wanted:
        raise TransferError(f"broke off after {size:,} of {wanted:,} bytes", again=True)
    return went_on


def _ask_for_rest(
    file: RemoteFile, address: str, part: Part, opener: Opener
) -> http.client.HTTPResponse:
    """Return an answer whose body is what follows the part (206), or the whole file (200)."""
    if 0 < part.size < file.largest:
        headers = {"Range": f"bytes={part.size}-"}
        origin, etag = part.origin()
        if origin == address and etag.startswith('"'):  # a weak one, W/"...", may not be used
            headers["If-Range"] = etag
        with suppress(UnsatisfiableRangeError):
            response = opener.open(address, headers)
            if response.status == http.HTTPStatus.OK or _goes_on(response, file, part.size):
                return response
            response.close()
    response = opener.open(address, {})
    if response.status != http.HTTPStatus.OK:
        response.close()
        raise TransferError(f"answers {response.status} where 200 is due")
    return response


def _goes_on(response: http.client.HTTPResponse, file: RemoteFile, start: int) -> bool:
    """Tell whether an answer holds what was asked for, from there to the end of the file."""
    match = CONTENT_RANGE.fullmatch(response.headers.get("content-range", ""))
    if response.status != http.HTTPStatus.PARTIAL_CONTENT or not match:
        return False
    first, last = int(match[1]), int(match[2])
    whole = file.size if match[3] == "*" else int(match[3])
    length = response.length
    return (
        first == start
        and (whole is None or last == whole - 1)
        and (file.size is None or whole == file.size)
        and (length is None or length == last - first + 1)
    )


def _check_head(file: RemoteFile, response: http.client.HTTPResponse, promised: int | None) -> None:
    """Refuse an answer that its head already shows to be another thing."""
    if response.headers.get_content_type() in PAGES:
        raise TransferError(WEB_PAGE)
    if promised is None:
        return
    if promised > file.largest:
        raise _too_large(file)
    if file.size is not None and promised != file.size:
        raise TransferError(f"offers {promised:,} bytes in place of {file.size:,}")


def _check_beginning(file: RemoteFile, data: bytes) -> None:
    """Refuse what does not begin as the file does."""
    if data.startswith(file.beginning[: len(data)]):
        return
    if data[:64].lstrip().lower().startswith((b"<!doctype", b"<html")):
        raise TransferError(WEB_PAGE)
    raise TransferError("gives other data in place of the file")


def _too_large(file: RemoteFile) -> TransferError:
    return TransferError(f"gives more than the {megabytes(file.largest)} that the file may have")
