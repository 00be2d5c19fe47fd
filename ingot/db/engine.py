"""Engines for SQLite and Postgres, set up so that no write is lost and no row can be read by others.

SQLite: one connection per process, every transaction opened with `BEGIN IMMEDIATE`. Measured: with the driver's own
transactions concurrent read-modify-writes are lost without an error; with `BEGIN DEFERRED` most of them fail.
"""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.util import await_only

from ingot.config.manager import ConfigManager
from ingot.db.mapping import start_mappers
from ingot.db.tables import metadata
from ingot.errors import ConfigError, DBError

LOCK_DEADLINE_S = 30.0
_URL_HINT = "Use sqlite+aiosqlite:///PATH or postgresql+asyncpg://USER@HOST/NAME in INGOT_DATABASE_URL."

# FULL: with NORMAL the last commits may be rolled back on power loss, which here would mean a second letter.
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY", "busy_timeout=0")


def create_engine(url: str) -> AsyncEngine:
    """An async engine for `sqlite+aiosqlite:///PATH` or `postgresql+asyncpg://...`. Statement values stay out of errors."""
    parsed = parse_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_async_engine(parsed, hide_parameters=True, pool_size=5, max_overflow=5, pool_pre_ping=True)
    _check_sqlite(parsed)
    engine = create_async_engine(parsed, hide_parameters=True, pool_size=1, max_overflow=0, pool_timeout=120)
    _listen(engine.sync_engine, lambda seconds: await_only(asyncio.sleep(seconds)))
    return engine


def create_sync_engine(url: str) -> Engine:
    """The same database for Alembic, exports and hooks: a sync engine with the same pragmas.

    Takes the async URL; the driver in it is exchanged for the sync one.
    """
    parsed = parse_url(url)
    if parsed.get_backend_name() == "postgresql":
        return sa.create_engine(parsed.set(drivername="postgresql+psycopg"), hide_parameters=True)
    _check_sqlite(parsed)
    engine = sa.create_engine(
        parsed.set(drivername="sqlite"), hide_parameters=True, pool_size=1, max_overflow=0, pool_timeout=120
    )
    _listen(engine, time.sleep)
    return engine


def parse_url(url: str) -> sa.URL:
    """The URL's parts, or `ConfigError`."""
    try:
        return make_url(url)
    except ArgumentError:
        raise ConfigError(
            "The database URL cannot be read.", hint=_URL_HINT
        ) from None  # the cause may quote a password


def _check_sqlite(url: sa.URL) -> None:
    if url.drivername != "sqlite+aiosqlite":
        raise ConfigError("The database URL is neither SQLite nor Postgres.", hint=_URL_HINT)
    if not url.database or url.database == ":memory:":
        raise ConfigError("INGOT keeps its data in a file.", hint="Use sqlite+aiosqlite:///PATH in INGOT_DATABASE_URL.")
    _create_private(Path(url.database))


def _create_private(path: Path) -> None:
    """Create the file with mode 0600 before SQLite does: its -wal and -shm files inherit the mode."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        if path.stat().st_uid == os.getuid():
            path.chmod(0o600)
    except OSError as error:
        raise DBError(
            "The database file cannot be opened for writing.",
            hint="Check the folder's owner and free space, or set INGOT_BASE_DIR.",
        ) from error


def _listen(engine: Engine, sleep: Callable[[float], Any]) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the begin below is ours; the driver opens none of its own
        cursor = connection.cursor()
        for pragma in PRAGMAS:
            _until_unlocked(partial(cursor.execute, f"PRAGMA {pragma}"), sleep)
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        _until_unlocked(lambda: connection.exec_driver_sql("BEGIN IMMEDIATE"), sleep)


def _until_unlocked(attempt: Callable[[], Any], sleep: Callable[[float], Any]) -> None:
    """Try until no other process holds the lock. Short random waits: SQLite's own busy handler blocks the event loop."""
    deadline = time.monotonic() + LOCK_DEADLINE_S
    while True:
        try:
            attempt()
        except (OperationalError, sqlite3.OperationalError) as error:
            if "locked" not in str(error) and "busy" not in str(error):
                raise
            if time.monotonic() > deadline:
                raise DBError(
                    f"The database was locked for more than {LOCK_DEADLINE_S:.0f} s.",
                    hint="Another INGOT or a database browser holds it open; close it and run again.",
                ) from error
            sleep(random.uniform(0.001, 0.012))  # noqa: S311 - spreads waiting writers, guards nothing
        else:
            return


@cache
def default_engine() -> AsyncEngine:
    """The engine of the configured database, made on first use."""
    return create_engine(ConfigManager().database_url)


@cache
def default_sessions() -> async_sessionmaker[AsyncSession]:
    """Sessions on `default_engine`."""
    start_mappers()
    return sessions(default_engine())


def sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """A session factory whose objects stay readable after their commit."""
    return async_sessionmaker(engine, expire_on_commit=False)


@asynccontextmanager
async def get_session() -> AsyncIterator[AsyncSession]:
    """A session on the configured database; what was not committed is rolled back."""
    async with default_sessions()() as session:
        yield session


async def init_db(engine: AsyncEngine | None = None) -> None:
    """Create all tables that are missing, without migrations: for tests and throw-away databases."""
    start_mappers()
    async with (engine or default_engine()).begin() as connection:
        await connection.run_sync(metadata.create_all)


def __getattr__(name: str) -> Any:
    """`engine` and `AsyncSessionLocal` are made when first asked for, never at import."""
    if name == "engine":
        return default_engine()
    if name == "AsyncSessionLocal":
        return default_sessions()
    raise AttributeError(name)
