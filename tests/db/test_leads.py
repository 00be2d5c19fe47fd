import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ingot.db.models import Lead, LeadKey, User
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Gate
from ingot.domain.lead import dedupe_keys
from ingot.domain.lead_state import LeadStatus
from ingot.domain.match import Match
from ingot.errors import DBError
from ingot.venues.record import to_lead
from ingot.venues.yc import parse_company
from tests.fakes.entities import USER, add_campaign, add_matched, make_lead

UOW = Callable[[], SqlAlchemyUnitOfWork]
COMPANIES = json.loads((Path(__file__).parents[1] / "fixtures" / "yc_companies.json").read_text())


def with_keys(lead: Lead) -> tuple[Lead, tuple[str, ...]]:
    return lead, dedupe_keys(
        email=lead.person_email,
        venue=lead.source_venue,
        venue_ref=lead.venue_ref,
        website=lead.company_website,
        company_name=lead.company_name,
    )


async def discover(uow: UOW, *leads: Lead, user_id: str = USER) -> int:
    async with uow() as work:
        stored = await work.leads.add_discovered([with_keys(lead) for lead in leads], user_id=user_id)
        await work.commit()
    return len(stored.added)


def of(address: str) -> Lead:
    return make_lead(person_email=address, venue_ref="", company_website="")


@pytest.mark.parametrize(
    "again",
    ["BO@millpond.example", "bo+jobs@millpond.example", " bo@Millpond.EXAMPLE ", "Bo+a+b@millpond.example"],
)
async def test_one_mailbox_is_one_lead_however_it_is_spelled(uow: UOW, again: str):
    assert await discover(uow, of("bo@millpond.example")) == 1
    assert await discover(uow, of(again)) == 0
    assert await discover(uow, of("b.o@tallow.example")) == 1


@pytest.mark.parametrize("again", ["b.o.reed@gmail.com", "BoReed+work@googlemail.com"])
async def test_dots_do_not_make_another_gmail_mailbox(uow: UOW, again: str):
    assert await discover(uow, of("boreed@gmail.com"), of(again)) == 1


async def test_a_company_is_known_by_its_number_and_by_its_website(uow: UOW):
    assert await discover(uow, make_lead(1)) == 1
    assert await discover(uow, make_lead(1, company_website="https://moved.example")) == 0
    assert await discover(uow, make_lead(2, company_website="http://www.Millpond1.example/about")) == 0
    assert await discover(uow, make_lead(2)) == 0  # by now both numbers are known as that company's
    assert await discover(uow, make_lead(3)) == 1


async def test_companies_on_a_shared_host_are_different_companies(uow: UOW):
    found = [make_lead(n, company_website=f"https://linkedin.com/company/{n}") for n in (1, 2)]
    assert await discover(uow, *found) == 2


async def test_within_one_batch_the_first_wins(uow: UOW):
    assert await discover(uow, make_lead(1), make_lead(1, company_name="Another"), make_lead(2)) == 2
    async with uow() as work:
        assert [lead.company_name for lead in await work.leads.list()] == ["Millpond 1", "Millpond 2"]


async def test_each_user_has_leads_of_their_own(uow: UOW):
    assert await discover(uow, make_lead(1)) == 1
    assert await discover(uow, make_lead(1, user_id="user_2"), user_id="user_2") == 1


async def test_nothing_found_stores_nothing(uow: UOW):
    assert await discover(uow) == 0


async def test_a_hundred_records_are_found_once(uow: UOW):
    def leads() -> Iterable[Lead]:
        return [to_lead(parse_company(raw), venue_name="yc", user_id=USER) for raw in COMPANIES]

    assert len(COMPANIES) == 100
    first = await discover(uow, *leads())
    assert 90 <= first <= 100
    assert await discover(uow, *leads()) == 0
    async with uow() as work:
        assert len(await work.leads.list(limit=500)) == first
        known = await work.leads.known_as(f"yc:{COMPANIES[0]['id']}", user_id=USER)
        assert known is not None
        assert known.company_name == COMPANIES[0]["name"]
        assert await work.leads.known_as("yc:none", user_id=USER) is None


async def test_more_keys_than_one_statement_takes_are_looked_up(uow: UOW):
    keys = tuple(f"key-{number}" for number in range(10_001))
    async with uow() as work:
        [first] = (await work.leads.add_discovered([(make_lead(1), (keys[0], keys[-1]))], user_id=USER)).lead_ids
        again = await work.leads.add_discovered([(make_lead(1), keys)], user_id=USER)
    assert again.lead_ids == [first]
    assert again.added == frozenset()


async def test_of_many_leads_the_best_free_ones_are_told(uow: UOW):
    async with uow() as work:
        campaign = await add_campaign(work)
        found = [with_keys(make_lead(number, initial_score=number / 10)) for number in range(6)]
        ids = (await work.leads.add_discovered(found, user_id=USER)).lead_ids
        (await work.leads.get(ids[5])).campaign_id = campaign.id
        await work.session.flush()
        assert await work.leads.free_among(ids, user_id=USER, limit=3) == [ids[4], ids[3], ids[2]]
        assert await work.leads.free_among(ids[:2], user_id=USER, limit=3) == [ids[1], ids[0]]
        assert await work.leads.free_among([], user_id=USER, limit=3) == []


