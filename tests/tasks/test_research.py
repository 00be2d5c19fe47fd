"""Research: only what stands in a page is evidence; who is written to, and at which published address."""

from __future__ import annotations

import re

import tasks.deep_research
import tasks.research
from ingot.actions.read_site import read_more
from ingot.domain.intel import EvidenceKind
from ingot.domain.job import RowStatus
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.suppression import UnsubscribedEmail
from ingot.wiring import Wiring
from tests.fakes.plain_stages import CAMPAIGN, rows_of
from tests.fakes.sample_fixtures import At
from tests.fakes.twisted_client import put_in

INVENTED = "We raised 40 million dollars from Saltmarsh Capital in June."


async def keep_only(wiring: Wiring, *companies: str) -> None:
    """Take the other leads out of the campaign: two show what twelve would."""
    async with wiring.uow() as uow:
        for lead in await uow.leads.of_campaign(CAMPAIGN):
            if lead.company_name not in companies:
                lead.campaign_id = None
        await uow.commit()


async def lead_of(wiring: Wiring, company: str) -> Lead:
    async with wiring.uow() as uow:
        return next(lead for lead in await uow.leads.of_campaign(CAMPAIGN) if lead.company_name == company)


async def test_a_quote_that_does_not_stand_in_the_page_is_not_evidence(at: At) -> None:
    async with at("scouted") as wiring:
        await keep_only(wiring, "Siltworks", "Freightlark")
        asked = await lead_of(wiring, "Siltworks")

        def invent(prompt, answer):
            forged = answer.signals[0].model_copy(update={"quote": INVENTED, "statement": INVENTED})
            return answer.model_copy(update={"signals": [forged, *answer.signals[1:]]})

        put_in(wiring, invent)
        assert await tasks.research.research(CAMPAIGN) == 0
        async with wiring.uow() as uow:
            evidence = await uow.evidence.of_lead(asked.id or 0)
            brief = await uow.briefs.of_lead(asked.id or 0)
            pages = await uow.pages.of_lead(asked.id or 0)
        assert brief is not None
        assert evidence
        assert INVENTED not in {item.quote for item in evidence}
        assert INVENTED not in brief.company_signals
        for item in evidence:
            [page] = [page for page in pages if page.final_url == item.source_url]
            assert item.quote in page.text
            assert item.page_sha256 == page.sha256


async def test_a_model_that_invents_everything_fails_its_lead(at: At) -> None:
    async with at("scouted") as wiring:
        await keep_only(wiring, "Siltworks", "Freightlark")
        liar = await lead_of(wiring, "Siltworks")

        def invent(prompt, answer):
            if prompt.lead_id != liar.id:
                return answer
            forged = answer.product.model_copy(update={"quote": INVENTED})
            return answer.model_copy(update={"product": forged, "signals": [], "open_role": None})

        put_in(wiring, invent)
        assert await tasks.research.research(CAMPAIGN) == 1
        failed = await lead_of(wiring, "Siltworks")
        assert failed.status is LeadStatus.failed
        assert "stands in its sources" in failed.status_reason


async def test_an_unreachable_site_gives_a_brief_from_the_record_that_says_so(at: At) -> None:
    async with at("researched") as wiring:
        lead = await lead_of(wiring, "Pantrykin")
        async with wiring.uow() as uow:
            brief = await uow.briefs.of_lead(lead.id or 0)
            evidence = await uow.evidence.of_lead(lead.id or 0)
        assert brief is not None
        assert brief.from_record_only
        assert re.fullmatch(r"Made from the venue's record alone: the site could not be read \(\w+\)\.", brief.note)
        assert {item.source_url for item in evidence} == {lead.record["url"]}


async def test_person_address_and_talking_points_rest_on_stored_evidence(at: At) -> None:
    async with at("known") as wiring:
        named = addressed = 0
        async with wiring.uow() as uow:
            for lead in await uow.leads.due_for(LeadStatus.approved, campaign_id=CAMPAIGN):
                evidence = {item.id: item for item in await uow.evidence.of_lead(lead.id or 0)}
                pages = await uow.pages.of_lead(lead.id or 0)
                brief = await uow.briefs.of_lead(lead.id or 0)
                assert brief is not None
                assert [point.kind.value for point in brief.talking_points] == ["achievement", "connection", "value"]
                assert all(point.evidence_id in evidence for point in brief.talking_points)
                assert all(any(item.quote in page.text for page in pages) for item in evidence.values())
                people = [item for item in evidence.values() if item.kind is EvidenceKind.person]
                contacts = [item for item in evidence.values() if item.kind is EvidenceKind.contact]
                assert [f"{lead.person_name}, {lead.person_role}"] * bool(lead.person_name) == [
                    item.statement for item in people
                ]
                assert [lead.person_email] * bool(lead.person_email) == [item.statement for item in contacts]
                named, addressed = named + bool(people), addressed + bool(contacts)
        assert (named, addressed) == (6, 4)


async def test_a_suppressed_address_closes_the_lead_before_a_model_is_asked(at: At) -> None:
    async with at("approved") as wiring:
        await keep_only(wiring, "Tensorquay", "Freightlark")
        async with wiring.uow() as uow:
            await uow.suppressed.add(UnsubscribedEmail(email_address="idris@tensorquay.example"))
            await uow.commit()
        client = put_in(wiring)
        assert await tasks.deep_research.deep_research(CAMPAIGN) == 0
        closed = await lead_of(wiring, "Tensorquay")
        assert closed.status is LeadStatus.closed
        assert closed.status_reason == "the address is on the suppression list"
        assert closed.person_email == ""
        assert closed.id not in {prompt.lead_id for prompt in client.asked}
        row = (await rows_of(wiring, "deep research"))[closed.id or 0]
        assert (row.status, row.result_ref) == (RowStatus.completed, "suppressed")


async def test_a_talking_point_on_evidence_the_lead_does_not_have_fails_the_lead(at: At) -> None:
    async with at("approved") as wiring:
        await keep_only(wiring, "Siltworks", "Freightlark")
        liar = await lead_of(wiring, "Siltworks")

        def borrow(prompt, answer):
            if prompt.lead_id != liar.id:
                return answer
            return answer.model_copy(update={"value": answer.value.model_copy(update={"evidence_id": 999_999})})

        put_in(wiring, borrow)
        assert await tasks.deep_research.deep_research(CAMPAIGN) == 1
        assert "evidence 999999" in (await lead_of(wiring, "Siltworks")).status_reason


async def test_a_run_that_died_after_reading_reads_no_page_again(at: At) -> None:
    async with at("known") as wiring:
        lead = await lead_of(wiring, "Freightlark")
        async with wiring.uow() as uow:
            known = await uow.pages.of_lead(lead.id or 0)
        first = [page for page in known if page.url in {"https://freightlark.example/", lead.record["url"]}]
        assert len(known) > len(first)
        assert await read_more(wiring.web, known, now=wiring.now()) == []
        again = await read_more(wiring.web, known[: len(first) + 1], now=wiring.now())
        assert [page.url for page in again] == [page.url for page in known[len(first) + 1 :]]
