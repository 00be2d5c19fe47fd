"""Stages: research in two phases. The first is cheap and for every lead, the second for approved leads only."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from prefect import task

from ingot.actions.read_site import read_home, read_more
from ingot.db import ledger
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.event import DomainEvent
from ingot.domain.intel import Evidence, EvidenceKind, IntelBrief, Page, TalkingPoint, TalkingPointKind
from ingot.domain.job import checksum
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.user import UserProfile
from ingot.errors import AgentError
from ingot.llm.outputs import CompanyFacts, QuotedFact, TalkingPoints
from ingot.llm.prompt import Prompt
from ingot.venues.record import from_lead, record_text
from ingot.web.people import choose_recipient
from ingot.web.structured import PublishedPerson
from ingot.wiring import current
from tasks.lead_task import lead_task
from tasks.stage import due, run_stage

# What a model is shown of one page; the extractive engine reads the same.
_PAGE_CHARACTERS = 12_000


@task(name="research", task_run_name="research")
async def research(campaign_id: int) -> int:
    """Phase 1 for every discovered lead of the campaign. Returns how many failed."""
    async with current().uow() as uow:
        inputs = await due(uow, campaign_id, LeadStatus.discovered, _company_inputs)
    return await run_stage("research", campaign_id, inputs, research_company)


async def _company_inputs(uow: SqlAlchemyUnitOfWork, lead_id: int) -> str:
    lead = await uow.leads.get(lead_id)
    return checksum(lead.company_name, lead.company_website, lead.record)


@lead_task("research company", run_name="research lead {lead_id}")
async def research_company(lead_id: int, job_id: str) -> None:
    """Read the record and the home page, keep what they say as evidence, write the brief."""
    wiring = current()
    async with wiring.uow() as uow:
        lead = await uow.leads.get(lead_id)
    home = await read_home(wiring.web, lead, now=wiring.now())
    record = record_page(lead, now=wiring.now())
    prompt = Prompt(
        name="research_company",
        agent="research",
        output=CompanyFacts,
        inputs={
            "company_name": lead.company_name,
            "record_text": record.text,
            "record_url": record.url,
            "pages": [{"url": home.final_url, "text": home.text[:_PAGE_CHARACTERS]}] if home.text else [],
        },
        lead_id=lead_id,
    )
    completion = await wiring.agents.ask(prompt)
    facts = completion.value
    found = verified(facts, [home, record])
    if not found:
        raise AgentError(
            f"Nothing that was said of lead {lead_id} stands in its sources.",
            agent="research",
            hint="Try another model for research.",
        )
    async with wiring.uow() as uow:
        lead = await uow.leads.get(lead_id)
        await uow.pages.replace(lead_id, [page for page in (home, record) if page.url])
        await uow.evidence.keep(lead_id, found)
        await _store_brief(uow, lead, found, home, engine=completion.model)
        uow.collect_events(
            lead.move(LeadStatus.researching),
            DomainEvent(
                event_type="IntelBriefReady", aggregate_type="lead", aggregate_id=str(lead_id), payload={"depth": 1}
            ),
        )
        await ledger.complete_row(uow, job_id, lead_id, result_ref=f"lead:{lead_id}", now=wiring.now())
        await uow.commit()


def record_page(lead: Lead, *, now: datetime) -> Page:
    """The venue's record as a page that can be quoted."""
    text = record_text(from_lead(lead))
    url = lead.record.get("url") or f"{lead.source_venue}:{lead.venue_ref or lead.company_name}"
    return Page(
        url=url,
        final_url=url,
        text=text,
        title=lead.company_name,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        fetched_at=now,
    )


def verified(facts: CompanyFacts, pages: list[Page]) -> list[Evidence]:
    """The facts whose quote stands verbatim in the page they name; a model may invent, a page does not."""
    kinds = [(EvidenceKind.product, facts.product), *((EvidenceKind.signal, signal) for signal in facts.signals)]
    if facts.open_role is not None:
        kinds.append((EvidenceKind.role, facts.open_role))
    found = [_evidence(kind, fact, pages) for kind, fact in kinds]
    return [item for item in found if item is not None]


def _evidence(kind: EvidenceKind, fact: QuotedFact, pages: list[Page]) -> Evidence | None:
    for page in pages:
        if fact.source in {page.url, page.final_url} and fact.quote in page.text and page.fetched_at is not None:
            return Evidence(
                kind=kind,
                source_url=page.final_url,
                quote=fact.quote,
                statement=fact.statement,
                page_sha256=page.sha256,
                fetched_at=page.fetched_at,
            )
    return None


