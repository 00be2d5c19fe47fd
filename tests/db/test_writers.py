"""Several writers on one SQLite file: nothing fails and nothing is lost."""

import asyncio
from collections.abc import Callable

import pytest

from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from tests.fakes.entities import add_campaign, make_lead
from tests.fakes.processes import add_one, at_once, claim_all, count_up

pytestmark = pytest.mark.long

UOW = Callable[[], SqlAlchemyUnitOfWork]


async def new_campaign(uow: UOW, name: str = "autumn") -> int:
    async with uow() as work:
        campaign = await add_campaign(work, name)
        await work.commit()
    return campaign.id or 0


async def sent(uow: UOW, campaign_id: int) -> int:
    async with uow() as work:
        return (await work.campaigns.get(campaign_id)).total_sent


class TestOnSQLite:
    @pytest.fixture
    def database_url(self, sqlite_url: str) -> str:
        return sqlite_url

    @pytest.mark.parametrize(("writers", "each"), [(10, 10), (50, 4)])
    async def test_no_update_of_many_tasks_is_lost(self, uow: UOW, writers: int, each: int):
        campaign_id = await new_campaign(uow)

        async def write() -> None:
            for _ in range(each):
                await add_one(uow(), campaign_id)

        await asyncio.gather(*(write() for _ in range(writers)))
        assert await sent(uow, campaign_id) == writers * each

    async def test_no_update_of_four_processes_is_lost(self, uow: UOW, database_url: str):
        campaign_id = await new_campaign(uow)
        await asyncio.to_thread(at_once, count_up, *[(database_url, campaign_id, 25)] * 4)
        assert await sent(uow, campaign_id) == 100


async def test_no_lead_is_claimed_by_two_of_four_processes(uow: UOW, database_url: str):
    campaigns = [await new_campaign(uow, f"campaign {number}") for number in range(4)]
    async with uow() as work:
        work.session.add_all(make_lead(number) for number in range(120))
        await work.commit()
    taken = await asyncio.to_thread(at_once, claim_all, *[(database_url, campaign, 7) for campaign in campaigns])
    async with uow() as work:
        owned = [len(await work.leads.of_campaign(campaign)) for campaign in campaigns]
    assert taken == owned
    assert sum(taken) == 120
