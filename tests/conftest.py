"""Databases for tests: migrated once, copied for each test. SQLite always; Postgres where `-m real` asks for it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

import ingot.db.models  # noqa: F401 - starts the mappers
from ingot.db.engine import create_engine, sessions
from ingot.db.migrate import upgrade
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from tests.fakes.postgres_server import Postgres, binaries, running_postgres


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "ingot.db"
    upgrade(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    path = shutil.copy(sqlite_template, tmp_path / "ingot.db")
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    programs = binaries()
    if programs is None:
        pytest.skip("no Postgres server is installed under /usr/lib/postgresql")
    pytest.importorskip("asyncpg")
    pytest.importorskip("psycopg")
    with running_postgres(programs) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Postgres) -> str:
    postgres_server.run("CREATE DATABASE migrated")
    upgrade(postgres_server.url("migrated"))
    return "migrated"


@pytest.fixture
def postgres_url(postgres_server: Postgres, postgres_template: str) -> Iterator[str]:
    with postgres_server.database(template=postgres_template) as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.real)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database. A test module that is about one backend overrides this."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = create_engine(database_url)
    try:
        yield engine
    finally:
        await engine.dispose()


@pytest.fixture
def session_factory(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    return sessions(engine)


@pytest.fixture
def uow(session_factory: async_sessionmaker[AsyncSession]) -> Callable[[], SqlAlchemyUnitOfWork]:
    """`async with uow() as work:` is one transaction."""
    return lambda: SqlAlchemyUnitOfWork(session_factory)
