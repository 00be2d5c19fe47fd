"""Set INGOT up: what `ingot setup` and `ingot config` do, without a word printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import SecretStr

from ingot.config.manager import ConfigManager
from ingot.config.presets import AGENTS, Preset, preset_changes
from ingot.config.schema import FIELD_NAMES, SECRET_FIELDS, AppConfig, attribute
from ingot.errors import ConfigError

GMAIL = {"smtp.host": "smtp.gmail.com", "smtp.port": "587", "imap.host": "imap.gmail.com", "imap.port": "993"}
GMAIL_DOMAINS = ("gmail.com", "googlemail.com")
MAILBOX = ("smtp.username", "smtp.password", "smtp.host", "smtp.port", "imap.host", "imap.port")

ENVIRONMENT = {
    "smtp.username": "GMAIL_USERNAME",
    "smtp.password": "GMAIL_APP_PASSWORD",
    "mailing_address": "INGOT_MAILING_ADDRESS",
    "sender_name": "INGOT_SENDER_NAME",
    "time_zone": "INGOT_TIME_ZONE",
    "anthropic_api_key": "ANTHROPIC_API_KEY",
    "openai_api_key": "OPENAI_API_KEY",
    "openai_base_url": "OPENAI_BASE_URL",
    "ollama_host": "OLLAMA_HOST",
}
"""Field to the environment variable that setup takes it from."""

NEEDED_TO_SEND = ("smtp.host", "smtp.username", "smtp.password", "imap.host", "mailing_address", "sender_name")
NEEDED_BY_PROVIDER = {
    "anthropic": "anthropic_api_key",
    "openai": "openai_api_key",
    "openai-compatible": "openai_base_url",
}

MASK = "••••"
_DEFAULTS = AppConfig()


@dataclass(frozen=True, kw_only=True)
class SetupReport:
    """Dotted field names: changed by this run, left as they were stored, and still needed before a letter can leave."""

    set: tuple[str, ...]
    kept: tuple[str, ...]
    missing: tuple[str, ...]


def apply_setup(
    manager: ConfigManager,
    *,
    preset: Preset | str | None = None,
    environment: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    overwrite: bool = False,
) -> SetupReport:
    """Make the directory, then store the preset's models, the answers, and what the environment offers.

    Answers (dotted field to text) are the user's word and replace what is stored; an empty one changes nothing.
    The environment fills gaps only, unless `overwrite`; an empty variable counts as absent, so nothing is ever
    emptied. Run again, it changes nothing. ConfigError (nothing stored) where a value is not valid.
    """
    manager.ensure_tree()
    before = manager.load()
    given = {name: text for name, text in (answers or {}).items() if text.strip()}
    offered = {field: (environment or {}).get(variable, "").strip() for field, variable in ENVIRONMENT.items()}
    offered = {field: text for field, text in offered.items() if text}
    changes = preset_changes(named_preset(preset)) if preset else {}
    changes |= _from_environment(before, offered, overwrite=overwrite)
    changes |= _mailbox(before, offered, overwrite=overwrite)
    username, host = (changes.get(name) or _text(before, name) for name in ("smtp.username", "smtp.host"))
    changes |= _answered(given, username=username, host=host)
    if changes or not manager.exists:
        manager.update(changes)
    return report(before, manager.load())


def report(before: AppConfig, after: AppConfig) -> SetupReport:
    """What became of a configuration that was `before`."""
    changed = tuple(name for name in FIELD_NAMES if attribute(before, name) != attribute(after, name))
    kept = tuple(name for name in FIELD_NAMES if name not in changed and _is_stored(after, name))
    return SetupReport(set=changed, kept=kept, missing=missing(after))


def shown(config: AppConfig) -> dict[str, Any]:
    """Give every field under its dotted name, secrets as `••••` (as nothing where there is none): safe to print."""
    data = config.model_dump(mode="json")
    return {name: _masked(config, name) if name in SECRET_FIELDS else _at(data, name) for name in FIELD_NAMES}


def missing(config: AppConfig) -> tuple[str, ...]:
    """Name the fields without which this configuration cannot research, write and send."""
    models = [config.agents[agent].model for agent in AGENTS] + config.llm_fallback_chain
    providers = {model.partition("/")[0] for model in models}
    needed = [*NEEDED_TO_SEND, *(name for provider, name in NEEDED_BY_PROVIDER.items() if provider in providers)]
    return tuple(name for name in needed if not _text(config, name))


def named_preset(name: str) -> Preset:
    """Give the preset of that name. ConfigError where there is none."""
    if name not in list(Preset):
        raise ConfigError(f"There is no preset named {name!r}.", hint=f"Use one of {', '.join(Preset)}.")
    return Preset(name)


def gmail_servers(username: str) -> dict[str, str]:
    """Give Gmail's servers as changes for a Gmail address, nothing for another one."""
    return dict(GMAIL) if username.rpartition("@")[2].lower() in GMAIL_DOMAINS else {}


def _from_environment(before: AppConfig, offered: Mapping[str, str], *, overwrite: bool) -> dict[str, str]:
    return {
        name: text
        for name, text in offered.items()
        if name not in MAILBOX and (overwrite or not _is_stored(before, name))
    }


def _mailbox(before: AppConfig, offered: Mapping[str, str], *, overwrite: bool) -> dict[str, str]:
    """A mailbox is one thing: a user of one account with the password or the servers of another can only fail."""
    stored = before.smtp
    username = offered.get("smtp.username", stored.username)
    password = "".join(offered.get("smtp.password", "").split())  # Google shows app passwords in groups of four
    is_another = stored.username not in {"", username} or stored.host not in {"", GMAIL["smtp.host"]}
    is_complete = bool(stored.password.get_secret_value())
    if not username or not offered.keys() & {"smtp.username", "smtp.password"}:
        return {}
    if is_complete and not overwrite:
        return {}
    if is_another and not (overwrite and "smtp.username" in offered):
        return {}
    return {**GMAIL, "smtp.username": username} | ({"smtp.password": password} if password or is_another else {})


def _answered(given: dict[str, str], *, username: str, host: str) -> dict[str, str]:
    """Answers as changes, where `username` and `host` are what the mailbox would have without them."""
    answered = given.get("smtp.username", username)
    if answered != username:
        # Another account: the password at hand is not its password.
        return {"smtp.password": ""} | gmail_servers(answered) | given
    return given if host else gmail_servers(answered) | given


def _is_stored(config: AppConfig, name: str) -> bool:
    """Whether the user chose it: a value that differs from what an empty configuration has."""
    return bool(attribute(config, name) != attribute(_DEFAULTS, name))


def _text(config: AppConfig, name: str) -> str:
    value = attribute(config, name)
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _masked(config: AppConfig, name: str) -> str:
    return MASK if _text(config, name) else ""


def _at(data: dict[str, Any], name: str) -> Any:
    for part in name.split("."):
        data = data[part]
    return data
