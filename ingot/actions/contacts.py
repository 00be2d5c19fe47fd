"""The ways to reach a lead's people: what is published and where, and what may be guessed of it.

A guess, and what a service knows, is only ever an offer: nothing is written there before the user says yes to that address.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dns.asyncresolver import Resolver

from ingot.actions.lead_address import set_address
from ingot.actions.read_contact_files import HUMANS, SECURITY
from ingot.actions.read_yc import KIND as YC
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.address_patterns import KnownAddress, guesses, lowered, mail_host, pattern_of, patterns_of
from ingot.domain.contact import Contact, ContactKind, MailExchange
from ingot.domain.intel import Page
from ingot.domain.lead import Lead, normal_email, website_host
from ingot.domain.lead_source import LeadSource
from ingot.errors import ValidationError
from ingot.mail.address import wire_address
from ingot.mail.dns import mx_of
from ingot.mail.errors import UnsafeHeader
from ingot.venues.hn_address import addresses_in
from ingot.web.mailboxes import is_for_letters, is_personal, is_taken

MOST_GUESSES = 8
SECURITY_ONLY = "for security reports only"
_NOT_LETTERS = "not a mailbox for letters"
HN = "hn"
_WHERE = {
    HN: "HN post",
    "": "venue's record",
    YC: "YC page",
    SECURITY: f"security.txt, {SECURITY_ONLY}",
    HUMANS: "humans.txt",
}
_MX = {True: MailExchange.yes, False: MailExchange.no, None: MailExchange.unknown}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One address as it is offered. `note` says what it is not for, or that it is in use or accepted."""

    address: str
    kind: ContactKind
    person: str
    source: str
    pattern: str
    confidence: float
    mail_exchange: MailExchange
    note: str = ""

    @property
    def needs_yes(self) -> bool:
        """Whether nobody published it, so that a letter goes there only after the user's yes."""
        return self.kind is not ContactKind.published


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """What is offered for one lead. `withheld` counts addresses that are suppressed or known not to exist."""

    lead: Lead
    person: str
    host: str
    found: list[Candidate]
    withheld: int = 0


async def candidates(uow: SqlAlchemyUnitOfWork, lead_id: int) -> Candidates:
    """Published addresses first, then what was looked up and guesses, the likeliest first. Stores them; commits."""
    lead = await uow.leads.get(lead_id)
    pages, sources = await uow.pages.of_lead(lead_id), await uow.sources.of_lead(lead_id)
    published = list(published_contacts(lead, pages, sources))
    host = mail_host(lead.company_website, [item.address for item in published])
    dead = await uow.contacts.dead_at(host) if host else []
    guessed = _guessed(lead, published, host=host, dead=dead)
    kept = await uow.contacts.keep(lead_id, [*published, *guessed])
    await uow.commit()
    current = {item.address for item in guessed}
    # What was guessed for another person, or before a pattern failed, is no longer offered.
    kept = [i for i in kept if i.kind is not ContactKind.guessed or i.address in current or i.accepted_at is not None]
    withheld = await uow.suppressed.among([item.address for item in kept])
    gone = {normal_email(item.address) for item in dead}
    withheld |= {item.address for item in kept if normal_email(item.address) in gone}
    offered = [_candidate(item, lead, failed=patterns_of(dead, host)) for item in kept if item.address not in withheld]
    return Candidates(lead=lead, person=lead.person_name, host=host, found=_in_order(offered), withheld=len(withheld))


def published_contacts(lead: Lead, pages: Sequence[Page], sources: Sequence[LeadSource] = ()) -> Iterator[Contact]:
    """Every address that the company or a venue published, with where and the words it stands in."""
    people = {person["name"]: person["email"] for page in pages for person in page.people}
    records = [(lead.source_venue, lead.record), *((source.venue_name, source.record) for source in sources)]
    for venue, record in records:
        is_post = venue.partition(":")[0] == HN
        where = f"{_WHERE[HN if is_post else '']}: {record.get('url') or venue}"
        quotes = _in_post(record) if is_post else {}
        if address := _address(record):
            name = record.get("person_name") or ""
            yield _published(lead, address, name, source=where, quote=quotes.pop(address.lower(), ""))
        for other, quote in quotes.items():
            yield _published(lead, other, "", source=where, quote=quote)
    # security.txt last: an address that stands elsewhere too is one for letters there.
    for page in sorted(pages, key=lambda page: page.kind == SECURITY):
        for entry in page.addresses:
            fitting = [name for name, email in people.items() if _is_of(entry["email"], name, email)]
            name = fitting[0] if len(fitting) == 1 else ""
            where = f"{_WHERE.get(page.kind or 'page', 'company site')}: {page.final_url}"
            yield _published(lead, entry["email"], name, source=where, quote=entry["quote"])


async def check_mail_exchanges(
    uow: Callable[[], SqlAlchemyUnitOfWork], found: Candidates, *, resolver: Resolver
) -> None:
    """Ask DNS whether the offered hosts take mail, and store the answers. No transaction is open while it is asked."""
    hosts = dict.fromkeys(item.address.rpartition("@")[2].lower() for item in found.found)
    answers = {host: _MX[(await mx_of(host, resolver=resolver)).has_mail] for host in hosts}
    async with uow() as work:
        for item in await work.contacts.of_lead(found.lead.id or 0):
            item.mail_exchange = answers.get(item.address.rpartition("@")[2].lower(), item.mail_exchange)
        await work.commit()


