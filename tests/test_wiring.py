import asyncio
from datetime import UTC
from functools import partial
from pathlib import Path

import pytest

from benchmarks.web_safety import World, names
from ingot.agents import AGENTS
from ingot.cli.desk import TerminalDesk
from ingot.config.manager import ConfigManager
from ingot.config.presets import OFFLINE
from ingot.errors import ConfigError, DBError
from ingot.web.client import WebClient, user_agent
from ingot.wiring import LOCAL_USER, current, is_open, no_progress, opened, provider_settings, utc_now
from tests.fakes.entities import NOW, make_profile
from tests.web.site import Answer, running

pytestmark = pytest.mark.long


@pytest.fixture
def manager(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ConfigManager:
    monkeypatch.delenv("INGOT_DATABASE_URL", raising=False)
    return ConfigManager(tmp_path / "base")


async def test_outside_a_flow_nothing_is_open() -> None:
    assert not is_open()
    with pytest.raises(ConfigError, match="Nothing is open"):
        current()


async def test_what_is_opened_is_current_until_it_is_closed(manager: ConfigManager) -> None:
    async with opened(manager=manager) as wiring:
        assert is_open()
        assert current() is wiring
        assert await asyncio.gather(*(asyncio.to_thread(current) for _ in range(2))) == [wiring, wiring]
    assert not is_open()


async def test_an_error_inside_closes_too(manager: ConfigManager) -> None:
    with pytest.raises(DBError):
        async with opened(manager=manager):
            raise DBError("x")
    assert not is_open()


async def test_the_inner_of_two_is_current_and_the_outer_again_after_it(manager: ConfigManager) -> None:
    async with opened(manager=manager) as outer:
        async with opened(manager=manager) as inner:
            assert current() is inner
        assert current() is outer


async def test_opening_makes_and_migrates_the_database(manager: ConfigManager) -> None:
    async with opened(manager=manager) as wiring:
        async with wiring.uow() as uow:
            await uow.profiles.add_version(make_profile())
            await uow.commit()
        async with wiring.uow() as uow:
            active = await uow.profiles.active(LOCAL_USER)
    assert active is not None
    assert (manager.base_dir / "outreach.db").stat().st_mode & 0o077 == 0


async def test_what_was_not_committed_is_gone(manager: ConfigManager) -> None:
    async with opened(manager=manager) as wiring:
        async with wiring.uow() as uow:
            await uow.profiles.add_version(make_profile())
        async with wiring.uow() as uow:
            assert await uow.profiles.active(LOCAL_USER) is None


async def test_offline_gives_every_agent_the_embedded_engine(manager: ConfigManager) -> None:
    manager.ensure_tree()
    manager.set("agents.writer.model", "openai/some-model")
    async with opened(manager=manager) as wiring:
        assert wiring.agents.model_of("writer") == "openai/some-model"
    async with opened(manager=manager, offline=True) as wiring:
        assert {wiring.agents.model_of(name) for name in AGENTS} == {OFFLINE}


async def test_clock_progress_and_desk_are_the_given_ones(manager: ConfigManager) -> None:
    told: list[tuple[str, int, int]] = []
    async with opened(
        manager=manager,
        now=lambda: NOW,
        progress=lambda *stage: told.append(stage),
        desk=lambda uow: TerminalDesk(uow, lambda: NOW),
    ) as wiring:
        wiring.progress("scout", 1, 2)
        assert wiring.now() == NOW
        assert isinstance(wiring.desk, TerminalDesk)
    assert told == [("scout", 1, 2)]


async def test_without_them_nobody_is_told_and_the_clock_is_utc(manager: ConfigManager) -> None:
    async with opened(manager=manager) as wiring:
        assert wiring.desk is None
        assert wiring.progress is no_progress
    assert utc_now().tzinfo is UTC


def test_providers_are_tried_at_least_once(manager: ConfigManager) -> None:
    manager.ensure_tree()
    manager.set("max_retries", "0")
    manager.set("openai_api_key", "sk-test")
    settings = provider_settings(manager.load())
    assert (settings.max_tries, settings.openai_api_key) == (1, "sk-test")


async def test_pages_of_the_web_are_kept_and_those_of_a_replay_are_not(
    manager: ConfigManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager.ensure_tree()
    manager.set("web.contact", "https://me.example")
    with running({"/": Answer()}) as site:
        here = ("127.0.0.1", site.port)
        inside = partial(WebClient, resolver=names, network=World(site=here, trap=here), delay=0)
        monkeypatch.setattr("ingot.web.client.WebClient", inside)
        for replay in (site.origin, None, None):
            async with opened(manager=manager, replay=replay) as wiring:
                await wiring.web.get("http://public.example/")
    assert site.pages == ["/", "/"]
    assert {headers["user-agent"] for _, _, headers in site.asked} == {user_agent("https://me.example")}
