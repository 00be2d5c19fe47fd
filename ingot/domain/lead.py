"""A lead: one company (and perhaps one person in it) that the user might write to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from ingot.domain.event import DomainEvent
from ingot.domain.lead_state import LeadStatus, check_move

ERASED = "erased on request"
"""The reason of a closed lead whose person asked to be forgotten; nothing about them is stored again under it."""

# Sites that host many companies: their host name tells nothing about which company is meant.
SHARED_HOSTS = frozenset(
    {
        "linkedin.com",
        "github.com",
        "github.io",
        "twitter.com",
        "x.com",
        "facebook.com",
        "instagram.com",
        "ycombinator.com",
        "notion.site",
        "notion.so",
        "medium.com",
        "substack.com",
        "apps.apple.com",
        "play.google.com",
        "sites.google.com",
        "docs.google.com",
        "linktr.ee",
        "youtube.com",
        "vercel.app",
        "netlify.app",
        "webflow.io",
        "framer.website",
        "wixsite.com",
        "wordpress.com",
        "carrd.co",
        "about.me",
        "wellfound.com",
        "angel.co",
        "crunchbase.com",
        "gitlab.com",
        "airtable.com",
        "typeform.com",
        "forms.gle",
        "bit.ly",
        "t.me",
        "indeed.com",
        "glassdoor.com",
        "boards.greenhouse.io",
        "job-boards.greenhouse.io",
        "job-boards.eu.greenhouse.io",
        "jobs.lever.co",
        "jobs.eu.lever.co",
        "jobs.ashbyhq.com",
        "apply.workable.com",
        "jobs.smartrecruiters.com",
        "careers.smartrecruiters.com",
        "ats.rippling.com",
        "app.dover.com",
        "jobs.gusto.com",
        "join.com",
    }
)

# Hosts where anybody may have a mailbox: an address there says nothing about the company.
FREE_MAIL = frozenset(
    """gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com icloud.com me.com mac.com
    aol.com proton.me protonmail.com gmx.com gmx.net gmx.de web.de mail.com zoho.com fastmail.com hey.com yandex.com
    mail.ru qq.com 163.com 126.com free.fr orange.fr laposte.net libero.it t-online.de""".split()
)


@dataclass(kw_only=True, eq=False)
class Lead:
    """A company to write to. `initial_score` is 0-1 from the venue's record alone; `record` is that record."""

    company_name: str
    source_venue: str
    person_name: str = ""
    person_email: str = ""
    person_role: str = ""
    company_website: str = ""
    status: LeadStatus = LeadStatus.discovered
    initial_score: float = 0.0
    score_parts: dict[str, float] = field(default_factory=dict)
    venue_ref: str = ""
    location: str = ""
    industry: str = ""
    team_size: int | None = None
    tags: list[str] = field(default_factory=list)
    record: dict[str, Any] = field(default_factory=dict)
    status_reason: str = ""
    user_id: str = "user_local"
    campaign_id: int | None = None
    id: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None

    def move(self, to: LeadStatus, reason: str = "") -> DomainEvent:
        """Change the status, or raise `IllegalMove`. Returns the event to collect in the same commit."""
        check_move(self.status, to)
        previous, self.status, self.status_reason = self.status, to, reason
        return DomainEvent(
            event_type=f"Lead{to.value.capitalize()}",
            aggregate_type="lead",
            aggregate_id=str(self.id),
            payload={"from": previous.value, "to": to.value},
        )


@dataclass(kw_only=True, eq=False)
class LeadKey:
    """One name under which a lead is known (address, venue id, website host). Unique per user: no lead twice."""

    key: str
    user_id: str
    lead_id: int | None = None
    id: int | None = None


def normal_email(address: str) -> str:
    """The address as a mailbox identity: lower case, sub-address cut, Gmail's dots removed.

    Two addresses with the same result reach the same person. Source: RFC 5233 for `+`; Gmail ignores dots.
    """
    local, _, host = address.strip().lower().rpartition("@")
    local = local.split("+", 1)[0] or local
    if host in {"gmail.com", "googlemail.com"}:
        local, host = local.replace(".", ""), "gmail.com"
    return f"{local}@{host}"


def website_host(website: str) -> str:
    """`https://www.Acme.io/about` -> `acme.io`; empty where there is no usable host or many companies share it."""
    text = website.strip()
    if not text:
        return ""
    if not re.match(r"^[a-z][a-z0-9+.-]*://", text, re.IGNORECASE):
        text = f"http://{text}"
    try:
        host = (urlsplit(text).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return "" if "." not in host or _is_shared(host) else host


def _is_shared(host: str) -> bool:
    labels = host.split(".")
    return any(".".join(labels[at:]) in SHARED_HOSTS for at in range(len(labels) - 1))


def email_host(address: str) -> str:
    """The company's host where the address is at one of its own; empty for free mail and hosts that many share."""
    host = website_host(normal_email(address).rpartition("@")[2])
    return "" if host in FREE_MAIL else host


def dedupe_keys(*, email: str, venue: str, venue_ref: str, website: str, company_name: str) -> tuple[str, ...]:
    """The only author of lead identities: the mailbox, the venue's id, and the company's host, as far as they are known.

    The host is that of the website, else that of the address. A record with none of the three is known by its
    company name within its kind of venue (`venue` up to a colon). Records that share a key are one company.
    """
    host = website_host(website) or email_host(email)
    keys = (
        email and f"email:{normal_email(email)}",
        venue_ref and f"{venue}:{venue_ref}",
        host and f"host:{host}",
    )
    found = tuple(key for key in keys if key)
    return found or (f"{venue.partition(':')[0]}:name:{' '.join(company_name.lower().split())}",)