async def accept(uow: SqlAlchemyUnitOfWork, lead_id: int, address: str, *, who: str, now: datetime) -> tuple[Lead, str]:
    """The user's yes to one offered address: the lead is written to there. Commits. Returns what is worth a look.

    Refused where it was not offered, is for security reports, takes no mail, or cannot be the lead's address at all.
    """
    offered = {item.address.lower(): item for item in (await candidates(uow, lead_id)).found}
    chosen = offered.get(address.strip().lower())
    if chosen is None:
        raise ValidationError(
            "This address is not among those that are offered.",
            hint=f"See them: ingot leads contacts {lead_id}. For one that you know yourself: ingot leads address {lead_id} ADDRESS.",
        )
    if SECURITY_ONLY in chosen.note:
        raise ValidationError(
            "This address is for reports of security holes.", hint="Nobody there reads applications; choose another."
        )
    if chosen.mail_exchange is MailExchange.no:
        raise ValidationError("The host of this address takes no mail.", hint="Choose one at another host.")
    stored = next(item for item in await uow.contacts.of_lead(lead_id) if item.address == chosen.address)
    stored.accepted_at = now
    lead, letter = await uow.leads.get(lead_id), await uow.letters.of_lead(lead_id)
    told = ""
    if chosen.person and chosen.person != lead.person_name:
        if letter is None:
            lead.person_name, lead.person_role = chosen.person, await _role_of(uow, lead_id, chosen.person)
        else:
            told = f"It is the address of {chosen.person}; letter {letter.id} greets {lead.person_name or 'nobody by name'}."
    return await set_address(uow, lead_id, chosen.address, who=who), told


async def _role_of(uow: SqlAlchemyUnitOfWork, lead_id: int, name: str) -> str:
    people = [person for page in await uow.pages.of_lead(lead_id) for person in page.people]
    return next((person["role"] for person in people if person["name"] == name), "")


def _guessed(lead: Lead, published: Sequence[Contact], *, host: str, dead: Sequence[KnownAddress]) -> list[Contact]:
    known = {item.address.lower() for item in published}
    shown = [
        KnownAddress(address=item.address, person_name=item.person_name)
        for item in published
        if item.person_name and is_personal(item.address)
    ]
    usable = (item for item in published if is_for_letters(item.address) and SECURITY_ONLY not in item.source)
    if lead.person_name and any(item.person_name == lead.person_name for item in usable):
        return []
    found = guesses(lead.person_name, host, team_size=lead.team_size, shown=shown, bounced=dead)
    return [
        Contact(
            lead_id=lead.id or 0,
            address=guess.address,
            kind=ContactKind.guessed,
            person_name=lead.person_name,
            source=f"a guess: {guess.pattern}@{host}",
            pattern=guess.pattern,
            confidence=guess.confidence,
        )
        for guess in found[:MOST_GUESSES]
        if guess.address not in known and not is_taken(guess.address)
    ]


def _candidate(item: Contact, lead: Lead, *, failed: dict[str, int]) -> Candidate:
    notes = {
        "in use": normal_email(item.address) == normal_email(lead.person_email),
        "you said yes": item.accepted_at is not None,
        SECURITY_ONLY: SECURITY_ONLY in item.source,
        _NOT_LETTERS: SECURITY_ONLY not in item.source and not is_for_letters(item.address),
    }
    confidence = item.confidence
    if item.kind is ContactKind.looked_up:  # a guess is lowered where it is made, and what is published stays so
        confidence = lowered(confidence, item.pattern, failed)
    return Candidate(
        address=item.address,
        kind=item.kind,
        person=item.person_name,
        source=item.source,
        pattern=item.pattern,
        confidence=0.0 if item.mail_exchange is MailExchange.no else confidence,
        mail_exchange=item.mail_exchange,
        note=", ".join(note for note, holds in notes.items() if holds),
    )


def _in_order(found: Iterable[Candidate]) -> list[Candidate]:
    return sorted(
        found,
        key=lambda item: (
            item.needs_yes,
            SECURITY_ONLY in item.note or _NOT_LETTERS in item.note,
            -item.confidence,
            item.kind is ContactKind.guessed,
        ),
    )


def _published(lead: Lead, address: str, name: str, *, source: str, quote: str = "") -> Contact:
    return Contact(
        lead_id=lead.id or 0,
        address=address,
        kind=ContactKind.published,
        person_name=name,
        source=source,
        quote=quote,
        pattern=pattern_of(name, address) if name else "",
    )


def _address(record: dict[str, Any]) -> str:
    given = record.get("person_email")
    try:
        return wire_address(given.strip(), smtputf8=True) if isinstance(given, str) and given.strip() else ""
    except UnsafeHeader:
        return ""


def _is_of(address: str, name: str, published: str) -> bool:
    return address.lower() == published.lower() or bool(is_personal(address) and pattern_of(name, address))


def _in_post(record: dict[str, Any]) -> dict[str, str]:
    """The addresses of a post, each with the words that show it."""
    own = website_host(str(record.get("website") or ""))
    return {found.email: found.quote for found in addresses_in(str(record.get("description") or ""), own_host=own)}
