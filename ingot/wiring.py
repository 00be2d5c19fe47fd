"""Opens everything a task or command needs, and closes it again. Dependencies are passed on, never imported."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

import ingot.db.models  # noqa: F401 - starts the mappers
from ingot.config.manager import ConfigManager
from ingot.config.presets import OFFLINE
from ingot.config.price_file import read_prices
from ingot.config.schema import AppConfig
from ingot.db.engine import create_engine, parse_url, sessions
from ingot.db.revision import is_current
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.budget import Budget
from ingot.errors import ConfigError
from ingot.llm.prices import Prices

if TYPE_CHECKING:
    from ingot.agents import Agents
    from ingot.llm.providers import ProviderSettings
    from ingot.mail.links import LinkSigner
    from ingot.web.client import WebClient

LOCAL_USER = "user_local"


def utc_now() -> datetime:
    """The only clock of the program; rules get its value passed in."""
    return datetime.now(UTC)


Progress = Callable[[str, int, int], None]
"""Told of each stage: its name, how many leads are done, of how many."""


def no_progress(stage: str, done: int, total: int) -> None:
    """Tell nobody: for deployments and tests."""


Checkpoint = Callable[[str, int], Awaitable[bool]]
"""Asked before each step of a campaign: the step and the campaign's id. False: the run ends here."""


async def no_checkpoint(_step: str, _campaign_id: int) -> bool:
    """Go on without asking anybody."""
    return True


class Desk(Protocol):
    """Where a person sits while the campaign runs, and is asked instead of being left a note."""

    async def decide_leads(self, campaign_id: int) -> None:
        """Ask about the open gates."""
        ...

    async def answer_questions(self, campaign_id: int) -> None:
        """Ask the unanswered questions of approved leads."""
        ...


@dataclass(frozen=True, kw_only=True)
class Wiring:
    """What is open: configuration, database, agents, the web.

    Agents and web are made when first asked for: most commands need neither, and their libraries take long to load.
    """

    config: AppConfig
    engine: AsyncEngine
    session_factory: async_sessionmaker[AsyncSession]
    make_agents: Callable[[], Agents]
    make_web: Callable[[], WebClient]
    prices: Prices = field(default_factory=Prices)
    now: Callable[[], datetime] = utc_now
    progress: Progress = no_progress
    checkpoint: Checkpoint = no_checkpoint
    desk: Desk | None = None
    base_dir: Path = Path()
    user_id: str = LOCAL_USER

    @cached_property
    def agents(self) -> Agents:
        """The seven agents as configured."""
        return self.make_agents()

    @cached_property
    def web(self) -> WebClient:
        """The reader of the web; closed with the wiring."""
        return self.make_web()

    @cached_property
    def links(self) -> LinkSigner:
        """What signs the links in letters; the key file is made on first use."""
        from ingot.actions.mailbox import link_signer

        return link_signer(self.base_dir)

    def uow(self) -> SqlAlchemyUnitOfWork:
        """A new transaction."""
        return SqlAlchemyUnitOfWork(self.session_factory)


_current: ContextVar[Wiring | None] = ContextVar("ingot_wiring", default=None)


def is_open() -> bool:
    """Whether a wiring is open here."""
    return _current.get() is not None


def current() -> Wiring:
    """The wiring of the running flow or command."""
    wiring = _current.get()
    if wiring is None:
        raise ConfigError(
            "Nothing is open: a stage was called outside a flow.", hint="Run it inside `async with opened(): ...`."
        )
    return wiring


