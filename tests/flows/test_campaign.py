"""The main job's order, run as a plain function: what it leaves for a person, and what a second run adds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import pytest
import sqlalchemy as sa

from flows.campaign import campaign
from ingot.actions.campaign import summary
from ingot.actions.decide import decide, waiting
from ingot.cli import desk
from ingot.cli.outcome import outcome
from ingot.db.tables import agentlog, email, job_rows, lead
from ingot.domain.campaign import CampaignStatus, GateDecision
from ingot.domain.email import EmailStatus
from ingot.domain.lead_state import LeadStatus
from ingot.wiring import Wiring, utc_now
from tests.fakes.plain_stages import CAMPAIGN, Shelf
from tests.fakes.sample_fixtures import At
from tests.fakes.scripted_desk import ScriptedDesk
from tests.fakes.twisted_client import put_in

pytestmark = pytest.mark.usefixtures("plain")

# Whole lines that letters may share: greetings, the ask, and what stands below.
_SIGN_OFF = re.compile(r"^(?:Best|Kind regards|Regards|Best regards|Sincerely|All the best|Thanks|Thank you)\b")


async def run(review: str | None = None) -> dict[str, int]:
    counts: dict[str, int] = await campaign.fn(name="sample", review=review)
    return counts


async def counted(wiring: Wiring) -> Counter[str]:
    async with wiring.uow() as uow:
        return Counter(
            {
                table.name: await uow.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                for table in (lead, email, agentlog, job_rows)
            }
        )


async def test_a_finished_campaign_run_again_adds_no_lead_no_draft_and_no_model_call(at: At, plain: Shelf) -> None:
    async with at("written") as wiring:
        before = await counted(wiring)
        client = put_in(wiring)
        counts = await run()
        assert counts["drafted"] == 10
        assert counts == await run()
        assert client.asked == []
        assert await counted(wiring) == before
        assert before["email"] == 10
    assert sum(key.startswith("draft-lead-") for key in plain.artifacts) == 10


async def test_no_two_bodies_share_a_sentence_but_greeting_ask_and_sign_off(at: At) -> None:
    async with at("written") as wiring, wiring.uow() as uow:
        letters = await uow.letters.with_status(EmailStatus.drafted, user_id=wiring.user_id, campaign_id=CAMPAIGN)
        assert len(letters) == 10
        profile = await uow.profiles.active(wiring.user_id)
        assert profile is not None
        own = {profile.name, profile.github_url, profile.email}
        claims = Counter[str]()
        for letter, _ in letters:
            ties = [tie for tie in await uow.letters.ties(letter.id or 0) if tie.part == "body"]
            said = {tie.sentence for tie in ties}
            asks = {sentence for sentence in said if sentence.endswith("?")}
            greeting = {ties[0].sentence}
            claims.update(said - asks - greeting - own - {line for line in said if _SIGN_OFF.match(line)})
    assert len(claims) > 20
    assert [sentence for sentence, times in claims.items() if times > 1] == []


async def test_a_queue_ends_with_open_gates_and_nothing_beyond_matched(at: At) -> None:
    async with at("matched") as wiring:
        client = put_in(wiring)
        assert await run("queue") == {"leads": 12, "matched": 12, "open_gates": 12}
        assert client.asked == []


async def test_two_approved_leads_of_a_queue_are_the_two_that_are_drafted(at: At) -> None:
    async with at("matched") as wiring:
        await run("queue")
        async with wiring.uow() as uow:
            rows = [found.id or 0 for _, found, _ in await waiting(uow, CAMPAIGN)]
            chosen, rejected, deferred = {rows[1], rows[5]}, rows[0], rows[2]
            for lead_id in chosen:
                await decide(uow, lead_id, GateDecision.approve, who="cli", now=wiring.now())
            await decide(uow, rejected, GateDecision.reject, who="cli", now=wiring.now())
            await decide(uow, deferred, GateDecision.defer, who="cli", now=wiring.now())
            await uow.commit()
        client = put_in(wiring)
        counts = await run()
        assert counts == {"leads": 12, "matched": 8, "rejected": 1, "deferred": 1, "drafted": 2, "open_gates": 8}
        assert {prompt.lead_id for prompt in client.asked} == chosen
        result = await outcome(wiring, CAMPAIGN)
        assert {page.lead.id for page in result.drafts} == chosen


async def test_a_person_at_the_desk_decides_answers_and_gets_drafts_in_one_run(at: At) -> None:
    async with at("matched") as wiring, wiring.uow() as uow:
        first, second, third = [
            found.id or 0 for found, _ in (await uow.leads.matched_without_gate(CAMPAIGN, min_score=40))[:3]
        ]
    decisions = {first: GateDecision.approve, second: GateDecision.reject, third: GateDecision.defer}
    desks = list[ScriptedDesk]()

    def sit(uow) -> ScriptedDesk:
        desks.append(ScriptedDesk(uow, decisions))
        return desks[-1]

    async with at("matched", desk=sit) as wiring:
        counts = await run("ask")
        assert counts == {"leads": 12, "matched": 9, "rejected": 1, "deferred": 1, "drafted": 1, "open_gates": 9}
        async with wiring.uow() as uow:
            letter = await uow.letters.of_lead(first)
            questions = await uow.questions.of_lead(first)
        assert letter is not None
        assert [question.answer for question in questions] == [question.options[0] for question in questions]
        assert letter.mcq_answers_json == {question.text: question.options[0] for question in questions}
    [sitting] = desks
    assert sitting.decided == [first, second, third]
    assert sitting.answered == [question.id for question in questions]


async def test_who_quits_at_the_terminal_is_not_asked_again_after_the_drafts(
    at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, asked = ["a", "q"], list[str]()

    async def ask(question: str, keys: Sequence[str], *, default: str) -> str:
        asked.append(question)
        return answers.pop(0) if "[a]pprove" in question else default

    monkeypatch.setattr(desk, "ask", ask)
    async with at("matched", desk=lambda uow: desk.TerminalDesk(uow, utc_now)) as wiring:
        counts = await run("ask")
        assert counts["drafted"] == 1
        assert counts["open_gates"] == 11
        async with wiring.uow() as uow:
            [drafted] = await uow.leads.due_for(LeadStatus.drafted, campaign_id=CAMPAIGN)
            questions = await uow.questions.of_lead(drafted.id or 0)
    assert sum("[a]pprove" in question for question in asked) == 2
    assert len(asked) == 2 + len(questions)
    assert {question.answer for question in questions} == {""}


async def test_a_draft_that_failed_makes_room_for_the_next_best_lead(at: At) -> None:
    async with at("matched") as wiring:
        async with wiring.uow() as uow:
            stored = await uow.campaigns.get(CAMPAIGN)
            stored.options = {**stored.options, "limit": 1}
            await uow.commit()
            best, next_best = [
                found.id for found, _ in (await uow.leads.matched_without_gate(CAMPAIGN, min_score=40))[:2]
            ]

        def stumble(prompt, answer):
            if prompt.lead_id == best:
                raise KeyError("no")
            return answer

        put_in(wiring, stumble)
        await run("auto")
        async with wiring.uow() as uow:
            assert (await uow.leads.get(best or 0)).status is LeadStatus.failed
            assert (await uow.leads.get(next_best or 0)).status is LeadStatus.drafted
            assert (await summary(uow, CAMPAIGN))["drafted"] == 1


async def test_a_campaign_in_which_nothing_waits_is_completed(at: At) -> None:
    async with at("matched") as wiring:
        await run("queue")
        async with wiring.uow() as uow:
            for gate in await uow.gates.open_in(CAMPAIGN):
                await decide(uow, gate.lead_id, GateDecision.reject, who="cli", now=wiring.now())
            await uow.commit()
        await run()
        async with wiring.uow() as uow:
            assert (await uow.campaigns.get(CAMPAIGN)).status is CampaignStatus.completed
