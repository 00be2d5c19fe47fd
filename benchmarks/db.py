"""What one transaction takes, beside a bare sqlite3 one with the same settings, and how many a second many writers reach.

Run: .venv/bin/python -m benchmarks.db
"""

from __future__ import annotations

import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import ingot.db.models  # noqa: F401 - starts the mappers
from ingot.db.engine import PRAGMAS, create_engine, sessions
from ingot.db.migrate import upgrade
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus

ROUNDS = 300
UnitOfWork = Callable[[], SqlAlchemyUnitOfWork]


def median_ms(times: list[float]) -> str:
    ordered = sorted(times)
    return f"median {statistics.median(ordered) * 1000:.2f} ms, p95 {ordered[int(len(ordered) * 0.95)] * 1000:.2f} ms"


async def store(uow: UnitOfWork, count: int) -> list[int]:
    async with uow() as work:
        leads = [Lead(company_name=f"Company {number}", source_venue="benchmark") for number in range(count)]
        work.session.add_all(leads)
        await work.commit()
    return [lead.id or 0 for lead in leads]


async def move(uow: UnitOfWork, lead_id: int) -> None:
    """One lead moved, one event told, in one commit."""
    async with uow() as work:
        lead = await work.leads.get(lead_id)
        back = lead.status is LeadStatus.failed
        work.collect_events(lead.move(LeadStatus.discovered if back else LeadStatus.failed))
        await work.commit()


async def one_writer(uow: UnitOfWork) -> list[float]:
    times = []
    for lead_id in await store(uow, ROUNDS):
        start = time.perf_counter()
        await move(uow, lead_id)
        times.append(time.perf_counter() - start)
    return times


async def many_writers(uow: UnitOfWork, writers: int) -> float:
    """Transactions a second."""
    lead_ids = await store(uow, writers)

    async def write(lead_id: int) -> None:
        for _ in range(ROUNDS // writers):
            await move(uow, lead_id)

    start = time.perf_counter()
    await asyncio.gather(*(write(lead_id) for lead_id in lead_ids))
    return ROUNDS // writers * writers / (time.perf_counter() - start)


def bare(path: Path) -> list[float]:
    """The same statements by hand on one connection."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    lead_ids = [row[0] for row in connection.execute("SELECT id FROM lead LIMIT ?", (ROUNDS,))]
    times = []
    for lead_id in lead_ids:
        start = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("SELECT * FROM lead WHERE id = ?", (lead_id,)).fetchone()
        connection.execute("UPDATE lead SET status = 'failed', updated_at = '2026-01-01' WHERE id = ?", (lead_id,))
        connection.execute(
            "INSERT INTO outbox (event_type, aggregate_type, aggregate_id, payload, created_at)"
            " VALUES ('LeadFailed', 'lead', ?, '{}', '2026-01-01')",
            (str(lead_id),),
        )
        connection.execute("COMMIT")
        times.append(time.perf_counter() - start)
    connection.close()
    return times


async def measure(path: Path) -> None:
    url = f"sqlite+aiosqlite:///{path}"
    upgrade(url)
    engine = create_engine(url)
    factory = sessions(engine)

    def uow() -> SqlAlchemyUnitOfWork:
        return SqlAlchemyUnitOfWork(factory)

    try:
        await one_writer(uow)  # statements are compiled and cached
        print(f"unit of work, a lead moved and an event told: {median_ms(await one_writer(uow))} ({ROUNDS} rounds)")
        for writers in (10, 50):
            print(f"{writers} writers: {await many_writers(uow, writers):.0f} transactions/s")
    finally:
        await engine.dispose()
    print(f"bare sqlite3, the same statements and settings: {median_ms(bare(path))}")


def main() -> None:
    with tempfile.TemporaryDirectory() as directory:
        asyncio.run(measure(Path(directory) / "ingot.db"))


if __name__ == "__main__":
    main()
