"""Four senders on one queue: `.venv/bin/python -m benchmarks.race_send [--hours 26] [--letters 2000]`.

On SQLite and on Postgres, each sender a process that sends by the real pass to a server on loopback, all starting at the same
moment. First with the caps lifted: every letter must be claimed once. Then with 5 letters an hour and 30 a day over more than a
day of a clock that runs 3,600 times as fast, without and with gaps between letters: no rolling hour or day may hold more.
Printed for both; ends with 1 where a letter was claimed twice or a cap was passed.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import sqlalchemy as sa

import ingot.db.models  # noqa: F401 - starts the mappers
from benchmarks.crash_sender import open_letters
from benchmarks.faulty_provider import Taken, running_provider
from benchmarks.queued_letters import (
    BEGAN,
    PASSWORD,
    SENDER,
    USER,
    Clock,
    cores,
    mailbox_config,
    migrated,
    queue_letters,
)
from ingot.actions.mailbox import smtp_server
from ingot.actions.send import SendPass
from ingot.config.schema import AppConfig
from ingot.db.engine import create_engine, create_sync_engine, sessions
from ingot.db.tables import delivery
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.clearance import DAY, HOUR
from ingot.domain.delivery import SPENT
from ingot.mail.smtp import Outcome, Submission
from tests.fakes.processes import at_once

FACTOR = 3_600.0
PER_HOUR, PER_DAY = 5, 30
CAPS = {"per_hour": PER_HOUR, "per_day": PER_DAY, "warm_up": False, "min_gap_seconds": 0, "max_gap_seconds": 0}
GAPS = CAPS | {"min_gap_seconds": 20, "max_gap_seconds": 90}
_START_S = 4.0  # until all senders have imported everything


@dataclass(frozen=True, kw_only=True)
class Race:
    """What one sender is given. It ends at `until`, or when nothing is open any more."""

    url: str
    config: AppConfig
    clock: Clock
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Raced:
    """What came of it. `hour` and `day` are the most claims in any rolling one.

    `seen_*` are the most letters that the server took within one less `longest_s`, the most seconds (of the senders' clock)
    that a letter took from its claim to the server's answer: what is claimed in time may be on its way for a moment.
    """

    letters: int
    sent: int
    by_sender: list[int]
    twice: int
    claims_twice: int
    hour: int
    day: int
    seen_hour: int
    seen_day: int
    longest_s: float
    shortest_gap_s: float
    seconds: float

    @property
    def each_once(self) -> bool:
        """Whether every letter was claimed and sent once."""
        return self.sent == self.letters and not (self.twice or self.claims_twice)

    @property
    def within_caps(self) -> bool:
        """Whether no rolling hour or day held more than it may, and nothing was sent twice."""
        hour, day = max(self.hour, self.seen_hour), max(self.day, self.seen_day)
        return hour <= PER_HOUR and day <= PER_DAY and not self.twice


class Remembering(Submission):
    """Hands letters over, and remembers to whom."""

    def __init__(self, config: AppConfig) -> None:
        super().__init__(smtp_server(config))
        self.recipients: list[str] = []

    async def send(self, sender: str, recipient: str, raw: bytes) -> Outcome:
        """Send once."""
        self.recipients.append(recipient)
        return await super().send(sender, recipient, raw)


def send_in_a_race(race: Race) -> list[str]:
    """Send until the end, from the moment on at which the clock starts; gives the recipients."""
    return asyncio.run(_send(race))


async def _send(race: Race) -> list[str]:
    engine = create_engine(race.url)
    factory = sessions(engine)

    def uow() -> SqlAlchemyUnitOfWork:
        return SqlAlchemyUnitOfWork(factory)

    try:
        await open_letters(uow)  # connected before the start
        await asyncio.sleep(max(0.0, race.clock.began_s - time.monotonic()))
        async with Remembering(race.config) as submission:
            while race.clock() < race.until if race.until else await open_letters(uow):
                await SendPass(uow=uow, submission=submission, config=race.config, user_id=USER, now=race.clock).run()
                await asyncio.sleep(0.001)
            return submission.recipients
    finally:
        await engine.dispose()


def race(url: str, *, processes: int, letters: int, caps: dict[str, int] | None, hours: float) -> Raced:
    """Let so many senders loose on a migrated, empty database. Without `caps` time runs as usual, until all is sent."""
    started = time.monotonic()
    with running_provider(SENDER, PASSWORD) as (provider, imap):
        config = mailbox_config(provider.port, imap.port, **(caps or {}))
        asyncio.run(_stock(url, letters, config))
        clock = Clock(FACTOR if caps else 1.0, time.monotonic() + _START_S)
        until = BEGAN + timedelta(hours=hours) if caps else None
        given = Race(url=url, config=config, clock=clock, until=until)
        handed = at_once(send_in_a_race, *[(given,)] * processes)
    times = Counter(recipient for recipients in handed for recipient in recipients)
    claims = _claims(url)
    claimed = [claim.at for claim in claims.values()]
    seen = {recipient: _shown(clock, item) for item in provider.taken for recipient in item.letter.recipients}
    longest = max(moment - claims[recipient].at for recipient, moment in seen.items())
    return Raced(
        letters=letters,
        sent=len(provider.taken),
        by_sender=[len(recipients) for recipients in handed],
        twice=sum(count > 1 for count in times.values()),
        claims_twice=sum(claim.attempts > 1 for claim in claims.values()),
        hour=most_within(claimed, HOUR),
        day=most_within(claimed, DAY),
        seen_hour=most_within(sorted(seen.values()), HOUR - longest),
        seen_day=most_within(sorted(seen.values()), DAY - longest),
        longest_s=longest.total_seconds(),
        shortest_gap_s=min((b - a).total_seconds() for a, b in pairwise(claimed)),
        seconds=time.monotonic() - started,
    )


async def _stock(url: str, letters: int, config: AppConfig) -> None:
    engine = create_engine(url)
    factory = sessions(engine)
    try:
        await queue_letters(lambda: SqlAlchemyUnitOfWork(factory), letters, config=config, now=BEGAN)
    finally:
        await engine.dispose()


@dataclass(frozen=True)
class Claim:
    """When a letter was last claimed, and how often it was."""

    at: datetime
    attempts: int


def _claims(url: str) -> dict[str, Claim]:
    """By recipient, in the order of time."""
    engine = create_sync_engine(url)
    try:
        with engine.connect() as connection:
            columns = (delivery.c.recipient, delivery.c.claimed_at, delivery.c.attempts)
            query = sa.select(*columns).where(delivery.c.status.in_(SPENT)).order_by(delivery.c.claimed_at)
            return {row.recipient: Claim(row.claimed_at, row.attempts) for row in connection.execute(query)}
    finally:
        engine.dispose()


def _shown(clock: Clock, taken: Taken) -> datetime:
    return BEGAN + timedelta(seconds=(taken.answered - clock.began_s) * clock.factor)


def most_within(moments: Sequence[datetime], span: timedelta) -> int:
    """The most of these ascending moments that lie in any half-open stretch of this length."""
    most = first = 0
    for number, moment in enumerate(moments):
        while moments[first] <= moment - span:
            first += 1
        most = max(most, number - first + 1)
    return most


def _print(name: str, raced: Raced, *, capped: bool) -> bool:
    shares = " + ".join(map(str, raced.by_sender))
    print(f"{name}: {raced.sent} of {raced.letters} letters sent ({shares}), {raced.twice} sent twice, ", end="")
    if not capped:
        print(f"{raced.claims_twice} claimed twice; {raced.seconds:.0f} s", flush=True)
        return raced.each_once
    print(
        f"most in any hour {raced.hour} of {PER_HOUR}, in any day {raced.day} of {PER_DAY} (as the server saw them, less "
        f"{raced.longest_s:.0f} s on the way, {raced.seen_hour} and {raced.seen_day}); closest {raced.shortest_gap_s:.0f} s "
        f"apart; {raced.seconds:.0f} s",
        flush=True,
    )
    return raced.within_caps


def main() -> None:
    parser = argparse.ArgumentParser(description="Let senders race on one queue, and count double claims and caps.")
    parser.add_argument("--letters", type=int, default=2_000)
    parser.add_argument("--hours", type=float, default=26.0)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    given = parser.parse_args()
    clean = True
    print(f"{given.processes} senders; {cores()}", flush=True)
    for database in given.database or ["sqlite", "postgres"]:
        for name, caps in (("caps lifted", None), ("caps", CAPS), ("caps and gaps", GAPS)):
            letters = 4 * PER_DAY if caps else given.letters
            with migrated(database) as url:
                raced = race(url, processes=given.processes, letters=letters, caps=caps, hours=given.hours)
            clean &= _print(f"{database}, {name}", raced, capped=bool(caps))
    sys.exit(0 if clean else 1)


if __name__ == "__main__":
    main()
