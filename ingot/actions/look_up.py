"""Asking a service for the address of a lead's recipient: only at the user's word, and what it says is only an offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ingot.actions.contacts import candidates
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.address_patterns import pattern_of
from ingot.domain.contact import Contact, ContactKind
from ingot.domain.job import AuditType
from ingot.errors import ConfigError, ValidationError
from ingot.mail.address import wire_address
from ingot.mail.errors import UnsafeHeader
from ingot.web.contact_finder import ContactFinder, FoundContact, Wanted
from ingot.web.mailboxes import is_for_letters


async def look_up(
    uow: Callable[[], SqlAlchemyUnitOfWork], lead_id: int, finders: Sequence[ContactFinder], *, who: str
) -> int:
    """Ask every service, and store what is new as `looked_up`. Returns how many addresses were given.

    The service learns the company's host and the recipient's name. No transaction is open while it is asked.
    """
    if not finders:
        raise ConfigError(
            "No service that knows addresses is set up.",
            hint="For Hunter (hunter.io) set your key: ingot config set hunter_api_key -",
        )
    async with uow() as work:
        known = await candidates(work, lead_id)
    if not known.host:
        raise ValidationError(
            f"Lead {lead_id} has no host of its own to look at.", hint="Say where it is written to: ingot leads address"
        )
    wanted = Wanted(host=known.host, company_name=known.lead.company_name, person_name=known.person)
    given = [(finder.name, item) for finder in finders for item in await finder.find(wanted) if _is_usable(item)]
    async with uow() as work:
        await work.contacts.keep(lead_id, [_contact(lead_id, name, item) for name, item in given])
        names = ", ".join(finder.name for finder in finders)
        told = f"{names} was asked about lead {lead_id} and gave {len(given)} addresses."
        audit.note(work, AuditType.api_call, told, who=who, row_number=lead_id)
        await work.commit()
    return len(given)


def _is_usable(item: FoundContact) -> bool:
    try:
        wire_address(item.address, smtputf8=True)
    except UnsafeHeader:
        return False
    return is_for_letters(item.address)


def _contact(lead_id: int, finder: str, item: FoundContact) -> Contact:
    seen = f", seen on {', '.join(item.sources)}" if item.sources else ""
    return Contact(
        lead_id=lead_id,
        address=item.address,
        kind=ContactKind.looked_up,
        person_name=item.person_name,
        source=f"{finder}{seen}",
        pattern=pattern_of(item.person_name, item.address) if item.person_name else "",
        confidence=item.confidence,
    )
