"""Telling the user's own programs what happened: events of the outbox, each to the hook of its name."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ingot.actions.hook_files import HOOK_SECONDS, Hook, HookRun, find_hooks, run_hook
from ingot.db import audit
from ingot.db.tables import outbox as outbox_table
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.event import OutboxEvent
from ingot.domain.job import AuditLevel, AuditType

EVENTS = (
    "LeadsDiscovered", "IntelBriefReady", "ValuePropGenerated", "EmailDrafted", "EmailApproved", "EmailSent", "EmailOpened",
    "ReplyReceived", "FollowUpQueued", "CampaignPaused",
)  # fmt: skip
"""Those that people ask for. Any other event of the outbox can have a hook as well."""

_MOST_AT_ONCE = 200
_OLDEST = timedelta(days=1)


async def run_hooks(
    uow: Callable[[], SqlAlchemyUnitOfWork],
    *,
    base_dir: Path,
    now: Callable[[], datetime],
    seconds: float = HOOK_SECONDS,
) -> list[HookRun]:
    """Run the hooks of what happened since they were put there, in order. Failures are noted, and stop nothing.

    An event is marked before its hook runs: a hook that is killed in the middle is not run again, and none runs twice.
    Events older than a day are let go: nobody wants last month's news from a hook that was mended today.
    """
    hooks = {hook.event: hook for hook in find_hooks(base_dir) if not hook.refused}
    runs: list[HookRun] = []
    while hooks and (event := await _next(uow, hooks, now=now())) is not None:
        run = await run_hook(hooks[event.event_type], as_told(event), base_dir=base_dir, seconds=seconds)
        runs.append(run)
        if run.failure:
            await _note(uow, run)
        if len(runs) >= _MOST_AT_ONCE:
            break
    return runs


def as_told(event: OutboxEvent) -> dict[str, Any]:
    """What a hook is given: ids and plain values, nobody's name or address."""
    return {
        "event": event.event_type,
        "aggregate_type": event.aggregate_type,
        "aggregate_id": event.aggregate_id,
        "payload": json.loads(event.payload),
        "created_at": event.created_at.isoformat() if event.created_at else None,
    }


async def _next(
    uow: Callable[[], SqlAlchemyUnitOfWork], hooks: dict[str, Hook], *, now: datetime
) -> OutboxEvent | None:
    """The oldest event that has a hook and was not told, claimed for this process. Commits."""
    of = outbox_table.c
    since = {event: max(datetime.fromtimestamp(hook.since, UTC), now - _OLDEST) for event, hook in hooks.items()}
    fresh = sa.or_(*(sa.and_(of.event_type == event, of.created_at >= moment) for event, moment in since.items()))
    async with uow() as work:
        query = sa.select(OutboxEvent).where(of.hooked_at.is_(None), fresh).order_by(of.id).limit(1)
        event = (await work.session.scalars(query.with_for_update(skip_locked=True))).first()
        if event is not None:
            event.hooked_at = now
            await work.commit()
    return event


async def _note(uow: Callable[[], SqlAlchemyUnitOfWork], run: HookRun) -> None:
    async with uow() as work:
        told = f"The hook {run.hook.path.name} failed: {run.failure}."
        audit.note(work, AuditType.error, told, level=AuditLevel.WARNING, who="hook")
        await work.commit()
