from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.budget import DAY, MICRO_USD, Budget, Excess, Spending, Used, dollars, exceeded, free_at

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
amounts = st.integers(min_value=0, max_value=50 * MICRO_USD)
spendings = st.builds(Spending, micro_usd=amounts, tokens=amounts)
budgets = st.builds(Budget, day=spendings, campaign=spendings)
uses = st.builds(Used, day=spendings, campaign=spendings, campaign_id=st.sampled_from([None, 1]))
moments = st.integers(min_value=0, max_value=36 * 3600).map(lambda seconds: NOW - timedelta(seconds=seconds))
entries = st.lists(st.tuples(moments, st.integers(min_value=1, max_value=100)), max_size=12)


def within(limits: Spending, used: Spending, call: Spending) -> bool:
    dollars_fit = not limits.micro_usd or not call.micro_usd or used.micro_usd + call.micro_usd <= limits.micro_usd
    tokens_fit = not limits.tokens or not call.tokens or used.tokens + call.tokens <= limits.tokens
    return dollars_fit and tokens_fit


@given(budgets, uses, spendings)
def test_a_call_is_let_through_exactly_where_every_limit_it_adds_to_has_room(
    budget: Budget, used: Used, call: Spending
) -> None:
    fits = within(budget.day, used.day, call)
    if used.campaign_id is not None:
        fits = fits and within(budget.campaign, used.campaign, call)
    assert (exceeded(budget, used, call) is None) == fits


@given(uses, spendings)
def test_without_a_budget_nothing_is_held_back(used: Used, call: Spending) -> None:
    assert exceeded(Budget(), used, call) is None
    assert not Budget().is_set


@given(budgets, uses)
def test_what_costs_nothing_is_never_held_back(budget: Budget, used: Used) -> None:
    assert exceeded(budget, used, Spending()) is None


@given(budgets, uses, st.lists(st.builds(Spending, micro_usd=amounts, tokens=amounts), max_size=8))
def test_calls_let_in_one_after_another_never_pass_a_limit_that_was_kept_before(
    budget: Budget, used: Used, calls: list[Spending]
) -> None:
    day, campaign = Spending(), Spending()
    for call in calls:
        if exceeded(budget, Used(day=day, campaign=campaign, campaign_id=1), call) is None:
            day, campaign = day + call, campaign + call
    for limits, sums in ((budget.day, day), (budget.campaign, campaign)):
        assert not limits.micro_usd or sums.micro_usd <= limits.micro_usd
        assert not limits.tokens or sums.tokens <= limits.tokens


@given(budgets, uses, spendings)
def test_the_value_that_is_named_as_enough_is_enough(budget: Budget, used: Used, call: Spending) -> None:
    found = exceeded(budget, used, call)
    if found is None:
        return
    raised = float(found.enough) * (MICRO_USD if found.unit == "usd" else 1)
    assert found.used + found.needed <= raised + 1
    assert found.limit < raised


@given(entries, st.integers(min_value=1, max_value=400), st.integers(min_value=1, max_value=400))
def test_the_moment_that_is_named_is_the_first_at_which_the_call_fits(
    spent: list[tuple[datetime, int]], limit: int, needed: int
) -> None:
    moment = free_at(spent, limit=limit, needed=needed, now=NOW)

    def fits(at: datetime) -> bool:
        return sum(amount for spent_at, amount in spent if spent_at > at - DAY) + needed <= limit

    if moment is None:
        assert needed > limit
        return
    assert fits(moment)
    earlier = [NOW, *(spent_at + DAY for spent_at, _ in spent)]
    assert not any(fits(at) for at in earlier if NOW <= at < moment)


def test_a_limit_that_is_used_up_names_its_setting_and_a_value_that_lets_the_call_pass() -> None:
    budget = Budget.of(day_usd=5, day_tokens=0, campaign_usd=0, campaign_tokens=900)
    used = Used(day=Spending(micro_usd=4_990_000), campaign=Spending(tokens=800), campaign_id=3)
    found = exceeded(budget, used, Spending(micro_usd=20_000, tokens=50))
    assert found == Excess(period="day", unit="usd", limit=5_000_000, used=4_990_000, needed=20_000)
    assert (found.setting, found.enough, found.told(found.used)) == ("budget.day_usd", "10.00", "$4.99")
    tokens = exceeded(budget, used, Spending(tokens=1_500))
    assert tokens is not None
    assert (tokens.setting, tokens.enough, tokens.told(800)) == ("budget.campaign_tokens", "2300", "800 tokens")


def test_the_smallest_limit_is_still_one() -> None:
    budget = Budget.of(day_usd=0.0000001, day_tokens=0, campaign_usd=0, campaign_tokens=0)
    assert (budget.is_set, budget.in_dollars, budget.day.micro_usd) == (True, True, 1)


def test_a_limit_of_tokens_alone_asks_for_no_price() -> None:
    budget = Budget.of(day_usd=0, day_tokens=5, campaign_usd=0, campaign_tokens=0)
    assert (budget.is_set, budget.in_dollars) == (True, False)


@pytest.mark.parametrize(
    ("micro_usd", "told"), [(0, "$0.00"), (4_200, "$0.0042"), (999_999, "$1.0000"), (12_500_000, "$12.50")]
)
def test_dollars_are_told_as_finely_as_they_need_to_be(micro_usd: int, told: str) -> None:
    assert dollars(micro_usd) == told
