"""Work for other processes on one database: they are forked from a clean server that has everything imported."""

from __future__ import annotations

import asyncio
import multiprocessing
import random
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from ingot.db.engine import create_engine, sessions
from ingot.db.mapping import start_mappers
from ingot.db.migrate import upgrade
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.lead import Lead

USER = "user_local"


def at_once(work: Callable[..., Any], *arguments: tuple[Any, ...]) -> list[Any]:
    """Call `work` once for each tuple of arguments, each in a process of its own."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pytest", "aiosqlite", "tests.fakes.processes"])
    with ProcessPoolExecutor(len(arguments), mp_context=context) as pool:
        return [future.result(timeout=120) for future in [pool.submit(work, *given) for given in arguments]]


def count_up(url: str, campaign_id: int, times: int) -> None:
    asyncio.run(_count_up(url, campaign_id, times))


async def _count_up(url: str, campaign_id: int, times: int) -> None:
    async with _opened(url) as factory:
        for _ in range(times):
            await add_one(SqlAlchemyUnitOfWork(factory), campaign_id)


async def add_one(uow: SqlAlchemyUnitOfWork, campaign_id: int) -> None:
    """Read, change, write: what loses updates where transactions do not lock."""
    async with uow as work:
        campaign = await work.campaigns.get(campaign_id)
        campaign.total_sent += 1
        await work.commit()


def claim_all(url: str, campaign_id: int, at_a_time: int) -> int:
    return asyncio.run(_claim_all(url, campaign_id, at_a_time))


async def _claim_all(url: str, campaign_id: int, at_a_time: int) -> int:
    taken = 0
    async with _opened(url) as factory:
        while True:
            async with SqlAlchemyUnitOfWork(factory) as work:
                claimed = await work.leads.claim_for(campaign_id, user_id=USER, count=at_a_time)
                await work.commit()
            taken += claimed
            if not claimed:
                return taken


def discover_all(url: str, seed: int, count: int) -> None:
    asyncio.run(_discover_all(url, seed, count))


async def _discover_all(url: str, seed: int, count: int) -> None:
    """Every process finds the same companies in its own venue and its own order, a few at a time."""
    numbers = list(range(count))
    random.Random(seed).shuffle(numbers)
    async with _opened(url) as factory:
        for start in range(0, count, 7):
            found = [
                (
                    Lead(company_name=f"Company {n}", source_venue=f"venue{seed}", venue_ref=str(n)),
                    (f"venue{seed}:{n}", f"host:company{n}.example"),
                )
                for n in numbers[start : start + 7]
            ]
            async with SqlAlchemyUnitOfWork(factory) as work:
                await work.leads.add_discovered(found, user_id=USER)
                await work.commit()


def upgrade_now(url: str) -> None:
    upgrade(url)


@asynccontextmanager
async def _opened(url: str) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    start_mappers()
    engine = create_engine(url)
    try:
        yield sessions(engine)
    finally:
        await engine.dispose()
