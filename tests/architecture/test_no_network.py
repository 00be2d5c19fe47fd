"""No test leaves this machine: the suite itself sees to it."""

import asyncio
import socket

import pytest


def test_nothing_beyond_loopback_can_be_reached() -> None:
    with socket.socket() as client, pytest.raises(PermissionError, match=r"192\.0\.2\.1"):
        client.connect(("192.0.2.1", 80))


async def test_no_name_can_be_looked_up() -> None:
    with pytest.raises(PermissionError, match=r"api\.openai\.com"):
        await asyncio.get_running_loop().getaddrinfo("api.openai.com", 443)


async def test_what_listens_here_can_be_reached() -> None:
    server = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.close()
