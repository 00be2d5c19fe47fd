"""Deep research: whom the directory names, read only where the user allows it, and no guess is ever written to."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path

import pytest

import tasks.deep_research
from ingot.config.manager import ConfigManager
from ingot.domain.contact import Contact, ContactKind
from ingot.domain.intel import EvidenceKind
from ingot.wiring import Wiring, opened
from tests.fakes.plain_stages import CAMPAIGN
from tests.web.site import Answer, Site, running

pytestmark = pytest.mark.long

URL = "https://www.ycombinator.com/companies/siltworks"
FOUNDER = {"full_name": "Ona Fictional", "title": "Founder & CTO", "founder_bio": "Wrote the first silt sensor."}
DATA = {"company": {"name": "Siltworks", "founders": [FOUNDER]}, "jobPostings": [{"title": "Silt Engineer"}]}
BODY = f'<p>Siltworks</p><div data-page="{escape(json.dumps({"props": DATA}))}"></div>'.encode()


@asynccontextmanager
async def approved(snapshots: Path, tmp_path: Path, *, allowed: bool) -> AsyncIterator[tuple[Wiring, Site, int]]:
    """The approved sample campaign with one lead in it, whose page stands in the directory; nothing else can be read."""
    home = shutil.copytree(snapshots / "approved", tmp_path / "home")
    manager = ConfigManager(home)
    manager.set("yc_pages", "true" if allowed else "false")
    with running({"/companies/siltworks": Answer(body=BODY)}) as site:
        async with opened(manager=manager, offline=True, replay=site.origin) as wiring:
            async with wiring.uow() as uow:
                leads = await uow.leads.of_campaign(CAMPAIGN)
                chosen = next(lead for lead in leads if lead.status.value == "approved")
                for lead in leads:
                    lead.campaign_id = CAMPAIGN if lead is chosen else None
                chosen.record = {**chosen.record, "url": URL}
                for page in await uow.pages.of_lead(chosen.id or 0):
                    page.addresses, page.people, page.links = [], [], []
                guess = Contact(lead_id=chosen.id or 0, address="ona@silt.example", kind=ContactKind.guessed)
                await uow.contacts.keep(chosen.id or 0, [guess])
                await uow.commit()
            yield wiring, site, chosen.id or 0


async def test_the_directory_is_not_asked_unless_the_user_allows_it(snapshots: Path, tmp_path: Path) -> None:
    async with approved(snapshots, tmp_path, allowed=False) as (wiring, site, lead_id):
        assert await tasks.deep_research.deep_research(CAMPAIGN) == 0
        async with wiring.uow() as uow:
            lead = await uow.leads.get(lead_id)
            assert (lead.person_name, lead.person_email) == ("", "")
        assert "/companies/siltworks" not in site.pages


async def test_allowed_it_gives_recipient_background_and_jobs_with_their_quotes(
    snapshots: Path, tmp_path: Path
) -> None:
    async with approved(snapshots, tmp_path, allowed=True) as (wiring, site, lead_id):
        assert await tasks.deep_research.deep_research(CAMPAIGN) == 0
        assert site.pages.count("/companies/siltworks") == 1
        async with wiring.uow() as uow:
            lead, brief = await uow.leads.get(lead_id), await uow.briefs.of_lead(lead_id)
            evidence = await uow.evidence.of_lead(lead_id)
            [page] = [page for page in await uow.pages.of_lead(lead_id) if page.kind == "yc"]
        assert brief is not None
        assert (lead.person_name, brief.person_background) == ("Ona Fictional", "Wrote the first silt sensor.")
        told = {item.kind: item for item in evidence if item.page_sha256 == page.sha256}
        assert "Wrote the first silt sensor." in told[EvidenceKind.person].quote
        assert told[EvidenceKind.hiring].statement == "Silt Engineer"
        assert all(item.quote in page.text for item in told.values())
        assert any("yc_pages" in entry["why"] for entry in brief.pages_read)


async def test_a_guess_is_never_written_to_without_a_yes(snapshots: Path, tmp_path: Path) -> None:
    async with approved(snapshots, tmp_path, allowed=True) as (wiring, _, lead_id):
        assert await tasks.deep_research.deep_research(CAMPAIGN) == 0
        async with wiring.uow() as uow:
            assert [item.kind for item in await uow.contacts.of_lead(lead_id)] == [ContactKind.guessed]
            assert (await uow.leads.get(lead_id)).person_email == ""
