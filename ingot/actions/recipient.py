"""Whom a letter goes to, and at which address: somebody the company or the venue names, where they published it."""

from __future__ import annotations

from ingot.actions.read_contact_files import SECURITY
from ingot.domain.address_patterns import pattern_of
from ingot.domain.intel import Evidence, EvidenceKind, Page
from ingot.domain.lead import Lead
from ingot.domain.user import UserProfile
from ingot.web.background import said_about
from ingot.web.mailboxes import is_personal
from ingot.web.people import choose_recipient
from ingot.web.structured import PublishedPerson

MOST_SAID = 3


def recipient(lead: Lead, pages: list[Page], profile: UserProfile) -> tuple[PublishedPerson, str]:
    """Who to write to, and why: the person the venue named, else whose address it gives, else the best on the company's pages."""
    people = [PublishedPerson(**person) for page in pages for person in page.people]
    if lead.person_name:
        known = next((person for person in people if person.name.casefold() == lead.person_name.casefold()), None)
        return PublishedPerson(
            name=lead.person_name,
            role=lead.person_role or (known.role if known else ""),
            background=known.background if known else "",
            quote=known.quote if known else "",
            email=lead.person_email or (known.email if known else ""),
            profiles=known.profiles if known else "",
        ), "The venue names this person."
    if lead.person_email and is_personal(lead.person_email):
        return _bearer(lead.person_email, people)
    chosen, reason = choose_recipient(people, role_hint=profile.headline, team_size=lead.team_size)
    return chosen or PublishedPerson(name="", role=""), reason


def _bearer(address: str, people: list[PublishedPerson]) -> tuple[PublishedPerson, str]:
    """Whose address it is: a letter to it must not greet somebody else."""
    bearers = {person.name: person for person in people if _bears(person.name, person.email, address)}
    if len(bearers) == 1:
        return next(iter(bearers.values())), "The address that is given is theirs."
    return PublishedPerson(name="", role=""), "An address is given, and whose it is is not known."


def _bears(name: str, published: str, address: str) -> bool:
    return address.lower() == published.lower() or bool(pattern_of(name, address))


def published_address(lead: Lead, pages: list[Page], person: PublishedPerson) -> tuple[str, list[Evidence]]:
    """The address to write to: given by the venue, accepted by the user, or published by the company.

    Never guessed, and never one that is published for something else than letters; empty where there is none.
    """
    if lead.person_email:
        return lead.person_email, []
    listed = [
        (entry, page)
        for page in pages
        for entry in page.addresses
        if page.kind != SECURITY and entry.get("letters") != "no"
    ]
    names = {other["name"] for page in pages for other in page.people} | {person.name}
    own = [(entry, page) for entry, page in listed if _is_theirs(entry, person, names)]
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


def _is_theirs(entry: dict[str, str], person: PublishedPerson, names: set[str]) -> bool:
    """Whether the address stands beside the person, or bears their name and nobody else's of the company."""
    if person.email and entry["email"].lower() == person.email.lower():
        return True
    bearers = {name for name in names if pattern_of(name, entry["email"])} if entry["personal"] == "yes" else set()
    return bearers == {person.name}


def person_evidence(person: PublishedPerson, pages: list[Page]) -> list[Evidence]:
    """Where the person is named, and what the company's pages say of their talks and posts; nothing where none names them."""
    named = next((page for page in pages if person.quote and person.quote in page.text), None)
    found = [(named, person.quote, f"{person.name}, {person.role}", "")] if named else []
    found += [(page, line, "", topic) for page in pages for topic, line in said_about(person.name, page.text)][
        :MOST_SAID
    ]
    return [
        Evidence(
            kind=EvidenceKind.person,
            source_url=page.final_url,
            quote=quote,
            statement=statement,
            topic=topic,
            page_sha256=page.sha256,
            fetched_at=page.fetched_at,
        )
        for page, quote, statement, topic in found
        if page.fetched_at is not None
    ]
