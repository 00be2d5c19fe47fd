from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.clearance import HOLDS, OF_THE_ACCOUNT, AccountFacts, Hold, LetterFacts, Room, clearance
from ingot.domain.compliance import Policy, Stance
from ingot.domain.delivery import DeliveryKind

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ALLOW, WARN, BLOCK = (Policy(stance, f"It is {stance}.", "A law.") for stance in Stance)
FREE = Room(cap=5, left=5)
FULL = Room(cap=5, left=0, free_at=LATER)

LETTER = LetterFacts(
    kind=DeliveryKind.follow_up,
    suppressed=False,
    replied=False,
    campaign_paused=False,
    policy=ALLOW,
    basis="",
    opens_at=NOW,
    zone="UTC",
)
ACCOUNT = AccountFacts(hour=FREE, day=FREE, warm_up=FREE)

# How each hold comes about, in the order in which they are asked.
CAUSES: dict[Hold, tuple[dict[str, object], dict[str, object]]] = {
    Hold.suppressed: ({"suppressed": True}, {}),
    Hold.replied: ({"replied": True}, {}),
    Hold.inbox_not_read: ({}, {"inbox_fresh": False}),
    Hold.campaign_paused: ({"campaign_paused": True}, {}),
    Hold.country_policy: ({"policy": WARN}, {}),
    Hold.bounce_pause: ({}, {"bounce_paused": "2 of 20 bounced."}),
    Hold.account_pause: ({}, {"account_paused": "The provider refused."}),
    Hold.outside_window: ({"opens_at": LATER}, {}),
    Hold.hour_cap: ({}, {"hour": FULL}),
    Hold.day_cap: ({}, {"day": FULL}),
    Hold.warm_up_cap: ({}, {"warm_up": FULL}),
    Hold.spacing: ({}, {"next_slot_at": LATER}),
}
ENDS_BY_ITSELF = {Hold.outside_window, Hold.hour_cap, Hold.day_cap, Hold.warm_up_cap, Hold.spacing}


def facts(holds: set[Hold], kind: DeliveryKind = DeliveryKind.follow_up) -> tuple[LetterFacts, AccountFacts]:
    letter, account = replace(LETTER, kind=kind), ACCOUNT
    for hold in holds:
        letter, account = replace(letter, **CAUSES[hold][0]), replace(account, **CAUSES[hold][1])  # type: ignore[arg-type]
    return letter, account


def test_every_hold_has_its_question_in_this_order():
    assert list(CAUSES) == list(Hold)
    assert len(HOLDS) == len(Hold)
    assert frozenset(hold for hold, (_, account) in CAUSES.items() if account) - {Hold.inbox_not_read} == OF_THE_ACCOUNT


def test_what_nothing_holds_may_leave():
    assert clearance(LETTER, ACCOUNT, now=NOW) is None


@given(st.sets(st.sampled_from(Hold)))
def test_of_several_holds_the_first_is_named(holds: set[Hold]):
    held = clearance(*facts(holds), now=NOW)
    first = next((hold for hold in Hold if hold in holds), None)
    assert (held.hold if held else None) is first


@pytest.mark.parametrize("hold", Hold)
def test_a_hold_has_a_reason_and_an_end_where_it_ends_by_itself(hold: Hold):
    held = clearance(*facts({hold}), now=NOW)
    assert held is not None
    assert held.reason.endswith((".", "poll`."))
    assert held.until == (LATER if hold in ENDS_BY_ITSELF else None)


@given(st.sets(st.sampled_from(Hold)))
def test_an_answer_ignores_what_is_about_letters_that_nobody_asked_for(holds: set[Hold]):
    held = clearance(*facts(holds, DeliveryKind.answer), now=NOW)
    ignored = {Hold.replied, Hold.inbox_not_read, Hold.country_policy, Hold.outside_window}
    first = next((hold for hold in Hold if hold in holds - ignored), None)
    assert (held.hold if held else None) is first


def test_only_a_follow_up_needs_a_fresh_inbox():
    letter, account = facts({Hold.inbox_not_read}, DeliveryKind.letter)
    assert clearance(letter, account, now=NOW) is None


@pytest.mark.parametrize(("policy", "basis"), list(product((ALLOW, WARN, BLOCK), ("", "We met."))))
def test_a_country_is_open_by_its_law_or_by_a_stated_basis_but_never_when_blocked(policy: Policy, basis: str):
    held = clearance(replace(LETTER, policy=policy, basis=basis), ACCOUNT, now=NOW)
    opened = policy is ALLOW or (policy is WARN and bool(basis))
    assert (held is None) is opened
    if held is not None:
        assert held.reason.startswith(policy.reason)
        assert ("State a basis" in held.reason) is (policy is WARN)


def test_a_slot_that_has_come_holds_nothing():
    assert clearance(LETTER, replace(ACCOUNT, next_slot_at=NOW), now=NOW) is None


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5))
def test_as_many_leave_in_one_round_as_the_smallest_cap_lets_through(hour: int, day: int, warm_up: int):
    account = AccountFacts(
        hour=Room(cap=9, left=hour), day=Room(cap=9, left=day), warm_up=Room(cap=9, left=warm_up, free_at=LATER)
    )
    taken = 0
    while (held := clearance(LETTER, account, now=NOW)) is None:
        account, taken = account.after_one(next_slot_at=None, now=NOW), taken + 1
    assert taken == min(hour, day, warm_up)
    assert held.until == (LATER if warm_up < min(hour, day) else NOW)


def test_the_gap_to_the_next_letter_holds_the_one_behind():
    account = ACCOUNT.after_one(next_slot_at=LATER, now=NOW)
    held = clearance(LETTER, account, now=NOW)
    assert held is not None
    assert (held.hold, held.until) == (Hold.spacing, LATER)
