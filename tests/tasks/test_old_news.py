"""What happened more than a year ago is never a signal, and the brief says which pages were read."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ingot.actions.inspect import lead_page
from ingot.domain.intel import EvidenceKind, Page
from ingot.llm.offline.company import facts
from ingot.llm.outputs import CompanyFacts
from tasks.research import verified
from tests.fakes.plain_stages import CAMPAIGN
from tests.fakes.sample_fixtures import At

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
URL = "https://millpond.example/blog"
PRODUCT = "Millpond builds a queue for sensor data."
OLD_SAID = "In March 2024 we launched the first planner."
OLD_UNSAID = "We launched a scheduler for mills on rivers."
FRESH = "We launched a planner for ferry lines."
PAGE = f"{PRODUCT}\n{OLD_SAID}\n12 May 2023\n{OLD_UNSAID}\n3 June 2026\n{FRESH}"


def answered() -> CompanyFacts:
    quotes = [OLD_SAID, OLD_UNSAID, FRESH]
    told = [{"statement": quote, "quote": quote, "source": URL} for quote in (PRODUCT, *quotes)]
    return CompanyFacts.model_validate({"product": told[0], "signals": told[1:]})


def test_old_news_is_a_fact_where_it_says_its_year_and_nothing_where_it_does_not() -> None:
    page = Page(url=URL, final_url=URL, text=PAGE, sha256="0" * 64, fetched_at=NOW)
    found = {item.quote: item for item in verified(answered(), [page], now=NOW)}
    assert found[FRESH].kind is EvidenceKind.signal
    assert (found[FRESH].topic, found[FRESH].dated) == ("launch", datetime(2026, 6, 3, tzinfo=UTC))
    assert found[OLD_SAID].kind is EvidenceKind.fact
    assert OLD_UNSAID not in found
    assert found[PRODUCT].topic == "product"


def test_the_date_of_a_post_counts_for_what_it_tells_and_that_of_a_home_page_does_not() -> None:
    for kind, wanted in (("news", set()), ("home", {FRESH})):
        page = Page(
            url=URL,
            final_url=URL,
            text=f"{PRODUCT}\nNews of the mill\n{FRESH}",
            kind=kind,
            published_at=datetime(2022, 1, 1, tzinfo=UTC),
            sha256="0" * 64,
            fetched_at=NOW,
        )
        kept = {item.quote for item in verified(answered(), [page], now=NOW) if item.kind is EvidenceKind.signal}
        assert kept == wanted


def test_the_extractive_engine_prefers_what_is_new() -> None:
    inputs = {
        "company_name": "Millpond",
        "record_text": PRODUCT,
        "record_url": "https://venue.example/millpond",
        "pages": [{"url": URL, "text": PAGE, "dated": ""}],
        "today": "2026-11-22",
    }
    signals = [item["quote"] for item in facts(inputs)["signals"]]
    assert signals[0] == FRESH
    assert OLD_UNSAID not in signals


@pytest.mark.long
async def test_the_brief_and_the_lead_page_say_what_was_read_and_why(at: At) -> None:
    async with at("known") as wiring, wiring.uow() as uow:
        lead = next(lead for lead in await uow.leads.of_campaign(CAMPAIGN) if lead.company_name == "Freightlark")
        brief = await uow.briefs.of_lead(lead.id or 0)
        assert brief is not None
        assert brief.pages_read[0]["why"] == "the company's website, as the venue gives it"
        assert all(page["outcome"].startswith("read, ") for page in brief.pages_read)
        shown = await lead_page(uow, lead.id or 0)
        assert shown["tables"]["Pages read"] == brief.pages_read
