"""What was found out about a company and its people, and where it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EvidenceKind(StrEnum):
    """What a quoted span tells about."""

    product = "product"
    signal = "signal"
    hiring = "hiring"
    role = "role"
    person = "person"
    contact = "contact"
    fact = "fact"


class TalkingPointKind(StrEnum):
    """The three angles of a letter, one of each."""

    achievement = "achievement"
    connection = "connection"
    value = "value"


@dataclass(kw_only=True, eq=False)
class Evidence:
    """A span of something that was fetched: the only thing a claim about the company may rest on.

    `quote` is verbatim from the text of the page (or of the venue's record) whose bytes have `page_sha256`;
    `statement` is the fact in short (a role's title, a person's name) where the quote holds more than that; `topic` is what a
    signal is about ("funding", "launch", "hiring", ...), `dated` when it happened, where the page says so.
    """

    kind: EvidenceKind
    source_url: str
    quote: str
    page_sha256: str
    fetched_at: datetime
    statement: str = ""
    topic: str = ""
    dated: datetime | None = None
    lead_id: int | None = None
    id: int | None = None


@dataclass(frozen=True, kw_only=True)
class TalkingPoint:
    """Something worth saying, and the evidence it rests on (`evidence_id` refers to `Evidence.id`)."""

    kind: TalkingPointKind
    text: str
    evidence_id: int


@dataclass(kw_only=True, eq=False)
class IntelBrief:
    """The research on one lead. `depth` 1 is company facts, 2 adds the person and exactly three talking points.

    `lead_line` is the line of the résumé that the letter leads with, chosen so that a campaign's letters differ;
    `lead_line_use` says the how manieth letter it leads. `pages_read` (url, why, outcome) tells what was read.
    """

    company_name: str
    lead_id: int | None = None
    company_signals: list[str] = field(default_factory=list)
    person_name: str = ""
    person_role: str = ""
    company_website: str = ""
    person_background: str = ""
    talking_points: list[TalkingPoint] = field(default_factory=list)
    company_product_description: str = ""
    depth: int = 1
    from_record_only: bool = False
    note: str = ""
    engine: str = ""
    lead_line: int | None = None
    lead_line_use: int = 1
    pages_read: list[dict[str, str]] = field(default_factory=list)
    id: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(kw_only=True, eq=False)
class Page:
    """A page as it was fetched: the text that evidence quotes, and the hash of the bytes it came from.

    `people` (name, role, background, quote, email) and `addresses` (email, quote) stand on it; `links` lead to
    other pages of the same site. `error` is the reason where it could not be read. `kind` ("home", "team", "news", ...) and
    `why` tell why it was read; `published_at` is the date it gives itself.
    """

    url: str
    final_url: str = ""
    text: str = ""
    title: str = ""
    description: str = ""
    people: list[dict[str, str]] = field(default_factory=list)
    addresses: list[dict[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    sha256: str = ""
    error: str = ""
    kind: str = ""
    why: str = ""
    published_at: datetime | None = None
    fetched_at: datetime | None = None
    lead_id: int | None = None
    id: int | None = None
