"""Stage: research, phase 2. For approved leads only: whom to write to, where, and the three talking points."""

from __future__ import annotations

from typing import Any

from prefect import task

from ingot.actions.contacts import published_contacts
from ingot.actions.grounds import grounds_of, resume_inputs, told
from ingot.actions.propose import backed_points, note_refused
from ingot.actions.read_contact_files import read_contact_files
from ingot.actions.read_site import pages_read, read_more
from ingot.actions.read_yc import KIND, DirectoryPage, directory_url, read_directory
from ingot.actions.recipient import person_evidence, published_address, recipient
from ingot.db import ledger
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.email import Tie
from ingot.domain.event import DomainEvent
from ingot.domain.intel import Evidence, EvidenceKind, Page, TalkingPoint, TalkingPointKind
from ingot.domain.job import checksum
from ingot.domain.lead import Lead
from ingot.domain.lead_source import LeadSource
from ingot.domain.lead_state import LeadStatus
from ingot.domain.user import UserProfile
from ingot.errors import AgentError
from ingot.llm.outputs import TalkingPoints
from ingot.llm.prompt import Prompt
from ingot.web.structured import PublishedPerson
from ingot.wiring import current
from tasks.lead_task import lead_task
from tasks.stage import due, run_stage


@task(name="deep research", task_run_name="deep research")
async def deep_research(campaign_id: int) -> int:
    """Phase 2 for every approved lead. Returns how many failed."""
    async with current().uow() as uow:
        inputs = await due(uow, campaign_id, LeadStatus.approved, _person_inputs)
    return await run_stage("deep research", campaign_id, inputs, research_person)


async def _person_inputs(uow: SqlAlchemyUnitOfWork, lead_id: int) -> str:
    lead, brief = await uow.leads.get(lead_id), await uow.briefs.of_lead(lead_id)
    return checksum(
        lead.company_website, brief.company_product_description if brief else "", brief.company_signals if brief else []
    )


@lead_task("research person", run_name="deep research lead {lead_id}")
async def research_person(lead_id: int, job_id: str) -> None:
    """Find who to write to and at which published address, and choose the three talking points."""
    wiring = current()
    async with wiring.uow() as uow:
        lead = await uow.leads.get(lead_id)
        known, sources = await uow.pages.of_lead(lead_id), await uow.sources.of_lead(lead_id)
        campaign = await uow.campaigns.get(lead.campaign_id or 0)
        profile = await uow.profiles.get(campaign.profile_id or 0)
    directory = await _directory(lead, known, sources)
    pages = [*known, *await read_more(wiring.web, known, now=wiring.now()), *_new(directory)]
    pages += await read_contact_files(wiring.web, pages, now=wiring.now())
    person, reason = recipient(lead, pages, profile)
    address, address_evidence = published_address(lead, pages, person)
    async with wiring.uow() as uow:
        await uow.pages.replace(lead_id, [page for page in pages if page.id is None])
        found = [*person_evidence(person, pages), *address_evidence, *(directory.evidence if directory else ())]
        evidence = await uow.evidence.keep(lead_id, found)
        await uow.contacts.keep(lead_id, published_contacts(lead, pages, sources))
        brief = await uow.briefs.of_lead(lead_id)
        match = await uow.matches.of_lead(lead_id)
        if address and await uow.suppressed.holds(address):
            lead = await uow.leads.get(lead_id)
            uow.collect_events(lead.move(LeadStatus.closed, "the address is on the suppression list"))
            await ledger.complete_row(uow, job_id, lead_id, result_ref="suppressed", now=wiring.now())
            await uow.commit()
            return
        await uow.commit()
    if brief is None or match is None:
        raise AgentError(
            f"Lead {lead_id} was not researched and matched yet.", agent="research", hint="Run the campaign again."
        )
    points, refused, engine = await _talking_points(lead, person, match.value_proposition, evidence, profile)
    async with wiring.uow() as uow:
        note_refused(uow, lead_id, refused, "talking points")
        lead = await uow.leads.get(lead_id)
        lead.person_name, lead.person_role, lead.person_email = person.name, person.role, address
        stored = await uow.briefs.of_lead(lead_id)
        assert stored is not None
        stored.person_name, stored.person_role, stored.person_background = person.name, person.role, person.background
        stored.talking_points, stored.depth, stored.engine = points, 2, engine
        stored.pages_read = pages_read(pages)
        profiles = f"Profiles, which were not read: {person.profiles}." if person.profiles else ""
        stored.note = " ".join(filter(None, (stored.note, reason, profiles)))
        uow.collect_events(
            DomainEvent(
                event_type="IntelBriefReady", aggregate_type="lead", aggregate_id=str(lead_id), payload={"depth": 2}
            )
        )
        await ledger.complete_row(uow, job_id, lead_id, result_ref=f"lead:{lead_id}", now=wiring.now())
        await uow.commit()


async def _directory(lead: Lead, known: list[Page], sources: list[LeadSource]) -> DirectoryPage | None:
    """The company's page in Y Combinator's directory, where the user allows it, the venue names it and it is not read yet."""
    wiring = current()
    url = directory_url(lead, sources) if wiring.config.yc_pages else ""
    if not url or any(page.kind == KIND for page in known):
        return None
    return await read_directory(wiring.web, url, now=wiring.now())


def _new(directory: DirectoryPage | None) -> list[Page]:
    return [directory.page] if directory else []


async def _talking_points(
    lead: Lead, person: PublishedPerson, value_proposition: str, evidence: list[Evidence], profile: UserProfile
) -> tuple[list[TalkingPoint], list[Tie], str]:
    shown = [item for item in told(evidence) if item.kind is not EvidenceKind.contact]
    inputs: dict[str, Any] = {
        "company_name": lead.company_name,
        "person_name": person.name,
        "person_role": person.role,
        "value_proposition": value_proposition,
        "evidence": [
            {
                "id": item.id,
                "kind": item.kind.value,
                "quote": item.quote,
                "dated": item.dated.date().isoformat() if item.dated else "",
            }
            for item in shown
        ],
        "resume_lines": resume_inputs(profile),
    }
    prompt = Prompt(name="talking_points", agent="research", output=TalkingPoints, inputs=inputs, lead_id=lead.id)
    completion = await current().agents.ask(prompt)
    answer = completion.value
    drafts = {
        TalkingPointKind.achievement: answer.achievement,
        TalkingPointKind.connection: answer.connection,
        TalkingPointKind.value: answer.value,
    }
    known = {item.id for item in shown}
    if strangers := [draft.evidence_id for draft in drafts.values() if draft.evidence_id not in known]:
        raise AgentError(
            f"A talking point names evidence {strangers[0]}, which lead {lead.id} does not have.",
            agent="research",
            hint="Try another model.",
        )
    grounds = grounds_of(
        lead, shown, profile, today=current().now().date(), person_name=person.name, person_role=person.role
    )
    return *backed_points(drafts, grounds), completion.model
