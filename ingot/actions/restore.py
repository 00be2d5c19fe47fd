"""Back to a backup. What may have happened since it was made is not forgotten: nothing is sent before a person has looked."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from ingot.actions.backup import DATABASE, opened_backup
from ingot.actions.bounced import pause
from ingot.actions.skip import skip
from ingot.db import audit
from ingot.db.engine import create_engine, sessions
from ingot.db.migrate import upgrade
from ingot.db.tables import campaign, users
from ingot.db.tables import delivery as deliveries
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import PauseKind
from ingot.domain.delivery import Delivery, DeliveryKind, DeliveryStatus
from ingot.domain.job import AuditType
from ingot.errors import ConfigError, DBError

_WHOSE = sa.union(sa.select(users.c.id), sa.select(campaign.c.user_id), sa.select(deliveries.c.user_id))
"""Everybody who may have a letter to send."""


@dataclass(frozen=True, kw_only=True)
class Restored:
    """What was restored: the day of the backup, the letters that are now looked for in Sent, the follow-ups that were dropped.

    `is_paused` where there is anything that could be sent; `set_aside` is where what stood there before was moved, if there was anything.
    """

    made_at: str
    in_doubt: int
    dropped: int
    is_paused: bool
    set_aside: Path | None = None


def restore(path: Path, base_dir: Path, *, replace_it: bool, who: str, now: datetime) -> Restored:
    """Put a backup in the base directory's place; what stands there is moved aside, never deleted.

    Letters queued in the backup may have left since: they are put in doubt, and the mailbox is paused until a person resumes.
    Raises `ConfigError` where data would be replaced unasked, or the backup is not whole: then nothing was changed.
    """
    is_there = base_dir.is_dir() and any(base_dir.iterdir())
    if is_there and not replace_it:
        raise ConfigError(
            f"There is data in {base_dir} already.", hint="Restore with --replace: what is there is moved aside."
        )
    if is_there:
        _refuse_busy(base_dir / DATABASE)
    base_dir.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{base_dir.name}.", dir=base_dir.parent) as place:
        fresh = Path(place) / base_dir.name
        fresh.mkdir(mode=0o700)
        contents = opened_backup(path, fresh)
        made_at = str(contents.facts.get("made_at"))
        result = asyncio.run(_put_in_doubt(fresh / DATABASE, made_at, who=who, now=now))
        aside = base_dir.with_name(f"{base_dir.name}.before-{now:%Y%m%d-%H%M%S}") if is_there else None
        if aside is not None:
            base_dir.rename(aside)
        elif base_dir.exists():
            base_dir.rmdir()
        fresh.rename(base_dir)
    return replace(result, set_aside=aside)


def _refuse_busy(database: Path) -> None:
    if not database.is_file():
        return
    with closing(sqlite3.connect(database, timeout=1)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise DBError("Another INGOT is writing to the database.", hint="Stop it, and restore again.") from error
        except sqlite3.DatabaseError:
            pass  # damaged: that may be why somebody restores


async def _put_in_doubt(database: Path, made_at: str, *, who: str, now: datetime) -> Restored:
    url = f"sqlite+aiosqlite:///{database}"
    upgrade(url)
    engine = create_engine(url)
    try:
        async with SqlAlchemyUnitOfWork(sessions(engine)) as uow:
            open_ones = await uow.session.scalars(
                sa.select(Delivery).where(deliveries.c.status.in_([DeliveryStatus.queued, DeliveryStatus.sending]))
            )
            doubtful = dropped = 0
            for item in open_ones.all():
                if item.kind is DeliveryKind.follow_up and item.status is DeliveryStatus.queued:
                    # Its day is counted from its letter; whether it went out on that day cannot be looked up in time.
                    if item.due_at is None or item.due_at <= now:
                        await skip(uow, item)
                        dropped += 1
                    continue
                uow.collect_events(item.put_in_doubt(now=now))
                doubtful += 1
            reason = (
                f"Restored from a backup of {made_at}. Letters approved since then are drafts again here: look into "
                "your Sent mailbox before you approve them, and read the inbox first (ingot mail poll)."
            )
            everybody = (await uow.session.scalars(_WHOSE)).all()
            for user_id in everybody:
                pause(uow, await uow.accounts.of_user(user_id), PauseKind.person, reason, now=now)
            audit.note(uow, AuditType.state_change, f"Restored from a backup of {made_at}.", who=who)
            await uow.commit()
    finally:
        await engine.dispose()
    return Restored(made_at=made_at, in_doubt=doubtful, dropped=dropped, is_paused=bool(everybody))
