import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.learning import LARGEST_CHANGE, Decision, concordance, decision_of, missing_decisions, propose
from ingot.domain.weights import DEFAULT_WEIGHTS, PARTS, changed, weights_of
from ingot.errors import ValidationError

pytestmark = pytest.mark.long

shares = st.fixed_dictionaries({part: st.sampled_from([0.0, 0.25, 0.5, 0.8, 1.0]) for part in PARTS})
decisions = st.lists(
    st.builds(lambda s, yes: Decision(approved=yes, shares=s), shares, st.booleans()), min_size=4
).filter(lambda found: 0 < sum(one.approved for one in found) < len(found))


@st.composite
def weightings(draw: st.DrawFn) -> dict[str, int]:
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=len(PARTS) - 1, max_size=len(PARTS) - 1)))
    points = [high - low for low, high in zip([0, *cuts], [*cuts, 100], strict=True)]
    return dict(zip(PARTS, points, strict=True))


def decided(kind: str, **known: float) -> Decision:
    return Decision(approved=kind == "yes", shares={part: known.get(part, 0.5) for part in PARTS})


@given(decisions, weightings())
def test_proposed_weights_sum_to_100_and_move_by_at_most_ten(found: list[Decision], weights: dict[str, int]):
    proposal = propose(found, weights)
    assert sum(proposal.after.values()) == 100
    assert all(points >= 0 and abs(points - weights[part]) <= LARGEST_CHANGE for part, points in proposal.after.items())
    assert proposal.concordance_after >= proposal.concordance_before
    assert proposal.is_change == (proposal.after != weights)


@given(decisions, weightings(), st.randoms(use_true_random=False))
def test_the_order_of_the_decisions_changes_nothing(
    found: list[Decision], weights: dict[str, int], dice: random.Random
):
    mixed = list(found)
    dice.shuffle(mixed)
    assert propose(mixed, weights) == propose(found, weights)


@given(shares, weightings(), st.integers(1, 9), st.integers(1, 9))
def test_without_a_difference_nothing_is_proposed(same: dict[str, float], weights: dict[str, int], yes: int, no: int):
    found = [Decision(approved=True, shares=same)] * yes + [Decision(approved=False, shares=same)] * no
    assert propose(found, weights).after == weights


def test_what_the_approved_have_in_common_gains_points():
    found = [decided("yes", industry=0.9, skills=0.3)] * 8 + [decided("no", industry=0.2, skills=0.7)] * 8
    proposal = propose(found, DEFAULT_WEIGHTS)
    assert proposal.after["industry"] > DEFAULT_WEIGHTS["industry"]
    assert proposal.after["skills"] < DEFAULT_WEIGHTS["skills"]
    assert proposal.decisions == 16
    assert proposal.concordance_after == concordance(found, proposal.after) >= proposal.concordance_before


def test_more_decisions_move_the_weights_further():
    def gained(times: int) -> int:
        kinds = [decided("yes", size=0.6, skills=0.4), decided("yes", size=0.7), decided("no", size=0.4, skills=0.6)]
        return propose(kinds * times, DEFAULT_WEIGHTS).after["size"] - DEFAULT_WEIGHTS["size"]

    assert 0 <= gained(1) < gained(12)


def test_nothing_is_proposed_where_it_would_order_the_decisions_worse():
    rows = (
        "1 1 1 1 .5 .5 .5", ".5 1 0 1 .5 0 0", ".5 0 .5 .5 0 1 1", "0 1 0 .5 1 1 1",
        "0 1 .5 0 .5 .5 1", "0 0 0 .5 .5 1 .5", "0 0 .5 1 0 .5 1", "1 0 0 0 1 1 0",
    )  # fmt: skip
    found = [
        Decision(approved=number < 6, shares=dict(zip(PARTS, map(float, row.split()), strict=True)))
        for number, row in enumerate(rows)
    ]
    assert not propose(found, DEFAULT_WEIGHTS).is_change


def test_ties_count_half():
    assert concordance([decided("yes"), decided("no")], DEFAULT_WEIGHTS) == 0.5


def test_it_says_how_many_decisions_are_missing():
    assert missing_decisions([]) == "12 more decisions, 3 more approved, 3 more rejected"
    assert missing_decisions([decided("yes")] * 11) == "1 more decisions, 3 more rejected"
    assert missing_decisions([decided("yes")] * 9 + [decided("no")] * 3) == ""


def test_only_scores_of_today_are_learned_from():
    rows = [{"part": part, "points": 5, "of": 10} for part in PARTS]
    found = decision_of([*rows, {"part": "luck", "points": 1, "of": 1}], approved=True)
    assert found == decided("yes")
    assert decision_of(rows[:3], approved=True) is None
    worthless = decision_of([{**row, "points": 0, "of": 0} for row in rows], approved=False)
    assert worthless is not None
    assert set(worthless.shares.values()) == {0.0}


def test_weights_are_the_defaults_until_they_are_changed():
    assert sum(DEFAULT_WEIGHTS.values()) == 100
    assert weights_of({}) == DEFAULT_WEIGHTS
    assert changed(DEFAULT_WEIGHTS, {"skills": 33, "size": 0})["skills"] == 33
    assert weights_of({"skills": 100}) == {part: 100 if part == "skills" else 0 for part in PARTS}


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"skills": 40}, "sum to 112, 12 too many"),
        ({"skills": 0}, "28 too few"),
        ({"luck": 1}, "no part 'luck'"),
        ({"skills": 101}, "101 points"),
    ],
)
def test_weights_that_are_not_a_hundred_points_are_refused(changes: dict[str, int], told: str):
    with pytest.raises(ValidationError, match=told):
        changed(DEFAULT_WEIGHTS, changes)
