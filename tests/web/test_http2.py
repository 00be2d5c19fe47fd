from __future__ import annotations

import asyncio
import sys

import h2.config
import h2.connection
import h2.events
import httpcore
import pytest

import ingot.web.transport
from ingot.errors import ConfigError
from ingot.web.client import WebClient
from tests.fakes.certificates import make_certificates

pytestmark = pytest.mark.long


class To(httpcore.AnyIOBackend):
    """Every connection goes to one port on loopback."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self.port = port

    async def connect_tcp(self, host, port, *rest, **options):
        return await super().connect_tcp("127.0.0.1", self.port, *rest, **options)


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    connection.initiate_connection()
    while not writer.is_closing():
        writer.write(connection.data_to_send())
        data = await reader.read(65_536)
        if not data:
            break
        for event in connection.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                path = dict(event.headers)[b":path"]
                status = "404" if path == b"/robots.txt" else "200"
                headers = [(":status", status), ("content-type", "text/html")]
                connection.send_headers(event.stream_id, headers)
                connection.send_data(event.stream_id, b"<p>Two", end_stream=True)
    writer.close()


async def public(host: str, port: int) -> list[str]:
    return ["93.184.216.34"]


async def test_http2_is_spoken_where_it_is_switched_on(tmp_path, monkeypatch):
    certificates = make_certificates(tmp_path, host="site.example")
    monkeypatch.setattr(ingot.web.transport, "_tls_context", certificates.client_context)
    context = certificates.server_context()
    context.set_alpn_protocols(["h2"])
    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    try:
        network = To(server.sockets[0].getsockname()[1])
        async with WebClient(http2=True, resolver=public, network=network, delay=0) as web:
            assert (await web.get("https://site.example/")).body == b"<p>Two"
    finally:
        server.close()


def test_http2_without_its_library_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "h2", None)
    monkeypatch.setattr(ingot.web.transport, "find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"ingot\[http2\]"):
        WebClient(http2=True)
    WebClient()
