"""The shape of `config.json`. Fields are named with dots everywhere: in errors, in `ingot config set`, in hints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, model_validator

from ingot.config.fields import (
    WEEKDAYS,
    Contact,
    Days,
    Line,
    Lines,
    ModelName,
    ModelNames,
    Port,
    Secret,
    Stances,
    TimeOfDay,
    UserAgents,
    WebAddress,
    Zone,
)
from ingot.config.presets import OFFLINE
from ingot.errors import ConfigError

LOOPBACK = ("127.0.0.1", "::1", "localhost")
SECRET_FIELDS = ("smtp.password", "anthropic_api_key", "openai_api_key", "hunter_api_key")
"""The only list of secrets: these are SecretStr here and `__encrypted__:...` on disk."""


class _Section(BaseModel):
    # Inputs stay out of every error text: one of them is a password.
    model_config = ConfigDict(
        extra="forbid", validate_assignment=True, validate_default=True, hide_input_in_errors=True
    )


class SmtpConfig(_Section):
    """The mailbox letters go out from. Port 587 means STARTTLS, 465 TLS from the first byte.

    `from_address` is for mailboxes whose user name is no address.
    """

    host: Line = ""
    port: Port = 587
    username: Line = ""
    password: Secret = SecretStr("")
    from_address: Line = ""


class ImapConfig(_Section):
    """Where answers and bounces arrive; user and password are those of `smtp`. Always TLS, but to this machine itself."""

    host: Line = ""
    port: Port = 993
    tls: bool = True

    @model_validator(mode="after")
    def _plain_only_here(self) -> Self:
        if not self.tls and self.host not in ("", *LOOPBACK):
            raise ValueError("tls can be off for 127.0.0.1 and localhost only")
        return self


class AgentConfig(_Section):
    """An agent's model, and those that are asked in turn where it does not answer (else `llm_fallback_chain`)."""

    model: ModelName = OFFLINE
    fallback: ModelNames = Field(default_factory=list)


class AgentsConfig(_Section):
    """One model per agent: `config.agents.writer.model`, or `config.agents["writer"]` where the name is data."""

    orchestrator: AgentConfig = Field(default_factory=AgentConfig)
    scout: AgentConfig = Field(default_factory=AgentConfig)
    research: AgentConfig = Field(default_factory=AgentConfig)
    matcher: AgentConfig = Field(default_factory=AgentConfig)
    writer: AgentConfig = Field(default_factory=AgentConfig)
    outreach: AgentConfig = Field(default_factory=AgentConfig)
    analyst: AgentConfig = Field(default_factory=AgentConfig)

    def __getitem__(self, name: str) -> AgentConfig:
        if name not in type(self).model_fields:
            raise ConfigError(
                f"There is no agent named {name!r}.", hint=f"Use one of {', '.join(type(self).model_fields)}."
            )
        agent: AgentConfig = getattr(self, name)
        return agent


class CapsConfig(_Section):
    """How many letters may leave the mailbox in any 24 hours and any hour (0 stops sending), and how far apart.

    `warm_up` lets a new mailbox start with 5 a day.
    """

    per_day: Annotated[int, Field(ge=0)] = 30
    per_hour: Annotated[int, Field(ge=0)] = 5
    warm_up: bool = True
    min_gap_seconds: Annotated[int, Field(ge=0, le=3600)] = 20
    max_gap_seconds: Annotated[int, Field(ge=0, le=3600)] = 90

    @model_validator(mode="after")
    def _gap_is_a_span(self) -> Self:
        if self.max_gap_seconds < self.min_gap_seconds:
            raise ValueError("max_gap_seconds must not be less than min_gap_seconds")
        return self


class BudgetConfig(_Section):
    """What models may cost, in dollars and in tokens; 0 means no limit. A day is any 24 hours."""

    campaign_usd: Annotated[float, Field(ge=0)] = 0.0
    day_usd: Annotated[float, Field(ge=0)] = 0.0
    campaign_tokens: Annotated[int, Field(ge=0)] = 0
    day_tokens: Annotated[int, Field(ge=0)] = 0


class WebConfig(_Section):
    """How INGOT shows itself to the sites it reads: as INGOT, with `contact` (an address of the web or of mail) if given.

    `user_agents` are shown instead, one a site in turn; `http2` needs the extra of that name.
    """

    contact: Contact = ""
    user_agents: UserAgents = Field(default_factory=list)
    http2: bool = False


