"""A company as a venue describes it, the text of that description, and the lead it becomes."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from ingot.domain.lead import Lead


@dataclass(frozen=True, kw_only=True)
class VenueRecord:
    """One company. `team_size` is None where unknown, `hiring` is None where the venue does not say.

    `roles` are what it hires for, `url` is where the venue shows the record and `published` the day (ISO 8601) it gives
    for it, `raw` the record as the venue gave it.
    """

    company_name: str
    venue_ref: str = ""
    website: str = ""
    one_liner: str = ""
    description: str = ""
    location: str = ""
    regions: tuple[str, ...] = ()
    team_size: int | None = None
    industry: str = ""
    industries: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    batch: str = ""
    hiring: bool | None = None
    active: bool = True
    url: str = ""
    published: str = ""
    person_name: str = ""
    person_email: str = ""
    person_role: str = ""
    raw: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)


def with_scheme(website: str) -> str:
    """`acme.example` -> `https://acme.example`; what has a scheme, and what is empty, stays as it is."""
    text = website.strip()
    return text if not text or re.match(r"[a-z][a-z0-9+.-]*://", text, re.IGNORECASE) else f"https://{text}"


def known_size(value: Any) -> int | None:
    """The number of people, or None: venues write null, 0 or nothing where they do not know."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def record_text(record: VenueRecord) -> str:
    """The record as lines of readable text, whitespace collapsed: a source that evidence can quote verbatim."""
    labelled = (
        ("Roles", ", ".join(record.roles)),
        ("Location", record.location),
        ("Regions", ", ".join(record.regions)),
        ("Industry", record.industry),
        ("Tags", ", ".join(record.tags)),
        ("Team size", str(record.team_size or "")),
        ("Batch", record.batch),
        ("Hiring", {True: "yes", False: "no", None: ""}[record.hiring]),
    )
    lines = [record.company_name, record.one_liner, *record.description.splitlines()]
    lines += [f"{label}: {value}" for label, value in labelled if value]
    collapsed = (" ".join(line.split()) for line in lines)
    return "\n".join(line for line in collapsed if line)


def to_lead(record: VenueRecord, *, venue_name: str, user_id: str) -> Lead:
    """The lead this record becomes, not yet scored. `Lead.record` holds the record without `raw`; see `from_lead`."""
    kept = {key: value for key, value in asdict(record).items() if key != "raw"}
    return Lead(
        company_name=record.company_name,
        source_venue=venue_name,
        person_name=record.person_name,
        person_email=record.person_email,
        person_role=record.person_role,
        company_website=with_scheme(record.website),
        venue_ref=record.venue_ref,
        location=record.location,
        industry=record.industry,
        team_size=known_size(record.team_size),
        tags=list(record.tags),
        record={key: list(value) if isinstance(value, tuple) else value for key, value in kept.items()},
        user_id=user_id,
    )


def from_lead(lead: Lead) -> VenueRecord:
    """The record a lead was made from (without `raw`), as `to_lead` kept it."""
    names = {item.name for item in fields(VenueRecord)} & lead.record.keys()
    kept: dict[str, Any] = {name: lead.record[name] for name in names}
    kept = {name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()}
    return VenueRecord(**({"company_name": lead.company_name} | kept))
