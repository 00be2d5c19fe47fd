"""The public app on a database with one letter that left."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy.engine import make_url

from ingot.actions.queue import OPENED, UNSUBSCRIBE
from ingot.config.manager import ConfigManager
from ingot.db.engine import create_engine, sessions
from ingot.domain.delivery import DeliveryStatus
from ingot.public.app import make_app
from ingot.wiring import Wiring, opened
from tests.fakes.entities import NOW, add_campaign, add_drafted
from tests.fakes.mailing import add_delivery

KEY = "letter-1"
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.5.0"}


@pytest.fixture
def manager(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ConfigManager:
    monkeypatch.delenv("INGOT_DATABASE_URL", raising=False)
    manager = ConfigManager(tmp_path / "base")
    manager.ensure_tree()
    manager.set("open_pixel", "true")
    shutil.copy(sqlite_template, make_url(manager.database_url).database or "")
    return manager


@pytest.fixture
async def wiring(manager: ConfigManager) -> AsyncIterator[Wiring]:
    """Open, with one letter that left."""
    async with opened(manager=manager, now=lambda: NOW) as wiring:
        async with wiring.uow() as uow:
            letter = await add_drafted(uow, await add_campaign(uow))
            await add_delivery(uow, letter, key=KEY, status=DeliveryStatus.sent)
            await uow.commit()
        yield wiring


@pytest.fixture
async def client(wiring: Wiring) -> AsyncIterator[httpx.AsyncClient]:
    async with talking_to(wiring) as client:
        yield client


@pytest.fixture
async def broken(wiring: Wiring, tmp_path: Path) -> AsyncIterator[Wiring]:
    """Its database has no tables."""
    engine = create_engine(f"sqlite+aiosqlite:///{tmp_path / 'bare.db'}")
    try:
        yield replace(wiring, engine=engine, session_factory=sessions(engine))
    finally:
        await engine.dispose()


@asynccontextmanager
async def talking_to(wiring: Wiring) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(make_app(wiring))
    async with httpx.AsyncClient(transport=transport, base_url="http://out.valk.example", headers=READER) as client:
        yield client


def page(wiring: Wiring) -> str:
    return f"/u/{wiring.links.sign(UNSUBSCRIBE, KEY)}"


def pixel(wiring: Wiring) -> str:
    return f"/o/{wiring.links.sign(OPENED, KEY)}.gif"
