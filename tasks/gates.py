"""Stages: the gate, where a person decides, and the questions that steer a draft."""

from __future__ import annotations

from prefect import task

from ingot.actions.decide import approve_best, open_gates
from ingot.actions.grounds import resume_inputs, told
from ingot.db import ledger
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.email import Question
from ingot.domain.intel import EvidenceKind
from ingot.domain.job import checksum
from ingot.domain.lead_state import LeadStatus
from ingot.errors import AgentError
from ingot.llm.outputs import Questions
from ingot.llm.prompt import Prompt
from ingot.wiring import current
from tasks.lead_task import lead_task
from tasks.stage import due, run_stage


@task(name="gate", task_run_name="gate")
async def gate(campaign_id: int) -> int:
    """Open a gate per matched lead, and with `--review auto` approve the best. Returns how many approved leads wait for a letter."""
    wiring = current()
    async with wiring.uow() as uow:
        campaign = await uow.campaigns.get(campaign_id)
        await open_gates(uow, campaign)
        if campaign.options["review"] == "auto":
            await approve_best(uow, campaign, now=wiring.now())
        await uow.commit()
    if wiring.desk is not None:
        await wiring.desk.decide_leads(campaign_id)
    async with wiring.uow() as uow:
        # First noted, then counted: a yes that comes in between is counted too, or starts a run of its own.
        await uow.gates.take_up(campaign_id, now=wiring.now())
        approved = len(await uow.leads.due_for(LeadStatus.approved, campaign_id=campaign_id))
        await uow.commit()
    return approved


@task(name="questions", task_run_name="questions")
async def questions(campaign_id: int) -> int:
    """Make the questions for every approved lead that has none, and ask them if somebody is there. Returns how many failed."""
    async with current().uow() as uow:
        inputs = await due(uow, campaign_id, LeadStatus.approved, _inputs)
    failed = await run_stage("questions", campaign_id, inputs, make_questions)
    if (desk := current().desk) is not None:
        await desk.answer_questions(campaign_id)
    return failed


async def _inputs(uow: SqlAlchemyUnitOfWork, lead_id: int) -> str:
    brief = await uow.briefs.of_lead(lead_id)
    return checksum(brief.company_product_description, [point.text for point in brief.talking_points]) if brief else ""


@lead_task("make questions", run_name="questions for lead {lead_id}")
async def make_questions(lead_id: int, job_id: str) -> None:
    """Two or three questions that come from this lead's brief; unanswered until the user answers."""
    wiring = current()
    async with wiring.uow() as uow:
        lead, brief = await uow.leads.get(lead_id), await uow.briefs.of_lead(lead_id)
        evidence = await uow.evidence.of_lead(lead_id)
        campaign = await uow.campaigns.get(lead.campaign_id or 0)
        profile = await uow.profiles.get(campaign.profile_id or 0)
    if brief is None:
        raise AgentError(f"Lead {lead_id} has no brief.", agent="writer", hint="Run the campaign again.")
    prompt = Prompt(
        name="questions",
        agent="writer",
        output=Questions,
        inputs={
            "company_name": lead.company_name,
            "product": "\n".join(item.quote for item in told(evidence) if item.kind is EvidenceKind.product),
            "talking_points": [{"kind": point.kind.value, "text": point.text} for point in brief.talking_points],
            "evidence": [{"id": item.id, "kind": item.kind.value, "quote": item.quote} for item in told(evidence)],
            "resume_lines": resume_inputs(profile),
        },
        lead_id=lead_id,
    )
    completion = await wiring.agents.ask(prompt)
    async with wiring.uow() as uow:
        for old in await uow.questions.of_lead(lead_id):
            await uow.questions.delete(old)
        for position, item in enumerate(completion.value.questions, start=1):
            await uow.questions.add(
                Question(lead_id=lead_id, position=position, text=item.text, options=item.options, topic=item.topic)
            )
        await ledger.complete_row(
            uow, job_id, lead_id, result_ref=f"questions:{len(completion.value.questions)}", now=wiring.now()
        )
        await uow.commit()
