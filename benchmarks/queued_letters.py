"""Approved letters that wait to be sent, the mailbox they leave from, and the clocks they are sent by: for the mail benchmarks."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from ingot.actions.queue import Sender, queue_letter
from ingot.config.schema import AppConfig, parse_config
from ingot.db.migrate import upgrade
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import SentLookup
from ingot.domain.campaign import Campaign
from ingot.domain.compliance import footer
from ingot.domain.email import Email, EmailStatus
from ingot.domain.follow_up import FollowUp
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.mail.links import LinkSigner
from ingot.sample.mailbox import SENT
from tests.fakes.entities import make_lead, make_letter, make_profile
from tests.fakes.postgres_server import binaries, running_postgres

SENDER, PASSWORD, USER = "imre@valk.example", "a word for imre", "user_local"
# A Monday: the window is open, and the day of this many hours is not over when a run ends.
BEGAN = datetime(2026, 11, 23, 0, 5, tzinfo=UTC)
UNCAPPED = {"per_day": 1_000_000, "per_hour": 1_000_000, "warm_up": False, "min_gap_seconds": 0, "max_gap_seconds": 0}
_FOLLOW_UP_DAYS = (3, 7)
_ADDRESS = "12 Quay Street\nGhent 9000"

UowFactory = Callable[[], SqlAlchemyUnitOfWork]


@dataclass(frozen=True)
class Clock:
    """Time that runs `factor` times as fast as the machine's, the same in every process that is given this clock."""

    factor: float
    began_s: float

    @classmethod
    def started(cls, factor: float) -> Clock:
        """A clock that shows `BEGAN` now."""
        return cls(factor, time.monotonic())

    def __call__(self) -> datetime:
        """The time it shows."""
        return BEGAN + timedelta(seconds=(time.monotonic() - self.began_s) * self.factor)

    def real_s(self, span: timedelta) -> float:
        """How long this span takes on the machine's own clock."""
        return span.total_seconds() / self.factor


def mailbox_config(smtp_port: int, imap_port: int, **caps: Any) -> AppConfig:
    """A mailbox on loopback whose window is open all day. Without `caps` nothing holds letters back."""
    return parse_config(
        {
            "smtp": {"host": "127.0.0.1", "port": smtp_port, "username": SENDER, "password": PASSWORD},
            "imap": {"host": "127.0.0.1", "port": imap_port, "tls": False},
            "mailing_address": _ADDRESS,
            "caps": caps or UNCAPPED,
            "window": {"start": "00:00", "end": "23:59", "days": "Mon-Sun"},
        }
    )


async def queue_letters(
    uow: UowFactory, count: int, *, config: AppConfig, now: datetime, sender: str = SENDER, domain: str = ""
) -> list[str]:
    """Approve `count` letters, each with its two follow-ups and to a recipient of its own; gives the recipients.

    They have a host each, or share `domain`. The mailbox files what it sent, as a letter to oneself has shown.
    """
    async with uow() as work:
        profile = await work.profiles.add_version(make_profile())
        campaign = await work.campaigns.add(
            Campaign(campaign_name="benchmark", profile_id=profile.id, started_at=now, total_leads=count)
        )
        account = await work.accounts.of_user(USER)
        account.sent_lookup, account.sent_mailbox, account.inbox_read_at = SentLookup.exact, SENT, now
        config = config.model_copy(update={"smtp": config.smtp.model_copy(update={"from_address": sender})})
        whose = Sender(config=config, name="Imre Valk", links=LinkSigner([b"a key for the benchmarks"]))
        leads = [_lead(number, campaign.id, domain) for number in range(count)]
        work.session.add_all(leads)
        await work.session.flush()
        for lead in leads:
            letter = await work.letters.add(_letter(lead, sender, now))
            follow_ups = [
                FollowUp(scheduled_for_day=day, body=f"Hello Bo,\n\nDid my letter of {day} days ago reach you?\n\nImre")
                for day in _FOLLOW_UP_DAYS
            ]
            for item in follow_ups:
                item.parent_email_id = letter.id
            work.session.add_all(follow_ups)
            await work.session.flush()
            await queue_letter(work, letter, lead, follow_ups, sender=whose, now=now)
        await work.commit()
    return [lead.person_email for lead in leads]


def _lead(number: int, campaign_id: int | None, domain: str) -> Lead:
    address = f"bo{number}@{domain}" if domain else f"bo@millpond{number}.example"
    return make_lead(
        number,
        campaign_id=campaign_id,
        status=LeadStatus.drafted,
        person_name="Bo Reed",
        person_email=address,
        location="Portland, OR, USA",
    )


def _letter(lead: Lead, sender: str, now: datetime) -> Email:
    below = footer(sender_name="Imre Valk", sender_email=sender, postal_address=_ADDRESS)
    return make_letter(lead.id, footer=below, status=EmailStatus.approved, approved_at=now)


@contextmanager
def migrated(kind: str) -> Iterator[str]:
    """The URL of a migrated, empty database that is removed in the end: `sqlite` or `postgres`."""
    if kind == "sqlite":
        with tempfile.TemporaryDirectory(prefix="ingot-benchmark-") as folder:
            url = f"sqlite+aiosqlite:///{Path(folder) / 'outreach.db'}"
            upgrade(url)
            yield url
        return
    programs = binaries()
    if programs is None:
        raise SystemExit("No Postgres server is installed under /usr/lib/postgresql.")
    with running_postgres(programs) as server, server.database() as url:
        upgrade(url)
        yield url


def cores() -> str:
    """What the machine has, for the figures' sake."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
