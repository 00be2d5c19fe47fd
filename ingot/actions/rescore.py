"""Scoring again what was matched before the profile's weights or wishes changed. The value proposition stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingot.actions.decide import decide
from ingot.actions.score_lead import BY_PREFERENCES, choices_of, score_lead
from ingot.db import audit
from ingot.db.tables import lead as leads
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import GateDecision
from ingot.domain.job import AuditType
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus

# Where nothing has been spent on the user's yes yet.
_UNDECIDED = (LeadStatus.matched, LeadStatus.deferred)


@dataclass(frozen=True, kw_only=True)
class Rescored:
    """A lead's score before and after, and why the user's own rules reject it now, or ""."""

    lead_id: int
    company_name: str
    before: int
    after: int
    status: LeadStatus
    rejection: str = ""


async def rescore(uow: SqlAlchemyUnitOfWork, user_id: str, *, now: Callable[[], datetime]) -> list[Rescored]:
    """Score every matched or deferred lead again from what is stored. Does not commit.

    A matched lead that a deal-breaker now rejects is rejected; a deferred one waits for the user as before.
    """
    choices = await choices_of(uow, user_id)
    query = sa.select(Lead).where(leads.c.user_id == user_id, leads.c.status.in_(_UNDECIDED)).order_by(leads.c.id)
    found: list[Rescored] = []
    for lead in (await uow.session.scalars(query)).all():
        lead_id = lead.id or 0
        match = await uow.matches.of_lead(lead_id)
        if match is None or lead.campaign_id is None:
            continue
        campaign = await uow.campaigns.get(lead.campaign_id)
        profile = await uow.profiles.get(campaign.profile_id or 0)
        evidence = await uow.evidence.of_lead(lead_id)
        score = score_lead(lead, evidence, profile, choices, this_year=now().year)
        before, match.match_score, match.breakdown = match.match_score, score.total, score.breakdown()
        if score.rejection and lead.status is LeadStatus.matched:
            await decide(uow, lead_id, GateDecision.reject, who=BY_PREFERENCES, now=now(), reason=score.rejection)
        if before != score.total:
            audit.note(
                uow,
                AuditType.state_change,
                f"Lead {lead_id}: scored again.",
                row_number=lead_id,
                before=before,
                after=score.total,
            )
        found.append(
            Rescored(
                lead_id=lead_id,
                company_name=lead.company_name,
                before=before,
                after=score.total,
                status=lead.status,
                rejection=score.rejection,
            )
        )
    await uow.session.flush()
    return found
