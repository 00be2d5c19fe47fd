from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from ingot.domain.delivery import (
    DELIVERY_MOVES,
    LEASE,
    LOOK_AGAIN_AFTER,
    RETRY_AFTER,
    SETTLE_AFTER,
    Delivery,
    DeliveryKind,
    DeliveryStatus,
    delivery_key,
)
from ingot.errors import IllegalMove

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
S = DeliveryStatus


def make(**changes: Any) -> Delivery:
    given: dict[str, Any] = {
        "user_id": "user_local",
        "lead_id": 1,
        "kind": DeliveryKind.letter,
        "key": "letter-1",
        "message_id": "<1@valk.example>",
        "sender": "imre@valk.example",
        "recipient": "bo@millpond.example",
        "recipient_key": "bo@millpond.example",
        "subject": "Sensor data",
        "raw": b"Subject: x\r\n\r\nhi\r\n",
        "due_at": NOW,
        "id": 7,
    }
    return Delivery(**{**given, **changes})


def claimed(**changes: Any) -> Delivery:
    delivery = make(**changes)
    delivery.claim(owner="one", now=NOW, raw=b"Date: x\r\n" + delivery.raw)
    return delivery


@pytest.mark.parametrize(("start", "to"), list(product(S, S)))
def test_moves_outside_the_table_are_refused(start: DeliveryStatus, to: DeliveryStatus):
    delivery = make(status=start)
    if to in DELIVERY_MOVES[start]:
        delivery.move(to)
        assert delivery.status is to
        return
    with pytest.raises(IllegalMove, match=f"from {start} to {to}"):
        delivery.move(to)
    assert delivery.status is start


def test_a_claim_leases_the_letter_counts_the_try_and_clears_what_held_it():
    delivery = make(hold="spacing", hold_reason="Apart.", hold_until=NOW)
    delivery.claim(owner="one", now=NOW, raw=b"Date: x\r\n" + delivery.raw)
    assert (delivery.status, delivery.owner, delivery.attempts) == (S.sending, "one", 1)
    assert (delivery.claimed_at, delivery.lease_until) == (NOW, NOW + LEASE)
    assert (delivery.hold, delivery.hold_reason, delivery.hold_until) == ("", "", None)
    assert delivery.raw.startswith(b"Date: x\r\nSubject: ")


def test_a_second_claim_sends_the_bytes_of_the_first():
    delivery = claimed()
    frozen = delivery.raw
    delivery.settle_later(now=NOW, code=451, text="later")
    delivery.claim(owner="two", now=NOW, raw=b"other bytes\r\n")
    assert delivery.raw == frozen


def test_later_waits_longer_each_time_and_fails_in_the_end():
    delivery = make()
    waits = []
    for _ in RETRY_AFTER:
        delivery.claim(owner="one", now=NOW, raw=delivery.raw)
        event = delivery.settle_later(now=NOW, code=451, text="later")
        assert (delivery.status, event.event_type, delivery.smtp_code) == (S.queued, "DeliveryDelayed", 451)
        assert delivery.due_at is not None
        waits.append(delivery.due_at - NOW)
    assert tuple(waits) == RETRY_AFTER
    delivery.claim(owner="one", now=NOW, raw=delivery.raw)
    assert delivery.settle_later(now=NOW, code=451, text="later").event_type == "DeliveryFailed"
    assert delivery.status is S.failed


def test_a_refusal_fails_it_with_the_servers_words():
    delivery = claimed()
    event = delivery.settle_refused(code=550, text="no such user")
    assert (delivery.status, delivery.smtp_code, delivery.smtp_text, delivery.owner) == (
        S.failed,
        550,
        "no such user",
        "",
    )
    assert (event.event_type, event.aggregate_id, event.payload) == (
        "DeliveryFailed",
        "7",
        {"lead_id": 1, "kind": "letter"},
    )


def test_a_letter_given_back_has_lost_no_try():
    delivery = claimed()
    delivery.release()
    assert (delivery.status, delivery.attempts, delivery.owner, delivery.due_at) == (S.queued, 0, "", NOW)


def test_a_letter_can_be_given_back_for_later():
    delivery = claimed()
    delivery.release(not_before=NOW + timedelta(minutes=5))
    assert delivery.due_at == NOW + timedelta(minutes=5)


def test_a_letter_that_left_names_who_says_so():
    delivery = claimed()
    event = delivery.settle_sent(now=NOW, by="reply", code=250)
    assert (delivery.status, delivery.sent_at, delivery.settled_by, delivery.smtp_code) == (S.sent, NOW, "reply", 250)
    assert event.event_type == "DeliverySent"


def test_an_unknown_letter_is_looked_for_once_its_absence_means_something():
    delivery = claimed()
    assert not delivery.may_be_looked_for(NOW)
    assert delivery.settle_unknown(now=NOW).event_type == "DeliveryUnknown"
    assert not delivery.may_be_looked_for(NOW + SETTLE_AFTER - timedelta(seconds=1))
    assert delivery.may_be_looked_for(NOW + SETTLE_AFTER)


