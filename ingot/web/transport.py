"""httpx's transport, connecting through the guard."""

from __future__ import annotations

import ssl
from functools import cache
from importlib.util import find_spec

import httpcore
import httpx

from ingot.errors import ConfigError
from ingot.web.guard import PinnedBackend


@cache
def _tls_context() -> ssl.SSLContext:
    """Read once: loading the certificate authorities takes some 50 ms."""
    return httpx.create_ssl_context(trust_env=False)


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport over a pool that connects through the guard: 10 connections, 5 kept alive.

    `http2` offers HTTP/2 to servers behind TLS; raises `ConfigError` where the library for it is missing.
    """

    def __init__(self, backend: PinnedBackend, *, http2: bool = False) -> None:
        if http2 and find_spec("h2") is None:
            raise ConfigError(
                "HTTP/2 is switched on (web.http2), but the library for it is not installed.",
                hint='Run `pip install "ingot[http2]"`, or `ingot config set web.http2 false`.',
            )
        context = _tls_context()
        super().__init__(verify=context, trust_env=False)
        # httpx offers no parameter for the network backend.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=10,
            max_keepalive_connections=5,
            keepalive_expiry=30.0,
            http2=http2,
            network_backend=backend,
        )
