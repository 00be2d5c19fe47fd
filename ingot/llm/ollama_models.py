"""Fetching models with Ollama."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ingot.errors import LLMError
from ingot.llm.providers import endpoint_of
from ingot.llm.retry import away

if TYPE_CHECKING:
    from ingot.llm.providers import ProviderSettings

Told = Callable[[str, int, int], None]
"""Told of each step: its name, the bytes that are there, of how many (0 where that is not known)."""

_SILENCE_S = 300.0  # between two reports; the whole may take hours


async def pull(name: str, settings: ProviderSettings, tell: Told) -> None:
    """Fetch a model. Raises `LLMUnavailable` where no Ollama runs, `LLMError` where it does not get the model."""
    import httpx
    import ollama

    endpoint = endpoint_of("ollama", settings)
    async with ollama.AsyncClient(endpoint.url, timeout=_SILENCE_S) as client:
        try:
            async for step in await client.pull(name, stream=True):
                tell(step.status or "", step.completed or 0, step.total or 0)
        except ollama.ResponseError:  # its text is whatever a registry says
            raise LLMError(
                f"Ollama cannot fetch {name}.", hint="Check the name at https://ollama.com/library, and the network."
            ) from None
        except (httpx.HTTPError, ConnectionError):
            raise away(endpoint) from None
