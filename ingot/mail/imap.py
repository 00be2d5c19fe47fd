"""Reading the user's mailbox, never changing it: mailboxes are opened with EXAMINE, mail is fetched with PEEK.

aioimaplib notices a dead peer late or never and may hang on an answer it cannot read, so every call has a hard
deadline here and ends at once when the connection is lost; after any failure the connection is gone.
"""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Coroutine, Sequence
from contextlib import suppress
from datetime import date
from types import TracebackType
from typing import Any, Self

import aioimaplib

from ingot.mail.errors import ImapDown, LoginRefused, MailboxMissing
from ingot.mail.fetched import MOST_OCTETS, fetched_parts
from ingot.mail.folder_name import encode_name, quoted, sent_among
from ingot.mail.server import MailServer

# More than about 1,000 lines in one answer break aioimaplib's parser; 25 is also the fastest.
_AT_A_TIME = 25
_GRACE_S = 5.0  # what aioimaplib's own time-outs get to end a call in order
_GOODBYE_S = 5.0
_LAST_BYTES_S = 0.05
_FETCH_FACTOR = 20  # a slow line may take long over 25 mails, as long as bytes keep coming
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_FIELD_NAME = re.compile(r"[A-Za-z0-9-]+")
_MESSAGE_ID = re.compile(rb"<[^<>\s]*>")
_UID_VALIDITY = re.compile(rb"UIDVALIDITY (\d+)", re.IGNORECASE)
# RFC 5530: a NO that speaks of the server's state, not of ours.
_NOT_NOW = re.compile(rb"\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|CONTACTADMIN)\b", re.IGNORECASE)

# It writes whole mails at DEBUG, and answers of the server at INFO.
logging.getLogger("aioimaplib").setLevel(logging.WARNING)


