"""Stage: a letter for every approved lead, each sentence tied to its source."""

from __future__ import annotations

from prefect import task

from ingot.actions.draft import load_dossier, store_letter, write_letter
from ingot.actions.lead_lines import assign_lead_lines
from ingot.db import ledger
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.job import checksum
from ingot.domain.lead_state import LeadStatus
from ingot.wiring import current
from tasks.lead_task import lead_task
from tasks.stage import due, run_stage


@task(name="write", task_run_name="write")
async def write(campaign_id: int) -> int:
    """Write to every approved lead of the campaign. Returns how many could not be written truthfully."""
    async with current().uow() as uow:
        await assign_lead_lines(uow, campaign_id)
        await uow.commit()
        inputs = await due(uow, campaign_id, LeadStatus.approved, _inputs)
    return await run_stage("write", campaign_id, inputs, write_lead)


async def _inputs(uow: SqlAlchemyUnitOfWork, lead_id: int) -> str:
    dossier = await load_dossier(uow, lead_id)
    return checksum(dossier.inputs([]), dossier.generation, current().agents.model_of("writer"))


@lead_task("write letter", run_name="write to lead {lead_id}")
async def write_lead(lead_id: int, job_id: str) -> None:
    """Draft, check, and put the letter into the review queue. `UnbackedClaims` where no draft passes the gate."""
    wiring = current()
    async with wiring.uow() as uow:
        dossier = await load_dossier(uow, lead_id)
    letter, ties, follow_ups = await write_letter(
        dossier, agents=wiring.agents, uow=wiring.uow, config=wiring.config, now=wiring.now()
    )
    async with wiring.uow() as uow:
        stored = await store_letter(uow, dossier, letter, ties, follow_ups, now=wiring.now())
        await ledger.complete_row(uow, job_id, lead_id, result_ref=f"email:{stored.id}", now=wiring.now())
        await uow.commit()
