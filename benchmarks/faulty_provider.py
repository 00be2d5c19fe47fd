"""A mail provider with drawn faults: it puts off, closes, hangs up before and after the final dot, takes its time.

What it accepts it accepts for good, although the client may be gone by then, and files it in Sent a while later.
"""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from ingot.sample.imap_server import ImapServer, ImapSession
from ingot.sample.mailbox import SENT, Accepted, MailStore, SmtpSink

CLOSING = "421 at MAIL"
LATER = "451 at RCPT"
CUT = "hung up before the final dot"
LATER_CONTENT = "451 after the final dot"
DROPPED = "hung up after the final dot, accepted"
LOST = "hung up after the final dot, not accepted"
# Percent of the transactions, in the order in which they may strike.
_FAULTS = {CLOSING: 3, LATER: 3, CUT: 4, LATER_CONTENT: 3, DROPPED: 5, LOST: 3}
_SLOW_PERCENT = 15
_USUAL_S, _SLOW_S, _FILING_S = (0.002, 0.04), (0.1, 0.3), (0.01, 0.3)
_UNTIL_CANCELLED_S = 60.0


@dataclass(frozen=True)
class Taken:
    """A letter the provider took responsibility for. `answered` is when it said so, or hung up, on the machine's clock."""

    letter: Accepted
    answered: float


class Provider(SmtpSink):
    """An SMTP server on loopback while the `with` block runs; `taken` remembers the letters, `faults` what it did.

    `slowest_s` is the longest time from a letter's final dot until it lay in Sent. Without `seed` everything works.
    """

    def __init__(self, store: MailStore, *, seed: int | None = None) -> None:
        super().__init__(store)
        self.taken: list[Taken] = []
        self.faults: Counter[str] = Counter()
        self.begun = 0
        self.filed = 0
        self.slowest_s = 0.0
        self._draw = random.Random(seed)
        self.faulty = seed is not None
        self._accepting: set[asyncio.Task[None]] = set()

    def protocol(self, **options: Any) -> SMTP:
        """What speaks with a new client."""
        return _Protocol(self, **options)

    def draw(self, fault: str) -> bool:
        """Whether this fault strikes now."""
        struck = self.faulty and self._draw.random() * 100 < _FAULTS[fault]
        self.faults[fault] += struck
        return struck

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient, or put it off (aiosmtpd's hook)."""
        if self.draw(LATER):
            return "451 4.3.0 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Take a letter whose final dot is here, and file it later (aiosmtpd's hook)."""
        arrived = time.monotonic()
        if self.draw(LATER_CONTENT):
            return "451 4.3.2 Come back later"
        if self.draw(LOST):
            await hang_up(server)
        letter = Accepted(
            sender=envelope.mail_from or "",
            recipients=tuple(envelope.rcpt_tos),
            raw=bytes(envelope.original_content or b""),
        )
        accepting = asyncio.get_running_loop().create_task(self._take(letter, arrived))
        self._accepting.add(accepting)
        accepting.add_done_callback(self._accepting.discard)
        await asyncio.shield(accepting)  # the client may vanish, what it handed over stays
        if self.draw(DROPPED):
            await hang_up(server)
        return "250 2.0.0 Ok: queued"

    async def _take(self, letter: Accepted, arrived: float) -> None:
        if self.faulty:
            slow = self._draw.random() * 100 < _SLOW_PERCENT
            self.faults["slow acceptance"] += slow
            await asyncio.sleep(self._draw.uniform(*(_SLOW_S if slow else _USUAL_S)))
        self.taken.append(Taken(letter, time.monotonic()))
        later = self._draw.uniform(*_FILING_S) if self.faulty else 0.0
        asyncio.get_running_loop().call_later(later, self._file, letter, arrived)

    def _file(self, letter: Accepted, arrived: float) -> None:
        self.store.deliver(letter.sender, letter.raw, folder=SENT)
        self.filed += 1
        self.slowest_s = max(self.slowest_s, time.monotonic() - arrived)


class _Protocol(SMTP):
    def __init__(self, provider: Provider, **options: Any) -> None:
        super().__init__(provider, **options)
        self.provider = provider

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802 - the name aiosmtpd looks for
        if self.provider.draw(CLOSING):
            await self.push("421 4.3.2 Closing")
            if self.transport is not None:
                self.transport.close()
            return
        await super().smtp_MAIL(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - the name aiosmtpd looks for
        self.provider.begun += 1
        if self.provider.draw(CUT):
            await self.push("354 go on")
            await self._reader.readline()
            await hang_up(self)
        await super().smtp_DATA(arg)


async def hang_up(server: SMTP) -> None:
    """Break the connection off; what runs for it is cancelled as soon as it is gone."""
    if isinstance(server.transport, asyncio.WriteTransport):
        server.transport.abort()
    await asyncio.sleep(_UNTIL_CANCELLED_S)


class SentServer(ImapServer):
    """The IMAP server of the same provider; `looks` counts searches."""

    def __init__(self, store: MailStore) -> None:
        super().__init__(store)
        self.looks = 0
        self.counting = threading.Lock()

    def session(self, send: Callable[[bytes], object]) -> ImapSession:
        """What answers on a new connection."""
        return _Session(self, send)


class _Session(ImapSession):
    def __init__(self, server: SentServer, send: Callable[[bytes], object]) -> None:
        super().__init__(server.store, send)
        self._server = server

    def search(self, words: list[str]) -> None:
        with self._server.counting:
            self._server.looks += 1
        super().search(words)


@contextmanager
def running_provider(address: str, password: str, *, seed: int | None = None) -> Iterator[tuple[Provider, SentServer]]:
    """Both servers for one account."""
    store = MailStore({address: password})
    with Provider(store, seed=seed) as provider, SentServer(store) as imap:
        yield provider, imap
