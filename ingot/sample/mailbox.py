"""Mailboxes in memory and an SMTP server in front of them: what the sample world sends with and reads from."""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

# aiosmtpd warns there of deprecated attributes that only it uses itself.
logging.getLogger("mail.log").setLevel(logging.ERROR)

INBOX, SENT = "INBOX", "Sent"


@dataclass(frozen=True)
class StoredMail:
    """One mail in a folder. `raw` is CRLF bytes."""

    uid: int
    raw: bytes
    received_on: date


@dataclass
class Folder:
    """A mailbox of IMAP: its UIDs grow, and mean nothing under another `uid_validity`."""

    name: str
    uid_validity: int
    attributes: str = "\\HasNoChildren"
    mails: list[StoredMail] = field(default_factory=list)
    next_uid: int = 1


class MailStore:
    """The accounts (address to password) and their folders. Safe to use from several threads.

    `mails` appends only, so a reader may walk a folder while mail arrives.
    """

    def __init__(self, passwords: Mapping[str, str]) -> None:
        self._lock = threading.Lock()
        self._validity = 1
        self._passwords = {address.lower(): password for address, password in passwords.items()}
        self._folders: dict[str, dict[str, Folder]] = {address: {} for address in self._passwords}
        for address in self._folders:
            self.create(address, INBOX)
            self.create(address, SENT, attributes="\\HasNoChildren \\Sent")

    def accepts(self, address: str, password: str) -> bool:
        """Whether this is the account's password."""
        return self._passwords.get(address.lower()) == password

    def has(self, address: str) -> bool:
        """Whether mail for this address stays here."""
        return address.lower() in self._folders

    def create(self, address: str, name: str, *, attributes: str = "\\HasNoChildren") -> Folder:
        """A new, empty folder, in the place of one of that name: its UIDVALIDITY is one no folder had before."""
        with self._lock:
            folder = Folder(name=name, uid_validity=self._validity, attributes=attributes)
            self._validity += 1
            self._folders[address.lower()][name] = folder
            return folder

    def remove(self, address: str, name: str) -> None:
        """Delete a folder and what it holds."""
        with self._lock:
            del self._folders[address.lower()][name]

    def folders(self, address: str) -> list[Folder]:
        """All folders of the account."""
        return list(self._folders[address.lower()].values())

    def folder(self, address: str, name: str) -> Folder | None:
        """The folder of that name; INBOX in any case (RFC 3501 5.1)."""
        return self._folders[address.lower()].get(INBOX if name.upper() == INBOX else name)

    def deliver(self, address: str, raw: bytes, *, folder: str = INBOX, on: date | None = None) -> int:
        """Put a mail into a folder, as arrived `on` that day (today); gives its UID."""
        target = self._folders[address.lower()][folder]
        with self._lock:
            uid, target.next_uid = target.next_uid, target.next_uid + 1
            target.mails.append(StoredMail(uid, raw, on or date.today()))  # noqa: DTZ011 - a server's day is its own
        return uid


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A letter the server took responsibility for."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


class SmtpSink:
    """A submission server on 127.0.0.1 while the `with` block runs. What it accepts stays on this machine.

    A recipient with an account in `store` gets the letter, everyone else's is only remembered in `accepted`.
    The sender finds a copy in Sent, as with the large providers. With `tls` it demands STARTTLS.
    """

    def __init__(self, store: MailStore, *, tls: ssl.SSLContext | None = None) -> None:
        self.store = store
        self.accepted: list[Accepted] = []
        self.connections = 0
        self.port = 0
        self._tls = tls
        self._ready = threading.Event()
        self._stop: Callable[[], object] | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(timeout=10)
        return self

    def __exit__(self, *_: object) -> None:
        if self._stop is not None:
            self._stop()
        self._thread.join(timeout=10)

    async def _serve(self) -> None:
        loop, stop = asyncio.get_running_loop(), asyncio.Event()
        server = await loop.create_server(self._connection, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._stop = lambda: loop.call_soon_threadsafe(stop.set)
        self._ready.set()
        async with server:
            await stop.wait()

    def _connection(self) -> SMTP:
        self.connections += 1
        return self.protocol(
            hostname="localhost",
            ident="sample",
            loop=asyncio.get_running_loop(),
            tls_context=self._tls,
            require_starttls=self._tls is not None,
            auth_require_tls=self._tls is not None,
            authenticator=self._log_in,
        )

    def protocol(self, **options: Any) -> SMTP:
        """What speaks with a new client; `options` are those of aiosmtpd's SMTP."""
        return SMTP(self, **options)

    def _log_in(self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any) -> AuthResult:
        known = isinstance(data, LoginPassword) and self.store.accepts(data.login.decode(), data.password.decode())
        return AuthResult(success=known, handled=False)

    async def handle_MAIL(  # noqa: N802 - the name aiosmtpd looks for
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a sender who has logged in (aiosmtpd's hook)."""
        if not session.authenticated:
            return "530 5.7.0 Log in first"
        envelope.mail_from = address
        return "250 2.1.0 Ok"

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Take a letter, and deliver it before saying so (aiosmtpd's hook)."""
        letter = Accepted(
            sender=envelope.mail_from or "",
            recipients=tuple(envelope.rcpt_tos),
            raw=bytes(envelope.original_content or b""),
        )
        self.accept(letter)
        return "250 2.0.0 Ok: queued"

    def accept(self, letter: Accepted) -> None:
        """Remember and deliver."""
        self.accepted.append(letter)
        for recipient in letter.recipients:
            if self.store.has(recipient):
                self.store.deliver(recipient, letter.raw)
        if self.store.has(letter.sender):
            self.store.deliver(letter.sender, letter.raw, folder=SENT)
