"""Domain events, written in the commit that made them true, for whoever relays them later."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from ingot.db.tables import outbox
from ingot.domain.event import DomainEvent, OutboxEvent


async def store(session: AsyncSession, events: Iterable[DomainEvent]) -> None:
    """Add the events to the running transaction, in one statement."""
    rows = [
        {
            "event_type": event.event_type,
            "aggregate_type": event.aggregate_type,
            "aggregate_id": event.aggregate_id,
            "payload": json.dumps(event.payload, sort_keys=True),
        }
        for event in events
    ]
    if rows:
        await session.execute(sa.insert(outbox), rows)


async def unprocessed(session: AsyncSession, *, limit: int = 100) -> list[OutboxEvent]:
    """Events nobody has relayed, oldest first."""
    query = sa.select(OutboxEvent).where(outbox.c.processed_at.is_(None)).order_by(outbox.c.created_at, outbox.c.id)
    return list((await session.scalars(query.limit(limit))).all())


async def unprocessed_of(session: AsyncSession, event_type: str, *, limit: int = 100) -> list[OutboxEvent]:
    """Events of one type that nobody has relayed, oldest first."""
    query = sa.select(OutboxEvent).where(outbox.c.processed_at.is_(None), outbox.c.event_type == event_type)
    return list((await session.scalars(query.order_by(outbox.c.id).limit(limit))).all())


async def settle_by_id(session: AsyncSession, event_id: int, *, now: datetime) -> None:
    """Mark an event as relayed."""
    await session.execute(sa.update(outbox).where(outbox.c.id == event_id).values(processed_at=now))


def settle(event: OutboxEvent, *, now: datetime) -> None:
    """Mark an event as relayed."""
    event.processed_at = now
