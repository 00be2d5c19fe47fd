"""Where letters stand: the queue with its holds, what the caps leave, when the next one goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from ingot.actions.claim import account_facts, letter_facts
from ingot.config.schema import AppConfig
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import MailAccount
from ingot.domain.clearance import AccountFacts, Held, clearance
from ingot.domain.delivery import DeliveryStatus

_PORTION = 200


@dataclass(frozen=True, kw_only=True)
class QueueLine:
    """One queued, sending or unknown delivery. `hold` is why it does not leave now, `until` when that ends by itself."""

    delivery_id: int
    company: str
    kind: str
    status: str
    subject: str
    hold: str = ""
    reason: str = ""
    until: datetime | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class MailStatus:
    """The mailbox as a whole. `left` counts letters that each cap still lets through."""

    counts: dict[str, int]
    holds: dict[str, int]
    left: dict[str, int]
    paused: str
    next_slot: datetime | None
    lookup: str
    inbox_read_at: datetime | None
    bounce_rate: float
    lines: list[QueueLine] = field(default_factory=list)


async def mail_status(uow: SqlAlchemyUnitOfWork, *, config: AppConfig, user_id: str, now: datetime) -> MailStatus:
    """Ask of every queued letter what the next pass would ask. Changes nothing."""
    account = await uow.accounts.of_user(user_id)
    facts = await account_facts(uow, account, config=config, now=now)
    held = await _holds(uow, facts, config=config, user_id=user_id, now=now)
    open_ones = await uow.deliveries.with_status(
        DeliveryStatus.queued, DeliveryStatus.sending, DeliveryStatus.unknown, user_id=user_id
    )
    lines = []
    for delivery, company in open_ones:
        hold = held.get(delivery.id or 0)
        lines.append(
            QueueLine(
                delivery_id=delivery.id or 0,
                company=company,
                kind=delivery.kind.value,
                status=delivery.status.value,
                subject=delivery.subject,
                hold=hold.hold.value if hold else "",
                reason=_why(delivery.status, hold, due_at=delivery.due_at, account=account, now=now),
                until=hold.until if hold else delivery.due_at,
                note=delivery.zone_note,
            )
        )
    counts = await uow.deliveries.counts(user_id=user_id)
    metric = await uow.accounts.metric(user_id)
    waiting = [line.until for line in lines if line.status == "queued" and line.until is not None]
    return MailStatus(
        counts={status.value: counts.get(status, 0) for status in DeliveryStatus},
        holds=dict(Counter(line.hold for line in lines if line.hold)),
        left={"hour": facts.hour.left, "day": facts.day.left, "warm_up": facts.warm_up.left},
        paused=account.pause_reason,
        next_slot=min(waiting) if waiting else None,
        lookup=account.sent_lookup.value,
        inbox_read_at=account.inbox_read_at,
        bounce_rate=metric.bounce_rate,
        lines=lines,
    )


async def _holds(
    uow: SqlAlchemyUnitOfWork, facts: AccountFacts, *, config: AppConfig, user_id: str, now: datetime
) -> dict[int, Held]:
    """By delivery; a hold of the mailbox stands for every letter behind it as well."""
    holds: dict[int, Held] = {}
    last = 0
    while rows := await uow.deliveries.due(user_id=user_id, now=now, after=last, limit=_PORTION):
        suppressed = await uow.suppressed.among({row.delivery.recipient for row in rows})
        for row in rows:
            last = row.delivery.id or last
            letter = letter_facts(row, suppressed=row.delivery.recipient in suppressed, config=config, now=now)
            if (held := clearance(letter, facts, now=now)) is not None:
                holds[last] = held
    return holds


def _why(
    status: DeliveryStatus, hold: Held | None, *, due_at: datetime | None, account: MailAccount, now: datetime
) -> str:
    if status is DeliveryStatus.unknown:
        if account.sent_lookup.value == "exact":
            return "It may have left: it is looked for in Sent."
        return "It may have left, and this mailbox cannot tell. Look, then: ingot mail settle."
    if status is DeliveryStatus.sending:
        return "On its way."
    if hold is not None:
        return hold.reason
    if due_at is None:
        return "Waits until the letter before it has left."
    return "Its day has not come." if due_at > now else "May leave now."
