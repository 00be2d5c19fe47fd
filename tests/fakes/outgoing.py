"""Sending without a network: a clock that is set, a submission that answers by script, letters approved and queued."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from ingot.config.schema import AppConfig, parse_config
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Campaign
from ingot.domain.delivery import Delivery, DeliveryKind, DeliveryStatus
from ingot.domain.email import Email, EmailStatus
from ingot.domain.follow_up import FollowUp
from ingot.mail.errors import MailError
from ingot.mail.outcome import Outcome, OutcomeKind, Phase
from ingot.mail.server import MailServer
from ingot.mail.smtp import Submission
from tests.fakes.entities import add_campaign, add_drafted
from tests.fakes.mailing import add_delivery

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)
ADDRESS = "imre@valk.example"
_UNSPACED = {"min_gap_seconds": 0, "max_gap_seconds": 0}


class Clock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = MONDAY) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> datetime:
        self.now += timedelta(**by)
        return self.now


def config(*, caps: dict[str, Any] | None = None, **given: Any) -> AppConfig:
    """A mailbox without spacing and warm-up; the caps are the usual ones unless they are given."""
    mailbox = {"host": "smtp.valk.example", "username": ADDRESS, "password": "one"}
    plain = {
        "smtp": mailbox,
        "imap": {"host": "imap.valk.example"},
        "mailing_address": "Quay 1, Ghent",
        "caps": {"warm_up": False, **_UNSPACED, **(caps or {})},
    }
    return parse_config({**plain, **given})


UNCAPPED = {"per_day": 10_000, "per_hour": 10_000}


def sent(text: str = "250 ok") -> Outcome:
    return Outcome(kind=OutcomeKind.sent, phase=Phase.data, code=250, text=text)


def later(code: int = 451, phase: Phase = Phase.envelope) -> Outcome:
    return Outcome(kind=OutcomeKind.later, phase=phase, code=code, text="come back later")


def refused(enhanced: str = "5.1.1", *, about_sender: bool = False) -> Outcome:
    return Outcome(
        kind=OutcomeKind.refused,
        phase=Phase.envelope,
        code=550,
        enhanced=enhanced,
        text="no",
        about_sender=about_sender,
    )


def unknown() -> Outcome:
    return Outcome(kind=OutcomeKind.unknown, phase=Phase.data, text="The connection to the mail server was lost.")


class ScriptedSubmission(Submission):
    """Gives the outcomes in their order and `sent` when they are used up; an error is raised. Remembers what it was handed.

    `held` is set when the letter number `hold_at` is on the wire, where it stays. `takes` is how long a letter takes by `clock`.
    """

    def __init__(
        self,
        script: Sequence[Outcome | BaseException] = (),
        *,
        hold_at: int = 0,
        clock: Clock | None = None,
        takes: timedelta = timedelta(0),
    ) -> None:
        super().__init__(MailServer(host="smtp.valk.example", port=587))
        self.script = list(script)
        self.letters: list[tuple[str, str, bytes]] = []
        self.hold_at, self.clock, self.takes = hold_at, clock, takes
        self.held = asyncio.Event()

    async def send(self, sender: str, recipient: str, raw: bytes) -> Outcome:
        self.letters.append((sender, recipient, raw))
        if self.clock is not None:
            self.clock.now += self.takes
        if len(self.letters) == self.hold_at:
            self.held.set()
            await asyncio.sleep(60)
        outcome = self.script.pop(0) if self.script else sent()
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    @property
    def recipients(self) -> list[str]:
        return [recipient for _, recipient, _ in self.letters]


def broken() -> MailError:
    return MailError("Something of ours broke.")


async def open_campaign(uow: SqlAlchemyUnitOfWork, name: str = "autumn") -> Campaign:
    """A campaign to an allowed country's leads."""
    return await add_campaign(uow, name)


async def add_queued(
    uow: SqlAlchemyUnitOfWork,
    campaign: Campaign,
    number: int = 1,
    *,
    letter: dict[str, Any] | None = None,
    **changes: Any,
) -> Delivery:
    """An approved letter that is due, to a person in the United States whose office hours are those of UTC."""
    stored = await add_drafted(uow, campaign, number, status=EmailStatus.approved, **(letter or {}))
    given = {
        "recipient": f"bo@millpond{number}.example",
        "due_at": MONDAY,
        "countries": ["US"],
        "key": f"letter-{number}",
    }
    return await add_delivery(uow, stored, **{**given, **changes})


async def add_follow_up(uow: SqlAlchemyUnitOfWork, first: Delivery, day: int = 3, **changes: Any) -> Delivery:
    """The letter's follow-up of that day, which waits until the letter has left."""
    item = FollowUp(parent_email_id=first.email_id, scheduled_for_day=day, body="One more line.")
    uow.session.add(item)
    await uow.session.flush()
    letter = await uow.session.get_one(Email, first.email_id)
    given = {
        "recipient": first.recipient, "due_at": None, "countries": first.countries, "zone": first.zone,
        "followup_id": item.id, "key": f"follow_up-{item.id}",
    }  # fmt: skip
    return await add_delivery(uow, letter, **{**given, "kind": DeliveryKind.follow_up, **changes})


async def statuses(uow: Any) -> list[str]:
    """Of all deliveries, in the order in which they were queued."""
    async with uow() as work:
        return [item.status.value for item in await work.deliveries.list(limit=1000)]


async def only(uow: Any, number: int = 1) -> Delivery:
    """The delivery of this id."""
    async with uow() as work:
        found: Delivery = await work.deliveries.get(number)
        return found


QUEUED, SENDING, SENT, UNKNOWN = (
    DeliveryStatus.queued, DeliveryStatus.sending, DeliveryStatus.sent, DeliveryStatus.unknown,
)  # fmt: skip
