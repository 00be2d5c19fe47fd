"""Scouting: venues side by side, a broken one no other's business, nothing twice."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import tasks.scout
from ingot.db.tables import lead
from ingot.domain.campaign import Venue
from ingot.errors import VenueError
from ingot.sample import SampleServer
from ingot.venues.skeleton import Reads, skeleton
from ingot.venues.source_name import source_name
from ingot.wiring import Wiring
from tasks.scout import SCOUTED
from tests.fakes.plain_stages import CAMPAIGN
from tests.fakes.sample_fixtures import At

pytestmark = pytest.mark.long


MISSING = {"kind": "csv", "source": "/nowhere/rowan-adeyemi/companies.csv"}
MISSING_NAME = source_name("csv", MISSING["source"])


async def choose(wiring: Wiring, *venues: dict[str, Any]) -> None:
    async with wiring.uow() as uow:
        campaign = await uow.campaigns.get(CAMPAIGN)
        campaign.options = {**campaign.options, "venues": list(venues)}
        await uow.commit()


async def venue(wiring: Wiring, name: str) -> Venue:
    async with wiring.uow() as uow:
        found = await uow.venues.named(name)
    assert found is not None
    return found


async def count_leads(wiring: Wiring) -> int:
    async with wiring.uow() as uow:
        return await uow.session.scalar(sa.select(sa.func.count()).select_from(lead)) or 0


async def test_every_company_of_the_venue_becomes_a_lead_of_the_campaign(at: At) -> None:
    async with at("pinned") as wiring:
        assert await tasks.scout.scout(CAMPAIGN) == 12
        found = await venue(wiring, "yc")
        assert (found.lead_count_discovered, found.last_error) == (12, "")
        async with wiring.uow() as uow:
            assert len(await uow.leads.of_campaign(CAMPAIGN)) == 12
            assert (await uow.campaigns.get(CAMPAIGN)).total_leads == 12


async def test_one_of_two_venues_down_does_not_stop_the_other(at: At, sample: SampleServer) -> None:
    async with at("pinned") as wiring:
        await choose(wiring, MISSING, {"kind": "yc", "source": sample.url})
        assert await tasks.scout.scout(CAMPAIGN) == 12
        assert "could not be opened" in (await venue(wiring, MISSING_NAME)).last_error
        assert (await venue(wiring, "yc")).last_error == ""


async def test_all_venues_down_is_an_error_and_stands_at_each(at: At, sample: SampleServer) -> None:
    async with at("pinned") as wiring:
        await choose(wiring, MISSING, {"kind": "yc", "source": f"{sample.url}nowhere/"})
        with pytest.raises(VenueError):
            await tasks.scout.scout(CAMPAIGN)
        assert (await venue(wiring, MISSING_NAME)).last_error
        assert (await venue(wiring, "yc")).last_error
        assert await count_leads(wiring) == 0


async def test_a_venue_that_works_again_loses_its_error(at: At, tmp_path: Path) -> None:
    path = tmp_path / "companies.csv"
    async with at("pinned") as wiring:
        await choose(wiring, {"kind": "csv", "source": str(path)})
        with pytest.raises(VenueError):
            await tasks.scout.scout(CAMPAIGN)
        path.write_text("company,website,description\nOrnbridge,https://ornbridge.example,Payments in Go.\n")
        assert await tasks.scout.scout(CAMPAIGN) == 1
        assert (await venue(wiring, source_name("csv", str(path)))).last_error == ""


async def test_no_company_that_fits_is_an_error_that_says_what_to_loosen(at: At) -> None:
    async with at("pinned") as wiring:
        async with wiring.uow() as uow:
            campaign = await uow.campaigns.get(CAMPAIGN)
            campaign.options = {**campaign.options, "filters": {"tags": ["Beekeeping"]}}
            await uow.commit()
        with pytest.raises(VenueError, match="--tag"):
            await tasks.scout.scout(CAMPAIGN)


async def test_scouting_again_adds_nothing(at: At, sample: SampleServer) -> None:
    async with at("scouted") as wiring:
        asked = len(sample.requests)
        assert await tasks.scout.scout(CAMPAIGN) == 0
        assert len(sample.requests) == asked
        assert await count_leads(wiring) == 12


async def test_a_run_that_died_between_finding_and_claiming_goes_on(at: At) -> None:
    async with at("pinned") as wiring:
        assert len(await tasks.scout.visit(CAMPAIGN, 0)) == 12
        assert await tasks.scout.scout(CAMPAIGN) == 12
        async with wiring.uow() as uow:
            assert len(await uow.leads.of_campaign(CAMPAIGN)) == 12


async def test_a_second_campaign_over_the_same_venue_adds_no_lead(at: At) -> None:
    async with at("written") as wiring:
        async with wiring.uow() as uow:
            first = await uow.campaigns.get(CAMPAIGN)
            second = await uow.campaigns.add(
                type(first)(campaign_name="second", options={**first.options, SCOUTED: 0}, profile_id=first.profile_id)
            )
            await uow.commit()
        with pytest.raises(VenueError, match="in another campaign already"):
            await tasks.scout.scout(second.id or 0)
        assert await count_leads(wiring) == 12


async def test_a_campaign_takes_only_what_its_own_filters_found(at: At) -> None:
    async with at("pinned") as wiring:
        await limit_to(wiring, 2)
        assert await tasks.scout.scout(CAMPAIGN) == 4  # eight others stay free
        async with wiring.uow() as uow:
            first = await uow.campaigns.get(CAMPAIGN)
            options = {**first.options, SCOUTED: 0, "limit": 10, "filters": {"tags": ["Robotics"]}}
            second = await uow.campaigns.add(
                type(first)(campaign_name="robots", options=options, profile_id=first.profile_id)
            )
            await uow.commit()
        assert await tasks.scout.scout(second.id or 0) == 1
        async with wiring.uow() as uow:
            assert [item.company_name for item in await uow.leads.of_campaign(second.id or 0)] == [
                "Plinthworks Robotics"
            ]


async def test_a_higher_limit_takes_more_leads_in_the_next_run(at: At) -> None:
    async with at("pinned") as wiring:
        await limit_to(wiring, 2)
        assert await tasks.scout.scout(CAMPAIGN) == 4
        assert await tasks.scout.scout(CAMPAIGN) == 0
        await limit_to(wiring, 5)
        assert await tasks.scout.scout(CAMPAIGN) == 6


async def limit_to(wiring: Wiring, limit: int) -> None:
    async with wiring.uow() as uow:
        campaign = await uow.campaigns.get(CAMPAIGN)
        campaign.options = {**campaign.options, "limit": limit}
        await uow.commit()


async def test_visits_are_called_by_number_so_that_no_source_reaches_prefect(at: At) -> None:
    async with at("pinned") as wiring:
        await choose(wiring, MISSING)
        with pytest.raises(VenueError) as refused:
            await tasks.scout.visit(CAMPAIGN, 0)
    # A flow's log shows causes too.
    assert "rowan" not in "".join(traceback.format_exception(refused.value))


async def test_two_lists_have_a_row_each_and_a_company_in_both_is_one_lead(at: At, tmp_path: Path) -> None:
    lists = [tmp_path / "one.csv", tmp_path / "two.csv"]
    lists[0].write_text("company,website\nOrnbridge,https://ornbridge.example\n")
    lists[1].write_text("company,website\nOrnbridge,ornbridge.example\nTallow,https://tallow.example\n")
    async with at("pinned") as wiring:
        await choose(wiring, *({"kind": "csv", "source": str(path)} for path in lists))
        assert await tasks.scout.scout(CAMPAIGN) == 2
        rows = [await venue(wiring, source_name("csv", str(path))) for path in lists]
        assert sorted(row.lead_count_discovered for row in rows) in ([0, 2], [1, 1])
        async with wiring.uow() as uow:
            both = await uow.leads.known_as("host:ornbridge.example", user_id=wiring.user_id)
            assert both is not None
            assert len(await uow.sources.of_lead(both.id or 0)) == 2


async def test_a_venue_of_the_users_own_is_scouted_and_a_broken_one_is_told(at: At) -> None:
    async with at("pinned") as wiring:
        directory = wiring.base_dir / "venues"
        directory.mkdir(mode=0o700, exist_ok=True)
        for name, text in {"mine": skeleton("mine", Reads.json), "broken": "1 / 0"}.items():
            (directory / f"{name}.py").write_text(text)
            (directory / f"{name}.py").chmod(0o600)
        await choose(wiring, {"kind": "broken", "source": None}, {"kind": "mine", "source": None})
        assert await tasks.scout.scout(CAMPAIGN) == 1
        assert "cannot be used" in (await venue(wiring, "broken")).last_error
        assert (await venue(wiring, "mine")).lead_count_discovered == 1
