"""Asks before each paid call whether the budget still covers it, and holds its share while it is under way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from ingot.domain.budget import DAY, Budget, Excess, Spending, Used, exceeded, free_at
from ingot.errors import BudgetExceeded, PriceUnknown
from ingot.llm.context import question_tokens
from ingot.llm.prices import Prices
from ingot.llm.prompt import Prompt

# What an answer usually takes: a letter with its follow-ups has 600 to 900 tokens, everything else less.
ANSWER_TOKENS = 1_000


class SpendingRecord(Protocol):
    """Where calls are logged."""

    async def used(self, *, lead_id: int | None, since: datetime) -> Used:
        """The sums that a call for this lead is held against."""
        ...

    async def entries(self, *, since: datetime, unit: str) -> list[tuple[datetime, int]]:
        """When how much was used (`usd`: micro-dollars, `tokens`)."""
        ...


@dataclass(eq=False)
class _Held:
    campaign_id: int | None
    spending: Spending


@dataclass(kw_only=True)
class BudgetGuard:
    """The limits of all calls of a process.

    How far a limit can be passed: calls are let in one by one, each with what it is expected to take, on top of what is
    logged and of what this process has under way. So the sum passes a limit at most by what the calls under way take
    beyond that (a longer answer, a question asked again), and, where other processes run, by their calls under way.
    A call without a lead belongs to no campaign and counts for the day alone.
    """

    budget: Budget
    prices: Prices
    record: SpendingRecord
    now: Callable[[], datetime]
    _held: list[_Held] = field(default_factory=list)
    _gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    _ended: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def call(self, prompt: Prompt[Any], models: Sequence[str]) -> AsyncIterator[None]:
        """Hold the share of one call until it is logged. `models` are those that may answer: the dearest counts.

        Raises `BudgetExceeded`, or `PriceUnknown` where dollars are limited and one of the models has no price. Without
        a budget nothing is asked, nor for a call that adds to no limit.
        """
        if not self.budget.is_set:
            yield
            return
        need = self._expected(prompt, models)
        if not (need.tokens or need.micro_usd):
            yield
            return
        held = await self._admit(prompt, need)
        try:
            yield
        finally:
            self._held.remove(held)
            self._ended.set()

    def _expected(self, prompt: Prompt[Any], models: Sequence[str]) -> Spending:
        asked = [model for model in models if not model.startswith("offline/")]
        if not asked:
            return Spending()
        tokens = question_tokens(prompt)
        costs = [self.prices.micro_usd(model, input_tokens=tokens, output_tokens=ANSWER_TOKENS) for model in asked]
        if self.budget.in_dollars and None in costs:
            raise _price_unknown(asked[costs.index(None)])
        return Spending(micro_usd=max(cost or 0 for cost in costs), tokens=tokens + ANSWER_TOKENS)

    async def _admit(self, prompt: Prompt[Any], need: Spending) -> _Held:
        """Let a call in, after waiting for those under way where there might be room without them."""
        async with self._gate:
            while True:
                self._ended.clear()
                # Read before the log is: a call that ends in between counts twice for a moment, never not at all.
                under_way = [*self._held]
                used = await self.record.used(lead_id=prompt.lead_id, since=self.now() - DAY)
                found = exceeded(self.budget, used, need)
                if found is not None:
                    raise await self._excess(found)
                if exceeded(self.budget, _with(used, under_way), need) is None:
                    held = _Held(used.campaign_id, need)
                    self._held.append(held)
                    return held
                await self._ended.wait()

    async def _excess(self, found: Excess) -> BudgetExceeded:
        way = f"Allow more with: ingot config set {found.setting} {found.enough}"
        if found.period == "day":
            now = self.now()
            entries = await self.record.entries(since=now - DAY, unit=found.unit)
            moment = free_at(entries, limit=found.limit, needed=found.needed, now=now)
            way += f", or wait until {moment:%Y-%m-%d %H:%M} UTC" if moment else ""
        return BudgetExceeded(
            f"The budget of the {found.period} is used up: {found.told(found.used)} of {found.told(found.limit)}, and the "
            f"next call takes about {found.told(found.needed)}.",
            hint=f"{way}. Then run the same command again: it goes on from there.",
            setting=found.setting,
            used=found.used,
            limit=found.limit,
            needed=found.needed,
        )


def _with(used: Used, under_way: Sequence[_Held]) -> Used:
    """What was used, and what the calls under way are expected to use."""
    mine = [held.spending for held in under_way if held.campaign_id == used.campaign_id]
    return Used(
        day=sum((held.spending for held in under_way), used.day),
        campaign=sum(mine, used.campaign),
        campaign_id=used.campaign_id,
    )


def _price_unknown(model: str) -> PriceUnknown:
    return PriceUnknown(
        f"The budget is in dollars, and what {model} costs is not known.",
        hint=f"Say it, in dollars for a million tokens in and out: ingot prices set {model} IN OUT. "
        "Or limit tokens instead: ingot config set budget.day_tokens 500000",
        model=model,
    )
