"""How often one host is asked: its requests take turns, seconds apart."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

SPREAD = 3.0
"""The longest gap between two requests, in shortest ones: a client that comes every second sharp looks like an attack."""


@dataclass(frozen=True, kw_only=True)
class Timer:
    """The clock that turns are taken by, in seconds; a test gives its own."""

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    between: Callable[[float, float], float] = random.uniform


class Turns:
    """Starts two requests to one host at least `delay` seconds apart (up to three times as many, by chance).

    Hosts do not wait for each other.
    """

    def __init__(self, *, delay: float, timer: Timer) -> None:
        self._delay, self._timer = delay, timer
        self._last: dict[str, float] = {}
        self._not_before: dict[str, float] = {}

    async def wait(self, host: str, *, at_least: float = 0.0) -> None:
        """Return when it is this request's turn; `at_least` is what the host itself asks for, in seconds."""
        now = self._timer.clock()
        turn = max(now, self._not_before.get(host, now))
        if host in self._last:
            gap = max(self._timer.between(self._delay, self._delay * SPREAD), at_least)
            turn = max(turn, self._last[host] + gap)
        self._last[host] = turn
        if turn > now:
            await self._timer.sleep(turn - now)

    def postpone(self, host: str, seconds: float) -> None:
        """Let nobody ask this host for so long."""
        self._not_before[host] = max(self._not_before.get(host, 0.0), self._timer.clock() + seconds)

    def closed_for(self, host: str) -> float:
        """Seconds until the host may be asked again, 0 where it may be now."""
        now = self._timer.clock()
        return max(0.0, self._not_before.get(host, now) - now)
