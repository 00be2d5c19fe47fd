"""What became of letters that left: opened, bounced, answered, followed up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingot.db.tables import delivery, inbound, lead
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import Delivery, DeliveryKind
from ingot.domain.email import Email
from ingot.domain.inbound import InboundMail
from ingot.errors import ValidationError


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """One first letter that left. `opens` are loads of the pixel by what may be a person; `replies` are kinds, the oldest first."""

    letter_id: int
    company: str
    sent_at: datetime
    follow_ups: int
    opens: int
    bounced: str
    replies: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One thing that happened to a letter, when (UTC)."""

    at: datetime
    told: str


async def tracked(uow: SqlAlchemyUnitOfWork, *, user_id: str, limit: int) -> list[Tracked]:
    """The user's newest letters that left, the newest first."""
    query = (
        sa.select(Delivery, lead.c.company_name)
        .join(lead, lead.c.id == delivery.c.lead_id)
        .where(delivery.c.user_id == user_id, delivery.c.kind == DeliveryKind.letter, delivery.c.sent_at.is_not(None))
        .order_by(delivery.c.sent_at.desc(), delivery.c.id.desc())
        .limit(limit)
    )
    rows = (await uow.session.execute(query)).all()
    lead_ids = [first.lead_id for first, _ in rows]
    follow_ups = await _follow_ups_sent(uow, lead_ids)
    replies: defaultdict[int, list[str]] = defaultdict(list)
    for mail in await _mails_of(uow, lead_ids):
        replies[mail.lead_id or 0].append(_kind(mail))
    return [
        Tracked(
            letter_id=first.email_id or 0,
            company=company,
            sent_at=first.sent_at,
            follow_ups=follow_ups.get(first.lead_id, 0),
            opens=first.opens,
            bounced=first.bounce_class.value if first.bounce_class else "",
            replies=tuple(replies[first.lead_id]),
        )
        for first, company in rows
    ]


async def story_of(uow: SqlAlchemyUnitOfWork, letter_id: int) -> list[Moment]:
    """What happened to a letter and its follow-ups, in order. `ValidationError` where there is no such letter."""
    letter = await uow.letters.find(letter_id)
    if letter is None:
        raise ValidationError(
            f"There is no letter {letter_id}.", hint="See `ingot mail track` and `ingot mail pending`."
        )
    sent = await uow.deliveries.of_letter(letter_id)
    lead_id = letter.lead_id or 0
    answers = (
        await uow.session.scalars(
            sa.select(Delivery).where(delivery.c.lead_id == lead_id, delivery.c.kind == DeliveryKind.answer)
        )
    ).all()
    known = {item.id: item for item in [*sent, *answers]}
    moments = [
        *_of_letter(letter),
        *(moment for item in known.values() for moment in _of_delivery(item)),
        *(
            Moment(at=mail.received_at, told=f"came back: {_kind(mail)}")
            for mail in await _mails_of(uow, [lead_id])
            if mail.received_at is not None
        ),
    ]
    return sorted(moments, key=lambda moment: moment.at)


def _of_letter(letter: Email) -> Iterator[Moment]:
    if letter.created_at is not None:
        yield Moment(at=letter.created_at, told="drafted")
    if letter.approved_at is not None:
        yield Moment(at=letter.approved_at, told="approved")


def _of_delivery(item: Delivery) -> Iterator[Moment]:
    what = item.kind.value.replace("_", "-")
    subject = f" with subject {item.variant.upper()}" if item.variant else ""
    if item.sent_at is not None:
        yield Moment(at=item.sent_at, told=f"{what} sent{subject}")
    if item.unknown_since is not None:
        yield Moment(at=item.unknown_since, told=f"{what} in doubt: it may have left")
    if item.opened_at is not None:
        yield Moment(
            at=item.opened_at, told=f"{what} opened first; {item.opens} times so far, {item.proxy_opens} by programs"
        )
    if item.bounced_at is not None:
        yield Moment(
            at=item.bounced_at, told=f"{what} bounced{f': {item.bounce_class.value}' if item.bounce_class else ''}"
        )


async def _follow_ups_sent(uow: SqlAlchemyUnitOfWork, lead_ids: Iterable[int]) -> dict[int, int]:
    query = (
        sa.select(delivery.c.lead_id, sa.func.count())
        .where(delivery.c.lead_id.in_(list(lead_ids)), delivery.c.kind == DeliveryKind.follow_up)
        .where(delivery.c.sent_at.is_not(None))
        .group_by(delivery.c.lead_id)
    )
    return {row[0]: row[1] for row in await uow.session.execute(query)}


async def _mails_of(uow: SqlAlchemyUnitOfWork, lead_ids: Iterable[int]) -> list[InboundMail]:
    query = sa.select(InboundMail).where(inbound.c.lead_id.in_(list(lead_ids))).order_by(inbound.c.received_at)
    return list((await uow.session.scalars(query)).all())


def _kind(mail: InboundMail) -> str:
    return mail.kind.value.replace("_", " ") if mail.kind else "not judged yet"
