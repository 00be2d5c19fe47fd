"""A person's decision about a lead: approve, reject, defer. One author, whatever face it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ingot.actions.campaign import IN_WORK
from ingot.actions.queue import withdraw
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Campaign, Gate, GateDecision
from ingot.domain.email import EmailStatus
from ingot.domain.event import DomainEvent
from ingot.domain.job import AuditType
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.match import Match
from ingot.errors import ValidationError

_MOVES_TO = {
    GateDecision.approve: LeadStatus.approved,
    GateDecision.reject: LeadStatus.rejected,
    GateDecision.defer: LeadStatus.deferred,
}
# Where a lead may stand whose decision still holds: said again, it changes nothing.
_HOLDS_AT = {
    GateDecision.approve: IN_WORK,
    GateDecision.reject: (LeadStatus.rejected,),
    GateDecision.defer: (LeadStatus.deferred,),
}


async def open_gates(uow: SqlAlchemyUnitOfWork, campaign: Campaign) -> list[Gate]:
    """Open a gate for every matched lead at or above the campaign's `min_score` that has none. Does not commit."""
    assert campaign.id is not None
    found = await uow.leads.matched_without_gate(campaign.id, min_score=campaign.options["min_score"])
    opened = [await uow.gates.add(Gate(campaign_id=campaign.id, lead_id=_id(lead))) for lead, _ in found]
    uow.collect_events(
        *(
            DomainEvent(event_type="GateOpened", aggregate_type="lead", aggregate_id=str(gate.lead_id))
            for gate in opened
        )
    )
    return opened


async def approve_best(uow: SqlAlchemyUnitOfWork, campaign: Campaign, *, now: datetime) -> int:
    """For `--review auto`: approve the best open gates until `limit` leads are in work. Returns how many. Does not commit."""
    assert campaign.id is not None
    counts = await uow.leads.count_by_status(campaign_id=campaign.id)
    wanted = campaign.options["limit"] - sum(counts.get(status, 0) for status in IN_WORK)
    gates = (await uow.gates.open_in(campaign.id))[: max(0, wanted)]
    for gate in gates:
        await decide(uow, gate.lead_id, GateDecision.approve, who="auto", now=now, reason="chosen by --review auto")
    return len(gates)


async def decide(
    uow: SqlAlchemyUnitOfWork, lead_id: int, decision: GateDecision, *, who: str, now: datetime, reason: str = ""
) -> Lead:
    """Record a decision and move the lead. A rejected lead's letter is rejected too. Does not commit.

    Raises `IllegalMove` where the lead stands elsewhere, `ValidationError` where it was never matched.
    """
    lead = await uow.leads.get(lead_id)
    gate = await uow.gates.of_lead(lead_id)
    if gate is None:
        if lead.campaign_id is None:
            raise ValidationError(
                f"Lead {lead_id} is in no campaign yet.", hint="Run a campaign first: python -m flows.campaign."
            )
        gate = await uow.gates.add(Gate(campaign_id=lead.campaign_id, lead_id=lead_id))
    if gate.decision is decision and lead.status in _HOLDS_AT[decision]:
        return lead  # said twice is said once
    if decision is GateDecision.approve and await uow.matches.of_lead(lead_id) is None:
        raise ValidationError(
            f"Lead {lead_id} was never matched; there is nothing to write from.",
            hint=f"See why: ingot leads show {lead_id}.",
        )
    uow.collect_events(lead.move(_MOVES_TO[decision], reason))
    if decision is GateDecision.reject:
        await _reject_letter(uow, lead_id, now=now, reason=reason)
    gate.decide(decision, who=who, reason=reason, now=now)
    audit.note(
        uow, AuditType.state_change, f"Lead {lead_id}: {decision.value}.", who=who, row_number=lead_id, reason=reason
    )
    await uow.session.flush()
    return lead


async def _reject_letter(uow: SqlAlchemyUnitOfWork, lead_id: int, *, now: datetime, reason: str) -> None:
    """Without this, the letter to a company the user turned down could still be approved from the review queue."""
    letter = await uow.letters.of_lead(lead_id)
    if letter is not None and letter.status in {EmailStatus.drafted, EmailStatus.approved}:
        await withdraw(uow, letter.id or 0)
        uow.collect_events(letter.move(EmailStatus.rejected, now=now, reason=reason))


async def waiting(uow: SqlAlchemyUnitOfWork, campaign_id: int) -> Sequence[tuple[Gate, Lead, Match]]:
    """The open gates with what a person needs to decide, best match first."""
    found = []
    for gate in await uow.gates.open_in(campaign_id):
        match = await uow.matches.of_lead(gate.lead_id)
        assert match is not None
        found.append((gate, await uow.leads.get(gate.lead_id), match))
    return found


def _id(lead: Lead) -> int:
    assert lead.id is not None
    return lead.id
