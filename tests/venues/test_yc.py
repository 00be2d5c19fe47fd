from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingot.errors import PageError, VenueError
from ingot.venues.filters import Filters
from ingot.venues.record import VenueRecord
from ingot.venues.yc import YCVenue, parse_company, source_path
from ingot.web.client import WebClient
from tests.venues.companies import company
from tests.web.site import Answer, Site, running

FIXTURE = Path(__file__).parents[1] / "fixtures/yc_companies.json"


def as_json(value: object) -> Answer:
    return Answer(body=json.dumps(value).encode(), content_type="application/json")


async def fetch(site: Site, filters: Filters, *, base: str = "/api/") -> tuple[list[VenueRecord], YCVenue]:
    venue = YCVenue(f"{site.origin}{base}")
    async with WebClient(allow_loopback_source=site.origin, delay=0) as web:
        return await venue.fetch(web, filters), venue


@pytest.mark.parametrize("base", ["/api/", "/api", "/", ""])
async def test_the_mirror_is_found_with_or_without_its_api_path(base):
    with running({"/api/companies/hiring.json": as_json([company(1), company(2, team_size=90)])}) as site:
        found, _ = await fetch(site, Filters(max_team=50), base=base)
    assert [record.company_name for record in found] == ["Quillmark 1"]


@pytest.mark.parametrize(
    ("filters", "path"),
    [
        (Filters(), "companies/hiring.json"),
        (Filters(hiring=False), "companies/all.json"),
        (Filters(batch="W25"), "batches/winter-2025.json"),
    ],
)
def test_the_smallest_list_that_holds_every_match_is_read(filters, path):
    assert source_path(filters) == path


async def test_a_record_without_a_name_is_refused_alone():
    with running(
        {"/api/companies/hiring.json": as_json([company(1), company(2, name=""), company(3, name="   ")])}
    ) as site:
        found, venue = await fetch(site, Filters())
    assert [record.venue_ref for record in found] == ["9000001"]
    assert venue.refused == ["record 2 has no name", "record 3 has no name"]


@pytest.mark.parametrize(
    "answer",
    [
        as_json([]),
        as_json({"companies": [company()]}),
        as_json([{"identifier": 1, "title": "Quillmark"}]),
        Answer(body=b"<html>Down for maintenance", content_type="text/html"),
        Answer(body=b"[{", content_type="application/json"),
        Answer(status=503),
        Answer(status=404),
    ],
)
async def test_a_broken_source_is_an_error_and_no_companies(answer):
    with running({"/api/companies/hiring.json": answer}) as site, pytest.raises(VenueError) as caught:
        await fetch(site, Filters())
    assert caught.value.hint
    assert caught.value.agent == "scout"


async def test_the_reason_of_a_failed_fetch_is_kept():
    with running({"/api/companies/hiring.json": Answer(status=503)}) as site, pytest.raises(VenueError) as caught:
        await fetch(site, Filters())
    assert (caught.value.fields["reason"], caught.value.fields["status"]) == ("status", 503)
    assert isinstance(caught.value.__cause__, PageError)


def test_null_texts_and_unknown_sizes_are_empty():
    record = parse_company(
        company(one_liner=None, long_description=None, team_size=0, tags=None, isHiring=None, regions=["Remote", 7])
    )
    assert (record.one_liner, record.description, record.team_size, record.tags) == ("", "", None, ())
    assert (record.hiring, record.regions) == (None, ("Remote",))


async def test_the_hundred_fixture_companies_are_read():
    companies = json.loads(FIXTURE.read_text())
    with running({"/api/companies/hiring.json": as_json(companies)}) as site:
        found, venue = await fetch(site, Filters())
    assert not venue.refused
    assert len(found) == len(companies) == 100
