from collections.abc import Callable
from itertools import permutations

import pytest
import sqlalchemy as sa

from ingot.actions.decide import approve_best, decide, open_gates, waiting
from ingot.db import outbox
from ingot.db.models import AuditLog, Campaign, Lead
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import GateDecision
from ingot.domain.email import EmailStatus
from ingot.domain.lead_state import LeadStatus
from ingot.errors import DBError, IllegalMove, ValidationError
from tests.fakes.entities import NOW, add_campaign, add_drafted, add_matched, make_lead

pytestmark = pytest.mark.long


UOW = Callable[[], SqlAlchemyUnitOfWork]
ENDS = {
    GateDecision.approve: LeadStatus.approved,
    GateDecision.reject: LeadStatus.rejected,
    GateDecision.defer: LeadStatus.deferred,
}


async def stock(uow: UOW, *scores: int, **options: object) -> tuple[Campaign, list[Lead]]:
    """A campaign with a matched lead for each score, their gates open."""
    async with uow() as work:
        campaign = await add_campaign(work, **options)
        leads = [await add_matched(work, campaign, number, score=score) for number, score in enumerate(scores, start=1)]
        await open_gates(work, campaign)
        await work.commit()
    return campaign, leads


async def say(uow: UOW, lead_id: int | None, decision: GateDecision, reason: str = "") -> None:
    async with uow() as work:
        await decide(work, lead_id or 0, decision, who="cli", now=NOW, reason=reason)
        await work.commit()


async def status(uow: UOW, lead: Lead) -> LeadStatus:
    async with uow() as work:
        return (await work.leads.get(lead.id or 0)).status


async def noted(uow: UOW) -> list[str]:
    async with uow() as work:
        return [entry.message for entry in await work.session.scalars(sa.select(AuditLog).order_by(AuditLog.id))]


async def test_gates_are_opened_once_for_good_matches_and_shown_best_first(uow: UOW):
    campaign, [low, middle, best] = await stock(uow, 39, 55, 90, min_score=40)
    async with uow() as work:
        assert await open_gates(work, campaign) == []
        shown = await waiting(work, campaign.id or 0)
        events = [event.event_type for event in await outbox.unprocessed(work.session)]
    assert [lead.id for _, lead, _ in shown] == [best.id, middle.id]
    assert [match.match_score for _, _, match in shown] == [90, 55]
    assert all(gate.decision is None and gate.opened_at is not None for gate, _, _ in shown)
    assert events == ["GateOpened", "GateOpened"]
    assert await status(uow, low) is LeadStatus.matched


@pytest.mark.parametrize("decision", GateDecision)
async def test_a_decision_moves_the_lead_and_is_recorded_with_who_and_why(uow: UOW, decision: GateDecision):
    campaign, [lead] = await stock(uow, 70)
    await say(uow, lead.id, decision, "because")
    async with uow() as work:
        gate = await work.gates.of_lead(lead.id or 0)
        assert await waiting(work, campaign.id or 0) == []
        last = (await outbox.unprocessed(work.session))[-1]
    assert gate is not None
    assert (gate.decision, gate.decided_by, gate.reason, gate.decided_at) == (decision, "cli", "because", NOW)
    assert await status(uow, lead) is ENDS[decision]
    assert await noted(uow) == [f"Lead {lead.id}: {decision.value}."]
    assert last.event_type == f"Lead{ENDS[decision].value.title()}"


@pytest.mark.parametrize("decision", GateDecision)
async def test_said_twice_is_said_once(uow: UOW, decision: GateDecision):
    _, [lead] = await stock(uow, 70)
    await say(uow, lead.id, decision, "first")
    before = len(await noted(uow))
    await say(uow, lead.id, decision, "second")
    assert len(await noted(uow)) == before
    async with uow() as work:
        gate = await work.gates.of_lead(lead.id or 0)
    assert gate is not None
    assert gate.reason == "first"


@pytest.mark.parametrize(("first", "then"), list(permutations(GateDecision, 2)))
async def test_a_person_may_change_their_mind(uow: UOW, first: GateDecision, then: GateDecision):
    _, [lead] = await stock(uow, 70)
    await say(uow, lead.id, first)
    await say(uow, lead.id, then)
    assert await status(uow, lead) is ENDS[then]


