"""Mail that came back: what kind it is, and what it says about the letter it answers."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class MailKind(StrEnum):
    """What an inbound mail is. The order is the order of judgement: the first that applies wins."""

    bounce = "bounce"
    out_of_office = "out_of_office"
    left_company = "left_company"
    auto_reply = "auto_reply"
    unsubscribe = "unsubscribe"
    positive = "positive"
    negative = "negative"
    question = "question"
    referral = "referral"
    other = "other"


class BounceClass(StrEnum):
    """`dead`: the address does not exist. `soft`: it may work later, or the mail itself was refused."""

    dead = "dead"
    soft = "soft"


DEAD_STATUS = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.4.4"})
"""Of all `5.x.x` only these say that the address does not exist (RFC 3463; measured on labelled bounces)."""


@dataclass(frozen=True, kw_only=True)
class Bounce:
    """A delivery failure. `recipient` is the address that failed, `returned_message_id` that of the letter sent back.

    `about_sender` says that the refusal is about the sender (limit, reputation), not about the recipient's address,
    `delayed` that the letter is still being tried.
    """

    recipient: str = ""
    bounce_class: BounceClass = BounceClass.soft
    status_code: str = ""
    returned_message_id: str = ""
    about_sender: bool = False
    delayed: bool = False


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What an inbound mail was found to be. `rule` names what decided, `words` are the writer's own, without quotes.

    `suppress` asks that nobody writes to this person again: a model may add it, never take it away.
    """

    kind: MailKind
    confidence: float
    rule: str
    words: str = ""
    suppress: bool = False
    bounce: Bounce | None = None
    returns_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Correspondents:
    """Whom the user wrote to through INGOT: Message-IDs of letters, mailbox identities, host names of companies.

    `own` are the user's own mailbox identities, whose mail is no answer.
    """

    message_ids: AbstractSet[str]
    mailboxes: AbstractSet[str]
    hosts: AbstractSet[str]
    own: AbstractSet[str] = frozenset()


@dataclass(kw_only=True, eq=False)
class InboundMail:
    """One mail as it was read from the mailbox. `raw` is stored before anything is made of it."""

    user_id: str
    mailbox: str
    uid_validity: int
    uid: int
    raw: bytes
    raw_sha256: str
    message_id: str = ""
    from_address: str = ""
    subject: str = ""
    lead_id: int | None = None
    delivery_id: int | None = None
    matched_by: str = ""
    kind: MailKind | None = None
    confidence: float = 0.0
    rule: str = ""
    words: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    judged_version: int = 0
    id: int | None = None
    received_at: datetime | None = None
    judged_at: datetime | None = None
    acted_at: datetime | None = None
