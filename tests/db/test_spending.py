from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from ingot.db.models import AgentLog
from ingot.db.spending import AgentLogSpending
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.budget import DAY, Spending
from tests.fakes.entities import add_campaign, make_lead

pytestmark = pytest.mark.long


UOW = Callable[[], SqlAlchemyUnitOfWork]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


async def log(uow: UOW, *, lead_id: int | None, hours_ago: float, cost: int, status: str = "completed") -> None:
    async with uow() as work:
        entry = AgentLog(
            agent_name="writer",
            step_description="write_letter",
            status=status,
            input_tokens=cost * 10,
            output_tokens=cost,
            cost_estimate=cost,
            lead_id=lead_id,
            created_at=NOW - timedelta(hours=hours_ago),
        )
        work.session.add(entry)
        await work.commit()


async def leads(uow: UOW) -> list[int]:
    """Two of one campaign and one of none."""
    async with uow() as work:
        campaign = await add_campaign(work)
        made = [await work.leads.add(make_lead(number)) for number in (1, 2, 3)]
        for item in made[:2]:
            item.campaign_id = campaign.id
        await work.commit()
        return [item.id or 0 for item in made]


async def test_a_day_is_the_last_24_hours_of_all_calls_and_a_campaign_is_all_calls_of_its_leads(uow: UOW) -> None:
    first, second, other = await leads(uow)
    await log(uow, lead_id=first, hours_ago=100, cost=1)
    await log(uow, lead_id=second, hours_ago=1, cost=2, status="failed")
    await log(uow, lead_id=other, hours_ago=2, cost=4)
    await log(uow, lead_id=None, hours_ago=3, cost=8)
    record = AgentLogSpending(uow)
    used = await record.used(lead_id=first, since=NOW - DAY)
    assert (used.day, used.campaign) == (Spending(micro_usd=14, tokens=154), Spending(micro_usd=3, tokens=33))
    for outside in (other, None):
        used = await record.used(lead_id=outside, since=NOW - DAY)
        assert (used.day.micro_usd, used.campaign, used.campaign_id) == (14, Spending(), None)


async def test_the_entries_of_a_day_are_told_in_the_unit_asked_for(uow: UOW) -> None:
    await log(uow, lead_id=None, hours_ago=25, cost=1)
    await log(uow, lead_id=None, hours_ago=2, cost=4)
    await log(uow, lead_id=None, hours_ago=1, cost=0)
    record = AgentLogSpending(uow)
    assert await record.entries(since=NOW - DAY, unit="usd") == [(NOW - timedelta(hours=2), 4)]
    assert await record.entries(since=NOW - DAY, unit="tokens") == [(NOW - timedelta(hours=2), 44)]


async def test_an_empty_log_is_nothing_used(uow: UOW) -> None:
    assert (await AgentLogSpending(uow).used(lead_id=None, since=NOW)).day == Spending()