class WindowConfig(_Section):
    """When letters may leave, in the recipient's or `time_zone`'s local time: from `start` until before `end`."""

    start: TimeOfDay = time(9)
    end: TimeOfDay = time(17)
    days: Days = Field(default_factory=lambda: list(WEEKDAYS[:5]))

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.end <= self.start:
            raise ValueError("end must be later than start on the same day")
        return self


class AppConfig(_Section):
    """Everything the user can choose. Empty text means "not given"; scores are 0-100.

    `yc_pages` lets research read a company's page in Y Combinator's directory, which its terms of use bar.
    """

    smtp: SmtpConfig = Field(default_factory=SmtpConfig)
    imap: ImapConfig = Field(default_factory=ImapConfig)
    sender_name: Line = ""
    mailing_address: Lines = ""
    anthropic_api_key: Secret = SecretStr("")
    openai_api_key: Secret = SecretStr("")
    openai_base_url: WebAddress = ""
    ollama_host: WebAddress = "http://127.0.0.1:11434"
    agents: AgentsConfig = Field(default_factory=AgentsConfig)
    llm_fallback_chain: ModelNames = Field(default_factory=list)
    entailment_model: ModelName | Literal[""] = ""
    budget: BudgetConfig = Field(default_factory=BudgetConfig)
    web: WebConfig = Field(default_factory=WebConfig)
    yc_pages: bool = False
    hunter_api_key: Secret = SecretStr("")
    max_retries: Annotated[int, Field(ge=0, le=10)] = 3
    model_timeout_seconds: Annotated[int, Field(ge=1, le=3600)] = 180
    caps: CapsConfig = Field(default_factory=CapsConfig)
    window: WindowConfig = Field(default_factory=WindowConfig)
    time_zone: Zone = "UTC"
    country_stances: Stances = Field(default_factory=dict)
    public_base_url: WebAddress = ""
    open_pixel: bool = False
    scheduling_link: WebAddress = ""
    min_score: Annotated[int, Field(ge=0, le=100)] = 40

    @property
    def sender_address(self) -> str:
        """The address letters come from; empty where no mailbox is set up."""
        return self.smtp.from_address or (self.smtp.username if "@" in self.smtp.username else "")


def _leaves(section: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in section.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from _leaves(field.annotation, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}"


FIELD_NAMES = tuple(_leaves(AppConfig))
"""Every field that can be set, dotted, in the order they are shown."""


def _reason(kind: str, message: str) -> str:
    return "there is no such field" if kind == "extra_forbidden" else message.removeprefix("Value error, ")


def parse_config(data: Mapping[str, Any]) -> AppConfig:
    """Check nested data. ConfigError names the fields that are wrong, never what they hold."""
    try:
        return AppConfig.model_validate(data)
    except ValidationError as error:
        wrong = {
            ".".join(map(str, item["loc"])) or "config": _reason(item["type"], item["msg"])
            for item in error.errors(include_url=False, include_context=False, include_input=False)
        }
    listing = "; ".join(f"{name}: {reason}" for name, reason in wrong.items())
    raise ConfigError(
        f"The configuration has {len(wrong)} wrong field{'s' * (len(wrong) > 1)}: {listing}.",
        hint="Give another value; what stands wrong in the file is corrected there (`ingot config path` prints where).",
        names=tuple(wrong),
    )


def plain(config: AppConfig) -> dict[str, Any]:
    """Give the configuration as nested JSON values, secrets in plain text: for encrypting at once, never for showing."""
    data = config.model_dump(mode="json")
    for name in SECRET_FIELDS:
        section, leaf = locate(data, name)
        secret: SecretStr = attribute(config, name)
        section[leaf] = secret.get_secret_value()
    return data


def attribute(config: AppConfig, dotted_name: str) -> Any:
    """Give the value of a dotted field name."""
    value: Any = config
    for part in dotted_name.split("."):
        value = getattr(value, part)
    return value


def locate(data: dict[str, Any], dotted_name: str) -> tuple[dict[str, Any], str]:
    """Give the innermost dict that holds a dotted name, and the last part of the name. Missing sections are made."""
    *sections, leaf = dotted_name.split(".")
    for section in sections:
        data = data.setdefault(section, {})
        if not isinstance(data, dict):
            raise ConfigError(
                f"The configuration's {section!r} is not a group of fields.",
                hint="Take it out of config.json with an editor, then run `ingot setup`.",
            )
    return data, leaf
