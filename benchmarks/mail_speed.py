"""Sending and polling beside the bare libraries, against a real postfix and dovecot: `.venv/bin/python -m benchmarks.mail_speed`.

Sent are the same letters: by the send pass with all its commits (SQLite, synchronous=FULL, caps lifted), and by aiosmtplib in
a bare loop; both over one connection with STARTTLS and a login, to a postfix that delivers at once (which takes its share
of this machine) and to one that holds what it accepts. Read are 5,000 mails: by the poll, which finds out which are
answers and stores those, and by aioimaplib in a bare loop that fetches bodies in chunks of 25; once where every mail is an
answer to a letter, once where a tenth is. Beside the first stands the physical limit, a bare loop that also keeps what it
fetches: one row each in SQLite with the same pragmas and as many commits, through sqlite3.
Alternately, with medians. Needs root, postfix and dovecot. Ends with 1 where ours reaches less than 80 % of the bare rate.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

import ingot.db.models  # noqa: F401 - starts the mappers
from benchmarks.bare_mail import BareStore, fetch_bare, send_bare
from benchmarks.queued_letters import BEGAN, USER, UowFactory, cores, mailbox_config, queue_letters
from ingot.actions.poll import poll
from ingot.actions.send import SendPass
from ingot.db.engine import create_engine, sessions
from ingot.db.migrate import upgrade
from ingot.db.tables import delivery, inbound, inbox_cursor
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import Delivery, DeliveryKind, DeliveryStatus
from ingot.mail.imap import Mailbox
from ingot.mail.smtp import Submission
from tests.real.mail_servers import DOMAIN, MailServers, missing, running_mail_servers

ORLA = f"orla@{DOMAIN}"
TARGET = 0.8
_WARM_UP = 20
_DELIVERY_DEADLINE_S = 120.0
_VMAIL = 5000
_CONFIG = mailbox_config(1, 1)  # the servers are handed over open
# What an ordinary mail says around the few words it holds; 4 kB, as the median of a mailbox.
_TEXT = "Thank you for your letter, we talked about it in the team and will come back to you next week.\r\n" * 24

Run = Callable[[], Awaitable[float]]
Settled = Callable[[MailServers], None]
"""Returns when the server has nothing to do any more."""


@asynccontextmanager
async def opened_database(folder: Path) -> AsyncIterator[UowFactory]:
    """Transactions on a new, migrated database."""
    url = f"sqlite+aiosqlite:///{folder / 'outreach.db'}"
    await asyncio.to_thread(upgrade, url)
    engine = create_engine(url)
    factory = sessions(engine)
    try:
        yield lambda: SqlAlchemyUnitOfWork(factory)
    finally:
        await engine.dispose()


async def alternately(bare: Run, ours: Run, *, rounds: int) -> tuple[list[float], list[float]]:
    """Things a second, by the bare loop and by us, in turns; the first turn of each is not counted."""
    rates = [(await bare(), await ours()) for _ in range(rounds + 1)][1:]
    return [rate[0] for rate in rates], [rate[1] for rate in rates]


async def send_by_us(mail: MailServers, letters: int, settled: Settled) -> float:
    """Letters a second through the send pass, its connection and login included; on a database of their own."""
    with tempfile.TemporaryDirectory(prefix="ingot-speed-") as folder:
        async with opened_database(Path(folder)) as uow:
            await queue_letters(uow, letters + _WARM_UP, config=_CONFIG, now=BEGAN, sender=ORLA, domain=DOMAIN)
            later = BEGAN + timedelta(hours=2)
            async with uow() as work:
                # The first ones are sent ahead: statements are compiled, as they are in a process that has sent before.
                first = sa.select(delivery.c.id).where(delivery.c.kind == DeliveryKind.letter).limit(_WARM_UP)
                rest = delivery.c.id.not_in(first) & (delivery.c.kind == DeliveryKind.letter)
                await work.session.execute(sa.update(delivery).where(rest).values(due_at=later))
                await work.commit()
            await _pass(mail, uow, BEGAN)
            started = time.perf_counter()
            sent = await _pass(mail, uow, later)
            rate = sent / (time.perf_counter() - started)
            assert sent == letters
    await asyncio.to_thread(settled, mail)
    return rate


async def _pass(mail: MailServers, uow: UowFactory, now: datetime) -> int:
    async with Submission(mail.smtp(ORLA)) as submission:
        done = await SendPass(uow=uow, submission=submission, config=_CONFIG, user_id=USER, now=lambda: now).run()
    return done.sent


async def send_by_library(mail: MailServers, letters: list[Delivery], settled: Settled) -> float:
    """Letters a second through aiosmtplib alone."""
    rate = await send_bare(mail, letters, username=ORLA)
    await asyncio.to_thread(settled, mail)
    return rate


def hold_deliveries(mail: MailServers) -> None:
    """Let postfix keep what it accepts: its deliveries take turns with the next letters on this machine's cores."""
    _run(mail, "postconf", "-e", "smtpd_data_restrictions=check_sender_access static:HOLD")
    _run(mail, "postfix", "reload")