@pytest.mark.parametrize("gone_on", [LeadStatus.drafted, LeadStatus.sent, LeadStatus.replied])
async def test_an_approval_said_again_later_does_not_send_the_lead_back(uow: UOW, gone_on: LeadStatus):
    _, [lead] = await stock(uow, 70)
    await say(uow, lead.id, GateDecision.approve)
    async with uow() as work:
        (await work.leads.get(lead.id or 0)).status = gone_on
        await work.commit()
    await say(uow, lead.id, GateDecision.approve)
    assert await status(uow, lead) is gone_on


async def test_one_bad_id_in_a_batch_decides_none(uow: UOW):
    _, leads = await stock(uow, 70, 80)
    with pytest.raises(DBError, match="no lead 999"):
        await decide_all(uow, [leads[0].id or 0, leads[1].id or 0, 999])
    assert [await status(uow, lead) for lead in leads] == [LeadStatus.matched] * 2
    assert await noted(uow) == []


async def decide_all(uow: UOW, lead_ids: list[int]) -> None:
    async with uow() as work:
        for lead_id in lead_ids:
            await decide(work, lead_id, GateDecision.approve, who="cli", now=NOW)
        await work.commit()


async def test_a_lead_below_the_score_can_be_approved_by_hand(uow: UOW):
    _, [lead] = await stock(uow, 10, min_score=40)
    await say(uow, lead.id, GateDecision.approve)
    assert await status(uow, lead) is LeadStatus.approved


async def test_a_lead_of_no_campaign_cannot_be_decided(uow: UOW):
    async with uow() as work:
        lead = await work.leads.add(make_lead())
        await work.commit()
    with pytest.raises(ValidationError, match="in no campaign"):
        await say(uow, lead.id, GateDecision.approve)


async def test_a_lead_that_was_not_matched_cannot_be_approved(uow: UOW):
    async with uow() as work:
        campaign = await add_campaign(work)
        lead = await work.leads.add(make_lead(campaign_id=campaign.id))
        await work.commit()
    with pytest.raises(ValidationError, match="never matched") as caught:
        await say(uow, lead.id, GateDecision.approve)
    assert f"ingot leads show {lead.id}" in caught.value.hint
    async with uow() as work:
        assert await work.gates.of_lead(lead.id or 0) is None


@pytest.mark.parametrize("decision", GateDecision)
async def test_a_closed_lead_cannot_be_decided_any_more(uow: UOW, decision: GateDecision):
    _, [lead] = await stock(uow, 70)
    async with uow() as work:
        (await work.leads.get(lead.id or 0)).move(LeadStatus.closed)
        await work.commit()
    with pytest.raises(IllegalMove, match="from closed"):
        await say(uow, lead.id, decision)
    assert await status(uow, lead) is LeadStatus.closed


async def test_a_failed_lead_can_be_approved_again(uow: UOW):
    _, [lead] = await stock(uow, 70)
    await say(uow, lead.id, GateDecision.approve)
    async with uow() as work:
        (await work.leads.get(lead.id or 0)).move(LeadStatus.failed)
        await work.commit()
    await say(uow, lead.id, GateDecision.approve)
    assert await status(uow, lead) is LeadStatus.approved


@pytest.mark.parametrize("stands", [EmailStatus.drafted, EmailStatus.approved])
async def test_a_rejected_leads_letter_is_rejected_with_it(uow: UOW, stands: EmailStatus):
    async with uow() as work:
        letter = await add_drafted(work, await add_campaign(work), status=stands)
        await work.commit()
    await say(uow, letter.lead_id, GateDecision.reject, "not them")
    async with uow() as work:
        kept = await work.letters.get(letter.id or 0)
    assert (kept.status, kept.reject_reason) == (EmailStatus.rejected, "not them")


async def test_review_auto_approves_the_best_up_to_the_limit(uow: UOW):
    campaign, leads = await stock(uow, 50, 90, 70, limit=2)
    for expected in (2, 0):
        async with uow() as work:
            assert await approve_best(work, campaign, now=NOW) == expected
            await work.commit()
    assert [await status(uow, lead) for lead in leads] == [LeadStatus.matched, LeadStatus.approved, LeadStatus.approved]
    async with uow() as work:
        gate = await work.gates.of_lead(leads[1].id or 0)
    assert gate is not None
    assert (gate.decided_by, gate.reason) == ("auto", "chosen by --review auto")


async def test_review_auto_approves_nothing_when_more_is_in_work_than_wanted(uow: UOW):
    campaign, leads = await stock(uow, 50, 90, 70, limit=1)
    for lead in leads[:2]:
        await say(uow, lead.id, GateDecision.approve)
    async with uow() as work:
        assert await approve_best(work, campaign, now=NOW) == 0
