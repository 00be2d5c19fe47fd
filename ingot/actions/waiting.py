"""What waits for a person: each thing with the command that does it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ingot.actions.funnel import Funnel
from ingot.db.tables import answer, delivery, lead
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import DeliveryStatus
from ingot.domain.email import EmailStatus
from ingot.domain.lead_state import LeadStatus

# Left by a run that was stopped, or decided since the last one.
_TO_GO_ON = (LeadStatus.discovered, LeadStatus.researching, LeadStatus.approved)


@dataclass(frozen=True, kw_only=True)
class Wait:
    """So many of something, and what to type. `campaign` is empty where it concerns the mailbox."""

    what: str
    count: int
    command: str
    campaign: str = ""


async def what_waits(uow: SqlAlchemyUnitOfWork, funnels: Sequence[Funnel], *, user_id: str) -> list[Wait]:
    """What waits in these campaigns and in the mailbox; nothing that is at zero."""
    found: list[Wait] = []
    for funnel in funnels:
        found += await _in_campaign(uow, funnel)
    ids = [funnel.campaign_id for funnel in funnels]
    answers = (
        sa.select(sa.func.count())
        .select_from(answer.join(lead, lead.c.id == answer.c.lead_id))
        .where(answer.c.status == EmailStatus.drafted, lead.c.campaign_id.in_(ids))
    )
    doubtful = (
        sa.select(sa.func.count())
        .select_from(delivery.join(lead, lead.c.id == delivery.c.lead_id))
        .where(delivery.c.status == DeliveryStatus.unknown, lead.c.campaign_id.in_(ids))
    )
    paused = (await uow.accounts.of_user(user_id)).pause_kind is not None
    found += [
        Wait(what="answers to send", count=await uow.session.scalar(answers) or 0, command="ingot mail replies"),
        Wait(what="letters in doubt", count=await uow.session.scalar(doubtful) or 0, command="ingot mail status"),
        Wait(what="paused mailbox", count=int(paused), command="ingot mail resume"),
    ]
    return [wait for wait in found if wait.count]


async def _in_campaign(uow: SqlAlchemyUnitOfWork, funnel: Funnel) -> list[Wait]:
    name = shlex.quote(funnel.name)
    counts = await uow.leads.count_by_status(campaign_id=funnel.campaign_id)
    waits = (
        ("leads to decide about", funnel.waiting, f"ingot leads list --status matched --campaign {name}"),
        ("drafts to review", funnel.to_review, f"ingot mail review --campaign {name}"),
        (
            "leads to go on with",
            sum(counts.get(status, 0) for status in _TO_GO_ON),
            f"ingot run campaign --campaign {name}",
        ),
        (
            "leads that failed",
            counts.get(LeadStatus.failed, 0),
            f"ingot leads list --status failed --campaign {name}",
        ),
        ("paused campaign", int(funnel.status == "paused"), f"ingot campaign resume {name}"),
    )
    return [Wait(what=what, count=count, command=command, campaign=funnel.name) for what, count, command in waits]
