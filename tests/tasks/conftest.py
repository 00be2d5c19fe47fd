"""The stages as plain functions, on copies of a sample campaign."""

from __future__ import annotations

import pytest

from tests.fakes.plain_stages import Shelf


def pytest_configure(config: pytest.Config) -> None:
    # Not imported by name: these fixtures are shared with tests/flows, and set up once.
    config.pluginmanager.import_plugin("tests.fakes.sample_fixtures")


@pytest.fixture(autouse=True)
def _plain(plain: Shelf) -> None:
    """No test here meets Prefect."""
