"""Ollama in its own protocol, which takes what its OpenAI endpoint does not: the context size of each request."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pydantic

from ingot.errors import LLMError, LLMMisconfigured
from ingot.llm.connections import Connections
from ingot.llm.forms import LADDER
from ingot.llm.retry import away, explain_status

if TYPE_CHECKING:
    import httpx
    import ollama
    from openai.types.chat import ChatCompletion

    from ingot.llm.providers import Endpoint, ProviderSettings

_log = logging.getLogger(__name__)

CONTEXT_STEP = 4096
_BYTES_PER_TOKEN = 3  # English has four and more; code, names and other alphabets come close to three
_MOST_BYTES_PER_TOKEN = 5


def context_size(prompt_bytes: int, max_output: int, *, limit: int | None) -> int:
    """Tokens of context that a question needs with its answer, in steps of 4096, and never more than the model has.

    Raises `LLMError` where the question alone is certainly too long: Ollama would cut its beginning off in silence.
    """
    needed = prompt_bytes // _BYTES_PER_TOKEN + max_output
    rounded = -(-needed // CONTEXT_STEP) * CONTEXT_STEP
    if limit is None or rounded <= limit:
        return rounded
    if prompt_bytes // _MOST_BYTES_PER_TOKEN > limit:
        raise LLMError(
            f"The text is too long for this model, which reads {limit} tokens.",
            hint="Use a model with a larger context.",
        )
    if needed > limit:
        _log.warning("about %d tokens are needed and the model has %d: the answer may be cut off", needed, limit)
    return limit


def missing_model(name: str) -> LLMMisconfigured:
    """Ollama has not fetched the model."""
    return LLMMisconfigured(
        f"Ollama has no model named {name}.", hint=f"Fetch it with: ollama pull {name} (or: ingot models pull {name})"
    )


class OllamaChat:
    """One model of one Ollama. It tries once: who asks decides what is worth another try.

    It is asked for JSON by its schema first, which Ollama enforces while sampling. Tools are not used: they bind no
    sampling there, and Ollama's library drops nested objects from their parameters.
    """

    forms = tuple(form for form in LADDER if form.name != "tools")

    def __init__(self, endpoint: Endpoint, settings: ProviderSettings, *, name: str) -> None:
        self.url = endpoint.url
        self._endpoint = endpoint
        self._name = name
        self._timeout_s = settings.timeout_s
        self._limit: int | None = None
        self._is_known = False
        self._context = 0
        self._connections = Connections(start=self._start, stop=_close)

    async def chat(self, **request: Any) -> ChatCompletion:
        """Ask once. See `ChatService.chat`."""
        import httpx

        with self._connections.use() as client:
            try:
                if not self._is_known:
                    self._limit = await self._context_limit(client)
                    self._is_known = True
                answer = await client.chat(
                    model=self._name,
                    messages=request["messages"],
                    format=_format(request.get("extra_body", {}).get("response_format")),
                    options=self._options(request),
                )
            except (httpx.HTTPError, ConnectionError):
                raise away(self._endpoint) from None
            except (ValueError, pydantic.ValidationError):  # a body that is no JSON, or of another shape
                raise LLMError(
                    "Ollama answered with something else than a chat.", hint=self._endpoint.when_away
                ) from None
        return _completion(answer)

    def _options(self, request: dict[str, Any]) -> dict[str, Any]:
        """Ollama's names for the options, and the context size. It never shrinks: each change loads the model anew."""
        size = sum(len(message["content"].encode()) for message in request["messages"])
        most = request.get("max_tokens")
        self._context = max(self._context, context_size(size, most or CONTEXT_STEP, limit=self._limit))
        options = {"num_ctx": self._context, "num_predict": most, "temperature": request.get("temperature")}
        return {name: value for name, value in options.items() if value is not None}

    async def _context_limit(self, client: ollama.AsyncClient) -> int | None:
        shown = await client.show(self._name)
        sizes = [value for key, value in (shown.modelinfo or {}).items() if key.endswith(".context_length")]
        return int(sizes[0]) if sizes else None

    def _start(self) -> ollama.AsyncClient:
        import ollama

        return ollama.AsyncClient(
            self._endpoint.url, timeout=self._timeout_s, event_hooks={"response": [self._check_status]}
        )

    async def _check_status(self, response: httpx.Response) -> None:
        """Raise for a status while its headers are at hand: Ollama's library keeps only the text."""
        if not response.is_error:
            return
        await response.aread()
        if response.status_code == 404:
            raise missing_model(self._name)
        raise explain_status(response.status_code, response.headers, self._endpoint, text=response.text)


def _format(response_format: Any) -> Any:
    if response_format is None:
        return None
    schema = response_format.get("json_schema")
    return schema["schema"] if schema else "json"


def _completion(answer: ollama.ChatResponse) -> ChatCompletion:
    """Put Ollama's answer into the shape that the rest reads."""
    from openai.types.chat import ChatCompletion

    calls = [
        {
            "id": f"call_{number}",
            "type": "function",
            "function": {"name": call.function.name, "arguments": json.dumps(dict(call.function.arguments))},
        }
        for number, call in enumerate(answer.message.tool_calls or [])
    ]
    message = {"role": "assistant", "content": answer.message.content, "tool_calls": calls or None}
    read, written = answer.prompt_eval_count or 0, answer.eval_count or 0
    return ChatCompletion.model_validate(
        {
            "id": "ollama",
            "object": "chat.completion",
            "created": 0,
            "model": answer.model or "",
            "choices": [
                {
                    "index": 0,
                    "finish_reason": "length" if answer.done_reason == "length" else "stop",
                    "message": message,
                }
            ],
            "usage": {"prompt_tokens": read, "completion_tokens": written, "total_tokens": read + written},
        }
    )


async def _close(client: ollama.AsyncClient) -> None:
    await client.close()  # type: ignore[no-untyped-call]  # the library gives no return type
