"""A chain of models: the next one is asked where one does not answer."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ingot.errors import ConfigError, LLMError, LLMMisconfigured
from ingot.llm.client import Completion, LLMClient, Usage
from ingot.llm.prompt import Prompt, T

if TYPE_CHECKING:
    from ingot.llm.providers import ProviderSettings

_log = logging.getLogger(__name__)


class FallbackClient:
    """Asks `models` in turn. A mistake in the first one's name, address or key is an error; a later such one is skipped."""

    def __init__(self, models: Sequence[str], *, settings: ProviderSettings | None = None) -> None:
        if not models:
            raise ConfigError("A chain of models needs one at least.", hint="Name a model, such as ollama/llama3.1.")
        self.model, *others = dict.fromkeys(models)
        self._others = others
        self._settings = settings
        self._clients: dict[str, LLMClient] = {self.model: LLMClient(self.model, settings=settings)}

    async def complete(self, prompt: Prompt[T]) -> Completion[T]:
        """Ask until one answers. `model` of the completion is who did, `usage` is what all of them took.

        Raises what the last model raised, with the usage of all; `ConfigError` or `LLMMisconfigured` of the first one.
        """
        spent = Usage()
        last: LLMError | None = None
        for client in self._ready():
            try:
                done = await client.complete(prompt)
            except LLMError as error:
                spent += error.fields.get("usage", Usage())
                if isinstance(error, LLMMisconfigured) and client.model != self.model:
                    _log.warning("%s is skipped: %s", client.model, error)
                    continue
                if isinstance(error, LLMMisconfigured):
                    error.fields["usage"] = spent
                    raise
                _log.warning("%s gave no answer (%s)", client.model, type(error).__name__)
                last = error
                continue
            return Completion(
                value=done.value, model=done.model, prompt_hash=done.prompt_hash, usage=spent + done.usage
            )
        assert last is not None
        last.fields["usage"] = spent
        raise last

    def _ready(self) -> Iterator[LLMClient]:
        yield self._clients[self.model]
        for model in self._others:
            if model not in self._clients:
                try:
                    self._clients[model] = LLMClient(model, settings=self._settings)
                except ConfigError as error:
                    _log.warning("%s is skipped: %s", model, error)
                    continue
            yield self._clients[model]
