"""What all tests share: how many examples they try, who runs with whom, and databases.

A database is migrated once and copied for each test. SQLite always; Postgres where `-m real` asks for it.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

import ingot.db.models  # noqa: F401 - starts the mappers
from ingot.db.engine import create_engine, sessions
from ingot.db.migrate import upgrade
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from tests.fakes.postgres_server import Postgres, binaries, running_postgres

gc.disable()
# Chosen by the environment variable HYPOTHESIS_PROFILE, or by --hypothesis-profile.
settings.register_profile("quick", max_examples=25, deadline=None)
settings.register_profile("thorough", max_examples=300, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

# They share a sample campaign and a Prefect server, which take seconds to make: one worker runs them all, and begins at once.
_EXPENSIVE = ("tests/flows/", "tests/tasks/")

_COMPILED: dict[str, Any] = {}


def _scope(nodeid: str) -> str:
    """What one worker runs as a whole: a file, or all of the expensive ones."""
    return "expensive" if nodeid.startswith(_EXPENSIVE) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """pytest-xdist 3.8 does not see its own `xdist_group` under pytest 9.2, so the groups are made here."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return _scope(nodeid)

    config.option.loadscopereorder = False
    return Scheduling(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The expensive ones first; among them the Prefect server is the last to be needed, as it is slow to start."""
    items.sort(
        key=lambda item: (
            not item.nodeid.startswith(("tests/recovery/", "tests/real/")),  # minutes each: the others run beside them
            _scope(item.nodeid) != "expensive",
            "prefect_server" in getattr(item, "fixturenames", ()),
        )
    )


def pytest_collection_finish() -> None:
    """What is imported stays: a full garbage collection then need not look through all of it again (a sixth of the time)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def _only_loopback(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: what a test opens is here, or it is an error that says where it went."""
    if event == "socket.connect" and isinstance(address := arguments[1], tuple) and not _is_here(str(address[0])):
        raise PermissionError(f"A test tried to reach {address[0]}: tests meet loopback only.")
    if event == "socket.getaddrinfo" and arguments[0] and not _is_here(str(arguments[0])):
        raise PermissionError(f"A test tried to look up {arguments[0]}: tests meet loopback only.")


def _is_here(host: str) -> bool:
    return host in {"localhost", "::1", "0.0.0.0", "::"} or host.startswith("127.")


sys.addaudithook(_only_loopback)


@pytest.fixture(scope="session", autouse=True)
def _no_authorities(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tests meet loopback only; HTTP clients would each read 140 certificates, which takes 20 ms."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SSL_CERT_FILE", raising=False)
        patch.setenv("SSL_CERT_DIR", str(tmp_path_factory.mktemp("authorities")))
        yield


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
    """All engines on SQLite share a dialect: SQLAlchemy compiles each statement once per dialect (a third of the time)."""
    engine = create_engine(database_url)
    inner = engine.sync_engine
    if inner.dialect.name == "sqlite":
        inner.dialect, inner._compiled_cache = _COMPILED.setdefault("sqlite", (inner.dialect, inner._compiled_cache))
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
