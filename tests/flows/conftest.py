"""One Prefect server for all flow tests, started as soon as pytest knows that one of them will run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.prefect_server import PrefectServer

_SERVER = pytest.StashKey[PrefectServer]()


def pytest_configure(config: pytest.Config) -> None:
    # Not imported by name: these fixtures are shared with tests/tasks, and set up once.
    config.pluginmanager.import_plugin("tests.fakes.sample_fixtures")


def pytest_collection_finish(session: pytest.Session) -> None:
    needed = any("prefect_server" in getattr(item, "fixturenames", ()) for item in session.items)
    if needed and not session.config.option.collectonly:
        factory: pytest.TempPathFactory = session.config._tmp_path_factory  # type: ignore[attr-defined]
        session.config.stash[_SERVER] = server = PrefectServer(Path(factory.mktemp("prefect")))
        server.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    if (server := config.stash.get(_SERVER, None)) is not None:
        server.stop()


@pytest.fixture(scope="session")
def prefect_server(request: pytest.FixtureRequest) -> Iterator[PrefectServer]:
    server = request.config.stash[_SERVER]
    server.wait()
    with server.used():
        yield server
