"""One campaign on one page: how far it came, what it cost, what waits. Counts and shares; no person and no address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ingot.actions.funnel import ANSWERS, Funnel, funnel_named, funnels
from ingot.actions.mail_status import mail_status
from ingot.actions.spending import SpendingReport, spending
from ingot.actions.waiting import Wait, what_waits
from ingot.config.schema import AppConfig
from ingot.db.tables import delivery, email, inbound, lead
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import DeliveryKind, DeliveryStatus
from ingot.domain.inbound import MailKind
from ingot.domain.statistics import Interval, wilson
from ingot.errors import ValidationError

# More would hide the best.
_VENUES = 5


@dataclass(frozen=True, kw_only=True)
class Share:
    """`count` of `of`, with the share's 95 % Wilson interval; None where there is nothing to be a share of."""

    name: str
    count: int
    of: int
    interval: Interval | None


@dataclass(frozen=True, kw_only=True)
class Yield:
    """What came of the letters with one subject, or of one venue's leads. `leads` and `drafted` are 0 for subjects."""

    name: str
    leads: int = 0
    drafted: int = 0
    sent: int = 0
    answered: int = 0
    positive: int = 0


@dataclass(frozen=True, kw_only=True)
class HeldBack:
    """So many letters that wait for the same reason. `until` is when the first of them may leave by itself."""

    reason: str
    count: int
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class CampaignReport:
    """The page. `steps` are shares of the step above, `letters` of the letters sent."""

    made_at: datetime
    funnel: Funnel
    steps: list[Share]
    letters: list[Share]
    costs: SpendingReport
    subjects: list[Yield]
    venues: list[Yield]
    waits: list[Wait]
    holds: list[HeldBack]

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        return {
            "campaign": self.funnel.name,
            "made_at": self.made_at,
            "funnel": self.funnel.as_json(),
            "steps": [asdict(share) for share in self.steps],
            "letters": [asdict(share) for share in self.letters],
            "costs": self.costs.as_json(),
            "subjects": [asdict(item) for item in self.subjects],
            "venues": [asdict(item) for item in self.venues],
            "waits": [asdict(item) for item in self.waits],
            "holds": [asdict(item) for item in self.holds],
        }


async def campaign_report(
    uow: SqlAlchemyUnitOfWork, name: str, *, config: AppConfig, user_id: str, now: datetime
) -> CampaignReport:
    """The report of one campaign, or of the newest where `name` is empty. `ValidationError` where there is none."""
    if name:
        funnel = await funnel_named(uow, name, user_id=user_id)
    else:
        newest = await funnels(uow, user_id=user_id)
        if not newest:
            raise ValidationError("There is no campaign yet.", hint="Start one: ingot run campaign --help.")
        funnel = newest[0]
    return CampaignReport(
        made_at=now,
        funnel=funnel,
        steps=_steps(funnel),
        letters=[
            _share("bounced", funnel.bounced, funnel.sent),
            _share("answered", funnel.replied, funnel.sent),
            _share("positive", funnel.positive, funnel.sent),
        ],
        costs=await spending(uow, campaign_id=funnel.campaign_id),
        subjects=await _subjects(uow, funnel.campaign_id),
        venues=(await _venues(uow, funnel.campaign_id))[:_VENUES],
        waits=await what_waits(uow, [funnel], user_id=user_id),
        holds=await _holds(uow, funnel.campaign_id, config=config, user_id=user_id, now=now),
    )


def _steps(funnel: Funnel) -> list[Share]:
    counts = [
        ("leads", funnel.leads),
        ("drafted", funnel.drafted),
        ("sent", funnel.sent),
        ("answered", funnel.replied),
        ("positive", funnel.positive),
    ]
    above = [0, *(count for _, count in counts)]
    return [_share(name, count, of) for (name, count), of in zip(counts, above, strict=False)]


