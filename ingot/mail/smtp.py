"""Handing letters to the user's mail server, one connection for many letters.

aiosmtplib raises the same error for a connection lost before and after the final dot, so the steps of a
transaction are taken one by one here. Until the server has asked for the content (354) nothing can have been
accepted; from then on only a reply tells.
"""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from collections.abc import Awaitable
from contextlib import suppress
from types import TracebackType
from typing import Self, TypeVar

import aiosmtplib

from ingot.mail.address import wire_address
from ingot.mail.errors import SmtpError
from ingot.mail.outcome import Outcome, OutcomeKind, Phase, from_reply, without_reply
from ingot.mail.server import MailServer

__all__ = ["FINAL_REPLY_S", "MailServer", "Outcome", "OutcomeKind", "Phase", "Submission"]

IMPLICIT_TLS_PORT = 465  # RFC 8314 3.3
FINAL_REPLY_S = 330.0  # RFC 5321 4.5.3.2.6 asks for ten minutes; large providers answer within five
_GOODBYE_S = 5.0
_GREETING_NAME = "[127.0.0.1]"  # as mail programs do: the laptop's own name is nobody's business
_BARE_LINE_END = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_CLOSING = 421
_LOST = (aiosmtplib.SMTPException, OSError, TimeoutError)
_REASONS: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLCertVerificationError, "The certificate of the mail server is not valid for its name."),
    (ssl.SSLError, "The mail server does not speak TLS as it should."),
    (socket.gaierror, "The name of the mail server does not resolve."),
    (TimeoutError, "The mail server did not answer in time."),
    (ConnectionRefusedError, "The mail server refused the connection."),
    (OSError, "The connection to the mail server was lost."),
)

T = TypeVar("T")


class _Ended(Exception):
    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.kind)
        self.outcome = outcome


