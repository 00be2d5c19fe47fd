"""How a stage treats its leads: each on its own, a few at once, none twice."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
import sqlalchemy as sa

import tasks.deep_research
import tasks.gates
import tasks.match
import tasks.research
from ingot.actions.decide import decide
from ingot.db import ledger
from ingot.db.tables import audit_logs, job_rows, jobs
from ingot.domain.campaign import GateDecision
from ingot.domain.job import JobStatus, RowStatus
from ingot.domain.lead_state import LeadStatus
from ingot.errors import LLMValidationError, PageError
from ingot.wiring import Wiring, current
from tasks.lead_task import lead_task
from tasks.stage import CONCURRENCY, due, run_stage
from tests.fakes.plain_stages import CAMPAIGN, calls_made, rows_of
from tests.fakes.sample_fixtures import At
from tests.fakes.twisted_client import put_in

pytestmark = pytest.mark.long


SECRET = "rowan@adeyemi.example wrote: dear Tomasz"


async def leads_at(wiring: Wiring, status: LeadStatus) -> list[int]:
    async with wiring.uow() as uow:
        return [lead.id or 0 for lead in await uow.leads.due_for(status, campaign_id=CAMPAIGN)]


async def settle(lead_id: int, job_id: str) -> None:
    wiring = current()
    async with wiring.uow() as uow:
        await ledger.complete_row(uow, job_id, lead_id, result_ref="done", now=wiring.now())
        await uow.commit()


async def test_one_lead_of_ten_fails_is_recorded_and_the_other_nine_finish(at: At) -> None:
    async with at("known") as wiring:
        ten = await leads_at(wiring, LeadStatus.approved)
        unlucky = ten[4]

        def refuse(prompt, answer):
            if prompt.lead_id == unlucky:
                raise LLMValidationError("The answer holds no questions.", raw_content=SECRET, hint="Ask again.")
            return answer

        put_in(wiring, refuse)
        assert await tasks.gates.questions(CAMPAIGN) == 1
        rows = await rows_of(wiring, "questions")
        assert sorted(rows) == sorted(ten)
        assert {lead for lead, row in rows.items() if row.status is RowStatus.completed} == set(ten) - {unlucky}
        assert rows[unlucky].status is RowStatus.failed
        assert rows[unlucky].error_code == "LLMValidationError"
        assert rows[unlucky].error_message == "The answer holds no questions."
        async with wiring.uow() as uow:
            lead = await uow.leads.get(unlucky)
            assert lead.status is LeadStatus.failed
            assert lead.status_reason == "The answer holds no questions. Ask again."
            [job] = (await uow.session.execute(sa.select(jobs).where(jobs.c.name == "questions"))).all()
        assert (job.total_rows, job.successful_rows, job.failed_rows) == (10, 9, 1)
        assert job.status is JobStatus.completed


async def test_never_more_than_three_leads_are_worked_on_at_once_and_none_is_dropped(at: At) -> None:
    async with at("known") as wiring:
        ten = await leads_at(wiring, LeadStatus.approved)
        busy, most, seen = 0, 0, list[int]()

        async def work(lead_id: int, job_id: str) -> None:
            nonlocal busy, most
            busy += 1
            most = max(most, busy)
            seen.append(lead_id)
            await asyncio.sleep(0)
            await settle(lead_id, job_id)
            busy -= 1

        assert await run_stage("any", CAMPAIGN, dict.fromkeys(ten, "x"), work) == 0
        assert most == CONCURRENCY == 3
        assert sorted(seen) == sorted(ten)


async def test_a_stage_without_leads_does_nothing(at: At) -> None:
    async with at("pinned") as wiring:
        for stage in (
            tasks.research.research,
            tasks.match.match,
            tasks.deep_research.deep_research,
            tasks.gates.questions,
        ):
            assert await stage(CAMPAIGN) == 0
        async with wiring.uow() as uow:
            assert await uow.session.scalar(sa.select(sa.func.count()).select_from(job_rows)) == 0


async def test_a_rerun_does_only_what_is_undone(at: At) -> None:
    async with at("known") as wiring:
        inputs = dict.fromkeys(await leads_at(wiring, LeadStatus.approved), "same")
        first, second = list(inputs)[:2]
        seen, down = list[int](), True

        async def work(lead_id: int, job_id: str) -> None:
            seen.append(lead_id)
            if lead_id == first and down:
                raise PageError("The site took too long.", reason="timeout")
            await settle(lead_id, job_id)

        assert await run_stage("any", CAMPAIGN, inputs, work) == 1
        seen.clear()
        down = False
        assert await run_stage("any", CAMPAIGN, inputs | {second: "changed"}, work) == 0
        assert sorted(seen) == sorted([first, second])
        assert {row.status for row in (await rows_of(wiring, "any")).values()} == {RowStatus.completed}


async def test_a_row_that_was_being_worked_on_when_the_run_died_is_done_again(at: At) -> None:
    async with at("known") as wiring:
        inputs = dict.fromkeys(await leads_at(wiring, LeadStatus.approved), "same")
        died = next(iter(inputs))

        async def dies(lead_id: int, job_id: str) -> None:
            if lead_id == died:
                raise asyncio.CancelledError
            await settle(lead_id, job_id)

        with suppress(asyncio.CancelledError):
            await run_stage("any", CAMPAIGN, inputs, dies)
        await asyncio.sleep(0)
        assert (await rows_of(wiring, "any"))[died].status is RowStatus.processing
        await run_stage("any", CAMPAIGN, inputs, settle)
        assert (await rows_of(wiring, "any"))[died].status is RowStatus.completed


async def test_repeating_every_finished_stage_asks_no_model(at: At) -> None:
    async with at("asked") as wiring:
        before = await calls_made(wiring)
        client = put_in(wiring)
        for stage in (
            tasks.research.research,
            tasks.match.match,
            tasks.deep_research.deep_research,
            tasks.gates.questions,
        ):
            assert await stage(CAMPAIGN) == 0
        assert client.asked == []
        assert await calls_made(wiring) == before


async def test_an_unexpected_fault_is_recorded_by_class_and_line_without_its_text(at: At) -> None:
    async with at("known") as wiring:
        inputs = dict.fromkeys(await leads_at(wiring, LeadStatus.approved), "same")
        unlucky = next(iter(inputs))

        async def stumble(lead_id: int, job_id: str) -> None:
            if lead_id == unlucky:
                raise ValueError(SECRET)
            await settle(lead_id, job_id)

        assert await run_stage("any", CAMPAIGN, inputs, lead_task("stumble", run_name="stumble")(stumble).fn) == 1
        row = (await rows_of(wiring, "any"))[unlucky]
        assert row.error_code == "AgentError"
        assert row.error_message.startswith("Unexpected ValueError at test_stage.py:")
        async with wiring.uow() as uow:
            reason = (await uow.leads.get(unlucky)).status_reason
            told = (await uow.session.execute(sa.select(audit_logs.c.message, audit_logs.c.details))).all()
        assert "ValueError" in reason
        assert SECRET not in f"{reason} {told}"


async def test_a_person_who_rejects_a_lead_meanwhile_stops_that_lead_and_no_other(at: At) -> None:
    async with at("asked") as wiring:
        ten = await leads_at(wiring, LeadStatus.approved)
        unwanted = ten[0]
        inputs = dict.fromkeys(ten, "same")

        async def work(lead_id: int, job_id: str) -> None:
            if lead_id == unwanted:
                async with wiring.uow() as uow:
                    await decide(uow, lead_id, GateDecision.reject, who="cli", now=wiring.now())
                    await uow.commit()
            async with wiring.uow() as uow:
                (await uow.leads.get(lead_id)).move(LeadStatus.drafted)
                await ledger.complete_row(uow, job_id, lead_id, result_ref="done", now=wiring.now())
                await uow.commit()

        assert await run_stage("any", CAMPAIGN, inputs, work) == 1
        assert (await rows_of(wiring, "any"))[unwanted].error_code == "IllegalMove"
        assert await leads_at(wiring, LeadStatus.rejected) == [unwanted]
        assert sorted(await leads_at(wiring, LeadStatus.drafted)) == sorted(ten[1:])


async def test_leads_come_best_first(at: At) -> None:
    async with at("scouted") as wiring:

        async def nothing(_uow: object, lead_id: int) -> str:
            return str(lead_id)

        async with wiring.uow() as uow:
            inputs = await due(uow, CAMPAIGN, LeadStatus.discovered, nothing)
            scores = [(await uow.leads.get(lead_id)).initial_score for lead_id in inputs]
        assert len(inputs) == 12
        assert scores == sorted(scores, reverse=True)
