"""Runs one stage over a campaign's leads: only what the ledger has as undone, a few at once, one failure no one else's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from ingot.db import ledger
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.job import JobMode
from ingot.domain.lead_state import MOVES, LeadStatus
from ingot.errors import BudgetExceeded, IngotError
from ingot.wiring import Wiring, current
from tasks.guarded import unexpected

# Model calls and company pages; more at once gains little and is impolite to both.
CONCURRENCY = 3

LeadWork = Callable[[int, str], Awaitable[None]]


async def run_stage(
    stage: str, campaign_id: int, inputs: Mapping[int, str], work: LeadWork, *, concurrency: int = CONCURRENCY
) -> int:
    """Do `work(lead_id, job_id)` for every lead of `inputs` (lead id -> checksum of what the stage reads of it).

    `work` completes its ledger row itself, in the transaction of its result. Returns how many leads failed; each is
    recorded with its reason and moved to `failed`. Raises `BudgetExceeded` after the leads under way: those not done
    keep their status and are taken up by a later run.
    """
    if not inputs:
        return 0
    wiring = current()
    async with wiring.uow() as uow:
        campaign = await uow.campaigns.get(campaign_id)
        mode = JobMode.auto if campaign.options["review"] == "auto" else JobMode.confirm
        command = campaign.options["command"]
        job_id, todo = await ledger.open_job(
            uow, campaign_id=campaign_id, stage=stage, mode=mode, command=command, inputs=inputs, now=wiring.now()
        )
        await uow.commit()
    slots, outcomes, stops = asyncio.Semaphore(concurrency), list[bool](), list[BudgetExceeded]()
    wiring.progress(stage, len(inputs) - len(todo), len(inputs))

    async def one(lead_id: int) -> None:
        async with slots:
            if stops:
                return
            try:
                outcomes.append(await _attempt(wiring, work, lead_id, job_id))
            except BudgetExceeded as stop:
                stops.append(stop)
                return
        wiring.progress(stage, len(inputs) - len(todo) + len(outcomes), len(inputs))

    await asyncio.gather(*(one(lead_id) for lead_id in todo))
    async with wiring.uow() as uow:
        if stops:
            await ledger.pause_job(uow, job_id, stops[0])
        else:
            await ledger.close_job(uow, job_id, now=wiring.now())
        await uow.commit()
    if stops:
        raise stops[0]
    return outcomes.count(False)


async def _attempt(wiring: Wiring, work: LeadWork, lead_id: int, job_id: str) -> bool:
    async with wiring.uow() as uow:
        await ledger.start_row(uow, job_id, lead_id)
        await uow.commit()
    try:
        await work(lead_id, job_id)
    except BudgetExceeded:
        async with wiring.uow() as uow:
            await ledger.put_back_row(uow, job_id, lead_id)
            await uow.commit()
        raise
    except IngotError as error:
        await _record_failure(wiring, lead_id, job_id, error)
    except Exception as error:  # noqa: BLE001 - recorded as this lead's failure, for the reason below
        # A fault of ours, or of Prefect, in one lead must not cost the other nine.
        await _record_failure(wiring, lead_id, job_id, unexpected(error, f"working on lead {lead_id}"))
    else:
        return True
    return False


async def _record_failure(wiring: Wiring, lead_id: int, job_id: str, error: IngotError) -> None:
    async with wiring.uow() as uow:
        await ledger.fail_row(uow, job_id, lead_id, error, now=wiring.now())
        lead = await uow.leads.get(lead_id)
        if LeadStatus.failed in MOVES[lead.status]:  # not where a person decided about the lead meanwhile
            uow.collect_events(lead.move(LeadStatus.failed, str(error)))
        await uow.commit()


async def due(
    uow: SqlAlchemyUnitOfWork,
    campaign_id: int,
    status: LeadStatus,
    checksum: Callable[[SqlAlchemyUnitOfWork, int], Awaitable[str]],
) -> dict[int, str]:
    """The campaign's leads at `status`, best first, each with the checksum of its inputs."""
    leads = await uow.leads.due_for(status, campaign_id=campaign_id)
    return {lead.id: await checksum(uow, lead.id) for lead in leads if lead.id is not None}
