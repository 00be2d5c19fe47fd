from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.actions.lead_lines import assign_lead_lines, closeness
from ingot.db.models import Campaign, Lead
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.user import Achievement
from tests.fakes.entities import add_campaign, add_matched, make_lead, make_profile

pytestmark = pytest.mark.long

UOW = Callable[[], SqlAlchemyUnitOfWork]
LINES = [item.line for item in make_profile().achievements()]
QUOTES = (
    "We run Kafka for truck positions.",
    "Our search API is slow.",
    "We fill customs forms.",
    "Bread.",
    "Kafka and Go.",
)


async def stock(uow: UOW, leads: int) -> tuple[Campaign, list[Lead]]:
    async with uow() as work:
        campaign = await add_campaign(work)
        stocked = [
            await add_matched(work, campaign, number, quote=QUOTES[number % len(QUOTES)]) for number in range(leads)
        ]
        await work.commit()
    return campaign, stocked


async def assign(uow: UOW, campaign: Campaign) -> list[tuple[int | None, int]]:
    async with uow() as work:
        await assign_lead_lines(work, campaign.id or 0)
        await work.commit()
    async with uow() as work:
        leads = await work.leads.of_campaign(campaign.id or 0)
        briefs = [await work.briefs.of_lead(lead.id or 0) for lead in leads]
    return [(brief.lead_line, brief.lead_line_use) for brief in briefs if brief is not None]


async def test_letters_lead_with_different_lines_while_there_are_enough(uow: UOW):
    campaign, _ = await stock(uow, len(LINES))
    chosen = await assign(uow, campaign)
    assert sorted(line or 0 for line, _ in chosen) == LINES
    assert {use for _, use in chosen} == {1}


async def test_lines_come_round_again_evenly_when_there_are_more_letters(uow: UOW):
    campaign, _ = await stock(uow, 2 * len(LINES))
    chosen = await assign(uow, campaign)
    assert sorted((line or 0, use) for line, use in chosen) == [(line, use) for line in LINES for use in (1, 2)]


async def test_a_second_run_changes_nothing(uow: UOW):
    campaign, _ = await stock(uow, 4)
    first = await assign(uow, campaign)
    assert await assign(uow, campaign) == first


async def test_a_run_that_was_cut_off_chooses_the_same_again(uow: UOW):
    campaign, _ = await stock(uow, 4)
    async with uow() as work:
        await assign_lead_lines(work, campaign.id or 0)  # left without a commit
    first = await assign(uow, campaign)
    assert None not in {line for line, _ in first}
    async with uow() as work:
        for lead in await work.leads.of_campaign(campaign.id or 0):
            brief = await work.briefs.of_lead(lead.id or 0)
            assert brief is not None
            brief.lead_line, brief.lead_line_use = None, 1
        await work.commit()
    assert await assign(uow, campaign) == first


async def test_a_lead_that_comes_later_gets_a_line_nobody_has(uow: UOW):
    campaign, _ = await stock(uow, 3)
    before = await assign(uow, campaign)
    async with uow() as work:
        await add_matched(work, campaign, 50, quote=QUOTES[0])
        await work.commit()
    after = await assign(uow, campaign)
    assert set(before) <= set(after)
    assert len({line for line, _ in after}) == 4


async def test_the_closest_line_leads(uow: UOW):
    async with uow() as work:
        campaign = await add_campaign(work)
        await add_matched(work, campaign, quote="Kafka in Go, for truck positions.")
        await work.commit()
    [(line, _)] = await assign(uow, campaign)
    assert make_profile().lines()[line or 0] == "• Built a Kafka pipeline in Go for truck positions."


async def test_leads_without_deep_research_or_without_lines_get_none(uow: UOW):
    async with uow() as work:
        campaign = await add_campaign(work)
        await work.leads.add(make_lead(9, campaign_id=campaign.id))
        shallow = await add_matched(work, campaign, 1)
        brief = await work.briefs.of_lead(shallow.id or 0)
        assert brief is not None
        brief.depth = 1
        await work.commit()
    assert await assign(uow, campaign) == [(None, 1)]
    async with uow() as work:
        profile = await work.profiles.get(campaign.profile_id or 0)
        brief = await work.briefs.of_lead(shallow.id or 0)
        assert brief is not None
        profile.experience, profile.projects, brief.depth = [], [], 2
        await work.commit()
    assert await assign(uow, campaign) == [(None, 1)]


texts = st.lists(st.sampled_from("Kafka Go Rust queue truck the billing".split()), max_size=6).map(" ".join)


@given(texts, texts)
def test_closeness_counts_what_is_shared_and_nothing_else(line: str, told: str):
    near = closeness(Achievement(line=0, text=line), told)
    assert near >= 0
    assert near <= closeness(Achievement(line=0, text=line), f"{told} {line}")


def test_a_shared_technology_says_more_than_a_shared_word():
    line = Achievement(line=0, text="Built a Kafka pipeline for trucks.")
    assert closeness(line, "Kafka.") > closeness(line, "Trucks.") > closeness(line, "Bread.") == 0