def test_absent_once_changes_nothing_and_absent_twice_minutes_apart_queues_it_again():
    delivery = claimed()
    delivery.settle_unknown(now=NOW)
    first = NOW + SETTLE_AFTER
    assert not delivery.found_absent(now=first)
    assert delivery.status is S.unknown
    assert not delivery.may_be_looked_for(first + LOOK_AGAIN_AFTER - timedelta(seconds=1))
    again = first + LOOK_AGAIN_AFTER
    assert delivery.may_be_looked_for(again)
    assert delivery.found_absent(now=again)
    assert (delivery.status, delivery.due_at) == (S.queued, again)
    assert (delivery.unknown_since, delivery.absent_at) == (None, None)


def test_senders_that_die_spend_no_try_of_a_letter():
    delivery = make()
    for _ in range(len(RETRY_AFTER) + 2):
        delivery.claim(owner="gone", now=NOW, raw=delivery.raw)
        delivery.settle_unknown(now=NOW)
        delivery.queue_again(now=NOW)
    delivery.claim(owner="one", now=NOW, raw=delivery.raw)
    delivery.settle_later(now=NOW, code=451, text="later")
    assert (delivery.status, delivery.attempts, delivery.due_at) == (S.queued, 1, NOW + RETRY_AFTER[0])


@pytest.mark.parametrize(
    ("status", "claimed_at", "may"),
    [
        (S.queued, None, False),
        (S.queued, NOW, True),
        (S.sending, NOW, True),
        (S.unknown, NOW, True),
        (S.sent, NOW, False),
        (S.failed, NOW, False),
        (S.skipped, NOW, False),
    ],
)
def test_what_was_taken_for_sending_may_have_left_until_its_end_is_known(
    status: DeliveryStatus, claimed_at: datetime | None, may: bool
):
    assert make(status=status, claimed_at=claimed_at).may_have_left is may


def test_the_key_says_what_it_is_and_which():
    assert delivery_key(DeliveryKind.follow_up, 12) == "follow_up-12"


class AnySequence(RuleBasedStateMachine):
    """Senders, outcomes, leases that run out and looks into Sent, in any order."""

    @initialize()
    def start(self) -> None:
        self.delivery, self.now = make(), NOW
        self.before = self.delivery.status
        self.frozen: bytes | None = None

    @rule(minutes=st.integers(0, 60))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(owner=st.sampled_from(["one", "two"]), stamp=st.binary(min_size=1, max_size=4))
    def claim(self, owner: str, stamp: bytes) -> None:
        allowed = self.delivery.status is S.queued
        try:
            self.delivery.claim(owner=owner, now=self.now, raw=stamp + self.delivery.raw)
        except IllegalMove:
            assert not allowed
            return
        assert allowed
        self.frozen = self.frozen or self.delivery.raw

    @rule(outcome=st.sampled_from(["sent", "later", "refused", "unknown", "release"]))
    def server_answers(self, outcome: str) -> None:
        was, late = self.delivery.status, self.delivery.may_have_left and outcome == "sent"
        deeds = {
            "sent": lambda: self.delivery.settle_sent(now=self.now, by="reply"),
            "later": lambda: self.delivery.settle_later(now=self.now, code=451, text=""),
            "refused": lambda: self.delivery.settle_refused(code=550, text=""),
            "unknown": lambda: self.delivery.settle_unknown(now=self.now),
            "release": self.delivery.release,
        }
        if was is S.sending or late:
            deeds[outcome]()

    @precondition(lambda self: self.delivery.status is S.sending and self.delivery.lease_until <= self.now)
    @rule()
    def lease_runs_out(self) -> None:
        self.delivery.settle_unknown(now=self.now)

    @rule(present=st.booleans())
    def look_into_sent(self, present: bool) -> None:
        if self.delivery.may_be_looked_for(self.now):
            if present:
                self.delivery.settle_sent(now=self.now, by="sent_mailbox")
            else:
                self.delivery.found_absent(now=self.now)

    @invariant()
    def nothing_is_sent_blindly(self) -> None:
        now, before = self.delivery.status, self.before
        assert now is before or not (before in {S.unknown, S.sent} and now is S.sending)
        assert before is not S.sent or now is S.sent
        self.before = now

    @invariant()
    def the_bytes_of_the_first_claim_stay(self) -> None:
        assert self.frozen is None or self.delivery.raw == self.frozen

    @invariant()
    def a_claim_has_an_owner_and_nothing_else_has(self) -> None:
        assert bool(self.delivery.owner) is (self.delivery.status is S.sending)


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(stateful_step_count=30)


@pytest.mark.parametrize(("delivery", "tries"), [(make(), 1), (claimed(), 1)], ids=["queued", "sending"])
def test_what_an_old_backup_has_open_is_in_doubt_and_loses_no_try(delivery: Delivery, tries: int) -> None:
    told = delivery.put_in_doubt(now=NOW)
    assert (told.event_type, delivery.status, delivery.attempts) == ("DeliveryUnknown", S.unknown, tries)
    delivery.queue_again(now=NOW)
    assert (delivery.status, delivery.attempts) == (S.queued, 0)