def _share(name: str, count: int, of: int) -> Share:
    """Somebody may answer a letter of which nobody knows that it left: then there is no share."""
    return Share(name=name, count=count, of=of, interval=wilson(count, of) if 0 < of >= count else None)


async def _subjects(uow: SqlAlchemyUnitOfWork, campaign_id: int) -> list[Yield]:
    """Of the letters that left, by the subject that was drawn for them."""
    sent = (
        sa.select(delivery.c.variant, delivery.c.lead_id)
        .join(lead, lead.c.id == delivery.c.lead_id)
        .where(lead.c.campaign_id == campaign_id)
        .where(delivery.c.kind == DeliveryKind.letter, delivery.c.status == DeliveryStatus.sent)
    )
    variants: dict[str, set[int]] = {"a": set(), "b": set()}
    for variant, lead_id in await uow.session.execute(sent):
        if variant in variants:
            variants[variant].add(lead_id)
    answered, positive = await _answered(uow, campaign_id)
    return [
        Yield(
            name=f"subject {variant.upper()}",
            sent=len(leads),
            answered=len(leads & answered),
            positive=len(leads & positive),
        )
        for variant, leads in variants.items()
    ]


async def _venues(uow: SqlAlchemyUnitOfWork, campaign_id: int) -> list[Yield]:
    """Where the leads came from, what brought most first."""
    query = (
        sa.select(lead.c.id, lead.c.source_venue, email.c.id)
        .outerjoin(email, email.c.lead_id == lead.c.id)
        .where(lead.c.campaign_id == campaign_id)
    )
    leads: dict[str, set[int]] = defaultdict(set)
    drafted = set[int]()
    for lead_id, venue, letter_id in await uow.session.execute(query):
        leads[venue].add(lead_id)
        if letter_id is not None:
            drafted.add(lead_id)
    left = set(
        await uow.session.scalars(
            sa.select(delivery.c.lead_id).where(
                delivery.c.kind == DeliveryKind.letter, delivery.c.status == DeliveryStatus.sent
            )
        )
    )
    answered, positive = await _answered(uow, campaign_id)
    found = [
        Yield(
            name=venue,
            leads=len(ids),
            drafted=len(ids & drafted),
            sent=len(ids & left),
            answered=len(ids & answered),
            positive=len(ids & positive),
        )
        for venue, ids in leads.items()
    ]
    return sorted(
        found, key=lambda item: (-item.positive, -item.answered, -item.sent, -item.drafted, -item.leads, item.name)
    )


async def _answered(uow: SqlAlchemyUnitOfWork, campaign_id: int) -> tuple[set[int], set[int]]:
    """The leads from which a person answered, and those that are interested."""
    query = (
        sa.select(inbound.c.lead_id, inbound.c.kind)
        .join(lead, lead.c.id == inbound.c.lead_id)
        .where(lead.c.campaign_id == campaign_id, inbound.c.kind.in_(ANSWERS))
    )
    rows: Sequence[Any] = (await uow.session.execute(query)).all()
    return {row.lead_id for row in rows}, {row.lead_id for row in rows if row.kind is MailKind.positive}


async def _holds(
    uow: SqlAlchemyUnitOfWork, campaign_id: int, *, config: AppConfig, user_id: str, now: datetime
) -> list[HeldBack]:
    status = await mail_status(uow, config=config, user_id=user_id, now=now)
    query = sa.select(delivery.c.id).join(lead, lead.c.id == delivery.c.lead_id)
    own = set(await uow.session.scalars(query.where(lead.c.campaign_id == campaign_id)))
    lines = [line for line in status.lines if line.hold and line.delivery_id in own]
    by_reason: dict[str, list[datetime | None]] = defaultdict(list)
    for line in lines:
        by_reason[line.reason].append(line.until)
    return [
        HeldBack(reason=reason, count=len(untils), until=min((item for item in untils if item), default=None))
        for reason, untils in sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
