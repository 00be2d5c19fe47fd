"""The process that `benchmarks.crash_send` kills: passes of outreach over a real database until every letter is settled."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

import ingot.db.models  # noqa: F401 - starts the mappers
from benchmarks.queued_letters import USER, Clock, UowFactory
from ingot.actions.outreach import send_due, settle_in_doubt
from ingot.config.schema import AppConfig
from ingot.db.engine import create_engine, sessions
from ingot.db.tables import delivery
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import DeliveryKind, DeliveryStatus

_PAUSE_S = 0.02
_OPEN = (DeliveryStatus.queued, DeliveryStatus.sending, DeliveryStatus.unknown)


@dataclass(frozen=True, kw_only=True)
class Life:
    """What a new process is given."""

    url: str
    config: AppConfig
    clock: Clock


def send_until_settled(life: Life) -> None:
    """Send, look for what is in doubt, and so on; return when no letter is open any more."""
    asyncio.run(_live(life))


async def _live(life: Life) -> None:
    engine = create_engine(life.url)
    factory = sessions(engine)

    def uow() -> SqlAlchemyUnitOfWork:
        return SqlAlchemyUnitOfWork(factory)

    try:
        while await open_letters(uow):
            await settle_in_doubt(uow, config=life.config, user_id=USER, now=life.clock)
            await send_due(
                uow,
                config=life.config,
                user_id=USER,
                now=life.clock,
                progress=lambda _stage, _done, _total: None,
                patience=timedelta(minutes=5),
            )
            await asyncio.sleep(_PAUSE_S)
    finally:
        await engine.dispose()


async def open_letters(uow: UowFactory) -> int:
    """How many letters, follow-ups aside, are not settled yet."""
    async with uow() as work:
        query = sa.select(sa.func.count()).where(delivery.c.kind == DeliveryKind.letter, delivery.c.status.in_(_OPEN))
        return await work.session.scalar(query) or 0
