"""Who must not be written to."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from ingot.domain.lead import normal_email
from ingot.errors import ValidationError


@dataclass(kw_only=True, eq=False)
class UnsubscribedEmail:
    """An address that opted out, bounced for good or was blocked by the user; normalised as a mailbox identity.

    `@host` stands for everybody there. Of somebody who was erased only a salted hash is kept (see `erased_entry`).
    """

    email_address: str
    unsubscribe_reason: str = ""
    unsubscribed_at: datetime | None = None
    id: int | None = None


def suppression_keys(address: str) -> tuple[str, str]:
    """The two entries that stop a letter to `address`: its own, and that of its whole host."""
    own = normal_email(address)
    return own, own[own.rindex("@") :]


def erased_entry(address: str, salt: str) -> str:
    """What is kept of an erased person: `#salt$hash`, by which the address is known again when it comes back, and cannot be read.

    `salt` is random, in hexadecimal, and no other entry's: two entries cannot be compared with each other.
    """
    return f"#{salt}${hashlib.sha256(f'{salt}{normal_email(address)}'.encode()).hexdigest()}"


def is_erased(entry: str) -> bool:
    """Whether an entry is the trace of an erased person."""
    return entry.startswith("#") and "@" not in entry


def stops(entry: str, address: str) -> bool:
    """Whether the trace of an erased person is that of `address`."""
    return entry == erased_entry(address, entry[1:].partition("$")[0])


def suppression_entry(text: str) -> str:
    """What a person typed or a file holds, as it is stored: an address, or `@host`. Raises `ValidationError`."""
    entry = text.strip().strip("<>").strip()
    if not re.fullmatch(r"[^@\s,;<>]*@[^@\s,;<>]+\.[^@\s,;<>.]+", entry):
        raise ValidationError(
            "That is neither an e-mail address nor @ and a host name.",
            hint="Such as kim@acme.example or @acme.example.",
        )
    return normal_email(entry)
