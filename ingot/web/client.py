"""One polite HTTP client for everything INGOT reads from the web."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Self

import httpcore
import httpx

from ingot import __version__
from ingot.domain.cached_page import CachedPage
from ingot.errors import PageError
from ingot.web.address import endpoint, loopback_endpoint, require_public, web_address
from ingot.web.cache import LONGEST, LONGEST_ROBOTS, Store, conditions, expires, may_keep, revived
from ingot.web.exchange import Deadline, Exchange, Question
from ingot.web.fetched import Fetched, Reply
from ingot.web.guard import PinnedBackend, Resolver, blocked
from ingot.web.limits import MAX_SOURCE_BYTES, PAGE, ROBOTS, Limits, source_limits
from ingot.web.robots import Robots
from ingot.web.transport import GuardedTransport
from ingot.web.turns import Timer, Turns

MAX_REDIRECTS = 5
DELAY = 1.0

_NOT_CHANGED = 304


def user_agent(contact: str = "") -> str:
    """How INGOT introduces itself; `contact` is where a site's owner can reach the person it reads for."""
    about = f"+{contact}" if contact else "personal job-search assistant; reads a few public pages for one person"
    return f"INGOT/{__version__} ({about})"


class WebClient:
    """Reads public pages, and nothing else; use it as an async context manager.

    `replay` ("http://127.0.0.1:PORT") sends every request to that server in plain HTTP, with the site's name as Host.
    `allow_loopback_source` is the one loopback origin that `get_source` and `get_json` may read besides.
    `delay` is the shortest gap in seconds between two requests to one host, the longest is three times that; by default
    1, and in replay 0, where what robots.txt says of delays does not count either. `store` keeps pages between runs.
    `network` opens connections below the guard, which looks up names by `resolver`.
    """

    def __init__(
        self,
        *,
        replay: str | None = None,
        allow_loopback_source: str | None = None,
        resolver: Resolver | None = None,
        network: httpcore.AsyncNetworkBackend | None = None,
        user_agents: Sequence[str] = (),
        http2: bool = False,
        delay: float | None = None,
        page_limits: Limits = PAGE,
        store: Store | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        timer: Timer | None = None,
    ) -> None:
        self._replaying = replay is not None
        self._hurries = self._replaying and delay is None
        self._source = loopback_endpoint(allow_loopback_source) if allow_loopback_source else None
        self._limits, self._store, self._clock = page_limits, store, clock
        backend = PinnedBackend(
            resolver=resolver,
            replay=loopback_endpoint(replay) if replay else None,
            source=self._source,
            network=network,
        )
        self._transport = GuardedTransport(backend, http2=http2)
        self._exchange = Exchange(
            self._transport,
            turns=Turns(delay=0.0 if self._hurries else DELAY if delay is None else delay, timer=timer or Timer()),
            user_agents=user_agents or (user_agent(),),
            clock=clock,
        )
        self._robots = Robots(self._robots_text)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.aclose()

    async def get(self, url: str) -> Fetched:
        """The page at a public address, where its site's robots.txt allows it; a kept one while it is fresh.

        Raises `PageError`; a refused status is in `error.fields["status"]`, a busy site's time in `["retry_at"]`.
        """
        return await self._page(url, self._limits, crawling=True, longest=LONGEST)

    async def get_source(self, url: str, *, max_bytes: int = MAX_SOURCE_BYTES) -> Fetched:
        """A venue's own data (JSON, CSV, a feed, text), which may be large; never kept. Raises `PageError`.

        The user named it, and it was made for programs: robots.txt is not asked.
        """
        target = self._check(url, from_source=True)
        reply = await self._follow(target, source_limits(max_bytes), crawling=False, from_source=True)
        return Fetched.now(url, reply, now=self._clock())

    async def get_json(self, url: str, *, max_bytes: int = MAX_SOURCE_BYTES) -> Any:
        """The JSON value at a venue's address. Raises `PageError`, with reason `type` for what is not JSON."""
        fetched = await self.get_source(url, max_bytes=max_bytes)
        try:
            return json.loads(fetched.body)
        except (ValueError, RecursionError) as error:
            raise PageError("The address does not hold JSON.", reason="type", hint="Check the address.") from error

    async def _robots_text(self, url: httpx.URL) -> str:
        fetched = await self._page(str(url), ROBOTS, crawling=False, longest=LONGEST_ROBOTS)
        return fetched.body.decode("utf-8-sig", errors="replace")

    async def _page(self, url: str, limits: Limits, *, crawling: bool, longest: timedelta) -> Fetched:
        target = self._check(url)
        if self._store is None:
            return Fetched.now(url, await self._follow(target, limits, crawling=crawling), now=self._clock())
        key = str(target)
        kept = await self._store.load(key)
        if kept and kept.expires_at > self._clock():
            self._check(kept.final_url)
            return Fetched.kept(url, kept)
        reply = await self._follow(target, limits, crawling=crawling, kept=kept)
        now = self._clock()
        if kept and reply.status == _NOT_CHANGED:
            page = revived(kept, reply.headers, now=now, longest=longest)
            await self._store.save(page)
            return Fetched.kept(url, page)
        fetched = Fetched.now(url, reply, now=now)
        if may_keep(reply.headers):
            until = expires(reply.headers, now=now, longest=longest)
            await self._store.save(fetched.to_keep(key, reply.headers, expires_at=until))
        elif kept:
            await self._store.forget(key)
        return fetched

    async def _follow(
        self,
        target: httpx.URL,
        limits: Limits,
        *,
        crawling: bool,
        from_source: bool = False,
        kept: CachedPage | None = None,
    ) -> Reply:
        """A 2xx reply, or 304 where `kept` did not change. Every hop passes the guard, and robots.txt where `crawling`."""
        deadline = Deadline(limits.seconds)
        for _ in range(MAX_REDIRECTS + 1):
            gap = await self._robots.require(target) if crawling else 0.0
            headers = conditions(kept) if kept and kept.final_url == str(target) else {}
            reply = await self._exchange.ask(
                Question(
                    target=target,
                    limits=limits,
                    deadline=deadline,
                    headers=headers,
                    gap=self._gap(target, gap),
                    plain=self._replaying,
                )
            )
            if reply.is_success or (headers and reply.status == _NOT_CHANGED):
                return reply
            if not reply.location:
                raise PageError(f"The site answered with status {reply.status}.", reason="status", status=reply.status)
            target = self._check(reply.location, from_source=from_source, base=target)
        raise PageError(f"The page redirects more than {MAX_REDIRECTS} times.", reason="redirects")

    def _gap(self, target: httpx.URL, asked_for: float) -> float | None:
        if self._hurries or endpoint(target) == self._source:
            return None
        return asked_for

    def _check(self, url: str, *, from_source: bool = False, base: httpx.URL | None = None) -> httpx.URL:
        """The address as the guard allows it to be asked for; a name's addresses are checked when connecting."""
        target = web_address(url, base=base)
        is_source = endpoint(target) == self._source
        if is_source and not from_source:
            raise blocked("The venue's own server is not a web site.")
        if not (is_source or self._replaying):
            require_public(target)
        return target
