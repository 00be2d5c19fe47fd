"""Whether a letter may leave now. The questions are asked in order; the first that says no names the hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from ingot.domain.compliance import Policy, Stance
from ingot.domain.delivery import DeliveryKind

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
"""The rolling spans of the caps."""


class Hold(StrEnum):
    """What keeps a letter back."""

    suppressed = "suppressed"
    replied = "replied"
    inbox_not_read = "inbox_not_read"
    campaign_paused = "campaign_paused"
    country_policy = "country_policy"
    bounce_pause = "bounce_pause"
    account_pause = "account_pause"
    outside_window = "outside_window"
    hour_cap = "hour_cap"
    day_cap = "day_cap"
    warm_up_cap = "warm_up_cap"
    spacing = "spacing"


OF_THE_ACCOUNT = frozenset(
    {Hold.bounce_pause, Hold.account_pause, Hold.hour_cap, Hold.day_cap, Hold.warm_up_cap, Hold.spacing}
)
"""Holds that keep every letter of the mailbox back, not one."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """A hold in words. `until` is when it ends by itself, None where something has to happen first."""

    hold: Hold
    reason: str
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Room:
    """How many letters a cap still lets through. With none left, `free_at` is when the next place is free."""

    cap: int
    left: int
    free_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AccountFacts:
    """What is true of the mailbox at this moment."""

    hour: Room
    day: Room
    warm_up: Room
    bounce_paused: str = ""
    account_paused: str = ""
    next_slot_at: datetime | None = None
    inbox_fresh: bool = True

    def after_one(self, *, next_slot_at: datetime | None, now: datetime) -> AccountFacts:
        """The facts once a letter has left at `now`.

        A cap that this exhausts is counted anew before it is asked again, so `now` stands for "not in this round".
        """
        return replace(
            self,
            hour=replace(self.hour, left=self.hour.left - 1, free_at=self.hour.free_at or now),
            day=replace(self.day, left=self.day.left - 1, free_at=self.day.free_at or now),
            warm_up=replace(self.warm_up, left=self.warm_up.left - 1, free_at=self.warm_up.free_at or now),
            next_slot_at=next_slot_at,
        )


@dataclass(frozen=True, kw_only=True)
class LetterFacts:
    """What is true of one letter and its recipient. `opens_at` equals now inside the recipient's office hours."""

    kind: DeliveryKind
    suppressed: bool
    replied: bool
    campaign_paused: bool
    policy: Policy
    basis: str
    opens_at: datetime
    zone: str


Question = Callable[[LetterFacts, AccountFacts, datetime], Held | None]


def is_suppressed(letter: LetterFacts, _account: AccountFacts, _now: datetime) -> Held | None:
    """Asked not to be written to, or the address is dead."""
    if not letter.suppressed:
        return None
    return Held(hold=Hold.suppressed, reason="The address is on the suppression list.")


def has_replied(letter: LetterFacts, _account: AccountFacts, _now: datetime) -> Held | None:
    """Somebody answered; an answer of ours to that is no unasked letter."""
    if not letter.replied or letter.kind is DeliveryKind.answer:
        return None
    return Held(hold=Hold.replied, reason="The company has answered, or is closed.")


def is_inbox_unread(letter: LetterFacts, account: AccountFacts, _now: datetime) -> Held | None:
    """A follow-up needs to know that nothing came back."""
    if account.inbox_fresh or letter.kind is not DeliveryKind.follow_up:
        return None
    return Held(hold=Hold.inbox_not_read, reason="The inbox was not read lately: run `ingot mail poll`.")


def is_campaign_paused(letter: LetterFacts, _account: AccountFacts, _now: datetime) -> Held | None:
    """The user paused it."""
    if not letter.campaign_paused:
        return None
    return Held(hold=Hold.campaign_paused, reason="Its campaign is paused.")


def is_country_closed(letter: LetterFacts, _account: AccountFacts, _now: datetime) -> Held | None:
    """The law of the recipient's country, as the user's policy reads it."""
    if letter.kind is DeliveryKind.answer or letter.policy.stance is Stance.allow:
        return None
    if letter.policy.stance is Stance.warn and letter.basis:
        return None
    todo = (
        "It is not sent." if letter.policy.stance is Stance.block else "State a basis: ingot mail approve ID --basis."
    )
    return Held(hold=Hold.country_policy, reason=f"{letter.policy.reason} {todo}")


def is_paused_for_bounces(_letter: LetterFacts, account: AccountFacts, _now: datetime) -> Held | None:
    """Too many bounces."""
    if not account.bounce_paused:
        return None
    return Held(hold=Hold.bounce_pause, reason=f"{account.bounce_paused} Look, then: ingot mail resume.")


def is_account_paused(_letter: LetterFacts, account: AccountFacts, _now: datetime) -> Held | None:
    """The provider refused the sender, or the user paused."""
    if not account.account_paused:
        return None
    return Held(hold=Hold.account_pause, reason=f"{account.account_paused} Then: ingot mail resume.")


def is_outside_window(letter: LetterFacts, _account: AccountFacts, now: datetime) -> Held | None:
    """Office hours where the recipient is; an answer to somebody who wrote may go at any time."""
    if letter.opens_at <= now or letter.kind is DeliveryKind.answer:
        return None
    return Held(hold=Hold.outside_window, reason=f"Outside office hours in {letter.zone}.", until=letter.opens_at)


def is_over_hour_cap(_letter: LetterFacts, account: AccountFacts, _now: datetime) -> Held | None:
    """Letters in the last hour."""
    if account.hour.left > 0:
        return None
    return Held(hold=Hold.hour_cap, reason=f"{account.hour.cap} letters an hour are sent.", until=account.hour.free_at)


def is_over_day_cap(_letter: LetterFacts, account: AccountFacts, _now: datetime) -> Held | None:
    """Letters in the last 24 hours."""
    if account.day.left > 0:
        return None
    return Held(hold=Hold.day_cap, reason=f"{account.day.cap} letters a day are sent.", until=account.day.free_at)


def is_over_warm_up_cap(_letter: LetterFacts, account: AccountFacts, _now: datetime) -> Held | None:
    """A new mailbox starts slowly."""
    if account.warm_up.left > 0:
        return None
    reason = f"The mailbox is warming up: {account.warm_up.cap} letters a day for now."
    return Held(hold=Hold.warm_up_cap, reason=reason, until=account.warm_up.free_at)


def is_too_soon(_letter: LetterFacts, account: AccountFacts, now: datetime) -> Held | None:
    """Never a burst."""
    if account.next_slot_at is None or account.next_slot_at <= now:
        return None
    return Held(hold=Hold.spacing, reason="Letters leave a little apart.", until=account.next_slot_at)


HOLDS: tuple[Question, ...] = (
    is_suppressed,
    has_replied,
    is_inbox_unread,
    is_campaign_paused,
    is_country_closed,
    is_paused_for_bounces,
    is_account_paused,
    is_outside_window,
    is_over_hour_cap,
    is_over_day_cap,
    is_over_warm_up_cap,
    is_too_soon,
)


def clearance(letter: LetterFacts, account: AccountFacts, *, now: datetime) -> Held | None:
    """The first hold that applies, or None: the letter may leave."""
    return next((held for question in HOLDS if (held := question(letter, account, now)) is not None), None)
