"""Reading from a server that may stall, with an end to it.

Strategy: the socket is read with a short timeout again and again, so that a cancel is heard
within a moment and a server that stalls, or drips a byte now and then, is left: in every
`STALL_SECONDS` at least `LEAST_BYTES` have to arrive.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from viewer.errors import Cancelled
from viewer.fetch.failure import TransferError

STALL_SECONDS = 20.0
LEAST_BYTES = 1024
LOOK_SECONDS = 0.1
"""Between two looks at cancel and clock."""


class Patience:
    """Says when to stop waiting for a server.

    Parameters
    ----------
    cancelled : callable, optional
        Asked several times a second.
    """

    def __init__(self, cancelled: Callable[[], bool] | None = None) -> None:
        self._cancelled = cancelled
        self.renew()

    def renew(self) -> None:
        """Start to wait anew."""
        self._began = time.monotonic()
        self._received = 0

    def count(self, received: int) -> None:
        """Count bytes that arrived."""
        self._received += received

    def check(self) -> None:
        """Raise Cancelled, or TransferError where too little has arrived for too long."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        if time.monotonic() - self._began > STALL_SECONDS:
            if self._received < LEAST_BYTES:
                raise TransferError(f"sent nothing for {STALL_SECONDS:g} s", again=True)
            self.renew()


class _PatientSocket:
    """The reading side of a socket, with patience in place of one long timeout."""

    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        self._socket = sock
        self._patience = patience

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return the stream that an HTTP response reads from."""
        return io.BufferedReader(_PatientReader(self._socket, self._patience))


class _PatientReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        self._socket = sock
        self._open = sock.makefile("rb", buffering=0)  # keeps the socket open while it is
        self._patience = patience

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            self._patience.check()
            try:
                received = self._socket.recv_into(buffer)
            except TimeoutError:
                continue
            self._patience.count(received)
            return received

    def close(self) -> None:
        self._open.close()
        super().close()


class PatientConnection(http.client.HTTPConnection):
    """A connection to one host, read with patience.

    Parameters
    ----------
    host : str
        Name of the host, with its port where that is another than usual.
    patience : Patience
        Decides how long it may take.
    **options
        As for `http.client.HTTPConnection`.
    """

    def __init__(self, host: str, *, patience: Patience, **options: Any) -> None:
        super().__init__(host, **options)
        self._patience = patience

    def connect(self) -> None:
        """Connect with one timeout, then read with patience."""
        super().connect()
        self.sock.settimeout(LOOK_SECONDS)

    def getresponse(self) -> http.client.HTTPResponse:
        """Read the head of the answer."""
        patient = _PatientSocket(self.sock, self._patience)
        self.response_class = partial(_answer, patient)  # type: ignore[assignment]
        return super().getresponse()


class PatientSecureConnection(PatientConnection, http.client.HTTPSConnection):
    """The same over TLS."""


def _answer(patient: _PatientSocket, _sock: object, **options: Any) -> http.client.HTTPResponse:
    return http.client.HTTPResponse(cast("socket.socket", patient), **options)
