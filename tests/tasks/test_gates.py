"""The gate and the questions: what waits for a person, and what answers change."""

from __future__ import annotations

import pytest

import tasks.deep_research
import tasks.gates
import tasks.write
from ingot.actions.decide import decide
from ingot.domain.campaign import GateDecision
from ingot.domain.lead_state import LeadStatus
from ingot.errors import ValidationError
from ingot.wiring import Wiring
from tests.fakes.plain_stages import CAMPAIGN
from tests.fakes.sample_fixtures import At
from tests.fakes.twisted_client import put_in


async def set_options(wiring: Wiring, **options: object) -> None:
    async with wiring.uow() as uow:
        campaign = await uow.campaigns.get(CAMPAIGN)
        campaign.options = {**campaign.options, **options}
        await uow.commit()


async def ids_at(wiring: Wiring, status: LeadStatus) -> set[int]:
    async with wiring.uow() as uow:
        return {lead.id or 0 for lead in await uow.leads.due_for(status, campaign_id=CAMPAIGN)}


async def test_auto_takes_the_best_up_to_the_limit(at: At) -> None:
    async with at("matched") as wiring:
        await set_options(wiring, limit=3)
        assert await tasks.gates.gate(CAMPAIGN) == 3
        async with wiring.uow() as uow:
            scores = {lead.id: score for lead, score in await uow.leads.shown(
                user_id=wiring.user_id, status=None, campaign_id=CAMPAIGN, limit=50)}  # fmt: skip
        taken = await ids_at(wiring, LeadStatus.approved)
        assert min(scores[lead_id] or 0 for lead_id in taken) >= max(
            score or 0 for lead_id, score in scores.items() if lead_id not in taken
        )
        assert await tasks.gates.gate(CAMPAIGN) == 3


async def test_a_queue_opens_gates_and_decides_nothing(at: At) -> None:
    async with at("matched") as wiring:
        await set_options(wiring, review="queue")
        assert await tasks.gates.gate(CAMPAIGN) == 0
        async with wiring.uow() as uow:
            assert len(await uow.gates.open_in(CAMPAIGN)) == 12
        assert len(await ids_at(wiring, LeadStatus.matched)) == 12


async def test_no_gate_opens_below_the_lowest_score(at: At) -> None:
    async with at("matched") as wiring:
        await set_options(wiring, review="queue", min_score=89)
        await tasks.gates.gate(CAMPAIGN)
        async with wiring.uow() as uow:
            gates = await uow.gates.open_in(CAMPAIGN)
            scores = [match.match_score for gate in gates if (match := await uow.matches.of_lead(gate.lead_id))]
        assert scores
        assert min(scores) >= 89
        assert scores == sorted(scores, reverse=True)


async def test_rejected_and_deferred_leads_get_no_further_model_call(at: At) -> None:
    async with at("approved") as wiring:
        first, second, *others = sorted(await ids_at(wiring, LeadStatus.approved))
        async with wiring.uow() as uow:
            await decide(uow, first, GateDecision.reject, who="cli", now=wiring.now(), reason="no")
            await decide(uow, second, GateDecision.defer, who="cli", now=wiring.now())
            for lead_id in others[1:]:
                await decide(uow, lead_id, GateDecision.defer, who="cli", now=wiring.now())
            await uow.commit()
        client = put_in(wiring)
        for stage in (tasks.deep_research.deep_research, tasks.gates.questions, tasks.write.write):
            assert await stage(CAMPAIGN) == 0
        assert {prompt.lead_id for prompt in client.asked} == {others[0]}
        assert {prompt.name for prompt in client.asked} == {"talking_points", "questions", "write_letter"}


async def test_a_lead_that_was_never_matched_cannot_be_approved(at: At) -> None:
    async with at("scouted") as wiring, wiring.uow() as uow:
        lead = (await uow.leads.of_campaign(CAMPAIGN))[0]
        lead.move(LeadStatus.failed, "its research failed")
        with pytest.raises(ValidationError, match="never matched"):
            await decide(uow, lead.id or 0, GateDecision.approve, who="cli", now=wiring.now())


async def test_questions_are_stored_unanswered_with_choices_of_their_own(at: At) -> None:
    async with at("asked") as wiring, wiring.uow() as uow:
        for lead in await uow.leads.due_for(LeadStatus.approved, campaign_id=CAMPAIGN):
            questions = await uow.questions.of_lead(lead.id or 0)
            assert 2 <= len(questions) <= 3
            assert [question.position for question in questions] == list(range(1, len(questions) + 1))
            assert all(question.answer == "" and len(set(question.options)) >= 2 for question in questions)


async def test_an_answer_steers_the_draft(at: At) -> None:
    async with at("asked") as wiring:
        lead_id = min(await ids_at(wiring, LeadStatus.approved))
        async with wiring.uow() as uow:
            for other in await ids_at(wiring, LeadStatus.approved) - {lead_id}:
                await decide(uow, other, GateDecision.defer, who="cli", now=wiring.now())
            chosen = next(item for item in await uow.questions.of_lead(lead_id) if item.topic == "experience")
            (await uow.questions.get(chosen.id or 0)).answer = chosen.options[-1]
            await uow.commit()
        client = put_in(wiring)
        assert await tasks.write.write(CAMPAIGN) == 0
        [prompt] = client.asked
        assert prompt.inputs["answers"] == [
            {"question": chosen.text, "answer": chosen.options[-1], "topic": "experience"}
        ]
    async with at("written") as untouched, untouched.uow() as uow:
        plain = await uow.letters.of_lead(lead_id)
    async with at("asked") as wiring, wiring.uow() as uow:
        steered = await uow.letters.of_lead(lead_id)
    assert plain is not None
    assert steered is not None
    assert steered.body != plain.body
    assert steered.mcq_answers_json[chosen.text] == chosen.options[-1]
