import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import registry

from ingot.db import engine as engine_module
from ingot.db.engine import create_engine, create_sync_engine, get_session, init_db, sessions
from ingot.db.mapping import CLASSES, mappers, start_mappers
from ingot.db.migrate import upgrade
from ingot.db.models import Lead, User
from ingot.db.tables import metadata
from ingot.errors import ConfigError, DBError
from tests.fakes.entities import make_lead

pytestmark = pytest.mark.long

PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 0}  # synchronous 2 is FULL


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url


@pytest.fixture(params=[0o000, 0o022], ids=["umask 000", "umask 022"])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    try:
        yield
    finally:
        os.umask(before)


async def test_a_connection_is_durable_and_keeps_foreign_keys(engine: AsyncEngine):
    async with engine.connect() as connection:
        found = {name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in PRAGMAS}
    assert found == PRAGMAS


def test_the_sync_engine_has_the_same_settings(sqlite_url: str):
    engine = create_sync_engine(sqlite_url)
    with engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    engine.dispose()
    assert found == PRAGMAS


def modes(directory: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode & 0o777 for path in directory.iterdir()}


@pytest.mark.usefixtures("umask")
async def test_nobody_else_can_read_the_database(tmp_path: Path):
    url = f"sqlite+aiosqlite:///{tmp_path / 'ingot.db'}"
    upgrade(url)
    engine = create_engine(url)
    async with sessions(engine)() as session:
        session.add(make_lead())
        await session.commit()
        found = modes(tmp_path)
    await engine.dispose()
    assert found == {"ingot.db": 0o600, "ingot.db-wal": 0o600, "ingot.db-shm": 0o600}


def test_a_database_others_could_read_is_closed_to_them(sqlite_url: str, tmp_path: Path):
    path = tmp_path / "ingot.db"
    path.chmod(0o644)
    create_sync_engine(sqlite_url).dispose()
    assert path.stat().st_mode & 0o777 == 0o600


async def test_an_error_does_not_hold_what_was_to_be_stored(engine: AsyncEngine):
    async with sessions(engine)() as session:
        session.add_all(
            [User(id="user_1", email="secret@valk.example"), User(id="user_2", email="secret@valk.example")]
        )
        with pytest.raises(IntegrityError) as caught:
            await session.commit()
    assert "secret@valk.example" not in str(caught.value)
    assert "users.email" in str(caught.value)


async def test_a_second_writer_waits_without_blocking_the_loop(engine: AsyncEngine, sqlite_url: str):
    other = sqlite3.connect(sqlite_url.partition("///")[2], isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.05, other.execute, ["COMMIT"])
    release.start()
    async with sessions(engine)() as session:
        session.add(make_lead())
        await session.commit()
    release.join()
    other.close()


async def test_a_database_locked_for_too_long_is_a_clear_error(
    engine: AsyncEngine, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(engine_module, "LOCK_DEADLINE_S", 0.0)
    async with engine.connect():
        pass  # connected while nothing is locked
    other = sqlite3.connect(sqlite_url.partition("///")[2], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        async with sessions(engine)() as session:
            with pytest.raises(DBError, match="locked") as caught:
                await session.scalar(sa.select(Lead.id))
    finally:
        other.close()
    assert "close it" in caught.value.hint


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://x/y", "neither SQLite nor Postgres"),
        ("no url: pass-word", "cannot be read"),
        ("sqlite+aiosqlite://", "in a file"),
        ("sqlite+aiosqlite:///:memory:", "in a file"),
    ],
)
def test_another_kind_of_database_is_refused(url: str, message: str):
    for create in (create_engine, create_sync_engine, upgrade):
        with pytest.raises(ConfigError, match=message) as caught:
            create(url)
        assert "pass-word" not in str(caught.value)


def test_a_driver_that_knows_no_async_is_refused():
    with pytest.raises(ConfigError, match="neither SQLite nor Postgres"):
        create_engine("sqlite+pysqlite:///x.db")


def test_a_place_where_no_file_can_be_made_is_a_clear_error(tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(DBError, match="opened for writing") as caught:
        create_engine(f"sqlite+aiosqlite:///{tmp_path / 'file' / 'ingot.db'}")
    assert isinstance(caught.value.__cause__, OSError)


def test_postgres_engines_are_made_without_connecting():
    pytest.importorskip("asyncpg")
    pytest.importorskip("psycopg")
    url = "postgresql+asyncpg://ingot@127.0.0.1:1/ingot"
    assert create_engine(url).sync_engine.hide_parameters
    sync = create_sync_engine(url)
    assert (sync.driver, sync.hide_parameters) == ("psycopg", True)


@pytest.fixture
def configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A configured base directory, and no default engine made before or left after."""
    monkeypatch.setenv("INGOT_BASE_DIR", str(tmp_path / "base"))
    monkeypatch.delenv("INGOT_DATABASE_URL", raising=False)
    for made in (engine_module.default_engine, engine_module.default_sessions):
        made.cache_clear()
    yield tmp_path / "base"
    for made in (engine_module.default_engine, engine_module.default_sessions):
        made.cache_clear()


async def test_the_default_session_works_on_the_configured_database(configured: Path):
    await init_db()
    async with get_session() as session:
        session.add(make_lead())
        await session.commit()
        session.add(make_lead(2))
        await session.flush()
    async with engine_module.AsyncSessionLocal() as session:
        assert len((await session.scalars(sa.select(Lead))).all()) == 1
    assert (configured / "outreach.db").is_file()
    await engine_module.engine.dispose()


async def test_init_db_makes_every_table_of_an_engine_that_is_given(tmp_path: Path):
    engine = create_engine(f"sqlite+aiosqlite:///{tmp_path / 'new.db'}")
    await init_db(engine)
    async with engine.connect() as connection:
        assert set(await connection.run_sync(lambda c: sa.inspect(c).get_table_names())) == metadata.tables.keys()
    await engine.dispose()


def test_importing_the_database_makes_nothing(tmp_path: Path):
    program = "import ingot.db.engine as e, ingot.db.models; e.create_engine, e.get_session, e.init_db"
    environment = {**os.environ, "INGOT_BASE_DIR": str(tmp_path / "base")}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment)
    assert not (tmp_path / "base").exists()


def test_the_engine_module_has_no_other_late_names():
    with pytest.raises(AttributeError, match="nothing_such"):
        _: Any = engine_module.nothing_such


def test_mappers_are_started_once_however_often_and_from_wherever_they_are():
    threads = [threading.Thread(target=start_mappers) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    start_mappers()
    assert {mapper.class_ for mapper in mappers.mappers} == CLASSES.keys()
    assert isinstance(mappers, registry)
