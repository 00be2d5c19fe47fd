"""A TCP proxy on loopback that hangs up after so many bytes of answers, whatever they are encrypted with."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


@asynccontextmanager
async def cutting_proxy(target_port: int, *, after: int) -> AsyncIterator[int]:
    """Gives the port to connect to; each connection is cut after `after` bytes from the server."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        there, back = await asyncio.open_connection("127.0.0.1", target_port)
        asking = asyncio.create_task(_pump(reader, back, limit=None))
        try:
            await _pump(there, writer, limit=after)
        finally:
            asking.cancel()
            for stream in (writer, back):
                stream.transport.abort()
            tasks.discard(task)

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield int(server.sockets[0].getsockname()[1])
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, limit: int | None) -> None:
    left = limit
    with suppress(ConnectionError):  # the other side has hung up
        while left != 0:
            data = await reader.read(4096 if left is None else min(4096, left))
            if not data:
                return
            writer.write(data)
            await writer.drain()
            left = None if left is None else left - len(data)
