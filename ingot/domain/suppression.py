"""Who must not be written to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(kw_only=True, eq=False)
class UnsubscribedEmail:
    """An address that opted out, bounced for good or was blocked by the user; normalised as a mailbox identity."""

    email_address: str
    unsubscribe_reason: str = ""
    unsubscribed_at: datetime | None = None
    id: int | None = None