class Submission:
    """Sends through one server while the `async with` block runs; connects with the first letter.

    TLS always: from the first byte on port 465, by STARTTLS on any other. A server on loopback with
    `allow_plain` may do without, where it offers none. `final_reply_s` is how long the last reply may take.
    """

    def __init__(self, server: MailServer, *, final_reply_s: float = FINAL_REPLY_S) -> None:
        self._server = server
        self._final_reply_s = final_reply_s
        self._client: aiosmtplib.SMTP | None = None
        self._one_at_a_time = asyncio.Lock()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        client = self._client
        if client is not None and client.is_connected:
            with suppress(*_LOST):  # whether it heard our goodbye changes nothing
                await self._within(_GOODBYE_S, client.quit())
        self._drop()

    async def send(self, sender: str, recipient: str, raw: bytes) -> Outcome:
        """Send `raw` (CRLF bytes) once. What happens on the wire is an Outcome, never an error.

        Raises UnsafeHeader for an address that cannot be used, SmtpError for bytes with a bare CR or LF,
        which servers read as different letters (SMTP smuggling).
        """
        if _BARE_LINE_END.search(raw) or not raw.endswith(b"\r\n"):
            raise SmtpError("The letter is not made of CRLF lines.", hint="Freeze it again.")
        envelope = (wire_address(sender, smtputf8=True), wire_address(recipient, smtputf8=True))
        async with self._one_at_a_time:
            settled = False
            try:
                outcome = await self._attempt(*envelope, raw)
                settled = True
            except _Ended as ended:
                outcome, settled = ended.outcome, _leaves_it_open(ended.outcome)
            finally:  # also when cancelled: what comes next must not find half a transaction
                if not settled:
                    self._drop()
            if outcome.kind is not OutcomeKind.sent:
                await self._reset()
            return outcome

    async def _attempt(self, sender: str, recipient: str, raw: bytes) -> Outcome:
        reused = self._client is not None and self._client.is_connected
        client = await self._connected()
        options = self._options(client, sender, recipient, raw)
        encoding = "utf-8" if options else "ascii"
        try:
            mail = client.mail(sender, options=options, encoding=encoding)
            await self._step(Phase.envelope, mail, on_sender=True)
        except _Ended as ended:
            if not reused or ended.outcome.code not in {0, _CLOSING}:
                raise
            # The server closed a connection that was idle for too long. Nothing was accepted: once more on a new one.
            self._drop()
            client = await self._connected()
            mail = client.mail(sender, options=options, encoding=encoding)
            await self._step(Phase.envelope, mail, on_sender=True)
        rcpt = client.rcpt(recipient, encoding=encoding)
        await self._step(Phase.envelope, rcpt)
        return await self._content(client, raw)

    async def _content(self, client: aiosmtplib.SMTP, raw: bytes) -> Outcome:
        go_on = await self._step(Phase.envelope, client.execute_command(b"DATA"))
        protocol = client.protocol
        if go_on.code != aiosmtplib.SMTPStatus.start_input or protocol is None:
            raise _Ended(from_reply(go_on.code, go_on.message, phase=Phase.envelope))
        stuffed = re.sub(rb"(?m)^\.", b"..", raw)  # RFC 5321 4.5.2
        try:
            protocol.write(stuffed + b".\r\n")
        except aiosmtplib.SMTPServerDisconnected as error:  # it was gone before the first byte
            raise _Ended(without_reply(_reason(error), phase=Phase.envelope)) from error
        answer = protocol.read_response(timeout=self._final_reply_s)
        reply = await self._step(Phase.data, answer, seconds=self._final_reply_s)
        outcome = from_reply(reply.code, reply.message, phase=Phase.data)
        if outcome.kind is not OutcomeKind.sent:
            raise _Ended(outcome)
        return outcome

    async def _connected(self) -> aiosmtplib.SMTP:
        """The open connection, or a new one: greeted, encrypted and logged in."""
        if self._client is not None and self._client.is_connected:
            return self._client
        self._drop()
        server = self._server
        implicit = server.port == IMPLICIT_TLS_PORT
        client = self._client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            local_hostname=_GREETING_NAME,
            timeout=server.timeout,
            use_tls=implicit,
            # None encrypts where the server offers it, True insists.
            start_tls=None if server.allow_plain and not implicit else not implicit,
            tls_context=server.tls,  # without one aiosmtplib makes the system's, which checks
        )
        await self._step(Phase.connect, client.connect())
        await self._step(Phase.connect, client.ehlo())
        if server.username:
            await self._step(Phase.auth, self._log_in(client), on_sender=True)
        return client

    async def _log_in(self, client: aiosmtplib.SMTP) -> None:
        """Once, with the first method that both sides know: a wrong password tried three ways locks accounts."""
        methods = {"plain": client.auth_plain, "login": client.auth_login, "cram-md5": client.auth_crammd5}
        method = next((log_in for name, log_in in methods.items() if name in client.server_auth_methods), None)
        if method is None:
            raise aiosmtplib.SMTPException("The mail server offers no login with a password.")
        await method(self._server.username, self._server.password)

    def _options(self, client: aiosmtplib.SMTP, sender: str, recipient: str, raw: bytes) -> list[str]:
        """SMTPUTF8 where an address or a header needs it (RFC 6531), else nothing: our letters are 7-bit."""
        head = raw.partition(b"\r\n\r\n")[0]
        if sender.isascii() and recipient.isascii() and head.isascii():
            return []
        if not client.supports_extension("smtputf8"):
            text = "This mail server does not take addresses beyond ASCII (no SMTPUTF8)."
            raise _Ended(Outcome(kind=OutcomeKind.refused, phase=Phase.envelope, text=text))
        return ["SMTPUTF8", "BODY=8BITMIME"]

    async def _step(
        self, phase: Phase, command: Awaitable[T], *, seconds: float | None = None, on_sender: bool = False
    ) -> T:
        """What the command gives; an answer other than the expected, or none, ends the attempt."""
        try:
            return await self._within(seconds or self._server.timeout, command)
        except aiosmtplib.SMTPResponseException as error:
            outcome = from_reply(error.code, error.message, phase=phase, on_sender=on_sender)
            raise _Ended(outcome) from error
        except _LOST as error:
            refused = phase is Phase.auth and not isinstance(error, OSError)
            raise _Ended(without_reply(_reason(error), phase=phase, about_sender=refused)) from error

    @staticmethod
    async def _within(seconds: float, command: Awaitable[T]) -> T:
        # aiosmtplib's own time-outs are per read; a server that drips bytes would hold a letter for ever.
        async with asyncio.timeout(seconds):
            return await command

    async def _reset(self) -> None:
        """Forget the half transaction on the server's side, so that the next letter starts clean (RFC 5321 4.1.1.5)."""
        if self._client is None or not self._client.is_connected:
            return
        try:
            await self._within(_GOODBYE_S, self._client.rset())
        except _LOST:
            self._drop()

    def _drop(self) -> None:
        """Close at once. A graceful end would still send what waits in the buffer, after its outcome was told."""
        client, self._client = self._client, None
        if client is None:
            return
        if isinstance(client.transport, asyncio.WriteTransport):
            client.transport.abort()
        client.close()


def _leaves_it_open(outcome: Outcome) -> bool:
    """Whether the connection is fit for another letter: logged in, in step, and not about to be closed."""
    return outcome.phase in {Phase.envelope, Phase.data} and outcome.code not in {0, _CLOSING}


def _reason(error: BaseException) -> str:
    """What happened in our words: errors of the network name hosts and addresses."""
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None:
        causes.append(cause)
        cause = cause.__cause__
    for kind, words in _REASONS:
        if any(isinstance(found, kind) for found in causes):
            return words
    return str(error) if isinstance(error, aiosmtplib.SMTPException) else type(error).__name__
