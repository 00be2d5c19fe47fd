"""An account on the faulty IMAP server, and mails made to be misread."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from ingot.mail.server import MailServer
from tests.fakes.imap_server import FaultyImapServer

ORLA = "orla@testwell.example"


def account(server: FaultyImapServer, *, password: str = 'se"cr\\et', seconds: float = 5.0) -> MailServer:
    return MailServer(
        host="127.0.0.1", port=server.port, username=ORLA, password=password, timeout=seconds, allow_plain=True
    )


def mail(number: int, *, text: str = "hello") -> bytes:
    return (
        f"From: ines@valk.example\r\nMessage-ID:\r\n <{number}@valk.example>\r\nSubject: ({number} *\r\n"
        f"\r\n{text} {number}\r\n)\r\nA1 OK not the end\r\n* 7 FETCH (\r\n"
    ).encode()


async def everything(found: AsyncIterator[tuple[int, bytes]]) -> list[tuple[int, bytes]]:
    return [part async for part in found]


async def nothing_is_left() -> None:
    for _ in range(100):
        if asyncio.all_tasks() == {asyncio.current_task()}:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(asyncio.all_tasks())
