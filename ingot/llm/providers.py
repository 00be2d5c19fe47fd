"""Who answers: a table of providers, each an endpoint. Ollama speaks its own protocol, all others OpenAI's."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingot.errors import ConfigError
from ingot.llm.forms import LADDER, SCHEMA_FIRST, FormStore, MemoryForms

if TYPE_CHECKING:
    from ingot.llm.chat import ChatService
    from ingot.llm.instructor_engine import InstructorEngine

OPENAI_URL = "https://api.openai.com/v1"
ANTHROPIC_URL = "https://api.anthropic.com/v1/"
OLLAMA_HOST = "http://127.0.0.1:11434"


@dataclass(frozen=True, kw_only=True)
class ProviderSettings:
    """Keys, addresses and patience.

    `max_tries` are requests for one answer while the other side is busy or away; `timeout_s` ends each of them, and is
    the longest pause that is waited out here (a small model on a laptop takes two minutes for a letter). The first pause
    is `backoff_s` seconds, each next one twice as long. `forms` remembers in what form each model answers.
    """

    openai_api_key: str = field(default="", repr=False)
    anthropic_api_key: str = field(default="", repr=False)
    openai_base_url: str = ""
    ollama_host: str = OLLAMA_HOST
    max_tries: int = 3
    timeout_s: float = 180.0
    backoff_s: float = 1.0
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    forms: FormStore = field(default_factory=MemoryForms)

    def __post_init__(self) -> None:
        if self.max_tries < 1 or self.timeout_s <= 0 or self.backoff_s < 0:
            raise ConfigError(
                "A model call needs at least one try, a time-out above zero and a pause that is not negative.",
                hint="Correct it with: ingot config set max_retries 3",
            )


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Where a provider listens, the key it asks for, and what to do when it does not answer or refuses the key."""

    url: str
    api_key: str = field(repr=False)
    when_away: str
    when_refused: str


def open_engine(provider: str, name: str, settings: ProviderSettings | None = None) -> InstructorEngine:
    """Open model `name` of `provider` without asking it anything; the libraries are loaded at the first question.

    Raises `ConfigError` for an unknown provider, and for a key or an address that is missing.
    """
    from ingot.llm.instructor_engine import InstructorEngine

    settings = settings or ProviderSettings()
    endpoint = endpoint_of(provider, settings)
    chat: ChatService
    if provider == "ollama":
        from ingot.llm.ollama_chat import OllamaChat

        chat = OllamaChat(endpoint, settings, name=name)
    else:
        from ingot.llm.openai_chat import OpenAIChat

        chat = OpenAIChat(endpoint, settings, forms=SCHEMA_FIRST if provider == "openai-compatible" else LADDER)
    return InstructorEngine(model=f"{provider}/{name}", name=name, chat=chat, settings=settings)


def endpoint_of(provider: str, settings: ProviderSettings) -> Endpoint:
    """Where a provider listens. Raises `ConfigError` as `open_engine` does."""
    make = _PROVIDERS.get(provider)
    if make is None:
        raise ConfigError(
            f"There is no model provider named {provider!r}.",
            hint=f"Write provider/name with one of: {', '.join(['offline', *_PROVIDERS])}.",
        )
    return make(settings)


def _openai(settings: ProviderSettings) -> Endpoint:
    return _hosted(OPENAI_URL, "openai_api_key", settings.openai_api_key, "https://status.openai.com")


def _anthropic(settings: ProviderSettings) -> Endpoint:
    return _hosted(ANTHROPIC_URL, "anthropic_api_key", settings.anthropic_api_key, "https://status.anthropic.com")


def _openai_compatible(settings: ProviderSettings) -> Endpoint:
    url = _http_url("openai_base_url", settings.openai_base_url)
    return Endpoint(
        url=url,
        api_key=settings.openai_api_key or "none",  # many local servers ask for no key; the library insists on one
        when_away=f"Check that a model server runs at {url}.",
        when_refused="Set the key of that server with: ingot config set openai_api_key",
    )


def _ollama(settings: ProviderSettings) -> Endpoint:
    host = settings.ollama_host if "://" in settings.ollama_host else f"http://{settings.ollama_host}"
    url = _http_url("ollama_host", host).rstrip("/").removesuffix("/v1")
    return Endpoint(
        url=url,
        api_key="",  # Ollama reads no key
        when_away=f"Start Ollama with: ollama serve (it was looked for at {url}).",
        when_refused="A server in front of Ollama asks for a key: use the provider openai-compatible.",
    )


def _hosted(url: str, setting: str, key: str, status_page: str) -> Endpoint:
    if not key:
        raise ConfigError(f"{setting} is not set.", hint=f"Set it with: ingot config set {setting}")
    return Endpoint(
        url=url,
        api_key=key,
        when_away=f"Try again later; the state of the service is shown at {status_page}.",
        when_refused=f"Replace the key with: ingot config set {setting}",
    )


def _http_url(setting: str, url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ConfigError(
            f"{setting} is not set, or is no http address.",
            hint=f"Set it with: ingot config set {setting} http://127.0.0.1:8080/v1",
        )
    return url


_PROVIDERS: dict[str, Callable[[ProviderSettings], Endpoint]] = {
    "openai": _openai,
    "anthropic": _anthropic,
    "openai-compatible": _openai_compatible,
    "ollama": _ollama,
}
