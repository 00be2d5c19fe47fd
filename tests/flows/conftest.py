"""One Prefect server for all flow tests. It starts with the first of them, since it takes seconds."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.fakes.prefect_server import PrefectServer


def pytest_configure(config: pytest.Config) -> None:
    # Not imported by name: these fixtures are shared with tests/tasks, and set up once.
    config.pluginmanager.import_plugin("tests.fakes.sample_fixtures")


@pytest.fixture(scope="session", autouse=True)
def starting(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PrefectServer | None]:
    """A server that may not answer yet, where one of the chosen tests needs it."""
    if not any("prefect_server" in getattr(item, "fixturenames", ()) for item in request.session.items):
        yield None
        return
    server = PrefectServer(tmp_path_factory.mktemp("prefect"), template=_template(request.config))
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _template(config: pytest.Config) -> Path | None:
    """Where pytest's cache, unless it is switched off, keeps the empty database of this version of Prefect."""
    cache = getattr(config, "cache", None)
    return cache.mkdir("prefect") / f"{version('prefect')}.db" if cache is not None else None


@pytest.fixture(scope="session")
def prefect_server(starting: PrefectServer) -> Iterator[PrefectServer]:
    starting.wait()
    with starting.used():
        yield starting
