"""One address is asked: in its turn, within the time that is left, and once more where the site is busy."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import httpx

from ingot.errors import PageError
from ingot.web.body import read_body
from ingot.web.fetched import Reply
from ingot.web.limits import Limits
from ingot.web.retry_after import BUSY, LONGEST_WAIT, busy, retry_after
from ingot.web.turns import Turns

CONNECT_SECONDS = 5.0
_HEADERS = {"Accept": "text/html,*/*;q=0.5", "Accept-Encoding": "gzip"}


class Deadline:
    """The seconds left for all exchanges of one page. Waiting for a turn does not count."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Count the time of this block; raises TimeoutError in it when none is left."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with asyncio.timeout(self._left):
            yield
        self._left -= loop.time() - began


@dataclass(frozen=True, kw_only=True)
class Question:
    """One request. `gap` is the host's own delay in seconds, None for a host that needs no turns.

    `plain` asks in http, whatever the address says.
    """

    target: httpx.URL
    limits: Limits
    deadline: Deadline
    headers: Mapping[str, str]
    gap: float | None
    plain: bool


class Exchange:
    """Asks through a transport. With several `user_agents` each host keeps seeing the same one of them.

    httpx's client is left out: it keeps cookies, and fails while it reads some redirects that it need not follow.
    """

    def __init__(
        self,
        transport: httpx.AsyncBaseTransport,
        *,
        turns: Turns,
        user_agents: Sequence[str],
        clock: Callable[[], datetime],
    ) -> None:
        self._transport, self._turns, self._clock = transport, turns, clock
        self._user_agents = user_agents
        self._agent_of: dict[str, str] = {}

    async def ask(self, question: Question) -> Reply:
        """What the address answers, be it an error. Raises `PageError` (busy, network, timeout, type, size)."""
        closed = self._turns.closed_for(question.target.host)
        if closed > LONGEST_WAIT:
            raise busy(closed, now=self._clock())
        reply, wait = await self._in_turn(question)
        if wait is not None and wait <= LONGEST_WAIT:
            reply, wait = await self._in_turn(question)
        if wait is None:
            return reply
        raise busy(wait, now=self._clock(), status=reply.status)

    async def _in_turn(self, question: Question) -> tuple[Reply, float | None]:
        """The reply, and how long the site asks to be left alone, for which nobody asks it any more."""
        host = question.target.host
        if question.gap is not None:
            await self._turns.wait(host, at_least=question.gap)
        reply = await self._once(question)
        wait = None
        if reply.status in BUSY:
            wait = retry_after(reply.headers.get("retry-after", ""), now=self._clock())
        if wait is not None:
            self._turns.postpone(host, wait)
        return reply, wait

    async def _once(self, question: Question) -> Reply:
        try:
            async with question.deadline.running(), self._stream(question) as response:
                return await _read(response, str(question.target), question.limits)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise PageError("The site took too long.", reason="timeout", hint="Try again later.") from error
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise PageError("The site could not be read.", reason="network", hint="Try again later.") from error

    @asynccontextmanager
    async def _stream(self, question: Question) -> AsyncIterator[httpx.Response]:
        target = question.target
        agent = self._agent_of.setdefault(target.host, self._user_agents[len(self._agent_of) % len(self._user_agents)])
        request = httpx.Request(
            "GET",
            target.copy_with(scheme="http") if question.plain else target,
            headers={"User-Agent": agent, **_HEADERS, **question.headers},
            extensions={"timeout": httpx.Timeout(question.limits.seconds, connect=CONNECT_SECONDS).as_dict()},
        )
        response = await self._transport.handle_async_request(request)
        try:
            response.request = request
            yield response
        finally:
            await response.aclose()


async def _read(response: httpx.Response, address: str, limits: Limits) -> Reply:
    reads = response.is_success
    if reads and limits.types:
        kind = response.headers.get("content-type", "").split(";", maxsplit=1)[0].strip().lower()
        if kind not in limits.types:
            raise PageError("The address holds something other than a page of text.", reason="type")
    return Reply(
        address=address,
        status=response.status_code,
        headers=response.headers,
        location=response.headers["location"] if response.has_redirect_location else "",
        body=await read_body(response, limits) if reads else b"",
    )
