"""A mailbox without a server: folders in memory, mails that can be cut off on the way, and a memory of what was asked."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes

from ingot.mail.errors import ImapDown, MailboxMissing
from ingot.mail.imap import Mailbox
from ingot.mail.server import MailServer
from tests.fakes.entities import NOW

SENT, TODAY = "Sent", NOW.date()


@dataclass
class Folder:
    validity: int = 1
    mails: dict[int, tuple[date, bytes]] = field(default_factory=dict)


class MemoryMailbox(Mailbox):
    """`cut_after` mails were fetched the connection is gone; `meanwhile` runs when mails are listed."""

    def __init__(self, *, sent: bool = True) -> None:
        super().__init__(MailServer(host="imap.valk.example", port=993))
        self.folders = {"INBOX": Folder()} | ({SENT: Folder()} if sent else {})
        self.open = Folder()
        self.fetched: list[int] = []
        self.headers_read: list[int] = []
        self.cut_after: int | None = None
        self.meanwhile: Callable[[], Awaitable[None]] | None = None

    def deliver(self, raw: bytes, *, folder: str = "INBOX", on: date = TODAY) -> int:
        target = self.folders[folder]
        uid = max(target.mails, default=0) + 1
        target.mails[uid] = (on, raw)
        return uid

    def rebuild(self, folder: str = "INBOX", *, first_uid: int = 100) -> None:
        """The same mails under other UIDs, as after a restored backup."""
        old = self.folders[folder]
        mails = dict(enumerate(old.mails.values(), start=first_uid))
        self.folders[folder] = Folder(validity=old.validity + 1, mails=mails)

    async def select(self, name: str) -> int:
        if name not in self.folders:
            raise MailboxMissing("The account has no such mailbox.")
        self.open = self.folders[name]
        return self.open.validity

    async def uids_after(self, last_uid: int) -> list[int]:
        return await self._listed([uid for uid in self.open.mails if uid > last_uid])

    async def uids_since(self, day: date) -> list[int]:
        return await self._listed([uid for uid, (on, _) in self.open.mails.items() if on >= day])

    async def _listed(self, uids: list[int]) -> list[int]:
        if self.meanwhile is not None:
            await self.meanwhile()
        return sorted(uids)

    async def headers(self, uids: Sequence[int], names: Sequence[str]) -> AsyncIterator[tuple[int, bytes]]:  # type: ignore[override]
        wanted = {name.lower() for name in names}
        for uid in uids:
            self.headers_read.append(uid)
            head = re.split(rb"\r?\n\r?\n", self.open.mails[uid][1], maxsplit=1)[0]
            lines = re.split(rb"\r?\n(?![ \t])", head)
            kept = [line for line in lines if line.partition(b":")[0].decode("latin-1").lower() in wanted]
            yield uid, b"\r\n".join(kept) + b"\r\n\r\n"

    async def fetch(self, uids: Sequence[int]) -> AsyncIterator[tuple[int, bytes]]:  # type: ignore[override]
        for uid in uids:
            if self.cut_after is not None and len(self.fetched) >= self.cut_after:
                raise ImapDown("The connection to the mailbox was lost.")
            self.fetched.append(uid)
            yield uid, self.open.mails[uid][1]

    async def find_message_id(self, mailbox: str, message_id: str) -> bool:
        await self.select(mailbox)
        return any(message_from_bytes(raw)["Message-ID"] == message_id for _, raw in self.open.mails.values())

    async def sent_mailbox(self) -> str | None:
        return SENT if SENT in self.folders else None


def mail(sender: str, text: str = "Hello.", *, subject: str = "Re: your letter", **headers: str) -> bytes:
    """A mail to Imre as it lies in his inbox; header names with underscores."""
    given = {"From": sender, "To": "imre@valk.example", "Subject": subject} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in given.items() if value)
    return f"{head}\r\n{text}\r\n".encode()


def bounce(
    recipient: str, *, status: str = "5.1.1", returned: str = "", sender: str = "mailer-daemon@valk.example"
) -> bytes:
    """A delivery status notification (RFC 3464), with the headers of the letter it returns."""
    returned_part = (
        f"\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {returned}\r\n" if returned else ""
    )
    return (
        f"From: {sender}\r\nTo: imre@valk.example\r\nSubject: Undelivered\r\nReturn-Path: <>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nYour letter could not be delivered.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.valk.example\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: failed\r\nStatus: {status}\r\n{returned_part}\r\n--b--\r\n"
    ).encode()
