"""A way to reach a person: published somewhere, guessed from a pattern, or looked up at a service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ContactKind(StrEnum):
    """How an address came to be known. Only a published one is used without the user's yes to that address."""

    published = "published"
    guessed = "guessed"
    looked_up = "looked_up"


class MailExchange(StrEnum):
    """Whether the address's domain takes mail, by its DNS: `unknown` where the DNS did not answer."""

    unchecked = "unchecked"
    yes = "yes"
    no = "no"
    unknown = "unknown"


@dataclass(kw_only=True, eq=False)
class Contact:
    """One address of one lead. `confidence` is 0-1.

    `pattern` is such as "first.last" for a guess, `quote` backs a published one, `accepted_at` is when the user said yes to it.
    """

    lead_id: int
    address: str
    kind: ContactKind
    person_name: str = ""
    source: str = ""
    quote: str = ""
    pattern: str = ""
    confidence: float = 1.0
    mail_exchange: MailExchange = MailExchange.unchecked
    accepted_at: datetime | None = None
    id: int | None = None
    created_at: datetime | None = None
