"""Trying models out: one small question for each kind of answer, and in what form and at what speed it was answered."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ingot.errors import ConfigError, IngotError, LLMMisconfigured, LLMUnavailable
from ingot.llm.client import LLMClient, Usage
from ingot.llm.forms import FormStore, MemoryForms
from ingot.llm.providers import ProviderSettings
from ingot.llm.specimens import specimens

_HOPELESS = (ConfigError, LLMMisconfigured, LLMUnavailable)  # the next question would not be answered either


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What became of one question. `error` is empty where it worked; `hint` says what to do about it."""

    model: str
    output: str
    usage: Usage = dataclasses.field(default_factory=Usage)
    error: str = ""
    hint: str = ""

    @property
    def tokens_per_second(self) -> float:
        """Output tokens for each second of waiting; 0 where they were not counted."""
        return self.usage.output_tokens * 1000 / self.usage.duration_ms if self.usage.duration_ms else 0.0


async def check_models(
    models: Iterable[str],
    *,
    settings: ProviderSettings,
    forms: FormStore,
    tell: Callable[[Trial], None],
) -> list[Trial]:
    """Ask each model each question, one after the other, finding its form anew; what is found goes into `forms`.

    `tell` hears of each trial as it ends. A model that cannot be opened, or that nobody serves, is tried once.
    """
    trials: list[Trial] = []
    for model in dict.fromkeys(models):
        anew = MemoryForms()
        trials.extend(await _check(model, dataclasses.replace(settings, forms=anew), tell))
        for known in anew.known.values():
            if known.form:
                await forms.save(known.model, known.url, known.form, known.rejected)
    return trials


async def _check(model: str, settings: ProviderSettings, tell: Callable[[Trial], None]) -> list[Trial]:
    trials: list[Trial] = []
    client: LLMClient | None = None
    for prompt in specimens():
        output = prompt.output.__name__
        failure: IngotError | None = None
        try:
            client = client or LLMClient(model, settings=settings)
            trial = Trial(model=model, output=output, usage=(await client.complete(prompt)).usage)
        except IngotError as error:
            usage = error.fields.get("usage", Usage())
            said = f"{type(error).__name__}: {error.message}"
            trial = Trial(model=model, output=output, usage=usage, error=said, hint=error.hint)
            failure = error
        trials.append(trial)
        tell(trial)
        if isinstance(failure, _HOPELESS):
            break
    return trials
