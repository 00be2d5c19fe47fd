"""An answer to somebody who wrote back: suggested, looked at by a person, and sent or not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ingot.domain.email import EMAIL_MOVES, EmailStatus
from ingot.errors import IllegalMove


@dataclass(kw_only=True, eq=False)
class Answer:
    """A suggested answer to one inbound mail. It moves as a letter does; `ties` say what backs each of its sentences."""

    inbound_id: int
    lead_id: int
    body: str
    status: EmailStatus = EmailStatus.drafted
    engine: str = ""
    ties: list[dict[str, Any]] = field(default_factory=list)
    id: int | None = None
    created_at: datetime | None = None
    approved_at: datetime | None = None

    def move(self, to: EmailStatus, *, now: datetime) -> None:
        """Change the status, or raise `IllegalMove`."""
        if to not in EMAIL_MOVES[self.status]:
            raise IllegalMove(
                f"An answer cannot go from {self.status} to {to}.", hint="See `ingot mail replies` for open answers."
            )
        self.status = to
        if to is EmailStatus.approved:
            self.approved_at = now