@asynccontextmanager
async def opened(
    *,
    manager: ConfigManager | None = None,
    offline: bool = False,
    replay: str | None = None,
    source: str | None = None,
    now: Callable[[], datetime] = utc_now,
    progress: Progress = no_progress,
    checkpoint: Checkpoint = no_checkpoint,
    desk: Callable[[Callable[[], SqlAlchemyUnitOfWork]], Desk] | None = None,
) -> AsyncIterator[Wiring]:
    """Open the configured database (migrated to this version), the agents and the web.

    `offline` gives every agent the extractive engine; `replay` and `source` are the loopback servers this run may read.
    """
    manager = manager or ConfigManager()
    manager.ensure_tree()
    config = manager.load()
    _bring_up_to_date(manager.database_url)
    engine = create_engine(manager.database_url)
    session_factory = sessions(engine)
    prices = Prices(read_prices(manager.base_dir), openai_base_url=config.openai_base_url)

    def uow() -> SqlAlchemyUnitOfWork:
        return SqlAlchemyUnitOfWork(session_factory)

    try:
        async with AsyncExitStack() as closing:
            wiring = Wiring(
                config=config,
                engine=engine,
                session_factory=session_factory,
                make_agents=lambda: agents_of(config, uow=uow, prices=prices, offline=offline),
                make_web=lambda: _closed_by(
                    closing, web_client(config, uow=uow, replay=replay, source=source, now=now)
                ),
                prices=prices,
                now=now,
                progress=progress,
                checkpoint=checkpoint,
                base_dir=manager.base_dir,
                desk=desk(uow) if desk else None,
            )
            if replay or source:
                _ = wiring.web  # a server that may not be read is refused now, not in the middle of a run
            token = _current.set(wiring)
            try:
                yield wiring
            finally:
                _current.reset(token)
            await _tell_hooks(wiring)
    finally:
        await engine.dispose()


def _bring_up_to_date(url: str) -> None:
    path = parse_url(url).database
    if not url.startswith("sqlite") or not path or not is_current(Path(path)):
        from ingot.db.migrate import upgrade

        upgrade(url)


def _closed_by(closing: AsyncExitStack, web: WebClient) -> WebClient:
    closing.push_async_exit(web)
    return web


async def _tell_hooks(wiring: Wiring) -> None:
    """Run the user's programs for what happened. After an error they wait for the next run."""
    if any((wiring.base_dir / "hooks").glob("on_*")):
        from ingot.actions.hooks import run_hooks

        await run_hooks(wiring.uow, base_dir=wiring.base_dir, now=wiring.now)


def web_client(
    config: AppConfig,
    *,
    uow: Callable[[], SqlAlchemyUnitOfWork],
    now: Callable[[], datetime] = utc_now,
    replay: str | None = None,
    source: str | None = None,
) -> WebClient:
    """The reader of the web as configured; what it reads of the real web is kept in the database."""
    from ingot.db.repositories.web_cache import DatabaseCache
    from ingot.web.client import WebClient, user_agent

    return WebClient(
        replay=replay,
        allow_loopback_source=source,
        user_agents=config.web.user_agents or [user_agent(config.web.contact)],
        http2=config.web.http2,
        store=None if replay else DatabaseCache(uow),  # a replayed page is not what its address holds today
        clock=now,
    )


def agents_of(
    config: AppConfig, *, uow: Callable[[], SqlAlchemyUnitOfWork], prices: Prices, offline: bool = False
) -> Agents:
    """The seven agents as configured: each with its model, those that stand in for it, and the budget of all."""
    from ingot.agents import AGENTS, Agents
    from ingot.db.repositories.model_forms import DatabaseForms

    models = {name: OFFLINE if offline else config.agents[name].model for name in AGENTS}
    fallbacks = {name: config.agents[name].fallback or config.llm_fallback_chain for name in AGENTS}
    return Agents(
        models,
        settings=replace(provider_settings(config), forms=DatabaseForms(uow)),
        uow=uow,
        fallbacks={} if offline else fallbacks,
        budget=budget_of(config),
        prices=prices,
    )


def budget_of(config: AppConfig) -> Budget:
    """The limits that the user set."""
    return Budget.of(**config.budget.model_dump())


def provider_settings(config: AppConfig) -> ProviderSettings:
    """What the model providers need of the configuration."""
    from ingot.llm.providers import ProviderSettings

    return ProviderSettings(
        openai_api_key=config.openai_api_key.get_secret_value(),
        anthropic_api_key=config.anthropic_api_key.get_secret_value(),
        openai_base_url=config.openai_base_url,
        ollama_host=config.ollama_host,
        max_tries=max(1, config.max_retries),
        timeout_s=config.model_timeout_seconds,
    )
