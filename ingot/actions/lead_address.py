"""The address a lead is written to, where the user knows one that was not found."""

from __future__ import annotations

from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.email import EmailStatus
from ingot.domain.job import AuditType
from ingot.domain.lead import Lead, normal_email
from ingot.errors import ValidationError
from ingot.mail.address import wire_address


async def set_address(uow: SqlAlchemyUnitOfWork, lead_id: int, address: str, *, who: str) -> Lead:
    """Store the address. Commits. Refused where it is none, suppressed, dead, another lead's, or the letter is queued."""
    lead = await uow.leads.get(lead_id)
    wire_address(address, smtputf8=True)
    if await uow.suppressed.holds(address):
        raise ValidationError("This address is on the suppression list.", hint="Nobody there is written to.")
    host = address.rpartition("@")[2].lower()
    if normal_email(address) in {normal_email(item.address) for item in await uow.contacts.dead_at(host)}:
        raise ValidationError("A letter to this address came back: it does not exist.", hint="Find another one.")
    other = await uow.leads.known_as(f"email:{normal_email(address)}", user_id=lead.user_id)
    if other is not None and other.id != lead_id:
        raise ValidationError(f"Lead {other.id} has this address.", hint="Nobody gets two letters.")
    letter = await uow.letters.of_lead(lead_id)
    if letter is not None and letter.status in {EmailStatus.approved, EmailStatus.sent}:
        raise ValidationError(
            f"Letter {letter.id} is {letter.status.value} for the address that was there.",
            hint=f"Edit it first, which takes an approval back: ingot mail edit {letter.id}.",
        )
    lead.person_email = address
    audit.note(uow, AuditType.state_change, f"Lead {lead_id} got an address by hand.", who=who, row_number=lead_id)
    await uow.commit()
    return lead
