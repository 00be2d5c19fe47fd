"""What is sent when nobody answers: each follow-up adds something new."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class FollowUpStatus(StrEnum):
    """Where a follow-up stands."""

    queued = "queued"
    sent = "sent"
    skipped = "skipped"


@dataclass(kw_only=True, eq=False)
class FollowUp:
    """A follow-up, `scheduled_for_day` business days after the first letter."""

    scheduled_for_day: int
    body: str
    parent_email_id: int | None = None
    status: FollowUpStatus = FollowUpStatus.queued
    sent_at: datetime | None = None
    id: int | None = None
