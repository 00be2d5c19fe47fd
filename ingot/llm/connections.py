"""One open HTTP client for each event loop: its connections are reused, and closed when nobody asks or the loop ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

C = TypeVar("C")

_IDLE_S = 30.0


@dataclass
class _Open(Generic[C]):
    client: C
    keeper: asyncio.Task[None] | None = None
    users: int = 0
    was_used: bool = True


class Connections(Generic[C]):
    """Opens a client at the first question in an event loop.

    A client belongs to the loop it began in, and an engine outlives loops (`asyncio.run` after `asyncio.run`). A task
    of that loop closes the client: after `_IDLE_S` seconds without a question, or when the ending loop cancels it.
    """

    def __init__(self, *, start: Callable[[], C], stop: Callable[[C], Awaitable[None]]) -> None:
        self._start = start
        self._stop = stop
        self._open: WeakKeyDictionary[asyncio.AbstractEventLoop, _Open[C]] = WeakKeyDictionary()

    @contextmanager
    def use(self) -> Iterator[C]:
        """The running loop's client, held open as long as this lasts."""
        loop = asyncio.get_running_loop()
        held = self._open.get(loop)
        if held is None:
            held = self._open[loop] = _Open(self._start())
            held.keeper = loop.create_task(self._keep(loop, held))
        held.users += 1
        held.was_used = True
        try:
            yield held.client
        finally:
            held.users -= 1

    async def _keep(self, loop: asyncio.AbstractEventLoop, held: _Open[C]) -> None:
        try:
            while held.users or held.was_used:
                held.was_used = False
                await asyncio.sleep(_IDLE_S)
        finally:
            del self._open[loop]
            await self._stop(held.client)
