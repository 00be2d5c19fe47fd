"""A web site on loopback for tests: a thread, a table of answers, and a record of what was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, kw_only=True)
class Answer:
    body: bytes = b"<p>Hello from a fictional site."
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Site:
    answers: dict[str, Answer | Callable[[], Answer]]
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pages(self) -> list[str]:
        """The paths that were asked for, without the robots.txt that is asked for first."""
        return [path for _, path, _ in self.asked if path != "/robots.txt"]


@contextmanager
def running(answers: dict[str, Answer | Callable[[], Answer]]) -> Iterator[Site]:
    """Serve `answers` by path; `site.asked` collects (host, path, headers in lower case)."""
    site = Site(answers=answers)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.headers["host"], self.path, {k.lower(): v for k, v in self.headers.items()}))
            found = site.answers.get(self.path, Answer(status=404, body=b"no"))
            answer = found() if callable(found) else found
            self.send_response(answer.status)
            if answer.content_type:
                self.send_header("content-type", answer.content_type)
            for name, value in {"content-length": str(len(answer.body)), **answer.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(answer.body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
