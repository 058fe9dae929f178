"""Addresses opened over https alone, with every redirect looked at.

urllib's own opener would also speak http, ftp and file; this one is put together from the
parts for https, with the system's proxies.
"""

from __future__ import annotations

import http
import http.client
import ipaddress
import ssl
import string
import urllib.error
import urllib.request
from collections.abc import Collection
from functools import cached_property, partial
from typing import Any, cast
from urllib.parse import quote, urljoin, urlsplit

from viewer import __version__
from viewer.fetch.failure import TransferError, UnsatisfiableRangeError, explain
from viewer.fetch.patience import Patience, PatientConnection, PatientSecureConnection

CONNECT_SECONDS = 10.0
HOPS = 6
"""Addresses that are asked in a row, each but the first named by the one before."""


class Opener:
    """Opens addresses for reading.

    Parameters
    ----------
    patience : Patience
        Decides how long a server may take.
    plain_hosts : collection of str
        Hosts that may be spoken to without encryption; only names of this machine itself.

    Raises
    ------
    ValueError
        If one of `plain_hosts` is another machine.
    """

    def __init__(self, patience: Patience, plain_hosts: Collection[str] = ()) -> None:
        for host in plain_hosts:
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise ValueError(f"{host} is not this machine")
        self._patience = patience
        self._plain_hosts = plain_hosts
        self._director = urllib.request.OpenerDirector()
        self._director.addheaders = [("User-Agent", f"digit-strokes/{__version__}")]
        handlers: list[urllib.request.BaseHandler] = [
            urllib.request.ProxyHandler(),
            urllib.request.HTTPErrorProcessor(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.UnknownHandler(),
            _Https(patience),
        ]
        if plain_hosts:
            handlers.append(_Http(patience))
        for handler in handlers:
            self._director.add_handler(handler)

    def check_address(self, address: str) -> None:
        """Make sure that an address is https; TransferError otherwise."""
        parts = urlsplit(address)
        if parts.scheme == "https" and parts.hostname:
            return
        if parts.scheme == "http" and parts.hostname in self._plain_hosts:
            return
        raise TransferError(f"leads to {address[:200]}, which is not an https address")

    def open(self, address: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        """Send a request, follow redirects, and read the answer's head.

        Parameters
        ----------
        address : str
            What to ask for.
        headers : dict of str
            What to add to the request.

        Returns
        -------
        response : HTTPResponse
            A success; its body is read with `read`.

        Raises
        ------
        UnsatisfiableRangeError
            If the range asked for is not there.
        TransferError
            If there is no connection, or the answer is no success.
        Cancelled
            If asked to stop.
        """
        try:
            for _hop in range(HOPS):
                self.check_address(address)
                self._patience.renew()
                self._patience.check()
                request = urllib.request.Request(address, headers=headers)
                try:
                    response = self._director.open(request, timeout=CONNECT_SECONDS)
                except urllib.error.HTTPError as answer:
                    with answer:  # its body is never read: it may be endless
                        address = urljoin(address, _follow(answer))
                else:
                    self._patience.renew()
                    return cast("http.client.HTTPResponse", response)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise explain(error) from error
        raise TransferError("sends from address to address without an end")

    def read(self, response: http.client.HTTPResponse, most: int) -> bytes:
        """Return some bytes of a body as soon as there are any, b"" at its end.

        Raises
        ------
        TransferError
            If the connection breaks or stalls.
        Cancelled
            If asked to stop.
        """
        try:
            return response.read1(most)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise explain(error) from error


def _follow(answer: urllib.error.HTTPError) -> str:
    """Return where a redirect leads; for any other answer say in words what it means."""
    location = answer.headers.get("location")
    if answer.code in (301, 302, 303, 307, 308) and location:
        return quote(location, safe=string.punctuation)
    if answer.code == http.HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        raise UnsatisfiableRangeError("has no such range")
    again = answer.code >= 500 or answer.code in (408, 425, 429)
    try:
        words = f" {http.HTTPStatus(answer.code).phrase}"
    except ValueError:
        words = ""
    raise TransferError(f"answers {answer.code}{words}", again=again)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, patience: Patience) -> None:
        super().__init__()
        self._patience = patience

    @cached_property
    def _connection(self) -> Any:
        context = ssl.create_default_context()
        return partial(PatientSecureConnection, patience=self._patience, context=context)

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, req)


class _Http(urllib.request.HTTPHandler):
    def __init__(self, patience: Patience) -> None:
        super().__init__()
        self._connection: Any = partial(PatientConnection, patience=patience)

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, req)
