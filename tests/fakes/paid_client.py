"""The extractive engine under the name of a model that costs money."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ingot.agents import AGENTS
from ingot.domain.budget import Budget
from ingot.llm.client import Completion, Usage
from ingot.llm.prompt import Prompt
from ingot.wiring import Wiring
from tests.fakes.twisted_client import TwistedClient

PAID = "openai/gpt-4o"
TAKES = Usage(input_tokens=2_000, output_tokens=500, requests=1, cost_micro_usd=10_000)


class PaidClient(TwistedClient):
    async def complete(self, prompt: Prompt[Any]) -> Completion[Any]:
        return replace(await super().complete(prompt), model=PAID, usage=TAKES)


def charge(wiring: Wiring, **limits: float) -> PaidClient:
    """Let all agents of this wiring ask a paid model within these limits."""
    client, agents = PaidClient(), wiring.agents
    agents._models = dict.fromkeys(AGENTS, PAID)
    agents._clients[PAID] = client
    allow(wiring, **limits)
    return client


def allow(wiring: Wiring, **limits: float) -> None:
    none: dict[str, Any] = {"day_usd": 0.0, "day_tokens": 0, "campaign_usd": 0.0, "campaign_tokens": 0}
    wiring.agents._guard.budget = Budget.of(**none | limits)
