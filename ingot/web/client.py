"""One polite HTTP client for everything INGOT reads from the web."""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import json
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Any, Self

import httpcore
import httpx

from ingot import __version__
from ingot.errors import ConfigError, PageError
from ingot.web.body import read_body
from ingot.web.guard import Endpoint, PinnedBackend, Resolver, blocked

USER_AGENT = f"INGOT/{__version__} (personal job-search assistant; reads a few public pages for one person)"
MAX_REDIRECTS = 5
MAX_URL_LENGTH = 2048
CONNECT_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one exchange may cost: bytes on the wire, bytes unpacked, seconds for everything, and the types accepted."""

    wire: int
    decoded: int
    seconds: float
    types: frozenset[str]


PAGE = Limits(
    wire=3_000_000,
    decoded=8_000_000,
    seconds=20.0,
    types=frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/json"}),
)
SOURCE_TYPES = frozenset({"application/json", "text/json", "text/plain", "text/csv", "application/octet-stream"})
SOURCE_SECONDS = 120.0  # the list of all companies is 10 MB and more
MAX_SOURCE_BYTES = 30_000_000


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """One answer with a 2xx status. `body` is unpacked, `sha256` (hex) is over it; `final_url` is after redirects."""

    url: str
    final_url: str
    status: int
    content_type: str
    body: bytes
    sha256: str
    fetched_at: datetime


@cache
def _tls_context() -> ssl.SSLContext:
    """Read once: loading the certificate authorities takes some 50 ms."""
    return httpx.create_ssl_context(trust_env=False)


class GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport over a pool that connects through the guard: 10 connections, 5 kept alive."""

    def __init__(self, backend: PinnedBackend) -> None:
        context = _tls_context()
        super().__init__(verify=context, trust_env=False)
        # httpx offers no parameter for the network backend.
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=10,
            max_keepalive_connections=5,
            keepalive_expiry=30.0,
            network_backend=backend,
        )


