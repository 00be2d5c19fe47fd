import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ingot.domain.budget import Budget, Spending, Used
from ingot.errors import BudgetExceeded, PriceUnknown
from ingot.llm.budget import ANSWER_TOKENS, BudgetGuard
from ingot.llm.context import question_tokens
from ingot.llm.prices import Prices
from tests.llm.samples import prompt

pytestmark = pytest.mark.long


NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PAID, DEAR, LOCAL = "openai/gpt-4o-mini", "openai/gpt-4o", "ollama/llama3.1"
QUESTION = prompt()
TOKENS = question_tokens(QUESTION) + ANSWER_TOKENS


@dataclass
class Record:
    """What was logged, as moments and sums; it counts how often it is asked."""

    logged: list[tuple[datetime, Spending]] = field(default_factory=list)
    campaign_id: int | None = 1
    asked: int = 0

    async def used(self, *, lead_id: int | None, since: datetime) -> Used:
        self.asked += 1
        await asyncio.sleep(0)
        day = sum((spent for moment, spent in self.logged if moment > since), Spending())
        campaign = sum((spent for _, spent in self.logged), Spending())
        return Used(day=day, campaign=campaign, campaign_id=self.campaign_id)

    async def entries(self, *, since: datetime, unit: str) -> list[tuple[datetime, int]]:
        return [(moment, spent.micro_usd if unit == "usd" else spent.tokens) for moment, spent in self.logged]


def guard(record: Record, **limits: Any) -> BudgetGuard:
    none = {"day_usd": 0.0, "day_tokens": 0, "campaign_usd": 0.0, "campaign_tokens": 0}
    return BudgetGuard(budget=Budget.of(**none | limits), prices=Prices(), record=record, now=lambda: NOW)


async def ask(guarded: BudgetGuard, *models: str) -> None:
    async with guarded.call(QUESTION, models or (PAID,)):
        pass


async def test_without_a_budget_nothing_is_looked_up() -> None:
    record = Record()
    await ask(guard(record))
    assert record.asked == 0


async def test_the_embedded_engine_is_never_held_back_and_looks_nothing_up() -> None:
    record = Record([(NOW, Spending(micro_usd=9_000_000, tokens=9_000))])
    await ask(guard(record, day_usd=1, day_tokens=1), "offline/extractive")
    assert record.asked == 0


async def at_once(record: Record, takes: int) -> list[Any]:
    """Five calls at once with room for three; each of them is logged with `takes` tokens when it ends."""
    guarded, go_on, inside = guard(record, day_tokens=3 * TOKENS), asyncio.Event(), list[int]()

    async def one(number: int) -> None:
        async with guarded.call(QUESTION, (PAID,)):
            inside.append(number)
            await go_on.wait()
            record.logged.append((NOW, Spending(tokens=takes)))

    calls = [asyncio.create_task(one(number)) for number in range(5)]
    try:
        for _ in range(50):  # far more turns of the loop than the fourth would need to come in
            await asyncio.sleep(0)
        assert inside == [0, 1, 2]
    finally:
        go_on.set()
    return await asyncio.gather(*calls, return_exceptions=True)


async def test_calls_at_once_are_let_in_only_as_far_as_their_sum_fits() -> None:
    record = Record()
    outcomes = await at_once(record, TOKENS)
    assert [type(outcome) for outcome in outcomes] == [*[type(None)] * 3, *[BudgetExceeded] * 2]
    assert sum(spent.tokens for _, spent in record.logged) == 3 * TOKENS


async def test_a_call_that_fits_once_those_under_way_have_ended_waits_for_them() -> None:
    record = Record()
    assert await at_once(record, TOKENS // 4) == [None] * 5


async def test_a_call_that_fails_gives_its_share_back() -> None:
    guarded = guard(Record(), day_tokens=TOKENS)
    with pytest.raises(ValueError, match="broken"):
        async with guarded.call(QUESTION, (PAID,)):
            raise ValueError("broken")
    await ask(guarded)


async def test_a_day_that_is_used_up_says_until_when_and_what_to_set() -> None:
    record = Record([(NOW - timedelta(hours=20), Spending(micro_usd=4_999_900)), (NOW, Spending(micro_usd=50))])
    with pytest.raises(BudgetExceeded, match=r"The budget of the day is used up: \$5\.00 of \$5\.00") as caught:
        await ask(guard(record, day_usd=5))
    assert "ingot config set budget.day_usd 10.00" in caught.value.hint
    assert "wait until 2026-11-24 16:00 UTC" in caught.value.hint


async def test_a_campaign_that_is_used_up_cannot_be_waited_for() -> None:
    record = Record([(NOW - timedelta(days=9), Spending(tokens=1_000))])
    with pytest.raises(BudgetExceeded, match="budget of the campaign") as caught:
        await ask(guard(record, campaign_tokens=1_001))
    assert "ingot config set budget.campaign_tokens" in caught.value.hint
    assert "wait" not in caught.value.hint


async def test_a_call_without_a_lead_counts_for_the_day_alone() -> None:
    record = Record([(NOW - timedelta(days=9), Spending(tokens=1_000))], campaign_id=None)
    await ask(guard(record, campaign_tokens=1_001))
    with pytest.raises(BudgetExceeded, match="budget of the day"):
        await ask(guard(record, day_tokens=10))


async def test_a_limit_below_a_single_call_is_never_waited_for() -> None:
    with pytest.raises(BudgetExceeded) as caught:
        await ask(guard(Record(), day_tokens=10))
    assert "wait" not in caught.value.hint
    assert f"budget.day_tokens {TOKENS}" in caught.value.hint


async def test_of_a_chain_the_dearest_model_is_held_for() -> None:
    record = Record([(NOW, Spending(micro_usd=1))])
    costs = {
        model: Prices().micro_usd(model, input_tokens=TOKENS - ANSWER_TOKENS, output_tokens=ANSWER_TOKENS) or 0
        for model in (PAID, DEAR)
    }
    limit = (costs[PAID] + costs[DEAR]) / 2 / 1e6
    await ask(guard(record, day_usd=limit), PAID, LOCAL)
    with pytest.raises(BudgetExceeded):
        await ask(guard(record, day_usd=limit), PAID, DEAR)


async def test_a_free_model_goes_on_where_dollars_are_used_up() -> None:
    record = Record([(NOW, Spending(micro_usd=9_000_000))])
    await ask(guard(record, day_usd=5), LOCAL)


async def test_a_model_of_unknown_price_is_refused_where_dollars_are_limited() -> None:
    with pytest.raises(PriceUnknown, match="what openai/next costs is not known") as caught:
        await ask(guard(Record(), campaign_usd=5), LOCAL, "openai/next")
    assert "ingot prices set openai/next IN OUT" in caught.value.hint
    await ask(guard(Record(), day_tokens=100_000), "openai/next")
