"""Taking what may leave now: counted, asked and claimed in one transaction, so that no two processes take the same."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ingot.config.fields import WEEKDAYS
from ingot.config.schema import AppConfig
from ingot.db.repositories.deliveries import DueLetter
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import MailAccount, PauseKind
from ingot.domain.campaign import CampaignStatus
from ingot.domain.clearance import DAY, HOUR, OF_THE_ACCOUNT, AccountFacts, Held, LetterFacts, Room, clearance
from ingot.domain.compliance import policy_for
from ingot.domain.delivery import Delivery, DeliveryKind, DeliveryStatus
from ingot.domain.lead_state import LeadStatus
from ingot.domain.pace import bounce_rate, free_at, spacing, warm_up_cap
from ingot.domain.send_window import SendWindow, next_slot
from ingot.mail.message import stamp

# Rows read at a time. The first time few more than are wanted, for in most passes nothing but the mailbox holds them.
_PORTION = 100
_SPARE = 5
_ANSWERED = (LeadStatus.replied, LeadStatus.closed)


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """What was taken, and when the mailbox has room again where it is what holds the rest back."""

    deliveries: list[Delivery]
    held: Held | None = None


async def claim(
    uow: SqlAlchemyUnitOfWork,
    *,
    user_id: str,
    config: AppConfig,
    owner: str,
    now: datetime,
    limit: int = 1,
    only: DeliveryKind | None = None,
) -> Claimed:
    """Claim up to `limit` letters that may leave now; with `only`, letters of this kind. Commits.

    Of those that may not, what holds them is noted, up to the first that the whole mailbox holds back.
    From the commit on they are `sending`: should this process die, they are looked for before they are sent again.
    """
    await uow.accounts.lock_sending(user_id)
    account = await uow.accounts.of_user(user_id)
    facts = await account_facts(uow, account, config=config, now=now)
    taken: list[Delivery] = []
    last, portion = 0, limit + _SPARE
    while rows := await uow.deliveries.due(user_id=user_id, now=now, after=last, limit=portion):
        portion = _PORTION
        suppressed = await uow.suppressed.among({row.delivery.recipient for row in rows})
        for row in rows:
            last = row.delivery.id or last
            if only is not None and row.delivery.kind is not only:
                continue
            letter = letter_facts(row, suppressed=row.delivery.recipient in suppressed, config=config, now=now)
            held = clearance(letter, facts, now=now)
            if held is None and len(taken) < limit:
                _take(row.delivery, account, config=config, owner=owner, now=now)
                taken.append(row.delivery)
                facts = facts.after_one(next_slot_at=account.next_slot_at, now=now)
            elif held is None:
                await uow.commit()
                return Claimed(deliveries=taken)
            else:
                _note(row.delivery, held)
            if held is not None and held.hold in OF_THE_ACCOUNT:
                await uow.commit()
                return Claimed(deliveries=taken, held=held)
    await uow.commit()
    return Claimed(deliveries=taken)


def _take(delivery: Delivery, account: MailAccount, *, config: AppConfig, owner: str, now: datetime) -> None:
    raw = delivery.raw if delivery.claimed_at else stamp(delivery.raw, now, ZoneInfo(config.time_zone))
    delivery.claim(owner=owner, now=now, raw=raw)
    gap = spacing(random.random(), shortest=config.caps.min_gap_seconds, longest=config.caps.max_gap_seconds)  # noqa: S311 - no secret
    account.next_slot_at = now + gap


def _note(delivery: Delivery, held: Held) -> None:
    delivery.hold, delivery.hold_reason, delivery.hold_until = held.hold.value, held.reason, held.until


async def account_facts(
    uow: SqlAlchemyUnitOfWork, account: MailAccount, *, config: AppConfig, now: datetime
) -> AccountFacts:
    """What holds for the whole mailbox at `now`."""
    caps, user_id = config.caps, account.user_id
    sent, bounced = await uow.deliveries.sent_and_bounced(now, user_id=user_id)
    warm_up = caps.per_day
    if caps.warm_up:
        earlier_days = account.earlier_sending_days(now, config.time_zone)
        rate = bounce_rate(sent, bounced)
        warm_up = warm_up_cap(sending_days=earlier_days, bounce_rate=rate, day_cap=caps.per_day)
    paused, why = account.pause_kind, account.pause_reason or "It is paused."
    return AccountFacts(
        bounce_paused=why if paused is PauseKind.bounces else "",
        account_paused=why if paused not in {None, PauseKind.bounces} else "",
        hour=await _room(uow, caps.per_hour, HOUR, user_id=user_id, now=now),
        day=(day := await _room(uow, caps.per_day, DAY, user_id=user_id, now=now)),
        warm_up=day if warm_up == caps.per_day else await _room(uow, warm_up, DAY, user_id=user_id, now=now),
        next_slot_at=account.next_slot_at,
        inbox_fresh=account.inbox_is_fresh(now) and not await uow.inbox.has_unread(user_id=user_id),
    )


async def _room(uow: SqlAlchemyUnitOfWork, cap: int, span: timedelta, *, user_id: str, now: datetime) -> Room:
    """Counted first: the moments themselves are needed only where a cap is reached."""
    spent = await uow.deliveries.count_spent(now - span, user_id=user_id)
    if spent < cap:
        return Room(cap=cap, left=cap - spent)
    moments = await uow.deliveries.spent_since(now - span, user_id=user_id, newest=cap)
    return Room(cap=cap, left=0, free_at=free_at(moments, cap=cap, span=span, now=now))


def letter_facts(row: DueLetter, *, suppressed: bool, config: AppConfig, now: datetime) -> LetterFacts:
    """What holds for one letter at `now`."""
    delivery = row.delivery
    return LetterFacts(
        kind=delivery.kind,
        suppressed=suppressed,
        replied=row.lead_status in _ANSWERED or row.mail_waits,
        campaign_paused=row.campaign_status is CampaignStatus.paused,
        policy=policy_for(delivery.countries, overrides=config.country_stances),
        basis=row.basis,
        opens_at=next_slot(now, window_of(config, delivery.zone)),
        zone=delivery.zone,
    )


def window_of(config: AppConfig, zone: str) -> SendWindow:
    """The configured office hours in this zone."""
    window = config.window
    days = frozenset(WEEKDAYS.index(day) for day in window.days)
    return SendWindow(start=window.start, end=window.end, days=days, zone=zone)


async def abandoned_to_unknown(uow: SqlAlchemyUnitOfWork, *, user_id: str, now: datetime) -> int:
    """Letters whose sender died are `unknown` from now on. Commits. Returns how many."""
    gone = await uow.deliveries.abandoned(user_id=user_id, now=now)
    for delivery in gone:
        uow.collect_events(delivery.settle_unknown(now=now))
    await uow.commit()
    return len(gone)


async def release(uow: SqlAlchemyUnitOfWork, ids: list[int], *, owner: str) -> None:
    """Give back claims whose letters were certainly not begun. Commits."""
    for delivery in (await uow.deliveries.held_by(ids)).values():
        if delivery.status is DeliveryStatus.sending and delivery.owner == owner:
            delivery.release()
    await uow.commit()
