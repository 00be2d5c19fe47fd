"""Setup without questions: what the flags say, and all that they leave out, named in one error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ingot.actions.configure import ENVIRONMENT
from ingot.actions.mail_providers import CUSTOM, PROVIDERS, is_personal, likely_provider
from ingot.cli.opening import read_stdin
from ingot.cli.setup.sending import window_answers
from ingot.config.presets import AGENTS
from ingot.config.schema import AppConfig
from ingot.errors import ConfigError, ValidationError

_PASSWORD = "smtp.password"  # noqa: S105 - the name of a field


@dataclass(frozen=True, kw_only=True)
class Given:
    """The flags of `ingot setup`; an empty one was not given."""

    email: str = ""
    provider: str = ""
    username: str = ""
    smtp_host: str = ""
    smtp_port: str = ""
    imap_host: str = ""
    imap_port: str = ""
    password_file: str = ""
    personal_account: bool = False
    address: str = ""
    name: str = ""
    models: list[str] = field(default_factory=list)
    time_zone: str = ""
    window: str = ""
    days: str = ""
    per_day: str = ""
    per_hour: str = ""
    test_letter: bool = False

    @property
    def names_a_mailbox(self) -> bool:
        """Whether any flag is about the mailbox."""
        mine = (self.email, self.provider, self.username, self.smtp_host, self.smtp_port, self.imap_host)
        return any((*mine, self.imap_port, self.password_file))


def answers_of(given: Given, environment: Mapping[str, str]) -> dict[str, str]:
    """The flags as answers to setup: dotted field to text. Reads the password's file, else takes the environment's."""
    password = _password(given.password_file)
    if given.email and environment.get("GMAIL_USERNAME", given.email) == given.email:
        password = password or environment.get("GMAIL_APP_PASSWORD", "")
    answers = {
        **_servers(given),
        "smtp.username": given.username or given.email,
        "smtp.from_address": given.email if given.username and given.username != given.email else "",
        _PASSWORD: "".join(password.split()),
        "mailing_address": given.address,
        "sender_name": given.name,
        "time_zone": given.time_zone,
        **window_answers(given.window, given.days),
        "caps.per_day": given.per_day,
        "caps.per_hour": given.per_hour,
        **_models(given.models),
    }
    return {name: value for name, value in answers.items() if value}


def refuse_gaps(given: Given, answers: Mapping[str, str], config: AppConfig, environment: Mapping[str, str]) -> None:
    """`ConfigError` that names everything the flags ask for and nobody gave: not they, not the environment, not before."""
    if missing := list(_missing(given, answers, config, environment)):
        raise ConfigError(
            f"Setup lacks: {'; '.join(missing)}.", hint="Nothing was changed. Give these too, or run ingot setup alone."
        )


def _missing(
    given: Given, answers: Mapping[str, str], config: AppConfig, environment: Mapping[str, str]
) -> Iterator[str]:
    if not (given.names_a_mailbox or given.test_letter):
        return
    # A mailbox of the environment is Gmail's: its servers are known.
    offered = {name: environment.get(variable, "") for name, variable in ENVIRONMENT.items()}
    username = answers.get("smtp.username") or offered["smtp.username"]
    is_other = bool(username) and username != config.smtp.username
    password = "" if is_other else config.smtp.password.get_secret_value()
    needed = (
        ("--email", username or config.smtp.username),
        ("--smtp-host (or --provider)", answers.get("smtp.host") or config.smtp.host or offered["smtp.username"]),
        ("--imap-host (or --provider)", answers.get("imap.host") or config.imap.host or offered["smtp.username"]),
        ("--password-file (or GMAIL_APP_PASSWORD)", answers.get(_PASSWORD) or offered[_PASSWORD] or password),
    )
    yield from (flag for flag, value in needed if not value)
    if given.email and is_personal(given.email) and is_other and not given.personal_account:
        yield "--personal-account, your yes to a free provider's address: one taken for a spammer's may be locked"


def _servers(given: Given) -> dict[str, str]:
    name = given.provider or (likely_provider(given.email) if given.email and not given.smtp_host else CUSTOM)
    if name not in (*PROVIDERS, CUSTOM):
        raise ConfigError(
            "There is no provider of that name.", hint=f"Use one of {', '.join(PROVIDERS)}, {CUSTOM} with --smtp-host."
        )
    hosts = {"smtp.host": given.smtp_host, "smtp.port": given.smtp_port}
    hosts |= {"imap.host": given.imap_host, "imap.port": given.imap_port}
    preset = PROVIDERS[name].servers() if name in PROVIDERS else {}
    return preset | {field: value for field, value in hosts.items() if value}


def _password(place: str) -> str:
    if not place:
        return ""
    if place == "-":
        return read_stdin()
    try:
        return Path(place).expanduser().read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ValidationError(
            "The file with the password cannot be read.", hint="Give one line of text: --password-file FILE, or -."
        ) from error


def _models(given: list[str]) -> dict[str, str]:
    answers: dict[str, str] = {}
    for item in given:
        agent, _, model = item.partition("=")
        if agent not in AGENTS or not model:
            raise ConfigError("A model is given as AGENT=PROVIDER/NAME.", hint=f"The agents are {', '.join(AGENTS)}.")
        answers[f"agents.{agent}.model"] = model
    return answers
