"""Looks at everything INGOT needs and says what works, what is missing and what to do about it."""

from __future__ import annotations

import platform
import sqlite3
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata

import httpx
from dns.asyncresolver import Resolver
from sqlalchemy.exc import DBAPIError

from ingot.actions.launch import report_on
from ingot.agents import AGENTS
from ingot.config.manager import ConfigManager
from ingot.config.schema import AppConfig
from ingot.domain.account import SentLookup
from ingot.errors import IngotError
from ingot.mail.dns import blocking
from ingot.wiring import opened

# The last release of SQLite whose write-ahead log could lose a checkpoint in a rare race.
_WAL_BUG_UNTIL = (3, 51, 2)


class State(StrEnum):
    """How a check came out: `missing` holds something back, `broken` stops everything."""

    works = "works"
    missing = "missing"
    broken = "broken"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One check: what was found, and what to do where it is not well."""

    check: str
    state: State
    found: str
    advice: str = ""


async def examine(manager: ConfigManager | None = None, *, resolver: Resolver | None = None) -> list[Finding]:
    """Run every check. Opens the database, asks local model servers and DNS about the sending domain; sends nothing."""
    manager = manager or ConfigManager()
    findings = [_versions(), _sqlite()]
    try:
        config = manager.load()
    except IngotError as error:
        return [*findings, Finding(check="configuration", state=State.broken, found=error.message, advice=error.hint)]
    found = "config.json is readable" if manager.exists else "defaults: nothing was set up yet"
    findings.append(Finding(check="configuration", state=State.works, found=f"{found} ({manager.base_dir})"))
    database = await _database(manager, config)
    findings += [database, await _models(manager, config)]
    if database.state is not State.broken:
        findings += [await _mailbox(manager, config), *await _domain(manager, config, resolver)]
    return [*findings, _postal_address(config)]


def _versions() -> Finding:
    names = ("ingot", "prefect", "sqlalchemy", "instructor")
    told = ", ".join(f"{name} {metadata.version(name)}" for name in names)
    return Finding(check="versions", state=State.works, found=f"Python {platform.python_version()}, {told}")


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version_info
    affected = (3, 7, 0) <= version <= _WAL_BUG_UNTIL
    advice = (
        "Older than 3.51.3: keep backups; one process at a time avoids a rare fault of its write-ahead log."
        if affected
        else ""
    )
    return Finding(check="SQLite", state=State.works, found=sqlite3.sqlite_version, advice=advice)


async def _database(manager: ConfigManager, _config: AppConfig) -> Finding:
    kind = "Postgres" if manager.database_url.startswith("postgresql") else "SQLite file"
    try:
        async with opened(manager=manager) as wiring, wiring.uow() as uow:
            profile = await uow.profiles.active(wiring.user_id)
    except (IngotError, OSError, DBAPIError) as error:
        advice = error.hint if isinstance(error, IngotError) else "Check INGOT_DATABASE_URL and that the server runs."
        message = error.message if isinstance(error, IngotError) else f"{kind}: {type(error).__name__}"
        return Finding(check="database and profile", state=State.broken, found=message, advice=advice)
    if profile is None:
        return Finding(
            check="database and profile",
            state=State.missing,
            found=f"{kind}, no profile yet",
            advice="ingot profile import FILE",
        )
    lines = len(profile.achievements())
    return Finding(
        check="database and profile",
        state=State.works,
        found=f"{kind}, profile version {profile.version}, {lines} lines to write from",
    )


async def _models(_manager: ConfigManager, config: AppConfig) -> Finding:
    models = {name: config.agents[name].model for name in AGENTS}
    told = ", ".join(sorted(set(models.values())))
    providers = {model.partition("/")[0] for model in models.values()}
    needs = (
        ("openai", config.openai_api_key, "OPENAI_API_KEY"),
        ("anthropic", config.anthropic_api_key, "ANTHROPIC_API_KEY"),
    )
    for provider, key, variable in needs:
        if provider in providers and not key.get_secret_value():
            advice = f"Set {variable} and run `ingot setup --non-interactive`, or use `ingot setup --preset offline`."
            return Finding(check="models", state=State.missing, found=f"{told}; no key for {provider}", advice=advice)
    if "ollama" in providers:
        return await _ollama(
            config.ollama_host,
            told,
            {model.partition("/")[2] for model in models.values() if model.startswith("ollama/")},
        )
    return Finding(check="models", state=State.works, found=told)


async def _ollama(host: str, told: str, wanted: set[str]) -> Finding:
    """Whether Ollama runs and has the models; the names it gives end in `:latest` where the user names no tag."""
    import ollama

    try:
        async with ollama.AsyncClient(host=host, timeout=3, trust_env=False) as client:
            listed = await client.list()
    except (httpx.HTTPError, ConnectionError, ollama.ResponseError):
        advice = "Start it: ollama serve. Or write without a model: ingot setup --non-interactive --preset offline."
        return Finding(
            check="models", state=State.missing, found=f"{told}; Ollama does not answer at {host}", advice=advice
        )
    there = {name for item in listed.models if item.model for name in (item.model, item.model.removesuffix(":latest"))}
    if missing := sorted(wanted - there):
        advice = " ".join(f"Fetch it: ollama pull {name}." for name in missing)
        return Finding(
            check="models", state=State.missing, found=f"{told}; Ollama has no {', '.join(missing)}", advice=advice
        )
    return Finding(check="models", state=State.works, found=told)


_LOOKUPS = {
    SentLookup.untested: ("never tried", "ingot mail test"),
    SentLookup.exact: ("letters can be looked up in Sent", ""),
    SentLookup.rewritten: ("its provider gives letters other ids: one in doubt waits for you", ""),
    SentLookup.not_filed: ("it does not file what programs send: a letter in doubt waits for you", ""),
}


async def _mailbox(manager: ConfigManager, config: AppConfig) -> Finding:
    if not (config.sender_address and config.smtp.host and config.smtp.password.get_secret_value()):
        advice = "ingot setup (drafts can be written and reviewed without one)"
        return Finding(check="mailbox", state=State.missing, found="no mailbox", advice=advice)
    async with opened(manager=manager) as wiring, wiring.uow() as uow:
        account = await uow.accounts.of_user(wiring.user_id)
    server = f"{config.smtp.host}:{config.smtp.port}"
    if account.pause_kind is not None:
        found = f"{server}, paused: {account.pause_reason}"
        return Finding(check="mailbox", state=State.missing, found=found, advice="ingot mail resume")
    told, advice = _LOOKUPS[account.sent_lookup]
    state = State.missing if account.sent_lookup is SentLookup.untested else State.works
    return Finding(check="mailbox", state=state, found=f"{server}, {told}", advice=advice)


async def _domain(manager: ConfigManager, config: AppConfig, resolver: Resolver | None) -> list[Finding]:
    """SPF, DKIM and DMARC of the sending domain; what DNS does not answer is no fault."""
    async with opened(manager=manager) as wiring, wiring.uow() as uow:
        selector = (await uow.accounts.of_user(wiring.user_id)).dkim_selector
    report = await report_on(config, selector=selector, resolver=resolver)
    if report is None:
        return []
    wanting = blocking(report)
    return [
        Finding(
            check=f"DNS {item.kind}",
            state=State.missing if item in wanting else State.works,
            found=f"{report.domain}, {item.state.value}: {item.sentence}",
            advice=f"Add: {item.record.name}  {item.record.type}  {item.record.value}" if item.record else "",
        )
        for item in report.findings
    ]


def _postal_address(config: AppConfig) -> Finding:
    if config.mailing_address:
        return Finding(check="postal address", state=State.works, found="set")
    return Finding(
        check="postal address",
        state=State.missing,
        found="none; no letter can be approved without it",
        advice='ingot config set mailing_address "Street 1, City"',
    )
