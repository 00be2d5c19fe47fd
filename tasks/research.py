"""Stage: research, phase 1. Cheap, and for every lead: what the company makes and what happened there."""

from __future__ import annotations

import hashlib
from datetime import datetime

from prefect import task

from ingot.actions.read_site import pages_read, read_first, read_home
from ingot.db import ledger
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.event import DomainEvent
from ingot.domain.intel import Evidence, EvidenceKind, IntelBrief, Page
from ingot.domain.job import checksum
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.signals import date_in, date_near, is_fresh, is_old, topic_of
from ingot.errors import AgentError
from ingot.llm.outputs import CompanyFacts, QuotedFact
from ingot.llm.prompt import Prompt
from ingot.venues.record import from_lead, record_text
from ingot.wiring import current
from tasks.lead_task import lead_task
from tasks.stage import due, run_stage

# What a model is shown of one page; the extractive engine reads the same.
_PAGE_CHARACTERS = 12_000
_TOPICS = {EvidenceKind.product: "product", EvidenceKind.role: "hiring"}


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
    """Read the record, the home page and one or two more, keep what they say as evidence, write the brief."""
    wiring = current()
    async with wiring.uow() as uow:
        lead = await uow.leads.get(lead_id)
    now = wiring.now()
    home = await read_home(wiring.web, lead, now=now)
    others = await read_first(wiring.web, home, now=now)
    record = record_page(lead, now=now)
    prompt = Prompt(
        name="research_company",
        agent="research",
        output=CompanyFacts,
        inputs={
            "company_name": lead.company_name,
            "record_text": record.text,
            "record_url": record.url,
            "pages": [_shown(page) for page in (home, *others) if page.text],
            "today": now.date().isoformat(),
        },
        lead_id=lead_id,
    )
    completion = await wiring.agents.ask(prompt)
    facts = completion.value
    found = [*verified(facts, [home, record, *others], now=now), *named_roles(lead, record, now=now)]
    if not found:
        raise AgentError(
            f"Nothing that was said of lead {lead_id} stands in its sources.",
            agent="research",
            hint="Try another model for research.",
        )
    async with wiring.uow() as uow:
        lead = await uow.leads.get(lead_id)
        await uow.pages.replace(lead_id, [page for page in (home, record, *others) if page.url])
        await uow.evidence.keep(lead_id, found)
        await _store_brief(uow, lead, found, [home, *others], engine=completion.model)
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


def verified(facts: CompanyFacts, pages: list[Page], *, now: datetime) -> list[Evidence]:
    """The facts whose quote stands verbatim in the page they name; a model may invent, a page does not.

    What happened more than a year ago is no signal: with its year in the quote it is kept as a fact, else not at all, since a
    letter would tell it as if it were new.
    """
    kinds = [(EvidenceKind.product, facts.product), *((EvidenceKind.signal, signal) for signal in facts.signals)]
    if facts.open_role is not None:
        kinds.append((EvidenceKind.role, facts.open_role))
    found = [_evidence(kind, fact, pages, now=now) for kind, fact in kinds]
    kept = [item for item in found if item is not None]
    # Dated news first, so that whoever takes the first takes the freshest.
    return sorted(kept, key=lambda item: (item.kind is not EvidenceKind.product, not is_fresh(item.dated, now=now)))


def named_roles(lead: Lead, record: Page, *, now: datetime) -> list[Evidence]:
    """The roles that the venue's record names as open, each as it stands there."""
    return [
        Evidence(
            kind=EvidenceKind.role,
            source_url=record.final_url,
            quote=role,
            statement=role,
            topic=_TOPICS[EvidenceKind.role],
            page_sha256=record.sha256,
            fetched_at=now,
        )
        for role in from_lead(lead).roles
        if role in record.text
    ]


def _evidence(kind: EvidenceKind, fact: QuotedFact, pages: list[Page], *, now: datetime) -> Evidence | None:
    for page in pages:
        if fact.source in {page.url, page.final_url} and fact.quote in page.text and page.fetched_at is not None:
            dated = _dated(fact.quote, page, now=now) if kind is EvidenceKind.signal else None
            if is_old(dated, now=now):
                if date_in(fact.quote, now=now) is None:
                    return None
                kind = EvidenceKind.fact
            return Evidence(
                kind=kind,
                source_url=page.final_url,
                quote=fact.quote,
                statement=fact.statement,
                topic=_TOPICS.get(kind) or topic_of(fact.quote),
                dated=dated,
                page_sha256=page.sha256,
                fetched_at=page.fetched_at,
            )
    return None


def _dated(quote: str, page: Page, *, now: datetime) -> datetime | None:
    """When it happened: as the quote or the line beside it says; a post's own date counts for what it tells."""
    return date_near(page.text, quote, now=now) or (page.published_at if page.kind == "news" else None)


def _shown(page: Page) -> dict[str, str]:
    dated = page.published_at.date().isoformat() if page.published_at and page.kind == "news" else ""
    return {"url": page.final_url, "text": page.text[:_PAGE_CHARACTERS], "dated": dated}


async def _store_brief(
    uow: SqlAlchemyUnitOfWork, lead: Lead, found: list[Evidence], pages: list[Page], *, engine: str
) -> None:
    home = pages[0]
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
    brief.pages_read = pages_read(pages)
    brief.engine, brief.depth = engine, 1
