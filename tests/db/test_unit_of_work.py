import asyncio
import json
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from ingot.db import audit, outbox
from ingot.db.models import AuditLog, Lead, OutboxEvent
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.event import DomainEvent
from ingot.domain.job import AuditLevel, AuditType
from ingot.domain.lead_state import LeadStatus
from tests.fakes.entities import NOW, make_lead

UOW = Callable[[], SqlAlchemyUnitOfWork]
MOVED = DomainEvent(
    event_type="Moved", aggregate_type="lead", aggregate_id="1", payload={"to": "matched", "from": "new"}
)


async def counts(uow: UOW) -> tuple[int, int]:
    """Leads and events in the database."""
    async with uow() as work:
        leads = await work.session.scalar(sa.select(sa.func.count()).select_from(Lead))
        return leads or 0, len(await outbox.unprocessed(work.session))


async def test_a_commit_stores_rows_and_events(uow: UOW):
    async with uow() as work:
        await work.leads.add(make_lead())
        work.collect_events(MOVED)
        await work.commit()
    assert await counts(uow) == (1, 1)


async def test_leaving_without_a_commit_stores_neither_rows_nor_events(uow: UOW):
    async with uow() as work:
        await work.leads.add(make_lead())
        work.collect_events(MOVED)
    assert await counts(uow) == (0, 0)


async def test_an_error_rolls_back_and_is_not_swallowed(uow: UOW):
    with pytest.raises(ZeroDivisionError):
        await fail_after_adding(uow)
    assert await counts(uow) == (0, 0)


async def fail_after_adding(uow: UOW) -> None:
    async with uow() as work:
        await work.leads.add(make_lead())
        work.collect_events(MOVED)
        raise ZeroDivisionError


async def test_a_rollback_forgets_rows_and_events_and_the_work_goes_on(uow: UOW):
    async with uow() as work:
        await work.leads.add(make_lead(1))
        work.collect_events(MOVED)
        await work.rollback()
        await work.leads.add(make_lead(2))
        await work.commit()
    assert await counts(uow) == (1, 0)


async def test_what_was_committed_stays_when_what_follows_is_left(uow: UOW):
    async with uow() as work:
        await work.leads.add(make_lead(1))
        await work.commit()
        await work.leads.add(make_lead(2))
        work.collect_events(MOVED)
    assert await counts(uow) == (1, 0)


async def test_events_are_written_by_the_commit_that_made_them_true(uow: UOW):
    async with uow() as work:
        work.collect_events(MOVED)
        assert await outbox.unprocessed(work.session) == []
        await work.commit()
        [event] = await outbox.unprocessed(work.session)
    assert (event.event_type, event.aggregate_type, event.aggregate_id) == ("Moved", "lead", "1")
    assert json.loads(event.payload) == MOVED.payload


async def test_a_commit_that_fails_leaves_no_event(uow: UOW):
    async with uow() as work:
        work.collect_events(MOVED)
        work.session.add(make_lead(campaign_id=999))
        with pytest.raises(IntegrityError):
            await work.commit()
    assert await counts(uow) == (0, 0)


async def test_a_cancelled_unit_of_work_stores_nothing_and_frees_the_database(uow: UOW):
    started = asyncio.Event()

    async def hang() -> None:
        async with uow() as work:
            await work.leads.add(make_lead())
            started.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await started.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await counts(uow) == (0, 0)


async def test_what_was_read_stays_readable_after_the_unit_of_work(uow: UOW):
    async with uow() as work:
        added = await work.leads.add(make_lead())
        await work.commit()
    async with uow() as work:
        read = await work.leads.get(added.id or 0)
        read.status = LeadStatus.closed
    assert (added.company_name, read.company_name) == ("Millpond 1", "Millpond 1")


async def test_relayed_events_are_not_given_again(uow: UOW):
    async with uow() as work:
        work.collect_events(MOVED, MOVED, MOVED)
        await work.commit()
    async with uow() as work:
        first, *others = await outbox.unprocessed(work.session)
        outbox.settle(first, now=NOW)
        await work.commit()
    async with uow() as work:
        assert [event.id for event in await outbox.unprocessed(work.session)] == [event.id for event in others]
        assert [event.id for event in await outbox.unprocessed(work.session, limit=1)] == [others[0].id]
        assert (await work.session.get_one(OutboxEvent, first.id)).processed_at == NOW


async def test_an_audit_entry_is_stored_with_what_it_tells(uow: UOW):
    async with uow() as work:
        audit.note(
            work,
            AuditType.row_event,
            "Refused.",
            level=AuditLevel.WARNING,
            row_number=4,
            who="cli",
            claims=["ten years"],
        )
        await work.commit()
    async with uow() as work:
        entry = (await work.session.scalars(sa.select(AuditLog))).one()
    assert (entry.event_type, entry.level, entry.who, entry.row_number) == (
        AuditType.row_event,
        AuditLevel.WARNING,
        "cli",
        4,
    )
    assert entry.details == {"claims": ["ten years"]}
    assert entry.timestamp is not None
