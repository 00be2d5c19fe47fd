"""Senders that are killed at drawn moments and started again, and what is counted afterwards: the works of `crash_send`."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from multiprocessing.context import ForkServerProcess

import sqlalchemy as sa

import ingot.db.models  # noqa: F401 - starts the mappers
from benchmarks.crash_sender import Life, send_until_settled
from benchmarks.faulty_provider import Provider, SentServer, running_provider
from benchmarks.queued_letters import (
    BEGAN,
    PASSWORD,
    SENDER,
    UNCAPPED,
    Clock,
    mailbox_config,
    queue_letters,
)
from ingot.config.schema import AppConfig
from ingot.db.engine import create_engine, create_sync_engine, sessions
from ingot.db.tables import campaign, delivery, email, lead, outbox
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import SETTLE_AFTER, DeliveryKind

FACTOR = 600.0
# Seconds of the sender, not of the machine: a fiftieth of a second at most.
_SPACED = UNCAPPED | {"min_gap_seconds": 1, "max_gap_seconds": 12}
_RUN_DEADLINE_S = 900.0
_EVENT_DEADLINE_S = 4.0
_POLL_S = 0.001
_SPREAD_OVER = 0.9
_PRELOADED = ["benchmarks.crash_run"]


class Moment(StrEnum):
    """When a sender is killed: at any time of its life, after it began to hand a letter over, while it looks into Sent."""

    any_time = "any time"
    after_data = "after DATA"
    after_look = "after a look into Sent"


_MOMENTS = {Moment.any_time: 2, Moment.after_data: 3, Moment.after_look: 1}


@dataclass(kw_only=True)
class Tally:
    """What the provider took, and what the database says. `lost`, `twice`, `changed` and `wrong` should be 0."""

    letters: int
    kills: Counter[str] = field(default_factory=Counter)
    died: int = 0
    per_recipient: Counter[int] = field(default_factory=Counter)
    changed: int = 0
    wrong: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    settled_by: dict[str, int] = field(default_factory=dict)
    events: dict[str, int] = field(default_factory=dict)
    most_attempts: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0
    grace_s: float = 0.0
    seconds: float = 0.0

    @property
    def lost(self) -> int:
        """Recipients without a letter."""
        return self.per_recipient[0]

    @property
    def twice(self) -> int:
        """Recipients with more than one letter."""
        return sum(count for times, count in self.per_recipient.items() if times > 1)

    @property
    def is_clean(self) -> bool:
        """Whether each letter was taken once as it was frozen, and the provider was never slower than the grace."""
        return not (self.lost or self.twice or self.changed or self.wrong or self.died) and (
            self.slowest_s < self.grace_s
        )


class Supervisor:
    """Keeps senders alive, and kills them."""

    def __init__(self, url: str, clock: Clock, provider: Provider, imap: SentServer, *, draw: random.Random) -> None:
        self._url, self._clock, self._provider, self._imap, self._draw = url, clock, provider, imap, draw
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(_PRELOADED)
        self._alive: list[ForkServerProcess] = []
        self._lives = 0
        self.died = 0

    def start(self, processes: int) -> None:
        """Start senders until so many live."""
        self._bury()
        while len(self._alive) < processes:
            self._lives += 1
            life = Life(url=self._url, config=self._config(spaced=self._lives % 2 == 0), clock=self._clock)
            process = self._context.Process(target=send_until_settled, args=(life,), daemon=True)
            process.start()
            self._alive.append(process)

    def _config(self, *, spaced: bool) -> AppConfig:
        return mailbox_config(self._provider.port, self._imap.port, **(_SPACED if spaced else UNCAPPED))

    def kill_one(self, moment: Moment, *, letters: int) -> bool:
        """Kill a sender at this moment, at the latest once so many letters were begun. False where it ended before."""
        victim = self._draw.choice(self._alive)
        begun, looks = self._provider.begun, self._imap.looks
        if moment is Moment.any_time:
            victim.join(self._draw.uniform(0.0, 0.6))
        else:
            deadline = time.monotonic() + _EVENT_DEADLINE_S
            while victim.is_alive() and time.monotonic() < deadline and self._provider.begun < begun + letters:
                if moment is Moment.after_look and self._imap.looks > looks:
                    break
                time.sleep(_POLL_S)
            # The reply comes within a hundredth of a second or only after tenths.
            victim.join(self._draw.choice([self._draw.uniform(0.0, 0.01), self._draw.uniform(0.0, 0.12)]))
        victim.kill()
        victim.join()
        return victim.exitcode == -signal.SIGKILL

    def wait(self) -> None:
        """Let the senders come to their end."""
        deadline = time.monotonic() + _RUN_DEADLINE_S
        for process in self._alive:
            process.join(max(deadline - time.monotonic(), 0))
        if any(process.is_alive() for process in self._alive):
            raise RuntimeError("The letters are not settled within the deadline.")
        self._bury()

    def stop(self) -> None:
        """Leave no process behind."""
        for process in self._alive:
            process.kill()
            process.join()

    def _bury(self) -> None:
        self.died += sum(process.exitcode not in {None, 0, -signal.SIGKILL} for process in self._alive)
        self._alive = [process for process in self._alive if process.is_alive()]

    @property
    def any_alive(self) -> bool:
        """Whether a sender has work to do."""
        return any(process.is_alive() for process in self._alive)


def crash(url: str, *, kills: int, letters: int, seed: int, processes: int = 1, tell: bool = False) -> Tally:
    """Send `letters` over the migrated, empty database at `url`, with so many kills on the way."""
    started, draw = time.monotonic(), random.Random(seed)
    tally = Tally(letters=letters)
    with running_provider(SENDER, PASSWORD, seed=seed) as (provider, imap):
        recipients = asyncio.run(_stock(url, letters, mailbox_config(provider.port, imap.port)))
        clock = Clock.started(FACTOR)
        supervisor = Supervisor(url, clock, provider, imap, draw=draw)
        try:
            while tally.kills.total() < kills:
                supervisor.start(processes)
                [moment] = draw.choices(list(_MOMENTS), list(_MOMENTS.values()))
                # So many letters that the kills are spread over them, and the last one still finds some.
                room = _SPREAD_OVER * letters * (tally.kills.total() + 1) / kills - len(provider.taken)
                killed = supervisor.kill_one(moment, letters=draw.randint(1, max(1, round(room))))
                tally.kills[moment] += killed
                if tell and tally.kills.total() % 20 == 0:
                    print(f"{tally.kills.total():>4} kills, {len(provider.taken):>4} letters taken", flush=True)
                if not killed and not supervisor.any_alive:
                    break
            supervisor.start(processes)
            supervisor.wait()
        finally:
            supervisor.stop()
        tally.died = supervisor.died
        _count(tally, provider, recipients, url)
    tally.grace_s = clock.real_s(SETTLE_AFTER)
    tally.seconds = time.monotonic() - started
    return tally


async def _stock(url: str, letters: int, config: AppConfig) -> list[str]:
    engine = create_engine(url)
    factory = sessions(engine)
    try:
        return await queue_letters(lambda: SqlAlchemyUnitOfWork(factory), letters, config=config, now=BEGAN)
    finally:
        await engine.dispose()


def _count(tally: Tally, provider: Provider, recipients: list[str], url: str) -> None:
    taken = Counter(recipient for item in provider.taken for recipient in item.letter.recipients)
    tally.per_recipient = Counter(taken[recipient] for recipient in recipients)
    tally.faults, tally.slowest_s = provider.faults, provider.slowest_s
    engine = create_sync_engine(url)
    try:
        with engine.connect() as connection:
            first = sa.select(delivery).where(delivery.c.kind == DeliveryKind.letter)
            rows = connection.execute(first).all()
            frozen = {row.recipient: bytes(row.raw) for row in rows}
            tally.changed = sum(
                frozen.get(recipient) != item.letter.raw
                for item in provider.taken
                for recipient in item.letter.recipients
            )
            tally.statuses = Counter(row.status.value for row in rows)
            tally.settled_by = Counter(row.settled_by for row in rows if row.settled_by)
            tally.most_attempts = max(row.attempts for row in rows)
            kinds = sa.select(outbox.c.event_type, sa.func.count()).where(outbox.c.aggregate_type == "delivery")
            tally.events = dict(iter(connection.execute(kinds.group_by(outbox.c.event_type))))
            tally.wrong = _wrong(connection, sent=tally.statuses.get("sent", 0))
    finally:
        engine.dispose()


def _wrong(connection: sa.Connection, *, sent: int) -> int:
    """What was settled along with a letter, counted against the letters: leads, drafts, the counter, dated follow-ups."""
    expected = {
        "leads": (sa.select(sa.func.count()).where(lead.c.status == "sent"), sent),
        "letters": (sa.select(sa.func.count()).where(email.c.status == "sent"), sent),
        "campaign": (sa.select(campaign.c.total_sent), sent),
        "follow-ups": (
            sa.select(sa.func.count()).where(delivery.c.kind == DeliveryKind.follow_up, delivery.c.due_at.is_not(None)),
            sent,  # the first of the two; the second gets its day when that has left
        ),
        "events": (sa.select(sa.func.count()).where(outbox.c.event_type == "DeliverySent"), sent),
    }
    return sum(connection.scalar(query) != wanted for query, wanted in expected.values())
