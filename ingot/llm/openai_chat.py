"""A service that speaks OpenAI's chat protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ingot.errors import LLMError
from ingot.llm.connections import Connections
from ingot.llm.forms import LADDER, Form
from ingot.llm.retry import explain

if TYPE_CHECKING:
    from openai import AsyncOpenAI
    from openai.types.chat import ChatCompletion

    from ingot.llm.providers import Endpoint, ProviderSettings

_MOST_CONNECTIONS = 100


class OpenAIChat:
    """One endpoint. It tries once: who asks decides what is worth another try."""

    def __init__(self, endpoint: Endpoint, settings: ProviderSettings, *, forms: tuple[Form, ...] = LADDER) -> None:
        self.url = endpoint.url
        self.forms = forms
        self._endpoint = endpoint
        self._timeout_s = settings.timeout_s
        self._connections = Connections(start=self._start, stop=lambda client: client.close())

    async def chat(self, **request: Any) -> ChatCompletion:
        """Ask once. See `ChatService.chat`."""
        import openai
        from openai.types.chat import ChatCompletion

        with self._connections.use() as client:
            try:
                answer = await client.chat.completions.create(**_as_sent(request))
            except openai.APIError as error:
                raise explain(error, self._endpoint) from None
            except ValueError:  # a body that is no JSON
                answer = None
        if not isinstance(answer, ChatCompletion):
            raise LLMError(
                "The model's service answered with something else than a chat.", hint=self._endpoint.when_away
            )
        return answer

    def _start(self) -> AsyncOpenAI:
        import httpx2
        import openai

        limits = httpx2.Limits(max_connections=_MOST_CONNECTIONS, max_keepalive_connections=_MOST_CONNECTIONS)
        return openai.AsyncOpenAI(
            base_url=self._endpoint.url,
            api_key=self._endpoint.api_key,
            max_retries=0,
            http_client=openai.DefaultAsyncHttpxClient(limits=limits, timeout=self._timeout_s),
        )


def _as_sent(request: dict[str, Any]) -> dict[str, Any]:
    """The request with its messages in `extra_body`, which the library sends as it is.

    It would walk through each message for keys to rename and find none: a fifth of what a call costs on this side.
    """
    body = {**request.get("extra_body", {}), "messages": request["messages"]}
    return {**request, "messages": [], "extra_body": body}
