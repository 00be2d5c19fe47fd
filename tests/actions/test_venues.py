from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ingot.actions.discover import discover
from ingot.actions.new_venue import make_venue
from ingot.actions.venues import Imported, import_list, opened_venue, record_visit, try_venue, venue_lines
from ingot.db.tables import lead, lead_source
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.first_look import FirstLook
from ingot.errors import ConfigError, ValidationError
from ingot.venues.record import VenueRecord
from ingot.venues.skeleton import Reads
from ingot.web.client import WebClient
from tests.fakes.entities import NOW, USER

UnitOfWork = Callable[[], SqlAlchemyUnitOfWork]
LIST = """Kunde;Webseite;E-Mail
Quillmark;quillmark.example;
;lost.example;
Otherworks;;bo@otherworks.example
Quillmark GmbH;;ada@quillmark.example
"""


@pytest.fixture
def companies(tmp_path: Path) -> Path:
    path = tmp_path / "companies.csv"
    path.write_text(LIST)
    return path


async def take_in(uow: UnitOfWork, path: Path, *, dry_run: bool = False, **chosen: str) -> Imported:
    async with WebClient() as web:
        return await import_list(
            uow, web, str(path), chosen=chosen or {"company": "Kunde"}, user_id=USER, now=NOW, dry_run=dry_run
        )


def put(directory: Path, name: str, text: str) -> None:
    directory.chmod(0o700)
    (directory / name).write_text(text)
    (directory / name).chmod(0o600)


async def count(uow: UnitOfWork, table: Any) -> int:
    async with uow() as work:
        return await work.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


async def test_a_dry_run_says_what_would_happen_and_stores_nothing(uow: UnitOfWork, companies: Path) -> None:
    told = await take_in(uow, companies, dry_run=True)
    assert [(item.number, item.company, item.is_new, item.row) for item in told.taken] == [
        (2, "Quillmark", True, None),
        (4, "Otherworks", True, None),
        (5, "Quillmark GmbH", False, 2),
    ]
    assert [(item.number, item.reason) for item in told.refused] == [(3, "has no company")]
    assert told.columns.fields == {"Kunde": "company", "Webseite": "website", "E-Mail": "email"}
    assert await count(uow, lead) == 0
    async with uow() as work:
        assert await work.venues.everyone() == []


async def test_an_import_stores_leads_without_a_campaign_and_again_finds_them_known(
    uow: UnitOfWork, companies: Path
) -> None:
    await take_in(uow, companies)
    async with uow() as work:
        leads = await work.leads.list()
        [venue] = await work.venues.everyone()
    assert [(item.company_name, item.status.value, item.campaign_id) for item in leads] == [
        ("Quillmark", "discovered", None),
        ("Otherworks", "discovered", None),
    ]
    assert leads[0].person_email == "ada@quillmark.example"
    assert (venue.venue_type, venue.lead_count_discovered, venue.last_run_at) == ("csv", 2, NOW)
    again = await take_in(uow, companies)
    assert [item.lead_id for item in again.taken] == [leads[0].id, leads[1].id, leads[0].id]
    assert (await count(uow, lead), await count(uow, lead_source)) == (2, 3)


async def test_the_columns_that_were_chosen_are_used_when_a_campaign_reads_the_list(
    uow: UnitOfWork, companies: Path, tmp_path: Path
) -> None:
    await take_in(uow, companies)
    async with uow() as work, WebClient() as web:
        venue = await opened_venue(work, "csv", str(companies), directory=tmp_path)
        records, refused = await try_venue(venue, web)
    assert [record.company_name for record in records] == ["Quillmark", "Otherworks", "Quillmark GmbH"]
    assert refused == ["row 3 has no company"]


async def test_a_row_that_cannot_be_stored_loses_no_other(uow: UnitOfWork, tmp_path: Path) -> None:
    path = tmp_path / "companies.jsonl"
    path.write_text('{"company": "Quill\\u0000mark"}\n{"company": "\\ud800"}\n{"company": "Otherworks"}\n')
    told = await take_in(uow, path, company="company")
    assert told.kind == "json"
    assert [item.number for item in told.refused] == [1, 2]
    assert await count(uow, lead) == 1


async def test_a_list_without_the_column_is_refused_and_leaves_no_trace(uow: UnitOfWork, companies: Path) -> None:
    with pytest.raises(ValidationError):
        await take_in(uow, companies, company="Firma")
    assert await count(uow, lead) == 0


async def test_venues_are_listed_with_their_visits_and_errors(uow: UnitOfWork, tmp_path: Path) -> None:
    put(tmp_path, "broken.py", "1 / 0")
    async with uow() as work:
        await record_visit(work, "csv:a-1", {"kind": "csv", "source": "a"}, now=NOW, added=2)
        await record_visit(work, "csv:b-2", {"kind": "csv", "source": "b"}, now=NOW, error="gone")
        await record_visit(work, "csv:a-1", {"kind": "csv", "source": "a"}, now=NOW, added=3)
        lines = await venue_lines(work, directory=tmp_path)
    told = {line.name: line for line in lines}
    assert (told["csv:a-1"].found, told["csv:a-1"].last_run_at) == (5, NOW)
    assert told["csv:b-2"].last_error == "gone"
    assert (told["yc"].origin, told["yc"].enabled, told["yc"].last_run_at) == ("built in", True, None)
    assert (told["broken"].enabled, told["broken"].found) == (False, 0)
    assert "ZeroDivisionError" in told["broken"].error


async def test_records_are_stored_in_portions_of_a_stream(uow: UnitOfWork) -> None:
    records = (VenueRecord(company_name=f"Company {n}", venue_ref=str(n)) for n in range(11))
    finds = await discover(uow, records, venue_name="yc", look=FirstLook(None), user_id=USER, portion_size=4)
    assert len(set(finds.lead_ids)) == len(finds.added) == 11
    records = (VenueRecord(company_name=name, venue_ref=str(n)) for n, name in enumerate(["Company 0", "", "New"], 10))
    again = await discover(uow, records, venue_name="yc", look=FirstLook(None), user_id=USER, portion_size=4)
    assert (len(again.lead_ids), again.added) == (2, {1})


def test_a_new_venue_is_a_private_file_and_never_replaces_one(tmp_path: Path) -> None:
    path = make_venue(tmp_path, "city_jobs", Reads.csv, source="https://city.example/jobs.csv")
    assert path.stat().st_mode & 0o777 == 0o600
    assert 'SOURCE = "https://city.example/jobs.csv"' in path.read_text()
    for name in ("city_jobs", "yc", "City", "", "../x"):
        with pytest.raises(ConfigError):
            make_venue(tmp_path, name, Reads.json)
    with pytest.raises(ConfigError, match="not a web address"):
        make_venue(tmp_path, "other", Reads.json, source='https://a.example/"+evil+"')
    assert [item.name for item in tmp_path.iterdir()] == ["city_jobs.py"]
