"""Answers that are larger than they look, each 1 GB, from a server on loopback; and what reading one costs in memory.

`python -m benchmarks.bombs ORIGIN PATH` is the reader: it prints its peak before and after, in bytes, and the outcome.
"""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ingot.errors import PageError
from ingot.web.client import WebClient

_MB = 1 << 20
SIZE = 1 << 30


@cache
def packed(window: int, part: int = _MB) -> list[bytes]:
    """The start of 1 GB of zeros, and a part to be repeated after it until the whole is there."""
    packer = zlib.compressobj(9, zlib.DEFLATED, window)
    start = packer.compress(bytes(part)) + packer.flush(zlib.Z_FULL_FLUSH)
    return [start, packer.compress(bytes(part)) + packer.flush(zlib.Z_FULL_FLUSH)]


def _repeated(start: bytes, part: bytes) -> Iterator[bytes]:
    yield start
    for _ in range(SIZE // _MB - 1):
        yield part


def _members() -> Iterator[bytes]:
    """Empty gzip files one after the other: work without output."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    empty = packer.compress(b"") + packer.flush()
    for _ in range(SIZE // _MB):
        yield empty * (_MB // len(empty))


def _plain() -> Iterator[bytes]:
    for _ in range(SIZE // _MB):
        yield bytes(_MB)


Bomb = tuple[int, dict[str, str], Callable[[], Iterator[bytes]], str]
HTML = {"content-type": "text/html"}

BOMBS: dict[str, Bomb] = {
    "/gzip": (200, HTML | {"content-encoding": "gzip"}, lambda: _repeated(*packed(31)), "size"),
    "/deflate": (200, HTML | {"content-encoding": "deflate"}, lambda: _repeated(*packed(15)), "size"),
    "/members": (200, HTML | {"content-encoding": "gzip"}, _members, "size"),
    "/br": (200, HTML | {"content-encoding": "br"}, _plain, "type"),
    "/twice": (200, HTML | {"content-encoding": "gzip, gzip"}, lambda: _repeated(*packed(31)), "type"),
    "/plain": (200, HTML, _plain, "size"),
    "/lying-length": (200, HTML | {"content-length": "5"}, _plain, "read"),
    "/error-page": (404, HTML | {"content-encoding": "gzip"}, lambda: _repeated(*packed(31)), "status"),
    "/redirect": (302, {"location": "/redirect"}, _plain, "redirects"),
    "/robots.txt": (200, HTML | {"content-encoding": "gzip"}, lambda: _repeated(*packed(31)), "status"),
    "/headers": (200, {}, _plain, "network"),
}
"""Path: status, headers, body, and how reading it must end. The body of `/headers` comes where headers should.

The robots.txt is asked for before each of the others, cut, and allows what it does not forbid.
"""


class _Server(ThreadingHTTPServer):
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        none: Bomb = (404, {}, lambda: iter(()), "")
        status, headers, body, _ = BOMBS.get(self.path, none) if "bomb" in self.headers["host"] else none
        with suppress(OSError):  # the reader hangs up, as it should
            if self.path == "/headers":
                self.wfile.write(b"HTTP/1.1 200 OK\r\nx: ")
            else:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
            for part in body():
                self.wfile.write(part)

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@contextmanager
def serving() -> Iterator[str]:
    """The origin of a server that gives bombs to those who ask for `bomb.example`, and 404 to others."""
    server = _Server(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)


def _peak() -> int:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


async def read(origin: str, path: str) -> dict[str, int | str]:
    """Read one bomb after an ordinary 404, so that what every request needs is there before."""
    async with WebClient(replay=origin) as web:
        with suppress(PageError):
            await web.get("http://warm.example/nothing")
        gc.collect()
        before = _peak()
        try:
            await web.get(f"http://bomb.example{path.replace('robots.txt', 'none')}")
            outcome = "read"
        except PageError as error:
            outcome = error.reason
        return {"before": before, "after": _peak(), "outcome": outcome}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(read(*sys.argv[1:3]))))