def emptied(mail: MailServers) -> None:
    """Empty the queue of a postfix that holds what it accepts."""
    _run(mail, "postsuper", "-d", "ALL")


def delivered(mail: MailServers) -> None:
    """Wait until everything is delivered, so that one run's mail does not slow down the next."""
    deadline = time.monotonic() + _DELIVERY_DEADLINE_S
    while b"queue is empty" not in _run(mail, "postqueue", "-p"):
        if time.monotonic() > deadline:
            raise RuntimeError("The mail server does not deliver.")
        time.sleep(0.1)


def _run(mail: MailServers, program: str, *arguments: str) -> bytes:
    command = [program, "-c", str(mail.root / "postfix"), *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


async def speed_of_sending(mail: MailServers, letters: int, rounds: int, *, name: str, settled: Settled) -> bool:
    with tempfile.TemporaryDirectory(prefix="ingot-speed-") as folder:
        async with opened_database(Path(folder)) as uow:
            await queue_letters(uow, letters, config=_CONFIG, now=BEGAN, sender=ORLA, domain=DOMAIN)
            same = await _letters(uow)
    bare, ours = await alternately(
        lambda: send_by_library(mail, same, settled), lambda: send_by_us(mail, letters, settled), rounds=rounds
    )
    return report(f"sending {letters} letters to a server that {name}", bare, ours, "letters/s")


async def _letters(uow: UowFactory) -> list[Delivery]:
    async with uow() as work:
        found = await work.deliveries.with_status(DeliveryStatus.queued, user_id=USER, limit=1_000_000)
    return [item for item, _ in found if item.kind is DeliveryKind.letter]


async def speed_of_polling(mail: MailServers, user: str, mails: int, rounds: int, *, ours_in: int) -> bool:
    """`ours_in` is how many mails there are for each one that is an answer."""
    with tempfile.TemporaryDirectory(prefix="ingot-speed-") as folder:
        async with opened_database(Path(folder)) as uow:
            await queue_letters(uow, mails // 10, config=_CONFIG, now=BEGAN, sender=user, domain=DOMAIN)
            letters = await _letters(uow)
            async with uow() as work:
                sent = {"status": DeliveryStatus.sent, "claimed_at": datetime(2020, 1, 1, tzinfo=BEGAN.tzinfo)}
                await work.session.execute(sa.update(delivery).where(delivery.c.due_at.is_not(None)).values(sent))
                await work.commit()
            fill(mail, user, letters, mails, ours_in=ours_in)
            expected = len(range(0, mails, ours_in))
            bare, ours = await alternately(
                lambda: fetch_bare(mail, user, mails),
                lambda: poll_by_us(mail, user, uow, mails, kept=expected),
                rounds=rounds,
            )
        if ours_in == 1:
            keeping = [await fetch_bare(mail, user, mails, keep=BareStore(Path(folder))) for _ in range(rounds)]
            report("  beside a bare loop that keeps them", keeping, ours, "mails/s")
    share = "every one an answer" if ours_in == 1 else f"one in {ours_in} an answer"
    return report(f"reading {mails} mails, {share}", bare, ours, "mails/s")


async def poll_by_us(mail: MailServers, user: str, uow: UowFactory, mails: int, *, kept: int) -> float:
    """Mails a second through the poll, connection and login included, from an empty cursor."""
    async with uow() as work:
        await work.session.execute(sa.delete(inbound))
        await work.session.execute(sa.delete(inbox_cursor))
        await work.commit()
    started = time.perf_counter()
    async with Mailbox(mail.imap(user)) as mailbox:
        polled = await poll(uow, mailbox, user_id=USER, now=lambda: BEGAN)
    rate = polled.read / (time.perf_counter() - started)
    assert (polled.read, polled.kept) == (mails, kept), polled
    return rate


def fill(mail: MailServers, user: str, letters: list[Delivery], mails: int, *, ours_in: int) -> None:
    """Write mails into the maildir of a user who has none yet; every `ours_in`-th answers one of the letters."""
    box = mail.root / "mail" / user / "Maildir"
    for folder in ("cur", "new", "tmp"):
        (box / folder).mkdir(parents=True)
    for number in range(mails):
        letter = letters[number % len(letters)] if number % ours_in == 0 else None
        (box / "cur" / f"{number + 1}.M{number}P1.mx:2,S").write_bytes(_mail(number, letter, user))
    for path in (box.parent, *box.parent.rglob("*")):
        os.chown(path, _VMAIL, _VMAIL)


def _mail(number: int, letter: Delivery | None, user: str) -> bytes:
    sender = letter.recipient if letter else f"news{number}@other{number % 300}.example"
    thread = f"In-Reply-To: {letter.message_id}\r\nReferences: {letter.message_id}\r\n" if letter else ""
    return (
        f"Return-Path: <{sender}>\r\nReceived: from mx.{DOMAIN} by mx.{DOMAIN} with LMTP id {number}\r\n"
        f"From: Bo Reed <{sender}>\r\nTo: {user}\r\nSubject: Re: Sensor data in Go {number}\r\n"
        f"Date: Mon, 23 Nov 2026 10:{number // 60 % 60:02}:{number % 60:02} +0000\r\n"
        f"Message-ID: <mail-{number}@{sender.rpartition('@')[2]}>\r\n{thread}"
        f"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nMail {number}.\r\n{_TEXT}"
    ).encode()


def report(name: str, bare: list[float], ours: list[float], unit: str) -> bool:
    """Print both side by side; whether ours is fast enough."""
    ratio = statistics.median(ours) / statistics.median(bare)
    pairs = [mine / other for other, mine in zip(bare, ours, strict=True)]
    print(
        f"{name}: bare {statistics.median(bare):,.0f} {unit} ({min(bare):,.0f}-{max(bare):,.0f}), "
        f"ours {statistics.median(ours):,.0f} ({min(ours):,.0f}-{max(ours):,.0f}), "
        f"ratio {ratio:.2f} (by turns {', '.join(f'{pair:.2f}' for pair in pairs)})",
        flush=True,
    )
    return ratio >= TARGET


async def measure(letters: int, mails: int, rounds: int) -> bool:
    readers = {ours_in: f"reader{ours_in}@{DOMAIN}" for ours_in in (1, 10)}
    recipients = [f"bo{number}@{DOMAIN}" for number in range(letters + _WARM_UP)]
    fast: list[bool] = []
    with running_mail_servers(dict.fromkeys([ORLA, *readers.values(), *recipients], "a word")) as mail:
        if letters:
            fast.append(await speed_of_sending(mail, letters, rounds, name="delivers at once", settled=delivered))
            await asyncio.to_thread(hold_deliveries, mail)
            fast.append(await speed_of_sending(mail, letters, rounds, name="holds them", settled=emptied))
        for ours_in, user in readers.items() if mails else ():
            fast.append(await speed_of_polling(mail, user, mails, rounds, ours_in=ours_in))
    return all(fast)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure sending and polling beside the bare libraries.")
    parser.add_argument("--letters", type=int, default=500)
    parser.add_argument("--mails", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    if reason := missing():
        sys.exit(reason)
    print(cores(), flush=True)
    sys.exit(0 if asyncio.run(measure(given.letters, given.mails, given.rounds)) else 1)


if __name__ == "__main__":
    main()