class WebClient:
    """Reads public pages, and nothing else; use it as an async context manager.

    `replay` ("http://127.0.0.1:PORT") sends every request to that server in plain HTTP, with the site's name as Host.
    `allow_loopback_source` is the one loopback origin that `get_source` and `get_json` may read besides.
    `delay` is seconds between two pages of one host (1, and 0 in replay).
    """

    def __init__(
        self,
        *,
        replay: str | None = None,
        allow_loopback_source: str | None = None,
        resolver: Resolver | None = None,
        user_agent: str = USER_AGENT,
        delay: float | None = None,
        page_limits: Limits = PAGE,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._replaying = replay is not None
        self._source = loopback_endpoint(allow_loopback_source) if allow_loopback_source else None
        self._delay = delay if delay is not None else 0.0 if self._replaying else 1.0
        self._free_at: dict[str, float] = {}
        self._limits = page_limits
        self._clock = clock
        backend = PinnedBackend(
            resolver=resolver, replay=loopback_endpoint(replay) if replay else None, source=self._source
        )
        self._client = httpx.AsyncClient(
            transport=GuardedTransport(backend),
            timeout=httpx.Timeout(page_limits.seconds, connect=CONNECT_SECONDS),
            headers={"User-Agent": user_agent, "Accept-Encoding": "gzip", "Accept": "text/html,*/*;q=0.5"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=False,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(self, url: str) -> Fetched:
        """The page at a public address. Raises `PageError`; a refused status is in `error.fields["status"]`."""
        return await self._fetch(url, self._limits, from_source=False)

    async def get_source(self, url: str, *, max_bytes: int = MAX_SOURCE_BYTES) -> Fetched:
        """A venue's own data (JSON, CSV, text), which may be large. Raises `PageError`."""
        limits = Limits(wire=max_bytes, decoded=max_bytes, seconds=SOURCE_SECONDS, types=SOURCE_TYPES)
        return await self._fetch(url, limits, from_source=True)

    async def get_json(self, url: str, *, max_bytes: int = MAX_SOURCE_BYTES) -> Any:
        """The JSON value at a venue's address. Raises `PageError`, with reason `type` for what is not JSON."""
        fetched = await self.get_source(url, max_bytes=max_bytes)
        try:
            return json.loads(fetched.body)
        except (ValueError, RecursionError) as error:
            raise PageError("The address does not hold JSON.", reason="type", hint="Check the address.") from error

    async def _fetch(self, url: str, limits: Limits, *, from_source: bool) -> Fetched:
        target = self._check(url, from_source=from_source)
        await self._wait_for_turn(target.host)
        try:
            async with asyncio.timeout(limits.seconds):
                return await self._follow(url, target, limits, from_source=from_source)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise PageError("The site took too long.", reason="timeout", hint="Try again later.") from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise PageError("The site could not be read.", reason="network", hint="Try again later.") from error

    async def _follow(self, url: str, target: httpx.URL, limits: Limits, *, from_source: bool) -> Fetched:
        for _ in range(MAX_REDIRECTS + 1):
            async with self._exchange(target) as response:
                if response.has_redirect_location:
                    target = self._check(response.headers["location"], from_source=from_source, base=target)
                    continue
                content_type = response.headers.get("content-type", "")
                _require(response, content_type, limits.types)
                body = await read_body(response, max_wire=limits.wire, max_decoded=limits.decoded)
            return Fetched(
                url=url,
                final_url=str(target),
                status=response.status_code,
                content_type=content_type,
                body=body,
                sha256=hashlib.sha256(body).hexdigest(),
                fetched_at=self._clock(),
            )
        raise PageError(f"The page redirects more than {MAX_REDIRECTS} times.", reason="redirects")

    @asynccontextmanager
    async def _exchange(self, target: httpx.URL) -> AsyncIterator[httpx.Response]:
        if self._replaying:
            target = target.copy_with(scheme="http")
        async with self._client.stream("GET", target) as response:
            yield response

    def _check(self, url: str, *, from_source: bool, base: httpx.URL | None = None) -> httpx.URL:
        """The address as the guard allows it to be asked for; its host is checked when connecting."""
        if len(url) > MAX_URL_LENGTH:
            raise blocked("The address is too long.")
        try:
            target = base.join(url) if base else httpx.URL(url)
        except (httpx.InvalidURL, ValueError) as error:
            raise blocked("The address is not a web address.") from error
        if target.scheme not in {"http", "https"} or not target.host:
            raise blocked("The address is not a web address.")
        if target.userinfo:
            raise blocked("The address carries a user name or a password.")
        if _endpoint(target) == self._source and not from_source:
            raise blocked("The venue's own server is not a web site.")
        return target

    async def _wait_for_turn(self, host: str) -> None:
        now = asyncio.get_running_loop().time()
        turn = max(now, self._free_at.get(host, now))
        self._free_at[host] = turn + self._delay
        await asyncio.sleep(turn - now)


def _endpoint(url: httpx.URL) -> Endpoint:
    return url.host, url.port or (443 if url.scheme == "https" else 80)


def _require(response: httpx.Response, content_type: str, types: frozenset[str]) -> None:
    if not response.is_success:
        raise PageError(
            f"The site answered with status {response.status_code}.", reason="status", status=response.status_code
        )
    if content_type.split(";", maxsplit=1)[0].strip().lower() not in types:
        raise PageError("The address holds something other than a page of text.", reason="type")


def loopback_endpoint(url: str) -> Endpoint:
    """(host, port) of a loopback address such as "http://127.0.0.1:8000/"; anything else is a `ConfigError`."""
    hint = "Use an address such as http://127.0.0.1:8000/."
    try:
        parsed = httpx.URL(url if "://" in url else f"http://{url}")
        is_loopback = parsed.host == "localhost" or ipaddress.ip_address(parsed.host).is_loopback
    except (httpx.InvalidURL, ValueError) as error:
        raise ConfigError("The local server's address cannot be read.", hint=hint) from error
    if parsed.scheme != "http" or not is_loopback:
        raise ConfigError("A local server must be on this machine's loopback, in plain http.", hint=hint)
    return _endpoint(parsed)