async def _store_brief(
    uow: SqlAlchemyUnitOfWork, lead: Lead, found: list[Evidence], home: Page, *, engine: str
) -> None:
    brief = await uow.briefs.of_lead(lead.id or 0) or await uow.briefs.add(
        IntelBrief(company_name=lead.company_name, lead_id=lead.id)
    )
    products = [item for item in found if item.kind is EvidenceKind.product]
    brief.company_website = lead.company_website
    brief.company_product_description = products[0].statement if products else ""
    brief.company_signals = [item.statement for item in found if item.kind is EvidenceKind.signal]
    brief.person_name, brief.person_role = lead.person_name, lead.person_role
    brief.from_record_only = bool(home.error) or not home.text
    brief.note = f"Made from the venue's record alone: {home.error}" if brief.from_record_only else ""
    brief.engine, brief.depth = engine, 1


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
        known = await uow.pages.of_lead(lead_id)
        campaign = await uow.campaigns.get(lead.campaign_id or 0)
        profile = await uow.profiles.get(campaign.profile_id or 0)
    pages = [*known, *await read_more(wiring.web, known, now=wiring.now())]
    person, reason = recipient(lead, pages, profile)
    address, address_evidence = published_address(lead, pages, person)
    async with wiring.uow() as uow:
        await uow.pages.replace(lead_id, [page for page in pages if page.id is None])
        evidence = await uow.evidence.keep(lead_id, [*_person_evidence(person, pages), *address_evidence])
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
    points, engine = await _talking_points(lead, person, match.value_proposition, evidence, profile)
    async with wiring.uow() as uow:
        lead = await uow.leads.get(lead_id)
        lead.person_name, lead.person_role, lead.person_email = person.name, person.role, address
        stored = await uow.briefs.of_lead(lead_id)
        assert stored is not None
        stored.person_name, stored.person_role, stored.person_background = person.name, person.role, person.background
        stored.talking_points, stored.depth, stored.engine = points, 2, engine
        stored.note = " ".join(filter(None, (stored.note, reason)))
        uow.collect_events(
            DomainEvent(
                event_type="IntelBriefReady", aggregate_type="lead", aggregate_id=str(lead_id), payload={"depth": 2}
            )
        )
        await ledger.complete_row(uow, job_id, lead_id, result_ref=f"lead:{lead_id}", now=wiring.now())
        await uow.commit()


def recipient(lead: Lead, pages: list[Page], profile: UserProfile) -> tuple[PublishedPerson, str]:
    """Who to write to, and why: the person the venue named, else the best of those on the company's pages, else nobody."""
    if lead.person_name:
        return PublishedPerson(
            name=lead.person_name, role=lead.person_role, background="", quote="", email=lead.person_email
        ), "The venue names this person."
    people = [PublishedPerson(**person) for page in pages for person in page.people]
    chosen, reason = choose_recipient(people, role_hint=profile.headline, team_size=lead.team_size)
    return chosen or PublishedPerson(name="", role="", background="", quote="", email=""), reason


def published_address(lead: Lead, pages: list[Page], person: PublishedPerson) -> tuple[str, list[Evidence]]:
    """The address to write to: given by the venue, or published on the company's pages. Never guessed; empty where there is none."""
    if lead.person_email:
        return lead.person_email, []
    listed = [(entry, page) for page in pages for entry in page.addresses]
    own = [(entry, page) for entry, page in listed if person.email and entry["email"].lower() == person.email.lower()]
    for entry, page in [*own, *(item for item in listed if item[0]["personal"] != "yes")]:
        if page.fetched_at is not None:
            kept = Evidence(
                kind=EvidenceKind.contact,
                source_url=page.final_url,
                quote=entry["quote"],
                statement=entry["email"],
                page_sha256=page.sha256,
                fetched_at=page.fetched_at,
            )
            return entry["email"], [kept]
    return "", []


def _person_evidence(person: PublishedPerson, pages: list[Page]) -> list[Evidence]:
    for page in pages:
        if person.quote and person.quote in page.text and page.fetched_at is not None:
            return [
                Evidence(
                    kind=EvidenceKind.person,
                    source_url=page.final_url,
                    quote=person.quote,
                    statement=f"{person.name}, {person.role}",
                    page_sha256=page.sha256,
                    fetched_at=page.fetched_at,
                )
            ]
    return []


async def _talking_points(
    lead: Lead, person: PublishedPerson, value_proposition: str, evidence: list[Evidence], profile: UserProfile
) -> tuple[list[TalkingPoint], str]:
    told = [item for item in evidence if item.kind is not EvidenceKind.contact]
    inputs: dict[str, Any] = {
        "company_name": lead.company_name,
        "person_name": person.name,
        "person_role": person.role,
        "value_proposition": value_proposition,
        "evidence": [{"id": item.id, "kind": item.kind.value, "quote": item.quote} for item in told],
        "resume_lines": [
            {"no": item.line, "text": item.text, "employer": item.employer} for item in profile.achievements()
        ],
    }
    prompt = Prompt(name="talking_points", agent="research", output=TalkingPoints, inputs=inputs, lead_id=lead.id)
    completion = await current().agents.ask(prompt)
    answer = completion.value
    drafts = (
        (TalkingPointKind.achievement, answer.achievement),
        (TalkingPointKind.connection, answer.connection),
        (TalkingPointKind.value, answer.value),
    )
    known = {item.id for item in told}
    if strangers := [draft.evidence_id for _, draft in drafts if draft.evidence_id not in known]:
        raise AgentError(
            f"A talking point names evidence {strangers[0]}, which lead {lead.id} does not have.",
            agent="research",
            hint="Try another model.",
        )
    return [
        TalkingPoint(kind=kind, text=draft.text, evidence_id=draft.evidence_id) for kind, draft in drafts
    ], completion.model
