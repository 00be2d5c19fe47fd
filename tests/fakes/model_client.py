"""A model client that gives scripted answers and remembers what it was asked; no engine behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from ingot.agents import AGENTS, Agents
from ingot.errors import LLMError
from ingot.llm.client import Completion, LLMClient, Usage
from ingot.llm.outputs import Answer
from ingot.llm.prompt import Prompt
from ingot.llm.providers import ProviderSettings

MODEL = "scripted/one"
USAGE = Usage(input_tokens=120, output_tokens=30, duration_ms=45, requests=1, cost_micro_usd=7)


class ScriptedClient(LLMClient):
    """Answers in the order of the script, the last entry again and again; an error is raised. `go_on` holds answers back."""

    def __init__(self, script: Sequence[Answer | LLMError]) -> None:
        self.model = MODEL
        self.script = list(script)
        self.asked: list[Prompt[Any]] = []
        self.running = self.most_at_once = 0
        self._started = asyncio.Condition()
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def complete(self, prompt: Prompt[Any]) -> Completion[Any]:
        self.asked.append(prompt)
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        async with self._started:
            self._started.notify_all()
        await self.go_on.wait()
        self.running -= 1
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if isinstance(answer, LLMError):
            raise answer
        return Completion(value=answer, model=self.model, prompt_hash=prompt.hash, usage=USAGE)

    async def until_running(self, count: int) -> None:
        """Wait until so many questions are held back at once."""
        async with self._started:
            await self._started.wait_for(lambda: self.running >= count)


class ScriptedAgents(Agents):
    """Seven agents behind one scripted client."""

    def __init__(self, script: Sequence[Answer | LLMError], *, uow: Any) -> None:
        super().__init__(dict.fromkeys(AGENTS, MODEL), settings=ProviderSettings(), uow=uow)
        self.client = ScriptedClient(script)
        self._clients[MODEL] = self.client
