"""A letter: drafted, looked at by a person, and sent or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from ingot.domain.event import DomainEvent
from ingot.errors import IllegalMove


class EmailStatus(StrEnum):
    """Where a letter stands."""

    drafted = "drafted"
    approved = "approved"
    sent = "sent"
    rejected = "rejected"


class Tone(StrEnum):
    """Whom the letter speaks to; decides tone and length."""

    hr = "hr"
    engineering = "engineering"
    founder = "founder"
    general = "general"


EMAIL_MOVES: dict[EmailStatus, frozenset[EmailStatus]] = {
    EmailStatus.drafted: frozenset({EmailStatus.approved, EmailStatus.rejected}),
    EmailStatus.approved: frozenset({EmailStatus.sent, EmailStatus.drafted, EmailStatus.rejected}),
    EmailStatus.rejected: frozenset({EmailStatus.drafted}),
    EmailStatus.sent: frozenset(),
}


@dataclass(kw_only=True, eq=False)
class Email:
    """The first letter to a lead. `body` ends before the compliance footer, which is kept beside it.

    `generation` counts how often it was written anew at the user's wish, `attempts` how many drafts the last one took.
    `basis` is why the user may write to a country that asks for a reason.
    """

    subject_a: str
    subject_b: str
    body: str
    lead_id: int | None = None
    tone_adapted_for: Tone = Tone.general
    mcq_answers_json: dict[str, str] = field(default_factory=dict)
    status: EmailStatus = EmailStatus.drafted
    footer: str = ""
    engine: str = ""
    prompt_hash: str = ""
    attempts: int = 1
    generation: int = 1
    insisted_claims: list[str] = field(default_factory=list)
    reject_reason: str = ""
    basis: str = ""
    id: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    approved_at: datetime | None = None

    def move(self, to: EmailStatus, *, now: datetime, reason: str = "") -> DomainEvent:
        """Change the status, or raise `IllegalMove`. Returns the event to collect in the same commit."""
        if to not in EMAIL_MOVES[self.status]:
            raise IllegalMove(
                f"A letter cannot go from {self.status} to {to}.",
                hint="See `ingot mail pending` for letters that wait for a decision.",
            )
        self.status = to
        if to is not EmailStatus.sent:  # of a letter that left it stays known when somebody said yes
            self.approved_at = now if to is EmailStatus.approved else None
        self.reject_reason = reason if to is EmailStatus.rejected else ""
        return DomainEvent(
            event_type=f"Email{to.value.capitalize()}",
            aggregate_type="email",
            aggregate_id=str(self.id),
            payload={"lead_id": self.lead_id},
        )


@dataclass(kw_only=True, eq=False)
class EmailEdit:
    """What a person changed: before and after, and the unbacked claims they insisted on."""

    before: dict[str, str]
    after: dict[str, str]
    email_id: int | None = None
    insisted_claims: list[str] = field(default_factory=list)
    id: int | None = None
    created_at: datetime | None = None


@dataclass(kw_only=True, eq=False)
class Tie:
    """One sentence of a letter and what backs it: shown to the user beside the sentence.

    `part` is `body`, `subject_a`, `subject_b`, `followup_3` or `followup_7`. `claim` is the checked words, empty where the
    sentence claims nothing. `source` is `evidence`, `resume` or `none`; `evidence_id` or `resume_line` says which.
    """

    part: str
    sentence_no: int
    sentence: str
    claim: str = ""
    claim_kind: str = ""
    source: str = "none"
    quote: str = ""
    evidence_id: int | None = None
    resume_line: int | None = None
    backed: bool = True
    email_id: int | None = None
    id: int | None = None


@dataclass(kw_only=True, eq=False)
class Question:
    """A multiple-choice question about one lead, whose answer steers the draft. `options` are the choices."""

    text: str
    options: list[str]
    position: int
    topic: str = ""
    lead_id: int | None = None
    answer: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    id: int | None = None
