"""The sample world's SMTP server with faults: it answers what a test scripted, or hangs up where it says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from aiosmtpd.smtp import SMTP, Envelope, Session

from ingot.sample.mailbox import SmtpSink


@dataclass
class Script:
    """What to do with the next transactions; each answer is used once, an empty list means everything works.

    `replies` holds (command, reply) for MAIL, RCPT, DATA, CONTENT (after the final dot) and AUTH. The reply DROP closes
    the connection instead; for CONTENT the letter was accepted by then. SILENT never answers. CUT, for DATA, hangs up
    in the middle of the content.
    """

    replies: list[tuple[str, str]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)

    def take(self, command: str) -> str:
        for number, (name, reply) in enumerate(self.replies):
            if name == command:
                del self.replies[number]
                return reply
        return ""


DROP, SILENT, CUT = "drop", "silent", "cut"


class ScriptedProtocol(SMTP):
    def __init__(self, owner: ScriptedSmtpServer, **options) -> None:
        super().__init__(owner, **options)
        self.owner = owner
        for command in ("EHLO", "AUTH", "MAIL", "RCPT", "DATA", "RSET"):
            self._smtp_methods[command] = partial(self._answer, command, self._smtp_methods[command])

    async def _answer(self, command: str, usual: Callable[[str], Awaitable[None]], argument: str) -> None:
        script = self.owner.script
        script.commands.append(f"EHLO {argument}" if command == "EHLO" else command)
        match script.take(command):
            case "":
                await usual(argument)
            case "silent":
                await asyncio.sleep(60)
            case "drop":
                await self._hang_up()
            case "cut":
                await self.push("354 go on")
                await self._reader.readline()
                await self._hang_up()
            case reply:
                await self.push(reply)
                if reply.startswith("421"):
                    self.transport.close()

    async def _hang_up(self) -> None:
        self.transport.abort()
        await asyncio.sleep(60)  # cancelled as soon as the connection is gone


class ScriptedSmtpServer(SmtpSink):
    """Use `server.script.replies.append(("RCPT", "550 5.1.1 no such user"))`; `server.accepted` remembers the letters."""

    def __init__(self, store, *, tls=None, smtputf8: bool = False) -> None:
        super().__init__(store, tls=tls)
        self.script = Script()
        self.smtputf8 = smtputf8
        self.open: list[ScriptedProtocol] = []

    def protocol(self, **options) -> SMTP:
        protocol = ScriptedProtocol(self, enable_SMTPUTF8=self.smtputf8, **options)
        self.open.append(protocol)
        return protocol

    def hang_up(self) -> None:
        """Close every connection that is open, as a server does with an idle one."""
        for protocol in self.open:
            if protocol.transport is not None:
                protocol.loop.call_soon_threadsafe(protocol.transport.close)

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd looks for
        self, server: ScriptedProtocol, session: Session, envelope: Envelope
    ) -> str:
        reply = self.script.take("CONTENT")
        if reply and reply not in {DROP, SILENT}:
            return reply
        answer = await super().handle_DATA(server, session, envelope)
        if reply == DROP:
            server.transport.abort()
        if reply:
            await asyncio.sleep(60)  # cancelled when the connection is gone
        return answer
