"""Bare loops over the mail libraries: what sending and polling are measured beside."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from pathlib import Path

import aioimaplib
import aiosmtplib

from ingot.actions.poll import PORTION
from ingot.db.engine import PRAGMAS
from ingot.domain.delivery import Delivery
from tests.real.mail_servers import MailServers

_CHUNK = 25


async def send_bare(mail: MailServers, letters: list[Delivery], *, username: str) -> float:
    """Letters a second through aiosmtplib alone, its connection and login included."""
    server = mail.smtp(username)
    started = time.perf_counter()
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.username,
        password=server.password,
        start_tls=True,
        tls_context=server.tls,
    )
    async with client:
        for letter in letters:
            await client.sendmail(letter.sender, [letter.recipient], letter.raw)
    return len(letters) / (time.perf_counter() - started)


class BareStore:
    """A table of mails with the poll's indexes, its pragmas and its number of commits."""

    def __init__(self, folder: Path) -> None:
        self.waiting: list[tuple[str, bytes]] = []
        self.database = sqlite3.connect(folder / f"bare-{time.monotonic_ns()}.db", isolation_level=None)
        for pragma in PRAGMAS:
            self.database.execute(f"PRAGMA {pragma}")
        self.database.execute(
            "CREATE TABLE mail (id INTEGER PRIMARY KEY, raw BLOB, digest TEXT, lead INTEGER, acted TEXT, UNIQUE (digest))"
        )
        self.database.execute("CREATE INDEX of_lead ON mail (lead)")
        self.database.execute("CREATE INDEX open ON mail (acted)")

    def add(self, raw: bytes) -> None:
        self.waiting.append((hashlib.sha256(raw).hexdigest(), raw))
        if len(self.waiting) == PORTION:
            self.database.execute("BEGIN IMMEDIATE")
            self.database.executemany("INSERT INTO mail (digest, raw) VALUES (?, ?)", self.waiting)
            self.database.execute("COMMIT")
            self.waiting.clear()


async def fetch_bare(mail: MailServers, user: str, mails: int, *, keep: BareStore | None = None) -> float:
    """Mails a second through aioimaplib alone, connection and login included."""
    server = mail.imap(user)
    started = time.perf_counter()
    client = aioimaplib.IMAP4(server.host, server.port, timeout=server.timeout, ssl_context=server.tls_context())
    await client.wait_hello_from_server()
    await client.login(server.username, server.password)
    await client.select("INBOX")
    found = await client.uid_search("ALL", charset=None)
    uids = [word.decode() for line in found.lines[:-1] for word in line.split() if word.isdigit()]
    read = 0
    for at in range(0, len(uids), _CHUNK):
        answer = await client.uid("fetch", ",".join(uids[at : at + _CHUNK]), "(UID BODY.PEEK[])")
        raws = [line for line in answer.lines if isinstance(line, bytearray)]
        read += len(raws)
        if keep is not None:
            for raw in raws:
                keep.add(bytes(raw))
    rate = read / (time.perf_counter() - started)
    await client.logout()
    assert read == mails, read
    return rate
