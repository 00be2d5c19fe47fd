"""What became of letters that were handed to the server: the delivery, the lead, the counters and the events in one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from ingot.actions.bounced import bounced, pause, refresh_metric
from ingot.actions.follow_up_days import date_next
from ingot.actions.skip import skip_waiting
from ingot.config.schema import AppConfig
from ingot.db.tables import campaign, email
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import MailAccount, PauseKind
from ingot.domain.delivery import Delivery, DeliveryKind, DeliveryStatus
from ingot.domain.email import Email, EmailStatus
from ingot.domain.follow_up import FollowUp, FollowUpStatus
from ingot.domain.inbound import DEAD_STATUS, BounceClass
from ingot.domain.lead_state import MOVES, LeadStatus
from ingot.mail.outcome import Outcome, OutcomeKind, Phase

_MOST_TEXT = 300
# Where an attempt ended before the server heard of the letter: it is the server that is not there, and no try is spent.
NOT_BEGUN = frozenset({Phase.connect, Phase.auth})
SERVER_RETRY = timedelta(minutes=5)


@dataclass(frozen=True, kw_only=True)
class Handed:
    """One letter and what the server made of it."""

    delivery_id: int
    outcome: Outcome


async def settle(
    uow: SqlAlchemyUnitOfWork, handed: Sequence[Handed], *, owner: str, user_id: str, config: AppConfig, now: datetime
) -> None:
    """Record outcomes. Commits. A delivery that another process took over meanwhile keeps what that one found."""
    account = await uow.accounts.of_user(user_id)
    deliveries = await uow.deliveries.held_by([item.delivery_id for item in handed])
    settled: list[tuple[Delivery, Outcome]] = []
    for item in handed:
        delivery = deliveries.get(item.delivery_id)
        if delivery is None:
            continue  # its lead was deleted meanwhile
        if delivery.status is DeliveryStatus.sending and delivery.owner == owner:
            _settle_one(uow, delivery, item.outcome, account, now=now)
        elif delivery.may_have_left and item.outcome.kind is OutcomeKind.sent:
            # Our claim ran out and it was put down as unknown, but we heard the server's answer.
            uow.collect_events(delivery.settle_sent(now=now, by="reply", code=item.outcome.code))
        else:
            continue
        settled.append((delivery, item.outcome))
    for delivery, outcome in settled:
        if delivery.status is DeliveryStatus.failed:
            await _fail_lead(uow, delivery, outcome, account, now=now)
    sent = [delivery for delivery, _ in settled if delivery.status is DeliveryStatus.sent]
    await left(uow, sent, account, config=config, now=now)
    await uow.commit()


def _settle_one(
    uow: SqlAlchemyUnitOfWork, delivery: Delivery, outcome: Outcome, account: MailAccount, *, now: datetime
) -> None:
    text = outcome.text[:_MOST_TEXT]
    if outcome.kind is OutcomeKind.sent:
        uow.collect_events(delivery.settle_sent(now=now, by="reply", code=outcome.code))
    elif outcome.kind is OutcomeKind.unknown:
        uow.collect_events(delivery.settle_unknown(now=now))
    elif outcome.about_sender:
        # No fault of the recipient's: the letter waits until the account works again.
        delivery.smtp_code, delivery.smtp_text = outcome.code, text
        delivery.release()
        reason = f"The provider refused the sender ({outcome.code or outcome.phase.value})."
        pause(uow, account, PauseKind.account, reason, now=now)
    elif outcome.phase in NOT_BEGUN:
        delivery.smtp_code, delivery.smtp_text = outcome.code, text
        delivery.release(not_before=now + SERVER_RETRY)
    elif outcome.kind is OutcomeKind.later:
        uow.collect_events(delivery.settle_later(now=now, code=outcome.code, text=text))
    else:
        uow.collect_events(delivery.settle_refused(code=outcome.code, text=text))


async def left(
    uow: SqlAlchemyUnitOfWork,
    deliveries: Sequence[Delivery],
    account: MailAccount,
    *,
    config: AppConfig,
    now: datetime,
) -> None:
    """What follows from letters having left: statuses, follow-ups' days, counters. Does not commit."""
    if not deliveries:
        return
    await _letters_left(uow, [item for item in deliveries if item.kind is DeliveryKind.letter], now=now)
    for item in deliveries:
        if item.followup_id is not None:
            follow_up = await uow.session.get_one(FollowUp, item.followup_id)
            follow_up.status, follow_up.sent_at = FollowUpStatus.sent, item.sent_at
        elif item.answer_id is not None:
            (await uow.answers.get(item.answer_id)).move(EmailStatus.sent, now=now)
        account.sent_on(item.sent_at or now, config.time_zone)
    await date_next(uow, deliveries, config=config)
    await refresh_metric(uow, account.user_id, now=now)


async def _letters_left(uow: SqlAlchemyUnitOfWork, firsts: Sequence[Delivery], *, now: datetime) -> None:
    if not firsts:
        return
    by_letter = {item.email_id: item for item in firsts}
    letters = {
        letter.id: letter for letter in await uow.session.scalars(sa.select(Email).where(email.c.id.in_(by_letter)))
    }
    leads = {item.id: item for item in await uow.leads.among([first.lead_id for first in firsts])}
    per_campaign: dict[int, int] = {}
    for letter_id, first in by_letter.items():
        letter, to = letters[letter_id], leads[first.lead_id]
        if letter.status is EmailStatus.approved:
            uow.collect_events(letter.move(EmailStatus.sent, now=first.sent_at or now))
        if LeadStatus.sent in MOVES[to.status]:
            uow.collect_events(to.move(LeadStatus.sent))
        if to.campaign_id is not None:
            per_campaign[to.campaign_id] = per_campaign.get(to.campaign_id, 0) + 1
    await _count_sent(uow, per_campaign)


async def _count_sent(uow: SqlAlchemyUnitOfWork, per_campaign: Mapping[int, int]) -> None:
    """Added by the database, not here: two processes may count at the same moment."""
    for campaign_id, count in per_campaign.items():
        await uow.session.execute(
            sa.update(campaign).where(campaign.c.id == campaign_id).values(total_sent=campaign.c.total_sent + count)
        )


async def _fail_lead(
    uow: SqlAlchemyUnitOfWork, delivery: Delivery, outcome: Outcome, account: MailAccount, *, now: datetime
) -> None:
    """A first letter that cannot be delivered ends its lead; a refusal at the door counts as a bounce."""
    await skip_waiting(uow, delivery.lead_id, only=DeliveryKind.follow_up)
    if outcome.kind is OutcomeKind.refused and outcome.code:
        dead = outcome.enhanced in DEAD_STATUS
        await bounced(uow, delivery, BounceClass.dead if dead else BounceClass.soft, account, now=now)
    to = await uow.leads.get(delivery.lead_id)
    if delivery.kind is DeliveryKind.letter and LeadStatus.failed in MOVES[to.status]:
        uow.collect_events(to.move(LeadStatus.failed, f"the mail server refused the letter ({outcome.code})"))
