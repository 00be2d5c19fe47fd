"""Whom a letter goes to, and at which address: somebody the company or the venue names, where they published it."""

from __future__ import annotations

from ingot.domain.intel import Evidence, EvidenceKind, Page
from ingot.domain.lead import Lead
from ingot.domain.user import UserProfile
from ingot.web.people import choose_recipient
from ingot.web.structured import PublishedPerson


def recipient(lead: Lead, pages: list[Page], profile: UserProfile) -> tuple[PublishedPerson, str]:
    """Who to write to, and why: the person the venue named, else the best of those on the company's pages, else nobody."""
    if lead.person_name:
        return PublishedPerson(
            name=lead.person_name, role=lead.person_role, background="", quote="", email=lead.person_email
        ), "The venue names this person."
    people = [PublishedPerson(**person) for page in pages for person in page.people]
    chosen, reason = choose_recipient(people, role_hint=profile.headline, team_size=lead.team_size)
    return chosen or PublishedPerson(name="", role="", background="", quote="", email=""), reason


def published_address(lead: Lead, pages: list[Page], person: PublishedPerson) -> tuple[str, list[Evidence]]:
    """The address to write to: given by the venue, or published on the company's pages. Never guessed; empty where there is none."""
    if lead.person_email:
        return lead.person_email, []
    listed = [(entry, page) for page in pages for entry in page.addresses]
    own = [(entry, page) for entry, page in listed if person.email and entry["email"].lower() == person.email.lower()]
    for entry, page in [*own, *(item for item in listed if item[0]["personal"] != "yes")]:
        if page.fetched_at is not None:
            kept = Evidence(
                kind=EvidenceKind.contact,
                source_url=page.final_url,
                quote=entry["quote"],
                statement=entry["email"],
                page_sha256=page.sha256,
                fetched_at=page.fetched_at,
            )
            return entry["email"], [kept]
    return "", []


def person_evidence(person: PublishedPerson, pages: list[Page]) -> list[Evidence]:
    """Where the person is named, as evidence; nothing where only the venue names them."""
    for page in pages:
        if person.quote and person.quote in page.text and page.fetched_at is not None:
            return [
                Evidence(
                    kind=EvidenceKind.person,
                    source_url=page.final_url,
                    quote=person.quote,
                    statement=f"{person.name}, {person.role}",
                    page_sha256=page.sha256,
                    fetched_at=page.fetched_at,
                )
            ]
    return []
