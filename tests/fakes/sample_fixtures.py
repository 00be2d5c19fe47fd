"""Fixtures for tests of stages and flows: a sample campaign, stopped after each stage. A conftest registers them as a plugin."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

import pytest

from ingot.config.manager import ConfigManager
from ingot.sample import SampleServer
from ingot.wiring import Checkpoint, Desk, Wiring, no_checkpoint, opened
from tests.fakes.plain_stages import Shelf, plain_stages, take_snapshots


class At(Protocol):
    def __call__(
        self, stage: str, *, desk: Callable[..., Desk] | None = None, checkpoint: Checkpoint = no_checkpoint
    ) -> AbstractAsyncContextManager[Wiring]: ...


@pytest.fixture(scope="session")
def sample() -> Iterator[SampleServer]:
    with SampleServer() as server:
        yield server


@pytest.fixture(scope="session")
def snapshots(tmp_path_factory: pytest.TempPathFactory, sample: SampleServer) -> Path:
    root = tmp_path_factory.mktemp("sample-campaign")
    with pytest.MonkeyPatch.context() as patch, plain_stages():
        patch.delenv("INGOT_DATABASE_URL", raising=False)
        asyncio.run(take_snapshots(root, sample.url))
    return root


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """No Prefect; yields what would have been published there."""
    monkeypatch.delenv("INGOT_DATABASE_URL", raising=False)
    with plain_stages() as shelf:
        yield shelf


@pytest.fixture
def at(snapshots: Path, sample: SampleServer, tmp_path: Path) -> At:
    """`async with at("matched") as wiring:` opens a copy of the sample campaign as it stood after that stage.

    A second `at` of the same stage in one test opens the same copy again.
    """

    def open_at(
        stage: str, *, desk: Callable[..., Desk] | None = None, checkpoint: Checkpoint = no_checkpoint
    ) -> AbstractAsyncContextManager[Wiring]:
        home = tmp_path / stage
        if not home.exists():
            shutil.copytree(snapshots / stage, home)
        return opened(
            manager=ConfigManager(home),
            offline=True,
            replay=sample.url,
            source=sample.url,
            desk=desk,
            checkpoint=checkpoint,
        )

    return open_at
