"""Taking back the last word about a letter: an approval, or a rejection."""

from __future__ import annotations

from datetime import datetime

from ingot.actions.decide import decide
from ingot.actions.queue import withdraw
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import GateDecision
from ingot.domain.email import Email, EmailStatus
from ingot.domain.job import AuditType
from ingot.domain.lead_state import LeadStatus
from ingot.errors import ValidationError

_REASON = "taken back"


async def undo(uow: SqlAlchemyUnitOfWork, letter_id: int, *, who: str, now: datetime) -> Email:
    """Make an approved or rejected letter a draft again, and a lead that was rejected with it one with a draft. Commits.

    Raises `ValidationError` where the letter has left or may have, is a draft anyway, or its lead was decided about since.
    """
    letter = await uow.letters.get(letter_id)
    if letter.status is EmailStatus.approved:
        await withdraw(uow, letter_id)
    elif letter.status is EmailStatus.rejected:
        await _bring_back(uow, letter.lead_id or 0, who=who, now=now)
    elif letter.status is EmailStatus.sent:
        raise ValidationError(
            f"Letter {letter_id} has left; it cannot be taken back any more.", hint="See `ingot mail status`."
        )
    else:
        raise ValidationError(
            f"Letter {letter_id} is a draft already; there is nothing to take back.", hint="See `ingot mail pending`."
        )
    before = letter.status
    uow.collect_events(letter.move(EmailStatus.drafted, now=now))
    message = f"Letter {letter_id} is a draft again, no longer {before.value}."
    audit.note(uow, AuditType.state_change, message, who=who, row_number=letter.lead_id)
    await uow.commit()
    return letter


async def _bring_back(uow: SqlAlchemyUnitOfWork, lead_id: int, *, who: str, now: datetime) -> None:
    lead = await uow.leads.get(lead_id)
    if lead.status is not LeadStatus.rejected:
        raise ValidationError(
            f"Lead {lead_id} is {lead.status} by now; the rejection of its letter cannot be taken back.",
            hint=f"See where it stands: ingot leads show {lead_id}.",
        )
    await decide(uow, lead_id, GateDecision.approve, who=who, now=now, reason=_REASON)
    uow.collect_events(lead.move(LeadStatus.drafted, _REASON))
    gate = await uow.gates.of_lead(lead_id)
    assert gate is not None
    gate.continued_at = now  # its draft is there: no run has to take up this yes
