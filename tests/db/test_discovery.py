"""One company is one lead, whoever names it first; every source is kept."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from ingot.db.models import Lead, LeadSource
from ingot.db.tables import lead, lead_key, lead_source
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.lead import dedupe_keys
from ingot.domain.lead_state import LeadStatus
from tests.fakes.entities import NOW, USER, add_campaign
from tests.fakes.processes import at_once, discover_all

UOW = Callable[[], SqlAlchemyUnitOfWork]


def found(name: str = "Millpond", **fields: Any) -> tuple[Lead, tuple[str, ...]]:
    given = {"source_venue": "yc", "venue_ref": "", "company_website": "", "initial_score": 0.5, **fields}
    item = Lead(company_name=name, record={"company_name": name, "url": given.pop("url", "")}, **given)
    keys = dedupe_keys(
        email=item.person_email, venue=item.source_venue, venue_ref=item.venue_ref, website=item.company_website,
        company_name=name,
    )  # fmt: skip
    return item, keys


async def store(uow: UOW, *records: tuple[Lead, tuple[str, ...]], user_id: str = USER) -> list[int]:
    async with uow() as work:
        stored = await work.leads.add_discovered(list(records), user_id=user_id)
        await work.commit()
    return stored.lead_ids


async def sources(uow: UOW, lead_id: int) -> list[LeadSource]:
    async with uow() as work:
        return await work.sources.of_lead(lead_id)


async def count(uow: UOW, table: sa.Table = lead) -> int:
    async with uow() as work:
        return await work.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


async def test_a_company_found_in_two_venues_is_one_lead_with_both_sources(uow: UOW):
    [first] = await store(
        uow, found(venue_ref="7", company_website="https://millpond.example", url="https://yc.example/7")
    )
    [again] = await store(uow, found(source_venue="hn", venue_ref="9", person_email="bo@millpond.example"))
    assert first == again
    kept = await sources(uow, first)
    assert [(item.venue_name, item.venue_ref, item.url) for item in kept] == [
        ("yc", "7", "https://yc.example/7"),
        ("hn", "9", ""),
    ]
    assert kept[0].record == {"company_name": "Millpond", "url": "https://yc.example/7"}
    assert kept[0].created_at is not None
    async with uow() as work:
        merged = await work.leads.get(first)
        assert (merged.person_email, merged.source_venue) == ("bo@millpond.example", "yc")
        assert merged.created_at is not None


async def test_the_same_record_again_changes_nothing(uow: UOW):
    record = {"venue_ref": "7", "company_website": "https://millpond.example", "location": "Ghent"}
    first = await store(uow, found(**record))
    async with uow() as work:
        before = (await work.leads.get(first[0])).updated_at
    assert await store(uow, found(**record), found(**record)) == first * 2
    assert await count(uow, lead_source) == 1
    assert await count(uow, lead_key) == 2
    async with uow() as work:
        assert (await work.leads.get(first[0])).updated_at == before


async def test_two_people_of_one_company_are_one_lead_and_both_are_kept_as_sources(uow: UOW):
    listed = [
        found(source_venue="csv:list", person_name=name, person_email=f"{name}@millpond.example")
        for name in ("kim", "bo")
    ]
    first, second = await store(uow, *listed)
    assert first == second
    assert [item.venue_ref for item in await sources(uow, first)] == [
        "email:kim@millpond.example",
        "email:bo@millpond.example",
    ]
    async with uow() as work:
        assert (await work.leads.get(first)).person_email == "kim@millpond.example"


async def test_two_leads_that_a_third_record_joins_become_one(uow: UOW):
    first, second = await store(uow, found(venue_ref="7"), found(company_website="millpond.example", location="Ghent"))
    assert first != second
    [third] = await store(uow, found(venue_ref="7", company_website="millpond.example"))
    assert third == first
    assert await count(uow) == 1
    assert await count(uow, lead_source) == 2
    async with uow() as work:
        merged = await work.leads.get(first)
        assert (merged.location, merged.company_website) == ("Ghent", "millpond.example")
        assert await work.leads.known_as("host:millpond.example", user_id=USER) is merged


async def test_a_lead_that_is_worked_on_takes_the_other_in_and_stays_as_it_is(uow: UOW):
    free, taken = await store(uow, found(venue_ref="7", location="Ghent"), found(company_website="millpond.example"))
    async with uow() as work:
        campaign = await add_campaign(work)
        item = await work.leads.get(taken)
        item.campaign_id, item.status = campaign.id, LeadStatus.matched
        await work.commit()
    assert await store(uow, found(venue_ref="7", company_website="millpond.example", team_size=4)) == [taken]
    async with uow() as work:
        assert await work.leads.find(free) is None
        item = await work.leads.get(taken)
        assert (item.location, item.team_size, item.campaign_id) == ("", None, campaign.id)


async def test_two_leads_that_are_worked_on_stay_apart(uow: UOW):
    ids = await store(uow, found(venue_ref="7"), found(company_website="millpond.example"))
    async with uow() as work:
        for lead_id in ids:
            (await work.leads.get(lead_id)).status = LeadStatus.sent
        await work.commit()
    again = found(venue_ref="7", company_website="millpond.example")
    assert await store(uow, again) == ids[:1]
    assert [len(await sources(uow, lead_id)) for lead_id in ids] == [1, 1]
    assert await count(uow) == 2


async def test_a_suppressed_address_is_not_added_to_a_known_lead(uow: UOW):
    async with uow() as work:
        await work.suppressed.suppress("@millpond.example", reason="asked", now=NOW)
        await work.commit()
    [lead_id] = await store(uow, found(company_website="millpond.example"))
    person = {"person_name": "Bo Reed", "person_email": "bo@millpond.example", "location": "Ghent"}
    assert await store(uow, found(company_website="millpond.example", **person)) == [lead_id]
    async with uow() as work:
        item = await work.leads.get(lead_id)
    assert (item.person_email, item.person_name, item.location) == ("", "", "Ghent")


async def test_posts_of_one_company_are_told_apart_by_their_links(uow: UOW):
    posts = [found(source_venue="rss:jobs", url=f"https://jobs.example/{number}") for number in (1, 2)]
    [lead_id, _] = await store(uow, *posts)
    assert len(await sources(uow, lead_id)) == 2


async def test_each_user_has_sources_and_keys_of_their_own(uow: UOW):
    [mine] = await store(uow, found(venue_ref="7"))
    [theirs] = await store(uow, found(venue_ref="7", user_id="user_2"), user_id="user_2")
    assert mine != theirs
    assert await count(uow, lead_key) == 2


def world(seed: int) -> list[tuple[str, dict[str, str]]]:
    """Records of few companies that share numbers, hosts, mailboxes and names in every way."""
    dice = random.Random(seed)
    records = []
    for number in range(dice.randint(2, 9)):
        fields = {
            "source_venue": dice.choice(["yc", "hn", "csv:a"]),
            "venue_ref": dice.choice(["", "1", "2", "3"]),
            "company_website": dice.choice(["", "", "a.example", "b.example", "linkedin.com/company/x"]),
            "person_email": dice.choice(["", "", "kim@a.example", "bo@b.example", "lou@gmail.com"]),
            "url": f"https://post.example/{number}",
        }
        records.append((dice.choice(["Millpond", "Tallow", "Otter"]), fields))
    return records


@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
async def test_any_order_of_arrival_gives_the_same_leads_and_sources(uow: UOW, seed: int):
    dice, told = random.Random(seed), []
    for attempt in range(3):
        user, records = f"user_{seed}_{attempt}", world(seed)
        if attempt:
            dice.shuffle(records)
        while records:
            size = dice.randint(1, 3)
            batch, records = records[:size], records[size:]
            await store(uow, *(found(name, **fields, user_id=user) for name, fields in batch), user_id=user)
        told.append(await _leads_of(uow, user))
    assert told[0] == told[1] == told[2]


async def _leads_of(uow: UOW, user: str) -> set[tuple[frozenset[str], frozenset[tuple[str, str]]]]:
    """Every lead as its keys and its sources."""
    async with uow() as work:
        keys = (
            await work.session.execute(sa.select(lead_key.c.lead_id, lead_key.c.key).where(lead_key.c.user_id == user))
        ).all()
        named = sa.select(lead_source.c.lead_id, lead_source.c.venue_name, lead_source.c.venue_ref).join(lead)
        rows = (await work.session.execute(named.where(lead.c.user_id == user))).all()
        ids = set((await work.session.scalars(sa.select(lead.c.id).where(lead.c.user_id == user))).all())
    assert ids == {row.lead_id for row in keys} == {row.lead_id for row in rows}
    return {
        (
            frozenset(row.key for row in keys if row.lead_id == lead_id),
            frozenset((row.venue_name, row.venue_ref) for row in rows if row.lead_id == lead_id),
        )
        for lead_id in ids
    }


@pytest.mark.long
async def test_four_processes_that_scout_at_once_store_every_company_once(uow: UOW, database_url: str):
    await asyncio.to_thread(at_once, discover_all, *[(database_url, seed, 60) for seed in range(4)])
    async with uow() as work:
        hosts = (await work.session.scalars(sa.select(lead_key.c.key).where(lead_key.c.key.like("host:%")))).all()
        leads = await work.session.scalar(sa.select(sa.func.count()).select_from(lead))
        named = await work.session.scalar(sa.select(sa.func.count()).select_from(lead_source))
    assert len(hosts) == len(set(hosts)) == leads == 60
    assert named == 4 * 60
