"""What follows from a mail, in one commit: suppression, skipped follow-ups, a closed lead, a paused mailbox.

Drawn again after a new judgement the consequences add up; nothing here lifts a suppression or revives a follow-up.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from ingot.actions.bounced import bounced, pause
from ingot.actions.follow_up_days import after_absence
from ingot.actions.settle import left
from ingot.actions.skip import skip_waiting, suppress_address
from ingot.config.schema import AppConfig
from ingot.db import audit
from ingot.db.tables import campaign
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import MailAccount, PauseKind
from ingot.domain.delivery import Delivery, DeliveryKind
from ingot.domain.event import DomainEvent
from ingot.domain.inbound import BounceClass, InboundMail, MailKind
from ingot.domain.job import AuditType
from ingot.domain.lead import normal_email
from ingot.domain.lead_state import MOVES, LeadStatus
from ingot.errors import ValidationError

REPLY_EVENT = "ReplyReceived"
# Without a date an absence is taken to last a week.
_AWAY = timedelta(days=7)
# Nobody knows a letter's Message-ID or its link without having got it.
_PROVES_THAT_IT_LEFT = frozenset({"thread", "returned", "link"})


@dataclass(frozen=True, kw_only=True)
class Case:
    """One judged mail, and the letter it answers where that is known."""

    uow: SqlAlchemyUnitOfWork
    mail: InboundMail
    account: MailAccount
    delivery: Delivery | None
    config: AppConfig
    now: datetime

    @property
    def lead_id(self) -> int | None:
        """The lead that is meant."""
        return self.mail.lead_id


async def act_on_mail(uow: SqlAlchemyUnitOfWork, mail_id: int, *, config: AppConfig, now: datetime) -> InboundMail:
    """Draw the consequences of one judged mail. Commits."""
    mail = await uow.inbox.get(mail_id)
    if mail.kind is None:
        raise ValidationError(f"Mail {mail_id} is not judged yet.", hint="Run `ingot mail poll`.")
    account, delivery = await uow.accounts.of_user(mail.user_id), None
    if mail.delivery_id is not None:
        delivery = (await uow.deliveries.held_by([mail.delivery_id])).get(mail.delivery_id)
    if delivery is not None and delivery.may_have_left and mail.matched_by in _PROVES_THAT_IT_LEFT:
        # Else it might be sent again, to somebody who has answered it.
        uow.collect_events(delivery.settle_sent(now=delivery.claimed_at or now, by="answer"))
        await left(uow, [delivery], account, config=config, now=now)
    case = Case(uow=uow, mail=mail, account=account, delivery=delivery, config=config, now=now)
    await ACTS[mail.kind](case)
    if mail.details.get("suppress"):
        await _suppress(case, reason=f"asked by mail ({mail.rule})")
    mail.acted_at, mail.details = now, {**mail.details, "acted_as": mail.kind.value}
    audit.note(
        uow,
        AuditType.row_event,
        f"Mail {mail_id}: {mail.kind.value} ({mail.rule}).",
        row_number=mail.lead_id,
        mail=mail_id,
    )
    await uow.commit()
    return mail


async def _unsubscribe(case: Case) -> None:
    await _suppress(case, reason=f"asked by mail ({case.mail.rule})")
    await _answered(case)
    await _close(case, "asked not to be written to")


async def _bounce(case: Case) -> None:
    found = case.mail.details.get("bounce", {})
    if case.delivery is None or found.get("delayed"):
        return  # of a letter that is still being tried, the end is told later
    # 5.7.x is one recipient's policy or spam filter: a soft bounce. The rest is the provider's word about the account.
    if found.get("about_sender") and not str(found.get("status", "")).startswith("5.7."):
        reason = f"A provider refused a letter because of the sender ({found.get('status') or 'no code'})."
        pause(case.uow, case.account, PauseKind.account, reason, now=case.now)
        return
    bounce_class = BounceClass(found.get("class", BounceClass.soft))
    await bounced(case.uow, case.delivery, bounce_class, case.account, now=case.now)
    await skip_waiting(case.uow, case.delivery.lead_id, only=DeliveryKind.follow_up)
    if bounce_class is BounceClass.dead:
        lead = await case.uow.leads.get(case.delivery.lead_id)
        if LeadStatus.failed in MOVES[lead.status]:
            case.uow.collect_events(lead.move(LeadStatus.failed, "the address does not exist"))


async def _out_of_office(case: Case) -> None:
    """Follow-ups wait until the person is back."""
    if case.lead_id is None:
        return
    told = case.mail.details.get("returns_on")
    back = date.fromisoformat(told) if told else ((case.mail.received_at or case.now) + _AWAY).date()
    # Kept for those that get their day only later.
    case.mail.details = {**case.mail.details, "away_until": back.isoformat()}
    for delivery in await case.uow.deliveries.waiting_of_lead(case.lead_id):
        if delivery.kind is DeliveryKind.follow_up and delivery.due_at is not None:
            delivery.due_at = max(delivery.due_at, after_absence(back, delivery.zone, config=case.config))


async def _left_company(case: Case) -> None:
    if case.lead_id is not None:
        await skip_waiting(case.uow, case.lead_id)
        await _close(case, "the person has left the company")


async def _answered(case: Case) -> None:
    """Somebody wrote: no follow-up, the lead has replied, and the user is told."""
    if case.lead_id is None:
        return
    await skip_waiting(case.uow, case.lead_id, only=DeliveryKind.follow_up)
    lead = await case.uow.leads.get(case.lead_id)
    if LeadStatus.replied in MOVES[lead.status]:
        case.uow.collect_events(lead.move(LeadStatus.replied))
        if lead.campaign_id is not None:
            replied = {"total_replied": campaign.c.total_replied + 1}
            await case.uow.session.execute(sa.update(campaign).where(campaign.c.id == lead.campaign_id).values(replied))
    assert case.mail.kind is not None
    if case.mail.details.get("acted_as") == case.mail.kind.value:
        return  # judged again with the same result: the user was told
    case.uow.collect_events(
        DomainEvent(
            event_type=REPLY_EVENT,
            aggregate_type="inbound",
            aggregate_id=str(case.mail.id),
            payload={"lead_id": lead.id, "kind": case.mail.kind.value},
        )
    )


async def _nothing(_case: Case) -> None:
    """A receipt says nothing about the person."""


ACTS: dict[MailKind, Callable[[Case], Awaitable[None]]] = {
    MailKind.bounce: _bounce,
    MailKind.out_of_office: _out_of_office,
    MailKind.left_company: _left_company,
    MailKind.auto_reply: _nothing,
    MailKind.unsubscribe: _unsubscribe,
    MailKind.positive: _answered,
    MailKind.negative: _answered,
    MailKind.question: _answered,
    MailKind.referral: _answered,
    MailKind.other: _answered,
}


async def _suppress(case: Case, *, reason: str) -> None:
    """The address that wrote, and the one that was written to: they are the same person's, or the same company's."""
    addresses = {case.mail.from_address, case.delivery.recipient if case.delivery else ""}
    for address in sorted(filter(lambda item: "@" in item, addresses)):
        await suppress_address(case.uow, normal_email(address), reason=reason, now=case.now)
    if case.lead_id is not None:
        await skip_waiting(case.uow, case.lead_id)


async def _close(case: Case, reason: str) -> None:
    if case.lead_id is None:
        return
    lead = await case.uow.leads.get(case.lead_id)
    if LeadStatus.closed in MOVES[lead.status]:
        case.uow.collect_events(lead.move(LeadStatus.closed, reason))
