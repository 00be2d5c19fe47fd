"""What happened last, in words: the newest events of the outbox that a person wants to hear of."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingot.db.tables import campaign, lead, outbox
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.event import OutboxEvent

# Each as a sentence's end, after the company's or campaign's name. What only repeats another event is left out.
_TOLD = {
    "CampaignStarted": "campaign started",
    "CampaignPaused": "campaign paused",
    "LeadsDiscovered": "{added} new companies found",
    "IntelBriefReady": "researched",
    "ValuePropGenerated": "matched with {score} of 100",
    "GateOpened": "waits for your decision",
    "LeadApproved": "approved",
    "LeadRejected": "rejected",
    "LeadDeferred": "deferred",
    "LeadClosed": "closed",
    "LeadFailed": "failed",
    "EmailDrafted": "letter drafted",
    "EmailApproved": "letter approved",
    "EmailRejected": "letter rejected",
    "EmailOpened": "letter opened",
    "FollowUpQueued": "follow-up for day {day} queued",
    "DeliverySent": "{kind} sent",
    "DeliverySkipped": "{kind} not sent: no longer wanted",
    "DeliveryDelayed": "{kind} delayed by the mail server",
    "DeliveryFailed": "{kind} refused by the mail server",
    "DeliveryUnknown": "{kind} in doubt: it may have left",
    "DeliveryQueuedAgain": "{kind} queued again",
    "DeliveryBounced": "{kind} bounced",
    "ReplyReceived": "answered: {kind}",
}
# Events do not name their user, so that some of the newest may be another one's.
_LOOKED_AT = 5


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One event: when (UTC), the company or campaign it is about, and what happened."""

    moment: datetime
    about: str
    told: str


async def recent_events(uow: SqlAlchemyUnitOfWork, *, user_id: str, limit: int = 20) -> list[Happening]:
    """The user's newest events, the newest first."""
    query = sa.select(OutboxEvent).where(outbox.c.event_type.in_(_TOLD)).order_by(outbox.c.id.desc())
    events = list((await uow.session.scalars(query.limit(_LOOKED_AT * limit))).all())
    names = await _names(uow, events, user_id=user_id)
    found = [(event, names[subject]) for event in events if (subject := _subject(event)) in names]
    return [
        Happening(moment=event.created_at, about=about, told=_words(event))
        for event, about in found[:limit]
        if event.created_at is not None
    ]


def _subject(event: OutboxEvent) -> tuple[str, int]:
    """The table and id of what it is about: a campaign, or the lead that a letter, a delivery or a mail belongs to."""
    if event.aggregate_type in ("campaign", "lead"):
        return event.aggregate_type, int(event.aggregate_id)
    return "lead", json.loads(event.payload).get("lead_id") or 0


async def _names(
    uow: SqlAlchemyUnitOfWork, events: Sequence[OutboxEvent], *, user_id: str
) -> dict[tuple[str, int], str]:
    ids: dict[str, set[int]] = {"lead": set(), "campaign": set()}
    for kind, number in map(_subject, events):
        ids[kind].add(number)
    leads = sa.select(lead.c.id, lead.c.company_name).where(lead.c.user_id == user_id, lead.c.id.in_(ids["lead"]))
    campaigns = sa.select(campaign.c.id, campaign.c.campaign_name).where(
        campaign.c.user_id == user_id, campaign.c.id.in_(ids["campaign"])
    )
    return {
        **{("lead", row[0]): row[1] for row in await uow.session.execute(leads)},
        **{("campaign", row[0]): row[1] for row in await uow.session.execute(campaigns)},
    }


def _words(event: OutboxEvent) -> str:
    payload = defaultdict(
        str, {name: str(value).replace("_", "-") for name, value in json.loads(event.payload).items()}
    )
    return _TOLD[event.event_type].format_map(payload).strip()
