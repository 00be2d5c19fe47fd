"""Who must not be written to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from ingot.domain.lead import normal_email
from ingot.errors import ValidationError


@dataclass(kw_only=True, eq=False)
class UnsubscribedEmail:
    """An address that opted out, bounced for good or was blocked by the user; normalised as a mailbox identity.

    `@host` stands for everybody there.
    """

    email_address: str
    unsubscribe_reason: str = ""
    unsubscribed_at: datetime | None = None
    id: int | None = None


def suppression_keys(address: str) -> tuple[str, str]:
    """The two entries that stop a letter to `address`: its own, and that of its whole host."""
    own = normal_email(address)
    return own, own[own.rindex("@") :]


def suppression_entry(text: str) -> str:
    """What a person typed or a file holds, as it is stored: an address, or `@host`. Raises `ValidationError`."""
    entry = text.strip().strip("<>").strip()
    if not re.fullmatch(r"[^@\s,;<>]*@[^@\s,;<>]+\.[^@\s,;<>.]+", entry):
        raise ValidationError(
            "That is neither an e-mail address nor @ and a host name.",
            hint="Such as kim@acme.example or @acme.example.",
        )
    return normal_email(entry)
