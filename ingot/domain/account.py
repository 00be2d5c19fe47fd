"""The mailbox that letters leave from: whether it may send, how warm it is, how far its inbox was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo


class PauseKind(StrEnum):
    """Why an account sends nothing. Only a person lifts a pause."""

    bounces = "bounces"
    account = "account"
    person = "person"


class SentLookup(StrEnum):
    """Whether a letter that may have left can be found again in the Sent mailbox.

    Only with `exact` may an unknown letter be queued again: everywhere else its absence proves nothing.
    """

    untested = "untested"
    exact = "exact"
    rewritten = "rewritten"
    not_filed = "not_filed"


# A follow-up says "no answer came"; that is only known of an inbox that was read this lately.
INBOX_FRESH_FOR = timedelta(hours=6)


@dataclass(kw_only=True, eq=False)
class MailAccount:
    """One sending mailbox. `sending_days` counts the days on which something left, in the sender's zone."""

    user_id: str
    address: str = ""
    pause_kind: PauseKind | None = None
    pause_reason: str = ""
    paused_at: datetime | None = None
    sent_lookup: SentLookup = SentLookup.untested
    sent_mailbox: str = ""
    dkim_selector: str = ""
    dns_report: dict[str, Any] = field(default_factory=dict)
    dns_checked_at: datetime | None = None
    next_slot_at: datetime | None = None
    sending_days: int = 0
    last_sending_day: str = ""
    inbox_read_at: datetime | None = None
    id: int | None = None

    def use(self, address: str) -> None:
        """Send from this address. What was learnt of another mailbox, and of its domain, says nothing about this one."""
        if self.address not in {"", address}:
            self.sent_lookup, self.sent_mailbox, self.dkim_selector = SentLookup.untested, "", ""
            self.dns_report, self.dns_checked_at = {}, None
        self.address = address

    def finds_in_sent(self, address: str) -> bool:
        """Whether the absence of a letter from `address` in the Sent mailbox means that it did not leave."""
        return self.sent_lookup is SentLookup.exact and self.address == address

    def pause(self, kind: PauseKind, reason: str, *, now: datetime) -> bool:
        """Stop sending. A pause that stands is kept, with its first reason. Returns whether this call paused it."""
        if self.pause_kind is not None:
            return False
        self.pause_kind, self.pause_reason, self.paused_at = kind, reason, now
        return True

    def resume(self) -> str:
        """Lift the pause; returns why there was one."""
        reason = self.pause_reason
        self.pause_kind, self.pause_reason, self.paused_at = None, "", None
        return reason

    def sent_on(self, moment: datetime, zone: str) -> None:
        """Count the day of a letter that left; an earlier day, of one that was found late, is taken as counted."""
        day = _local_day(moment, zone).isoformat()
        if day > self.last_sending_day:
            self.sending_days, self.last_sending_day = self.sending_days + 1, day

    def earlier_sending_days(self, now: datetime, zone: str) -> int:
        """Days before today on which something left."""
        return self.sending_days - (_local_day(now, zone).isoformat() <= self.last_sending_day)

    def inbox_is_fresh(self, now: datetime) -> bool:
        """Whether "no answer came" is known, and not only "not read yet"."""
        return self.inbox_read_at is not None and now - self.inbox_read_at <= INBOX_FRESH_FOR


@dataclass(kw_only=True, eq=False)
class InboxCursor:
    """How far a mailbox was read: kept in the transaction that stores the mail it covers."""

    user_id: str
    mailbox: str
    uid_validity: int = 0
    last_uid: int = 0
    id: int | None = None
    updated_at: datetime | None = None


def _local_day(moment: datetime, zone: str) -> date:
    return moment.astimezone(ZoneInfo(zone)).date()
