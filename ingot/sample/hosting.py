"""One loopback server that plays many hosts: the Host header says which. For demonstrations, tests and replays."""

from __future__ import annotations

import json
import mimetypes
import socket
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost"})
NOT_FOUND_PAGE = b"<!doctype html><html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was asked: `host` in lower case without its port, `path` decoded, `query` with the last value of each key."""

    host: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A whole HTTP answer."""

    status: HTTPStatus = HTTPStatus.OK
    body: bytes = b""
    content_type: str = "text/html; charset=utf-8"

    @classmethod
    def json(cls, value: Any) -> Self:
        """`value` as JSON, not escaped to ASCII: the real API serves UTF-8."""
        return cls(body=json.dumps(value, ensure_ascii=False).encode(), content_type="application/json; charset=utf-8")

    @classmethod
    def file(cls, path: Path) -> Self:
        """The bytes of a file, typed by its suffix."""
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") or kind == "application/json" else ""
        return cls(body=path.read_bytes(), content_type=kind + charset)


NOT_FOUND = Answer(status=HTTPStatus.NOT_FOUND, body=NOT_FOUND_PAGE)


def companies_api(request: Request, *, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> Answer:
    """The venue in the paths of yc-oss: `companies/<table>.json` and `batches/<season-year>.json`, below `/api` or not.

    `tables` must hold `all`, from which the batches are computed.
    """
    match request.path.removeprefix("/api").strip("/").split("/"):
        case ["companies", name] if name.removesuffix(".json") in tables:
            return Answer.json(tables[name.removesuffix(".json")])
        case ["batches", name]:
            batch = [record for record in tables["all"] if _batch_slug(record) == name.removesuffix(".json")]
            return Answer.json(batch) if batch else NOT_FOUND
        case _:
            return NOT_FOUND


def _batch_slug(record: Mapping[str, Any]) -> str:
    return str(record["batch"]).lower().replace(" ", "-")


def folder_answer(folder: Path, path: str) -> Answer:
    """A static site: `/` is `index.html`, `/about` is `about.html`, a file's own name is itself, the rest is 404."""
    name = path.strip("/") or "index"
    # Looked up among the folder's own names, so that no path leads out of it.
    for file in _files(folder):
        if file.name in (name, f"{name}.html"):
            return Answer.file(file)
    return NOT_FOUND


def _files(folder: Path) -> Iterable[Path]:
    return sorted(entry for entry in folder.iterdir() if entry.is_file())


class HostServer(ABC):
    """Serves `answer` on 127.0.0.1 while the `with` block runs.

    A subclass says in `answer` what each host gives; None closes the connection without a word, as a dead host does.
    `requests` holds (host, path) of each request, in the order of arrival.
    """

    def __init__(self, *, port: int = 0) -> None:
        self.requests: list[tuple[str, str]] = []
        self._port = port
        self._httpd: _Listener | None = None
        self._thread: threading.Thread | None = None

    @abstractmethod
    def answer(self, request: Request) -> Answer | None:
        """What `request` gets; runs in the thread of its connection."""

    @property
    def url(self) -> str:
        """Where the server listens, with a slash at the end. Raises RuntimeError outside of the `with` block."""
        if self._httpd is None:
            raise RuntimeError("The server is not running: ask for its url inside of the `with` block.")
        return f"http://127.0.0.1:{self._httpd.server_address[1]}/"

    def respond(self, request: Request) -> Answer | None:
        """Record `request`, then answer it."""
        self.requests.append((request.host, request.path))
        return self.answer(request)

    def __enter__(self) -> Self:
        self._httpd = _Listener(self, port=self._port)
        self._thread = threading.Thread(target=self._httpd.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._httpd is None or self._thread is None:
            return
        self._httpd.shutdown()
        self._httpd.server_close()
        self._thread.join(timeout=5)
        self._httpd = self._thread = None


class _Listener(ThreadingHTTPServer):
    # The threads are waited for, which is short because `server_close` hangs up first.
    daemon_threads = False
    # The default of 5 refuses connections as soon as a flow researches a dozen leads at once.
    request_queue_size = 128

    def __init__(self, owner: HostServer, *, port: int) -> None:
        self.owner = owner
        self._open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        # A client that keeps its connection open must not keep the server from stopping.
        for connection in list(self._open):
            with suppress(OSError):  # it was closed meanwhile
                connection.shutdown(socket.SHUT_RDWR)
        super().server_close()

    def server_bind(self) -> None:
        # HTTPServer asks the DNS for its own name here, which takes seconds on some laptops.
        TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]


class _Handler(BaseHTTPRequestHandler):
    # HTTP/1.0: one answer, then the connection closes, so that a stopped server answers nobody any more.
    protocol_version = "HTTP/1.0"
    timeout = 10
    server: _Listener

    def do_GET(self) -> None:
        self._reply(with_body=True)

    def do_HEAD(self) -> None:
        self._reply(with_body=False)

    def _reply(self, *, with_body: bool) -> None:
        target = urlsplit(self.path)
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        request = Request(host=host, path=unquote(target.path) or "/", query=dict(parse_qsl(target.query)))
        answer = self.server.owner.respond(request)
        if answer is None:
            return
        # A client may hang up before it has read everything (size caps, time-outs): its right, not our error.
        with suppress(ConnectionError):
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if with_body:
                self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the parent's signature
        """Stay silent: who wants to know what was asked reads `requests`."""
