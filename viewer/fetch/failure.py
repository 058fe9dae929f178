"""Why an address did not give what it should, in words."""

from __future__ import annotations

import http.client
import socket
import ssl
import urllib.error


class TransferError(Exception):
    """An address that did not give what it should.

    Parameters
    ----------
    problem : str
        What happened, as a clause.
    again : bool
        Whether asking the same address again may help.
    offline : bool
        Whether there was no connection at all.
    """

    def __init__(self, problem: str, *, again: bool = False, offline: bool = False) -> None:
        self.problem = problem
        self.again = again
        self.offline = offline
        super().__init__(problem)


class UnsatisfiableRangeError(TransferError):
    """A server does not have the range that was asked for."""


def explain(error: Exception) -> TransferError:
    """Say in words why a connection failed."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        return TransferError(f"has no valid certificate ({reason.verify_message})")
    if isinstance(reason, socket.gaierror):
        return TransferError("is not found", again=True, offline=True)
    if isinstance(reason, http.client.IncompleteRead):
        return TransferError("broke off", again=True)
    if isinstance(error, urllib.error.URLError):
        offline = isinstance(reason, OSError)
        return TransferError(f"gives no connection ({_words(reason)})", again=True, offline=offline)
    if isinstance(reason, OSError):
        return TransferError(f"broke off ({_words(reason)})", again=True)
    return TransferError(f"gave no proper answer ({type(reason).__name__})")


def _words(reason: object) -> str:
    """Return what the system said of a connection."""
    if isinstance(reason, TimeoutError):
        return "no answer"
    return (reason.strerror if isinstance(reason, OSError) else None) or str(reason)
