"""A model's service on loopback: it speaks OpenAI's chat protocol, gives scripted answers and remembers what it was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

SERVER_DATE = "Sun, 22 Nov 2026 10:00:00 GMT"


@dataclass(frozen=True)
class Reply:
    """One answer: a status, headers and a body. A `silent` one never comes, at a `cut` one the connection ends."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    cut: bool = False


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def system(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def user(self) -> str:
        return str(self.body["messages"][1]["content"])

    @property
    def words(self) -> str:
        return "\n".join(str(message["content"]) for message in self.body["messages"])

    @property
    def form(self) -> str:
        """How the object was asked for: tools, json_schema, json, markdown or xml."""
        wanted = self.body.get("response_format") or self.body.get("format")
        if self.body.get("tools"):
            return "tools"
        if wanted:
            return "json_schema" if "json_schema" in wanted or "properties" in wanted else "json"
        return "markdown" if "```json" in self.words else "xml"


def completion(message: dict[str, Any], *, finish: str = "stop", tokens: tuple[int, int] = (100, 20)) -> Reply:
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "scripted",
        "choices": [
            {"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": None, **message}}
        ],
        "usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1], "total_tokens": sum(tokens)},
    }
    return Reply(body=body)


def says(content: str, *, finish: str = "stop") -> Reply:
    return completion({"content": content}, finish=finish)


def calls(name: str, arguments: Any, *, finish: str = "tool_calls") -> Reply:
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    call = {"id": "call_1", "type": "function", "function": {"name": name, "arguments": text}}
    return completion({"tool_calls": [call]}, finish=finish)


def refuses(reason: str) -> Reply:
    return completion({"refusal": reason})


def fails(status: int, *, param: str | None = None, code: str | None = None, **headers: str) -> Reply:
    error = {"message": "scripted failure", "type": "error", "param": param, "code": code}
    return Reply(status, {"error": error}, {name.replace("_", "-"): value for name, value in headers.items()})


SILENCE = Reply(silent=True)
CUT = Reply(cut=True)


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # questions that come at once; with five, the others are turned away


class OpenAIServer:
    """Start with `with`; `requests` are what came in. A request beyond the script is answered with 418."""

    def __init__(self, *script: Reply, always: Callable[[Request], Reply] | None = None) -> None:
        self.requests: list[Request] = []
        self._script = list(script)
        self._always = always
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        return f"{self.host}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def reply_to(self, request: Request) -> Reply:
        with self._lock:
            self.requests.append(request)
            if self._always:
                return self._always(request)
            reply = self._script.pop(0) if self._script else fails(418)
        if reply.silent:
            self._closing.wait()
        return reply

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one packet: two of them wait 40 ms for each other

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                reply = fake.reply_to(Request(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                if reply.silent or reply.cut:
                    self.close_connection = True
                    return
                payload = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
                self.send_response_only(reply.status)
                headers = {"Date": SERVER_DATE, "Content-Type": "application/json", **reply.headers}
                for name, value in {**headers, "Content-Length": str(len(payload))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, *_: object) -> None:
                """Say nothing: `requests` is the log."""

        return Handler
