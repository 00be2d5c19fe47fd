"""How far a campaign's companies have come: from found to answered."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ingot.db.tables import campaign, delivery, email, gate, inbound, lead
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Campaign
from ingot.domain.delivery import DeliveryKind, DeliveryStatus
from ingot.domain.email import EmailStatus
from ingot.domain.inbound import MailKind
from ingot.errors import ValidationError

# What a person wrote; bounces and automatic answers are none of it.
ANSWERS = (
    MailKind.positive, MailKind.negative, MailKind.question, MailKind.referral, MailKind.other, MailKind.unsubscribe,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Funnel:
    """Companies at each step of one campaign: each number is contained in the one above it, but `waiting` and `refused`.

    `waiting` are open decisions, `to_review` drafts that wait for a yes; `replied` and `positive` count companies.
    """

    campaign_id: int
    name: str
    status: str
    started_at: datetime | None
    leads: int
    waiting: int
    drafted: int
    to_review: int
    sent: int
    bounced: int
    replied: int
    positive: int

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return asdict(self)


async def funnels(uow: SqlAlchemyUnitOfWork, *, user_id: str, campaign_id: int | None = None) -> list[Funnel]:
    """One funnel a campaign, the newest first; five queries, however many campaigns there are."""
    mine = campaign.c.user_id == user_id
    only = sa.true() if campaign_id is None else campaign.c.id == campaign_id
    query = sa.select(Campaign).where(mine, only).order_by(campaign.c.id.desc())
    found = list((await uow.session.scalars(query)).all())
    leads = await _counted(uow, sa.select(lead.c.campaign_id, sa.func.count()).select_from(lead))
    waiting = await _counted(
        uow, sa.select(gate.c.campaign_id, sa.func.count()).where(gate.c.decision.is_(None)), by=gate.c.campaign_id
    )
    letters = sa.select(lead.c.campaign_id, sa.func.count()).select_from(email.join(lead, lead.c.id == email.c.lead_id))
    drafted = await _counted(uow, letters)
    to_review = await _counted(uow, letters.where(email.c.status == EmailStatus.drafted))
    first = (
        sa.select(lead.c.campaign_id, sa.func.count(sa.distinct(delivery.c.lead_id)))
        .select_from(delivery.join(lead, lead.c.id == delivery.c.lead_id))
        .where(delivery.c.kind == DeliveryKind.letter, delivery.c.status == DeliveryStatus.sent)
    )
    sent = await _counted(uow, first)
    mails = sa.select(lead.c.campaign_id, sa.func.count(sa.distinct(inbound.c.lead_id))).select_from(
        inbound.join(lead, lead.c.id == inbound.c.lead_id)
    )
    bounced = await _counted(uow, mails.where(inbound.c.kind == MailKind.bounce))
    replied = await _counted(uow, mails.where(inbound.c.kind.in_(ANSWERS)))
    positive = await _counted(uow, mails.where(inbound.c.kind == MailKind.positive))
    return [
        Funnel(
            campaign_id=item.id or 0,
            name=item.campaign_name,
            status=item.status.value,
            started_at=item.started_at,
            leads=leads.get(item.id, 0),
            waiting=waiting.get(item.id, 0),
            drafted=drafted.get(item.id, 0),
            to_review=to_review.get(item.id, 0),
            sent=sent.get(item.id, 0),
            bounced=bounced.get(item.id, 0),
            replied=replied.get(item.id, 0),
            positive=positive.get(item.id, 0),
        )
        for item in found
    ]


async def funnel_named(uow: SqlAlchemyUnitOfWork, name: str, *, user_id: str) -> Funnel:
    """The funnel of one campaign. `ValidationError` where none has this name."""
    chosen = await uow.campaigns.named(name, user_id=user_id)
    if chosen is None:
        raise ValidationError("There is no campaign of this name.", hint="See `ingot campaign list`.")
    [funnel] = await funnels(uow, user_id=user_id, campaign_id=chosen.id)
    return funnel


async def _counted(
    uow: SqlAlchemyUnitOfWork, query: sa.Select[Any], *, by: sa.ColumnElement[Any] = lead.c.campaign_id
) -> dict[int | None, int]:
    return dict(iter(await uow.session.execute(query.group_by(by))))
