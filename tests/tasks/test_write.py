"""Writing: a draft that says what nothing backs is refused, told why, and given up after the third."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

import tasks.write
from ingot.actions.decide import decide
from ingot.actions.draft import MAX_DRAFTS
from ingot.actions.inspect import lead_page
from ingot.actions.review import page_of
from ingot.config.presets import OFFLINE
from ingot.db.tables import email
from ingot.domain.campaign import GateDecision
from ingot.domain.job import RowStatus
from ingot.domain.lead_state import LeadStatus
from ingot.llm.outputs import Letter
from ingot.llm.prompt import Prompt
from ingot.wiring import Wiring
from tests.fakes.plain_stages import CAMPAIGN, rows_of
from tests.fakes.sample_fixtures import At
from tests.fakes.twisted_client import put_in

pytestmark = pytest.mark.long

LIE = "I led a team of 250 engineers at Saltmarsh Systems."


async def keep_two(wiring: Wiring) -> tuple[int, int]:
    """Defer all but two approved leads: two letters show what ten would."""
    async with wiring.uow() as uow:
        approved = [lead.id or 0 for lead in await uow.leads.due_for(LeadStatus.approved, campaign_id=CAMPAIGN)]
        for lead_id in approved[2:]:
            await decide(uow, lead_id, GateDecision.defer, who="cli", now=wiring.now())
        await uow.commit()
    return approved[0], approved[1]


def lie_in(letter):
    greeting, rest = letter.body.split("\n\n", 1)
    return letter.model_copy(update={"body": f"{greeting}\n\n{LIE} {rest}"})


async def test_a_draft_with_an_unbacked_claim_is_refused_told_why_and_written_again(at: At) -> None:
    async with at("asked") as wiring:
        liar, honest = await keep_two(wiring)
        client = put_in(
            wiring,
            lambda prompt, answer: (
                lie_in(answer) if prompt.lead_id == liar and not prompt.inputs["problems"] else answer
            ),
        )
        assert await tasks.write.write(CAMPAIGN) == 0
        first, second = (prompt for prompt in client.asked if prompt.lead_id == liar)
        assert first.inputs["problems"] == []
        assert any(LIE in problem for problem in second.inputs["problems"])
        async with wiring.uow() as uow:
            retold, plain = await uow.letters.of_lead(liar), await uow.letters.of_lead(honest)
            refused = (await lead_page(uow, liar))["tables"]["Claims of refused drafts"]
        assert retold is not None
        assert plain is not None
        assert (retold.attempts, plain.attempts) == (2, 1)
        assert LIE not in retold.body
        assert {item["sentence"] for item in refused} == {LIE}


async def test_a_writer_that_always_lies_is_asked_three_times_and_its_lead_fails(at: At) -> None:
    async with at("asked") as wiring:
        liar, honest = await keep_two(wiring)
        client = put_in(wiring, lambda prompt, answer: lie_in(answer) if prompt.lead_id == liar else answer)
        assert await tasks.write.write(CAMPAIGN) == 1
        assert sum(prompt.lead_id == liar for prompt in client.asked) == MAX_DRAFTS == 3
        rows = await rows_of(wiring, "write")
        assert (rows[liar].status, rows[liar].error_code) == (RowStatus.failed, "UnbackedClaims")
        assert rows[honest].status is RowStatus.completed
        async with wiring.uow() as uow:
            assert await uow.letters.of_lead(liar) is None
            lead = await uow.leads.get(liar)
            refused = (await lead_page(uow, liar))["tables"]["Claims of refused drafts"]
        assert lead.status is LeadStatus.failed
        assert f"ingot leads show {liar}" in lead.status_reason
        assert len([item for item in refused if item["sentence"] == LIE]) >= 3

        # Its questions answered and approved again, another draft is asked for; nothing else is done twice.
        async with wiring.uow() as uow:
            await decide(uow, liar, GateDecision.approve, who="cli", now=wiring.now())
            question = (await uow.questions.of_lead(liar))[0]
            question.answer = question.options[0]
            await uow.commit()
        client = put_in(wiring)
        assert await tasks.write.write(CAMPAIGN) == 0
        assert [prompt.lead_id for prompt in client.asked] == [liar]
        async with wiring.uow() as uow:
            assert (await uow.leads.get(liar)).status is LeadStatus.drafted


def praise(letter: Letter, words: str = "Your work is impressive!") -> Letter:
    return letter.model_copy(update={"followup_day_7": letter.followup_day_7.replace("\n\n", f"\n\n{words} ", 1)})


async def test_a_draft_that_reads_badly_is_written_again_and_lost_only_for_a_gap(at: At) -> None:
    async with at("asked") as wiring:
        vain, open_ended = await keep_two(wiring)

        def twist(prompt: Prompt[Any], letter: Any) -> Any:
            return praise(letter, "Would [date] suit you?" if prompt.lead_id == open_ended else "Could we talk!")

        client = put_in(wiring, twist)
        assert await tasks.write.write(CAMPAIGN) == 1
        assert [sum(prompt.lead_id == lead for prompt in client.asked) for lead in (vain, open_ended)] == [3, 3]
        assert any("exclamation mark" in problem for problem in client.asked[-1].inputs["problems"]) or any(
            "gap" in problem for problem in client.asked[-1].inputs["problems"]
        )
        async with wiring.uow() as uow:
            kept = await uow.letters.of_lead(vain)
            assert kept is not None
            page = await page_of(uow, kept.id or 0)
            assert await uow.letters.of_lead(open_ended) is None
        assert kept.attempts == 1
        assert {issue.rule for issue in page.style} == {"exclamation"}


@pytest.mark.long  # two seconds
async def test_the_sample_letters_pass_a_second_check(at: At) -> None:
    async with at("asked") as wiring:
        wiring.config.entailment_model = OFFLINE
        client = put_in(wiring)
        assert await tasks.write.write(CAMPAIGN) == 0
        assert [prompt.name for prompt in client.asked].count("entail") == 10


async def test_every_draft_is_complete_and_every_sentence_of_it_backed(at: At) -> None:
    async with at("written") as wiring, wiring.uow() as uow:
        drafted = await uow.leads.due_for(LeadStatus.drafted, campaign_id=CAMPAIGN)
        assert len(drafted) == 10
        for lead in drafted:
            letter = await uow.letters.of_lead(lead.id or 0)
            assert letter is not None
            ties = await uow.letters.ties(letter.id or 0)
            evidence = {item.id for item in await uow.evidence.of_lead(lead.id or 0)}
            assert all(tie.backed for tie in ties)
            assert {tie.evidence_id for tie in ties if tie.source == "evidence"} <= evidence
            assert {tie.part for tie in ties} == {
                "subject_a",
                "subject_b",
                "body",
                "followup_day_3",
                "followup_day_7",
            }
            assert [item.scheduled_for_day for item in await uow.letters.follow_ups(letter.id or 0)] == [3, 7]
            assert any(tie.source == "evidence" for tie in ties if tie.part == "body")
            assert any(tie.source == "resume" for tie in ties if tie.part == "body")


async def test_writing_again_writes_nothing(at: At) -> None:
    async with at("written") as wiring:
        client = put_in(wiring)
        assert await tasks.write.write(CAMPAIGN) == 0
        assert client.asked == []
        async with wiring.uow() as uow:
            assert await uow.session.scalar(sa.select(sa.func.count()).select_from(email)) == 10
