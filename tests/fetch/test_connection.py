"""Connections over TLS, addresses that are refused, and patience that ends."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.fetch.conftest import IMAGES
from tests.fetch.server import Mirror, serving, silent, stall, whole
from viewer.fetch.connection import Opener
from viewer.fetch.failure import TransferError
from viewer.fetch.patience import Patience

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""A certificate for this machine that nobody trusts, with its key."""


@pytest.fixture
def secure(tiny: object, contents: dict[str, bytes]) -> Iterator[Mirror]:
    """Return a mirror that speaks https."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    with serving(context) as mirror:
        mirror.files = dict(contents)
        yield mirror


@pytest.fixture
def _trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


def read(opener: Opener, address: str) -> bytes:
    with opener.open(address, {}) as response:
        return b"".join(iter(lambda: opener.read(response, 4096), b""))


@pytest.mark.usefixtures("_trusted")
def test_a_file_comes_over_tls(secure: Mirror, contents: dict[str, bytes]) -> None:
    assert secure.base.startswith("https://localhost:")
    assert read(Opener(Patience()), secure.base + IMAGES) == contents[IMAGES]


def test_a_certificate_nobody_trusts_is_refused(secure: Mirror) -> None:
    with pytest.raises(TransferError, match="has no valid certificate") as raised:
        read(Opener(Patience()), secure.base + IMAGES)
    assert not raised.value.again
    assert secure.asked == []


@pytest.mark.usefixtures("_trusted")
def test_a_certificate_of_another_host_is_refused(secure: Mirror) -> None:
    address = secure.base.replace("localhost", "127.0.0.1")
    with pytest.raises(TransferError, match="has no valid certificate"):
        read(Opener(Patience()), address + IMAGES)


@pytest.mark.usefixtures("_trusted", "impatient")
@pytest.mark.parametrize("answer", [stall(900), silent])
def test_a_stall_over_tls_ends(secure: Mirror, answer: object) -> None:
    secure.answers[IMAGES] = [answer]  # type: ignore[list-item]
    with pytest.raises(TransferError, match=r"sent nothing for 0\.25 s"):
        read(Opener(Patience()), secure.base + IMAGES)


def test_nobody_there(tiny: object) -> None:
    with serving() as gone:
        address = gone.base + IMAGES
    with pytest.raises(TransferError, match="gives no connection") as raised:
        read(Opener(Patience(), ("127.0.0.1",)), address)
    assert raised.value.offline
    assert raised.value.again


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/x.gz",
        "ftp://example.org/x.gz",
        "file:///etc/passwd",
        "data:,x",
        "https:///x.gz",
        "x.gz",
        "",
        "HTTP://127.0.0.2/x.gz",
    ],
)
def test_what_is_not_https_is_not_asked(tiny: object, address: str) -> None:
    with pytest.raises(TransferError, match="not an https address") as raised:
        Opener(Patience(), ("127.0.0.1",)).open(address, {})
    assert not raised.value.again


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "0.0.0.0"])
def test_no_other_machine_may_be_asked_in_plain(host: str) -> None:
    with pytest.raises(ValueError, match=host):
        Opener(Patience(), ("127.0.0.1", host))


@contextmanager
def proxy(target: Mirror) -> Iterator[list[str]]:
    """Run a proxy that tunnels to a mirror; yield what it was asked to reach."""
    import http.server
    import socket

    reached: list[str] = []

    class Tunnel(http.server.BaseHTTPRequestHandler):
        def do_CONNECT(self) -> None:
            reached.append(self.path)
            port = int(target.base.rstrip("/").rpartition(":")[2])
            with socket.create_connection(("127.0.0.1", port)) as far:
                self.send_response(200)
                self.end_headers()
                pump = threading.Thread(target=copy, args=(self.connection, far))
                pump.start()
                copy(far, self.connection)
                pump.join()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep stderr clean."""

    def copy(source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Tunnel)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        reached.append(f"http://127.0.0.1:{server.server_port}")
        yield reached
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.usefixtures("_trusted")
def test_the_systems_proxy_is_used(
    secure: Mirror, contents: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    secure.answers[IMAGES] = [whole]
    with proxy(secure) as reached:
        monkeypatch.setenv("https_proxy", reached.pop())
        assert read(Opener(Patience()), secure.base + IMAGES) == contents[IMAGES]
    assert reached == [secure.base.removeprefix("https://").rstrip("/")]