class Mailbox:
    """One account, connected and logged in while the `async with` block runs. TLS from the first byte (port 993).

    A server on loopback with `allow_plain` is spoken to without TLS. Every method raises ImapDown when the server
    cannot be reached, does not answer within its time or hangs up; entering raises LoginRefused as well.
    """

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._client: aioimaplib.IMAP4 | None = None
        self._lost = asyncio.Event()

    async def __aenter__(self) -> Self:
        server = self._server
        self._lost = asyncio.Event()
        tls = None if server.allow_plain else server.tls_context()
        # IMAP4_SSL would not take `conn_lost_cb`.
        client = self._client = aioimaplib.IMAP4(
            server.host, server.port, timeout=server.timeout, ssl_context=tls, conn_lost_cb=self._on_lost
        )
        await self._call(client.wait_hello_from_server())
        # aioimaplib quotes the password, but not the user.
        answer = await self._call(client.login(quoted(server.username), server.password))
        if answer.result != "OK":
            self._drop()
            if answer.result != "NO" or _NOT_NOW.search(_text(answer)):
                raise _down("The mail server does not let anybody log in at the moment.")
            raise LoginRefused(
                "The mail server refused the user name or the password of the mailbox.",
                hint="Check smtp.username and smtp.password; many providers want an app password.",
            )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None and not self._lost.is_set():
            with suppress(ImapDown):  # whether it heard our goodbye changes nothing
                await self._call(self._client.logout(), seconds=_GOODBYE_S)
        self._drop()

    async def select(self, name: str) -> int:
        """Open a mailbox for reading, and give its UIDVALIDITY. Raises MailboxMissing."""
        client = self._connected()
        answer = await self._call(client.examine(quoted(encode_name(name))))
        if answer.result != "OK":
            client.protocol.state = aioimaplib.AUTH  # a failed EXAMINE leaves nothing open (RFC 3501 6.3.1)
            if answer.result != "NO" or _NOT_NOW.search(_text(answer)):
                self._drop()
                raise _down("The mail server does not open mailboxes at the moment.")
            raise MailboxMissing("The account has no such mailbox.", hint="Look up its name in your mail program.")
        client.protocol.state = aioimaplib.SELECTED  # aioimaplib learns this from SELECT only
        validity = _UID_VALIDITY.search(_text(answer))
        if validity is None:
            self._drop()
            raise _down("The mail server does not say which UIDs are valid.")
        return int(validity[1])

    async def uids_after(self, last_uid: int) -> list[int]:
        """The UIDs above `last_uid` in the open mailbox, in ascending order."""
        found = await self._search("UID", f"{last_uid + 1}:*")
        return [uid for uid in found if uid > last_uid]  # n:* holds the last UID even when that is smaller

    async def uids_since(self, day: date) -> list[int]:
        """The UIDs of mail that arrived on `day` (the server's) or later, in ascending order."""
        return await self._search("SINCE", f"{day.day:02}-{_MONTHS[day.month - 1]}-{day.year}")

    def headers(self, uids: Sequence[int], names: Sequence[str]) -> AsyncIterator[tuple[int, bytes]]:
        """(UID, the header fields of these names as they stand there), in the server's order."""
        if not names or not all(_FIELD_NAME.fullmatch(name) for name in names):
            raise ValueError("not names of header fields")
        return self._fetch(uids, f"BODY.PEEK[HEADER.FIELDS ({' '.join(names).upper()})]")

    def fetch(self, uids: Sequence[int]) -> AsyncIterator[tuple[int, bytes]]:
        """(UID, the mail), in the server's order; a mail of more than `MOST_OCTETS` is cut there."""
        return self._fetch(uids, f"BODY.PEEK[]<0.{MOST_OCTETS}>")

    async def find_message_id(self, mailbox: str, message_id: str) -> bool:
        """Whether `mailbox`, which is opened, holds a mail of exactly this Message-ID. Raises MailboxMissing."""
        await self.select(mailbox)
        # The search finds substrings in any case, so what it finds is compared.
        found = await self._search("HEADER", "Message-ID", quoted(message_id))
        fields = {uid: field async for uid, field in self.headers(found, ["Message-ID"])}
        if any(message_id.encode() in _MESSAGE_ID.findall(field) for field in fields.values()):
            return True
        if not fields.keys() >= set(found):  # "not there" would send the letter again
            raise _down("The mail server did not show every mail that it found.")
        return False

    async def sent_mailbox(self) -> str | None:
        """The mailbox that holds sent mail: what the server marks as such (RFC 6154), else a usual name."""
        answer = await self._call(self._connected().list('""', '"*"'))
        if answer.result != "OK":
            self._drop()
            raise _down("The mail server does not list its mailboxes at the moment.")
        return sent_among(answer.lines)

    async def _search(self, *criteria: str) -> list[int]:
        # No charset: Yahoo and Exchange refuse to be told one.
        answer = await self._call(self._connected().uid_search(*criteria, charset=None))
        if answer.result != "OK":
            self._drop()
            raise _down("The mail server refused a search.")
        # The last line is the tagged one; a server that found nothing may send no other.
        return sorted({int(word) for line in answer.lines[:-1] for word in line.split() if word.isdigit()})

    async def _fetch(self, uids: Sequence[int], part: str) -> AsyncIterator[tuple[int, bytes]]:
        chunks = [uids[start : start + _AT_A_TIME] for start in range(0, len(uids), _AT_A_TIME)]
        asked = self._ask(chunks[0], part) if chunks else None
        try:
            for following in [*chunks[1:], None]:
                if asked is None:
                    return
                answer = await self._call(asked, seconds=self._server.timeout * _FETCH_FACTOR)
                if answer.result != "OK":
                    self._drop()
                    raise _down("The mail server refused to hand out mail.")
                asked = self._ask(following, part) if following else None
                await asyncio.sleep(0)  # the question leaves, and is answered while these are looked at
                for found in fetched_parts(answer.lines):
                    yield found
        finally:
            if asked is not None and not asked.done():  # nobody will hear the answer
                asked.cancel()
                self._drop()

    def _ask(self, uids: Sequence[int], part: str) -> asyncio.Future[Any]:
        command: Coroutine[Any, Any, Any] = self._connected().uid("fetch", ",".join(map(str, uids)), f"(UID {part})")
        return asyncio.ensure_future(command)

    async def _call(self, command: Awaitable[Any], *, seconds: float | None = None) -> Any:
        """What the command gives. Ends with ImapDown at the deadline or with the connection, and drops it then."""
        work = asyncio.ensure_future(command)
        lost = asyncio.ensure_future(self._lost.wait())
        done = False
        try:
            await asyncio.wait(
                {work, lost}, timeout=(seconds or self._server.timeout) + _GRACE_S, return_when=asyncio.FIRST_COMPLETED
            )
            if not work.done() and lost.done():  # the answer may have come with the last bytes
                await asyncio.wait({work}, timeout=_LAST_BYTES_S)
            if not work.done():
                raise _down("The connection to the mailbox was lost, or the mail server did not answer in time.")
            answer = work.result()
            done = True
        except ssl.SSLCertVerificationError as error:
            raise _down("The certificate of the mail server is not valid for its name.") from error
        except (aioimaplib.AioImapException, OSError, ValueError, IndexError) as error:
            raise _down("The mailbox cannot be reached, or the mail server answered what it should not.") from error
        else:
            return answer
        finally:
            for task in (work, lost):
                task.cancel()
            await asyncio.gather(work, lost, return_exceptions=True)
            if not done:
                self._drop()

    def _connected(self) -> aioimaplib.IMAP4:
        if self._client is None or self._lost.is_set():
            raise _down("The connection to the mailbox is gone.")
        return self._client

    def _on_lost(self, _error: Exception | None) -> None:
        self._lost.set()

    def _drop(self) -> None:
        client, self._client = self._client, None
        self._lost.set()
        if client is None:
            return
        for task in list(client.protocol.tasks):
            task.cancel()
        if client.protocol.transport is not None:
            client.protocol.transport.abort()


def _text(answer: Any) -> bytes:
    return b" ".join(bytes(line) for line in answer.lines)


def _down(message: str) -> ImapDown:
    return ImapDown(message, hint="It is tried again later.")
