"""The extractive engine with its answers changed on the way: a model that lies, fails or dawdles."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ingot.config.presets import OFFLINE
from ingot.llm.client import Completion, LLMClient
from ingot.llm.prompt import Prompt
from ingot.wiring import Wiring

Twist = Callable[[Prompt[Any], Any], Any]


def honest(_prompt: Prompt[Any], answer: Any) -> Any:
    return answer


class TwistedClient(LLMClient):
    """`asked` are the prompts; `most` is how many were being answered at once. `twist` may raise instead of answering."""

    def __init__(self, twist: Twist = honest) -> None:
        super().__init__(OFFLINE)
        self.twist = twist
        self.asked: list[Prompt[Any]] = []
        self.busy = self.most = 0

    async def complete(self, prompt: Prompt[Any]) -> Completion[Any]:
        self.asked.append(prompt)
        self.busy += 1
        self.most = max(self.most, self.busy)
        try:
            await asyncio.sleep(0)  # lets whoever waits come in
            completion = await super().complete(prompt)
            return replace(completion, value=self.twist(prompt, completion.value))
        finally:
            self.busy -= 1


def put_in(wiring: Wiring, twist: Twist = honest) -> TwistedClient:
    """Let the agents of this wiring ask a twisted client."""
    client = TwistedClient(twist)
    wiring.agents._clients[OFFLINE] = client
    return client
