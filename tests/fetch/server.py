"""A server on this machine that answers well or, where told to, badly."""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler", bytes], None]


@dataclass
class Mirror:
    """The files of a mirror, how it answers for each, and what it was asked.

    An answer is used once, and the last one of a file for good.
    """

    base: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    if_range: list[str] = field(default_factory=list)
    sent: int = 0
    release: threading.Event = field(default_factory=threading.Event)

    def names(self) -> list[str]:
        return [name for name, _range in self.asked]


class Handler(BaseHTTPRequestHandler):
    """Looks up the answer for a file and gives it."""

    protocol_version = "HTTP/1.1"
    mirror: Mirror

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        self.mirror.asked.append((name, self.headers.get("Range", "")))
        self.mirror.if_range.append(self.headers.get("If-Range", ""))
        answers = self.mirror.answers.get(name, [honour])
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        self.close_connection = True
        answer(self, self.mirror.files.get(name, b""))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep stderr clean."""

    def head(self, code: int, **headers: object) -> None:
        """Send a status and headers; `_` in their names stands for `-`."""
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def body(self, data: bytes) -> None:
        self.mirror.sent += len(data)
        self.wfile.write(data)

    def start(self) -> int:
        """Where the range asked for starts; 0 without one."""
        match = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        return int(match[1]) if match else 0


def honour(handler: Handler, data: bytes) -> None:
    """Give the whole file, or the rest of it where that is asked for."""
    start = handler.start()
    if start >= len(data):
        handler.head(416, Content_Length=0)
    elif start:
        handler.head(
            206,
            Content_Length=len(data) - start,
            Content_Range=f"bytes {start}-{len(data) - 1}/{len(data)}",
            ETag='"one"',
        )
        handler.body(data[start:])
    else:
        whole(handler, data)


def whole(handler: Handler, data: bytes) -> None:
    """Give the whole file, whatever range was asked for."""
    handler.head(200, Content_Length=len(data), ETag='"one"')
    handler.body(data)


def unsized(handler: Handler, data: bytes) -> None:
    """Give the whole file and not say how long it is."""
    handler.head(200)
    handler.body(data)


def code(number: int) -> Answer:
    """Give a status and a short page."""

    def answer(handler: Handler, _data: bytes) -> None:
        handler.head(number, Content_Length=6, Content_Type="text/html")
        handler.body(b"<html>")

    return answer


def short(count: int) -> Answer:
    """Promise the whole file, or the rest of it, and stop after some bytes of it."""

    def answer(handler: Handler, data: bytes) -> None:
        start = handler.start()
        headers = {"Content_Length": len(data) - start, "ETag": '"one"'}
        if start:
            headers["Content_Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        handler.head(206 if start else 200, **headers)
        handler.body(data[start : start + count])

    return answer


def short_chunk(handler: Handler, data: bytes) -> None:
    """Stop in the middle of a chunk."""
    handler.head(200, Transfer_Encoding="chunked")
    handler.body(b"%x\r\n" % len(data) + data[: len(data) // 2])


def chunks(handler: Handler, data: bytes) -> None:
    """Give the whole file in chunks."""
    handler.head(200, Transfer_Encoding="chunked")
    half = len(data) // 2
    for part in (data[:half], data[half:]):
        handler.body(b"%x\r\n" % len(part) + part + b"\r\n")
    handler.body(b"0\r\n\r\n")


def stall(count: int) -> Answer:
    """Give some bytes and then nothing more, until the test is over."""

    def answer(handler: Handler, data: bytes) -> None:
        handler.head(200, Content_Length=len(data))
        handler.body(data[:count])
        handler.mirror.release.wait(30)

    return answer


def silent(handler: Handler, _data: bytes) -> None:
    """Not even give an answer's head."""
    handler.mirror.release.wait(30)


def drip(handler: Handler, data: bytes) -> None:
    """Give a byte now and then."""
    handler.head(200, Content_Length=len(data))
    for byte in data:
        handler.body(bytes([byte]))
        handler.wfile.flush()
        if handler.mirror.release.wait(0.02):
            return


def page(kind: str, status: int = 200) -> Answer:
    """Give a web page, as a network asking to log in does."""

    def answer(handler: Handler, _data: bytes) -> None:
        text = b"<!DOCTYPE html><title>Log in</title>" + b" " * 2000
        handler.head(status, Content_Length=len(text), Content_Type=kind)
        handler.body(text)

    return answer


def bare_page(handler: Handler, _data: bytes) -> None:
    """Give a web page and not say that it is one."""
    handler.head(200)
    handler.body(b"\n<HTML><title>Log in</title>")


def changed(handler: Handler, data: bytes) -> None:
    """Give a file of the right length with one wrong byte in it."""
    honour(handler, data[:-1] + bytes([data[-1] ^ 1]))


def extra(handler: Handler, data: bytes) -> None:
    """Give more than the file, and say so."""
    whole(handler, data * 3)


def endless(handler: Handler, data: bytes) -> None:
    """Give the file again and again without an end."""
    handler.head(200)
    try:
        while not handler.mirror.release.is_set():
            handler.body(data)
    except OSError:
        return


def redirect(address: str, status: int = 302) -> Answer:
    """Send elsewhere."""

    def answer(handler: Handler, _data: bytes) -> None:
        handler.head(status, Location=address, Content_Length=0)

    return answer


def wrong_range(shift: int) -> Answer:
    """Give another range than the one asked for; the whole file where none was."""

    def answer(handler: Handler, data: bytes) -> None:
        start = handler.start()
        if not start:
            whole(handler, data)
            return
        first = start + shift
        handler.head(
            206,
            Content_Length=len(data) - first,
            Content_Range=f"bytes {first}-{len(data) - 1}/{len(data)}",
        )
        handler.body(data[first:])

    return answer


def bare_range(handler: Handler, data: bytes) -> None:
    """Say that it is a range, and not say which."""
    handler.head(206, Content_Length=len(data) - handler.start())
    handler.body(data[handler.start() :])


def hang_up(handler: Handler, _data: bytes) -> None:
    """Close the connection without an answer."""
    handler.connection.close()


def nonsense(handler: Handler, _data: bytes) -> None:
    """Answer in no protocol at all."""
    handler.body(b"220 ready for FTP\r\n\r\n")


@contextmanager
def serving(secure: ssl.SSLContext | None = None) -> Iterator[Mirror]:
    """Run a mirror until the block ends; with a context it speaks https."""
    mirror = Mirror()
    handler = type("MirrorHandler", (Handler,), {"mirror": mirror})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    mirror.base = f"http://127.0.0.1:{server.server_port}/"
    if secure is not None:
        server.socket = secure.wrap_socket(server.socket, server_side=True)
        mirror.base = f"https://localhost:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield mirror
    finally:
        mirror.release.set()
        server.shutdown()
        server.server_close()
        thread.join()
