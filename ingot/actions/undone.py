"""What a campaign has still to do: how many leads wait for each stage."""

from __future__ import annotations

import sqlalchemy as sa

from ingot.db.tables import job_rows, lead
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.job import RowStatus, stage_job_id
from ingot.domain.lead_state import LeadStatus


async def undone(uow: SqlAlchemyUnitOfWork, campaign_id: int) -> dict[str, list[int]]:
    """The ids of the leads that each stage has still to work on, by stage, in the order of the stages.

    A lead that is to be researched is to be matched too. Who is written to is decided at the gate: the stages behind it
    count what was approved.
    """
    found = await uow.session.execute(sa.select(lead.c.id, lead.c.status).where(lead.c.campaign_id == campaign_id))
    by_status: dict[LeadStatus, list[int]] = {}
    for lead_id, status in found:
        by_status.setdefault(status, []).append(lead_id)
    discovered, researched, approved = (
        by_status.get(status, []) for status in (LeadStatus.discovered, LeadStatus.researching, LeadStatus.approved)
    )
    return {
        "research": discovered,
        "match": [*researched, *discovered],
        "deep research": await _not_done(uow, campaign_id, "deep research", approved),
        "questions": await _not_done(uow, campaign_id, "questions", approved),
        "write": approved,
    }


async def _not_done(uow: SqlAlchemyUnitOfWork, campaign_id: int, stage: str, leads: list[int]) -> list[int]:
    done = set(
        await uow.session.scalars(
            sa.select(job_rows.c.row_number).where(
                job_rows.c.job_id == stage_job_id(campaign_id, stage), job_rows.c.status == RowStatus.completed
            )
        )
    )
    return [lead_id for lead_id in leads if lead_id not in done]
