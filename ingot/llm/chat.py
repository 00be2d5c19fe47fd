"""What an engine needs of a service: one chat in, one completion out, whatever protocol it speaks."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from ingot.llm.client import Usage
from ingot.llm.prices import cost_micro_usd

if TYPE_CHECKING:
    from openai.types.chat import ChatCompletion

    from ingot.llm.forms import Form


class ChatService(Protocol):
    """A model behind an address. `forms` are those it can be asked in, the best first."""

    url: str
    forms: tuple[Form, ...]

    async def chat(self, **request: Any) -> ChatCompletion:
        """Send the arguments of OpenAI's `chat.completions.create` once, in whatever protocol.

        What binds the form stands in `extra_body`: OpenAI's library sends that as it is, without walking through it.

        Raises `LLMUnavailable` for what passes by itself, `RequestRefused` where the request is rejected, `LLMError` else.
        """
        ...


@dataclass
class Tally:
    """What one answer has taken so far."""

    started: float = field(default_factory=time.monotonic)
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    reasks: int = 0
    pieces: int = 0
    form: str = ""

    def add(self, completion: ChatCompletion) -> None:
        """Count the tokens of an answer."""
        if completion.usage:
            self.input_tokens += completion.usage.prompt_tokens or 0
            self.output_tokens += completion.usage.completion_tokens or 0

    def usage(self, model: str) -> Usage:
        """The sum, with its price."""
        return Usage(
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            duration_ms=round((time.monotonic() - self.started) * 1000),
            requests=self.requests,
            cost_micro_usd=cost_micro_usd(model, input_tokens=self.input_tokens, output_tokens=self.output_tokens),
            reasks=self.reasks,
            pieces=self.pieces,
            form=self.form,
        )
