"""Stage: how well each researched company fits the user, in numbers and in one sentence."""

from __future__ import annotations

from prefect import task

from ingot.actions.decide import decide
from ingot.actions.grounds import grounds_of, resume_inputs, told
from ingot.actions.propose import Proposal, note_refused, propose
from ingot.actions.score_lead import BY_PREFERENCES, choices_of, score_lead
from ingot.db import ledger
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import GateDecision
from ingot.domain.event import DomainEvent
from ingot.domain.intel import Evidence, EvidenceKind
from ingot.domain.job import checksum
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.match import Confidence, Match
from ingot.domain.scoring import Score
from ingot.domain.user import UserProfile
from ingot.errors import AgentError
from ingot.llm.outputs import ValueProposition
from ingot.llm.prompt import Prompt
from ingot.wiring import current
from tasks.lead_task import lead_task
from tasks.stage import due, run_stage

_CONFIDENCES = list(Confidence)


@task(name="match", task_run_name="match")
async def match(campaign_id: int) -> int:
    """Score every researched lead of the campaign. Returns how many failed."""
    async with current().uow() as uow:
        inputs = await due(uow, campaign_id, LeadStatus.researching, _inputs)
    return await run_stage("match", campaign_id, inputs, match_lead)


async def _inputs(uow: SqlAlchemyUnitOfWork, lead_id: int) -> str:
    lead, profile = await _lead_and_profile(uow, lead_id)
    evidence = [item.quote for item in await uow.evidence.of_lead(lead_id)]
    choices = await choices_of(uow, lead.user_id)
    return checksum(lead.record, evidence, profile.resume_raw_text, profile.version, choices.plain())


async def _lead_and_profile(uow: SqlAlchemyUnitOfWork, lead_id: int) -> tuple[Lead, UserProfile]:
    lead = await uow.leads.get(lead_id)
    campaign = await uow.campaigns.get(lead.campaign_id or 0)
    return lead, await uow.profiles.get(campaign.profile_id or 0)


@lead_task("match lead", run_name="match lead {lead_id}")
async def match_lead(lead_id: int, job_id: str) -> None:
    """Score one lead in code, and ask for the value proposition; nothing is asked about a lead that the user's rules reject."""
    wiring = current()
    async with wiring.uow() as uow:
        lead, profile = await _lead_and_profile(uow, lead_id)
        evidence = await uow.evidence.of_lead(lead_id)
        brief = await uow.briefs.of_lead(lead_id)
        choices = await choices_of(uow, lead.user_id)
    if brief is None:
        raise AgentError(f"Lead {lead_id} has no brief.", agent="matcher", hint="Run the campaign again.")
    score = score_lead(lead, evidence, profile, choices, this_year=wiring.now().year)
    proposal = None
    if not score.rejection:
        proposal = await propose(
            _prompt(lead, evidence, profile, score),
            grounds_of(lead, evidence, profile, today=wiring.now().date()),
            agents=wiring.agents,
        )
    async with wiring.uow() as uow:
        await _record(uow, lead_id, score, proposal)
        if score.rejection:
            await decide(
                uow, lead_id, GateDecision.reject, who=BY_PREFERENCES, now=wiring.now(), reason=score.rejection
            )
        await ledger.complete_row(uow, job_id, lead_id, result_ref=f"match:{score.total}", now=wiring.now())
        await uow.commit()


async def _record(uow: SqlAlchemyUnitOfWork, lead_id: int, score: Score, proposal: Proposal | None) -> None:
    """Store the match and move the lead."""
    lead = await uow.leads.get(lead_id)
    match = Match(
        lead_id=lead_id,
        match_score=score.total,
        confidence_level=score.confidence,
        breakdown=score.breakdown(),
    )
    if proposal is not None:
        note_refused(uow, lead_id, proposal.refused, "value proposition")
        match.value_proposition, match.engine = proposal.text, proposal.engine
        # The engine may know less than the facts suggest, never more.
        match.confidence_level = min(proposal.confidence, score.confidence, key=_CONFIDENCES.index)
    await uow.matches.add(match)
    uow.collect_events(
        lead.move(LeadStatus.matched),
        DomainEvent(
            event_type="ValuePropGenerated",
            aggregate_type="lead",
            aggregate_id=str(lead_id),
            payload={"score": score.total},
        ),
    )


def _prompt(lead: Lead, evidence: list[Evidence], profile: UserProfile, score: Score) -> Prompt[ValueProposition]:
    lines = resume_inputs(profile)
    if not lines:
        raise AgentError(
            "The résumé shows no line of work to write about.",
            agent="matcher",
            hint="Import one with jobs and what you did there: ingot profile import FILE.",
        )
    quotes = told(evidence)
    return Prompt(
        name="value_proposition",
        agent="matcher",
        output=ValueProposition,
        inputs={
            "company_name": lead.company_name,
            "product": "\n".join(item.quote for item in quotes if item.kind is EvidenceKind.product),
            "signals": [item.quote for item in quotes if item.kind is EvidenceKind.signal],
            "headline": profile.headline,
            "resume_lines": lines,
            "breakdown": score.breakdown(),
            "problems": [],
        },
        lead_id=lead.id,
    )
