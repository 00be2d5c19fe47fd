"""A letter on its way: the frozen bytes, and where they stand. One delivery a letter, so none goes out twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from ingot.domain.event import DomainEvent
from ingot.domain.inbound import BounceClass
from ingot.errors import IllegalMove


class DeliveryStatus(StrEnum):
    """Where a delivery stands. `unknown`: the server may have taken the letter, and nobody heard its answer."""

    queued = "queued"
    sending = "sending"
    sent = "sent"
    failed = "failed"
    unknown = "unknown"
    skipped = "skipped"


_S = DeliveryStatus

DELIVERY_MOVES: dict[DeliveryStatus, frozenset[DeliveryStatus]] = {
    # Straight to `sent`: one that was tried and queued again turns out to have left the first time.
    # To `unknown` where an old backup says `queued`: it may have left since.
    _S.queued: frozenset({_S.sending, _S.sent, _S.skipped, _S.unknown}),
    _S.sending: frozenset({_S.sent, _S.failed, _S.queued, _S.unknown}),
    # Never to `sending`: what may have left is first looked for, then queued again or not.
    _S.unknown: frozenset({_S.sent, _S.queued, _S.skipped}),
    _S.failed: frozenset({_S.queued, _S.skipped}),
    _S.sent: frozenset(),
    _S.skipped: frozenset(),
}

SPENT = (DeliveryStatus.sending, DeliveryStatus.unknown, DeliveryStatus.sent)
"""What counts against the caps: what left, and what may have."""

# How long a claim holds. Longer than one letter can take on the wire, so that no living sender loses it.
LEASE = timedelta(minutes=20)
# An accepted letter is filed in Sent a while after the server said yes; asked earlier, its absence says nothing.
SETTLE_AFTER = timedelta(minutes=10)
LOOK_AGAIN_AFTER = timedelta(minutes=5)
RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))


class DeliveryKind(StrEnum):
    """What the bytes are."""

    letter = "letter"
    follow_up = "follow_up"
    answer = "answer"


@dataclass(kw_only=True, eq=False)
class Delivery:
    """One letter, follow-up or answer as it goes over the wire.

    `raw` holds the bytes without a Date header until the first claim stamps it; from then on they never change. `due_at` is
    None for a follow-up until what stands before it has left. `zone` is whose office hours count, `zone_note` says where it
    is a guess. `hold` names what kept it back when it was last looked at. `attempts` counts the tries that the server
    answered, with the one under way. `opens` counts loads of the pixel by what may be a person, `proxy_opens` those by
    programs that load every picture.
    """

    user_id: str
    lead_id: int
    kind: DeliveryKind
    key: str
    message_id: str
    sender: str
    recipient: str
    recipient_key: str
    subject: str
    raw: bytes
    variant: str = ""
    email_id: int | None = None
    followup_id: int | None = None
    answer_id: int | None = None
    status: DeliveryStatus = DeliveryStatus.queued
    due_at: datetime | None = None
    zone: str = "UTC"
    zone_note: str = ""
    countries: list[str] = field(default_factory=list)
    hold: str = ""
    hold_reason: str = ""
    hold_until: datetime | None = None
    owner: str = ""
    attempts: int = 0
    lease_until: datetime | None = None
    claimed_at: datetime | None = None
    sent_at: datetime | None = None
    unknown_since: datetime | None = None
    absent_at: datetime | None = None
    settled_by: str = ""
    smtp_code: int = 0
    smtp_text: str = ""
    bounced_at: datetime | None = None
    bounce_class: BounceClass | None = None
    opened_at: datetime | None = None
    opens: int = 0
    proxy_opens: int = 0
    id: int | None = None
    created_at: datetime | None = None

    def move(self, to: DeliveryStatus) -> None:
        """Change the status, or raise `IllegalMove`."""
        if to not in DELIVERY_MOVES[self.status]:
            raise IllegalMove(
                f"A delivery cannot go from {self.status} to {to}.", hint="See `ingot mail status` for where it stands."
            )
        self.status = to

    @property
    def may_have_left(self) -> bool:
        """Whether it was taken for sending, and nothing has told yet what became of it for good."""
        open_still = self.status in {DeliveryStatus.queued, DeliveryStatus.sending, DeliveryStatus.unknown}
        return open_still and self.claimed_at is not None

    def claim(self, *, owner: str, now: datetime, raw: bytes) -> None:
        """Take it for sending. `raw`, the bytes with the Date header, counts on the first claim; later ones repeat those."""
        self.move(DeliveryStatus.sending)
        self.raw = raw if self.claimed_at is None else self.raw
        self.owner, self.claimed_at, self.lease_until = owner, now, now + LEASE
        self.attempts += 1
        self.hold, self.hold_reason, self.hold_until = "", "", None

    def settle_sent(self, *, now: datetime, by: str, code: int = 0) -> DomainEvent:
        """It left: by the server's `reply`, its copy in the `sent_mailbox`, an `answer` to it, or a `person`'s word."""
        self.move(DeliveryStatus.sent)
        self.sent_at, self.settled_by, self.smtp_code, self.owner = now, by, code, ""
        return self.event("DeliverySent")

    def settle_later(self, *, now: datetime, code: int, text: str) -> DomainEvent:
        """The server asked to come back: queued again with the same bytes, or failed after the last try."""
        self.smtp_code, self.smtp_text, self.owner = code, text, ""
        if self.attempts > len(RETRY_AFTER):
            self.move(DeliveryStatus.failed)
            return self.event("DeliveryFailed")
        self.move(DeliveryStatus.queued)
        self.due_at = now + RETRY_AFTER[self.attempts - 1]
        return self.event("DeliveryDelayed")

    def settle_refused(self, *, code: int, text: str) -> DomainEvent:
        """The server will not take it."""
        self.move(DeliveryStatus.failed)
        self.smtp_code, self.smtp_text, self.owner = code, text, ""
        return self.event("DeliveryFailed")

    def settle_unknown(self, *, now: datetime) -> DomainEvent:
        """Nobody heard whether it was taken."""
        self.move(DeliveryStatus.unknown)
        self.unknown_since, self.absent_at, self.owner = now, None, ""
        return self.event("DeliveryUnknown")

    def put_in_doubt(self, *, now: datetime) -> DomainEvent:
        """An old backup has it open: it may have left since. A try is counted, which comes back when it is queued again."""
        if self.status is DeliveryStatus.queued:
            self.attempts += 1
        return self.settle_unknown(now=now)

    def release(self, *, not_before: datetime | None = None) -> None:
        """Give a claim back whose letter was certainly not begun."""
        self.move(DeliveryStatus.queued)
        self.attempts, self.owner, self.due_at = self.attempts - 1, "", not_before or self.due_at

    def may_be_looked_for(self, now: datetime) -> bool:
        """Whether enough time has passed for its presence or absence in Sent to mean something."""
        if self.status is not DeliveryStatus.unknown or self.unknown_since is None:
            return False
        waited = self.unknown_since + SETTLE_AFTER if self.absent_at is None else self.absent_at + LOOK_AGAIN_AFTER
        return now >= waited

    def found_absent(self, *, now: datetime) -> bool:
        """It is not in Sent. The second time, minutes after the first, it is queued again; returns whether it was."""
        if self.absent_at is None:
            self.absent_at = now
            return False
        self.queue_again(now=now)
        return True

    def queue_again(self, *, now: datetime) -> None:
        """It did not leave, and the server has answered nothing: queued with the same bytes, without a try spent."""
        self.move(DeliveryStatus.queued)
        self.unknown_since, self.absent_at, self.due_at = None, None, now
        self.attempts -= 1

    def event(self, event_type: str) -> DomainEvent:
        """What happened to it, for the outbox."""
        return DomainEvent(
            event_type=event_type,
            aggregate_type="delivery",
            aggregate_id=str(self.id),
            payload={"lead_id": self.lead_id, "kind": self.kind.value},
        )


def delivery_key(kind: DeliveryKind, item_id: int) -> str:
    """The only author of the key that keeps a letter from being queued twice."""
    return f"{kind.value}-{item_id}"
