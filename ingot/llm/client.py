"""The one door to any engine: `LLMClient(model).complete(prompt)`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol

from ingot.errors import ConfigError
from ingot.llm.prompt import Prompt, T

if TYPE_CHECKING:
    from ingot.llm.providers import ProviderSettings


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What one call took: tokens, milliseconds, requests made and micro-dollars.

    Of the requests, `reasks` asked again after an invalid answer and `pieces` asked for a part of the object. `form` is
    the one in which the object came.
    """

    input_tokens: int = 0
    output_tokens: int = 0
    duration_ms: int = 0
    requests: int = 0
    cost_micro_usd: int = 0
    reasks: int = 0
    pieces: int = 0
    form: str = ""

    def __add__(self, other: Usage) -> Usage:
        """Both together; the form is the later one."""
        return Usage(
            input_tokens=self.input_tokens + other.input_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            duration_ms=self.duration_ms + other.duration_ms,
            requests=self.requests + other.requests,
            cost_micro_usd=self.cost_micro_usd + other.cost_micro_usd,
            reasks=self.reasks + other.reasks,
            pieces=self.pieces + other.pieces,
            form=other.form or self.form,
        )


@dataclass(frozen=True, kw_only=True)
class Completion(Generic[T]):
    """A validated answer, who gave it, and what it took."""

    value: T
    model: str
    prompt_hash: str
    usage: Usage


class Engine(Protocol):
    """Something that answers prompts: a provider behind Instructor, or the extractive engine."""

    async def answer(self, prompt: Prompt[T]) -> tuple[T, Usage]:
        """Answer, or raise `LLMValidationError` (invalid answer) or `LLMUnavailable` (no answer)."""
        ...


class LLMClient:
    """A model named `provider/name`, ready to be asked. Opening it makes no request and imports its library late."""

    def __init__(self, model: str, *, settings: ProviderSettings | None = None) -> None:
        provider, _, name = model.partition("/")
        if not name:
            raise ConfigError(
                f"{model!r} is no model name.",
                hint="Write provider/name, such as ollama/llama3.1 or offline/extractive.",
            )
        self.model = model
        self._engine = _open(provider, name, settings)

    async def complete(self, prompt: Prompt[T]) -> Completion[T]:
        """Ask, and return an object of `prompt.output`.

        Raises `LLMValidationError` with the raw text where no answer is such an object (`LLMEmpty`, `LLMTruncated` are
        kinds of it), `LLMUnavailable` where the service did not answer in three tries, `LLMRefused` where the model
        declined, `LLMUnfit` where it knows no form, `LLMMisconfigured` for a refused key or an unknown model.
        """
        value, usage = await self._engine.answer(prompt)
        return Completion(value=value, model=self.model, prompt_hash=prompt.hash, usage=usage)


def _open(provider: str, name: str, settings: ProviderSettings | None) -> Engine:
    if provider == "offline":
        from ingot.llm.offline.engine import ExtractiveEngine

        return ExtractiveEngine(name)
    from ingot.llm.providers import open_engine

    return open_engine(provider, name, settings)