async def test_the_database_itself_keeps_two_leads_from_sharing_a_key(uow: UOW):
    await discover(uow, make_lead(1))
    async with uow() as work:
        lead = await work.leads.add(make_lead(2))
        work.session.add(LeadKey(key="yc:1", user_id=USER, lead_id=lead.id))
        with pytest.raises(IntegrityError):
            await work.session.flush()


async def test_a_campaign_takes_its_best_leads_and_names_settle_ties(uow: UOW):
    async with uow() as work:
        campaign = await add_campaign(work)
        scores = {"Dun": 0.2, "Birch": 0.9, "Cedar": 0.5, "Alder": 0.5}
        work.session.add_all(make_lead(company_name=name, initial_score=score) for name, score in scores.items())
        await work.commit()
    async with uow() as work:
        assert await work.leads.claim_for(campaign.id or 0, user_id=USER, count=2) == 2
        await work.commit()
    async with uow() as work:
        assert [lead.company_name for lead in await work.leads.of_campaign(campaign.id or 0)] == ["Birch", "Alder"]
        assert await work.leads.claim_for(campaign.id or 0, user_id=USER, count=9) == 2
        assert await work.leads.claim_for(campaign.id or 0, user_id=USER, count=9) == 0


async def test_what_is_not_free_is_not_claimed(uow: UOW):
    async with uow() as work:
        mine, other = await add_campaign(work, "mine"), await add_campaign(work, "other")
        work.session.add_all(
            [
                make_lead(1, campaign_id=other.id),
                make_lead(2, status=LeadStatus.closed),
                make_lead(3, user_id="user_2"),
            ]
        )
        assert await work.leads.claim_for(mine.id or 0, user_id=USER, count=9) == 0


async def test_due_leads_are_those_at_a_status_best_first(uow: UOW):
    async with uow() as work:
        campaign = await add_campaign(work)
        for number, score in ((1, 0.1), (2, 0.9), (3, 0.5)):
            await work.leads.add(make_lead(number, initial_score=score, campaign_id=campaign.id))
        await work.leads.add(make_lead(4, campaign_id=campaign.id, status=LeadStatus.matched))
        due = await work.leads.due_for(LeadStatus.discovered, campaign_id=campaign.id or 0)
        assert [lead.venue_ref for lead in due] == ["2", "3", "1"]
        assert len(await work.leads.due_for(LeadStatus.discovered, campaign_id=campaign.id or 0, limit=2)) == 2
        assert await work.leads.count_by_status(campaign_id=campaign.id or 0) == {
            LeadStatus.discovered: 3,
            LeadStatus.matched: 1,
        }


async def test_gates_are_missing_for_good_matches_that_nobody_was_asked_about(uow: UOW):
    async with uow() as work:
        campaign = await add_campaign(work)
        low = await add_matched(work, campaign, 1, score=39)
        first = await add_matched(work, campaign, 2, score=80)
        second = await add_matched(work, campaign, 3, score=40)
        asked = await add_matched(work, campaign, 4, score=90)
        await work.gates.add(Gate(campaign_id=campaign.id or 0, lead_id=asked.id or 0))
        found = await work.leads.matched_without_gate(campaign.id or 0, min_score=40)
    assert [lead.id for lead, _ in found] == [first.id, second.id]
    assert [match.match_score for _, match in found] == [80, 40]
    assert low.id not in {lead.id for lead, _ in found}


async def test_leads_are_shown_with_their_scores_those_without_last(uow: UOW):
    async with uow() as work:
        campaign = await add_campaign(work)
        await work.leads.add(make_lead(1, initial_score=0.9))
        matched = await add_matched(work, campaign, 2, score=0)
        everything = await work.leads.shown(user_id=USER, status=None, campaign_id=None, limit=10)
        assert [(lead.venue_ref, score) for lead, score in everything] == [("2", 0), ("1", None)]
        only = await work.leads.shown(user_id=USER, status=LeadStatus.matched, campaign_id=campaign.id, limit=10)
        assert [lead.id for lead, _ in only] == [matched.id]
        assert await work.leads.shown(user_id="user_2", status=None, campaign_id=None, limit=10) == []


async def test_what_is_not_there_is_named_with_a_hint(uow: UOW):
    async with uow() as work:
        with pytest.raises(DBError, match="There is no lead 7") as caught:
            await work.leads.get(7)
        assert await work.leads.find(7) is None
    assert caught.value.fields == {"entity": "lead", "key": 7}
    assert "ingot leads list" in caught.value.hint


async def test_a_repository_lists_in_pages_and_deletes(uow: UOW):
    async with uow() as work:
        for number in range(5):
            lead = await work.leads.add(make_lead(number))
        await work.matches.add(Match(lead_id=lead.id, match_score=1))
        assert [item.venue_ref for item in await work.leads.list(limit=2, offset=2)] == ["2", "3"]
        await work.leads.delete(lead)
        assert len(await work.leads.list()) == 4
        assert (await work.session.scalars(sa.select(Match))).all() == []


async def test_an_entity_with_a_text_for_an_id_is_found_by_it(uow: UOW):
    async with uow() as work:
        work.session.add(User(id="user_1", email="imre@valk.example"))
        await work.session.flush()
        assert (await work.session.get_one(User, "user_1")).email == "imre@valk.example"
