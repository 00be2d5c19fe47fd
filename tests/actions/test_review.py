from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from ingot.actions.review import Approval, approve, edit, page_of, regenerate, reject
from ingot.config.schema import AppConfig, SmtpConfig
from ingot.db import outbox
from ingot.db.models import AuditLog, Email, Lead
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import GateDecision
from ingot.domain.compliance import ADDRESS_MISSING
from ingot.domain.email import EmailStatus, Question, Tie
from ingot.domain.lead_state import LeadStatus
from ingot.errors import DBError, IllegalMove, UnbackedClaims, ValidationError
from ingot.llm.outputs import Letter
from ingot.mail.links import LinkSigner
from tests.fakes.entities import NOW, add_campaign, add_drafted, make_letter
from tests.fakes.model_client import MODEL, ScriptedAgents

pytestmark = pytest.mark.long


UOW = Callable[[], SqlAlchemyUnitOfWork]
SMTP = SmtpConfig(host="127.0.0.1", username="imre@valk.example")
CONFIG = AppConfig(mailing_address="Quay 1, Ghent", smtp=SMTP)
LINKS = LinkSigner([b"k" * 32])


def yes(config: AppConfig, **given: Any) -> Approval:
    return Approval(config=config, links=LINKS, who="cli", now=NOW, **given)


TRUE = "Hello Bo,\n\nI wrote an importer for customs forms in Python.\n\nBest regards\nImre Valk"
FALSE = "Hello Bo,\n\nI led forty engineers at Brightwater for ten years.\n\nBest regards\nImre Valk"
NEW = Letter(
    subject_a="Your queue for sensor data",
    subject_b="A queue for sensor data in Go",
    body=TRUE,
    followup_day_3="Hello Bo,\n\nI built a Kafka pipeline in Go for truck positions.\n\nImre Valk",
    followup_day_7="Hello Bo,\n\nI moved 40 services from Heroku to Kubernetes.\n\nImre Valk",
)


@pytest.fixture
async def letter_id(uow: UOW) -> int:
    """A draft to a lead named Millpond, with two questions."""
    async with uow() as work:
        letter = await add_drafted(work, await add_campaign(work))
        (await work.leads.get(letter.lead_id or 0)).company_name = "Millpond"
        for position in (1, 2):
            options = ["Short", "Long"]
            await work.questions.add(
                Question(text=f"No. {position}?", options=options, position=position, lead_id=letter.lead_id)
            )
        await work.commit()
    return letter.id or 0


async def change(uow: UOW, letter_id: int, *, insist: bool = False, **changes: str) -> list[Tie]:
    async with uow() as work:
        _, refused = await edit(work, letter_id, changes=changes, insist=insist, who="cli", now=NOW)
    return refused


async def put(uow: UOW, letter_id: int, **values: Any) -> None:
    async with uow() as work:
        letter = await work.letters.get(letter_id)
        for name, value in values.items():
            setattr(letter, name, value)
        await work.commit()


async def stored(uow: UOW, letter_id: int) -> tuple[Email, Lead]:
    async with uow() as work:
        letter = await work.letters.get(letter_id)
        return letter, await work.leads.get(letter.lead_id or 0)


async def events(uow: UOW) -> list[str]:
    async with uow() as work:
        return [event.event_type for event in await outbox.unprocessed(work.session)]


async def audits(uow: UOW) -> list[AuditLog]:
    async with uow() as work:
        return list(await work.session.scalars(sa.select(AuditLog).order_by(AuditLog.id)))


async def test_a_drafts_page_says_where_each_sentence_comes_from(uow: UOW, letter_id: int):
    await change(uow, letter_id, body=f"{make_letter().body}", insist=True)
    async with uow() as work:
        page = await page_of(work, letter_id)
    assert (page.letter.id, page.lead.company_name, page.follow_ups) == (letter_id, "Millpond", [])
    sources = {tie.sentence: page.source_of(tie) for tie in page.ties if tie.backed}
    assert sources["Millpond builds a queue for sensor data in Go."] == "https://millpond.example/"
    assert sources["I built a Kafka pipeline in Go for truck positions."] == "résumé, line 10"
    assert page.source_of(Tie(part="body", sentence_no=0, sentence="Hello.")) == ""
    gone = Tie(part="body", sentence_no=0, sentence="x", source="evidence", evidence_id=999)
    assert page.source_of(gone) == "evidence that is no longer stored"


async def test_what_is_not_there_has_no_page(uow: UOW):
    async with uow() as work:
        with pytest.raises(DBError, match="no letter 7"):
            await page_of(work, 7)


async def test_no_letter_is_approved_without_a_postal_address(uow: UOW, letter_id: int):
    async with uow() as work:
        with pytest.raises(ValidationError, match="postal address") as caught:
            await approve(work, [letter_id], yes(AppConfig()))
    assert "ingot config set mailing_address" in caught.value.hint
    letter, _ = await stored(uow, letter_id)
    assert (letter.status, letter.footer) == (EmailStatus.drafted, "")
    assert await events(uow) == []


async def test_an_approved_letter_carries_todays_footer_and_is_noted(uow: UOW, letter_id: int):
    await put(uow, letter_id, footer=ADDRESS_MISSING)
    async with uow() as work:
        await approve(work, [letter_id], yes(CONFIG))
    letter, lead = await stored(uow, letter_id)
    assert (letter.status, letter.approved_at, lead.status) == (EmailStatus.approved, NOW, LeadStatus.drafted)
    assert letter.footer.splitlines()[1:3] == ["Imre Valk <imre@valk.example>", "Quay 1, Ghent"]
    assert await events(uow) == ["EmailApproved"]
    assert [(note.message, note.who) for note in await audits(uow)] == [(f"Letter {letter_id} approved.", "cli")]


async def test_a_sender_named_in_the_configuration_signs_the_footer(uow: UOW, letter_id: int):
    smtp = SmtpConfig(host="127.0.0.1", username="outbox@valk.example")
    config = AppConfig(mailing_address="Quay 1", sender_name="I. Valk", smtp=smtp)
    async with uow() as work:
        [letter] = await approve(work, [letter_id], yes(config))
    assert "I. Valk <outbox@valk.example>" in letter.footer


async def test_a_letter_is_approved_once(uow: UOW, letter_id: int):
    for _ in range(2):
        async with uow() as work:
            if (await stored_status(work, letter_id)) is EmailStatus.approved:
                with pytest.raises(IllegalMove):
                    await approve(work, [letter_id], yes(CONFIG))
            else:
                await approve(work, [letter_id], yes(CONFIG))
    assert await events(uow) == ["EmailApproved"]


async def stored_status(work: SqlAlchemyUnitOfWork, letter_id: int) -> EmailStatus:
    return (await work.letters.get(letter_id)).status


async def test_a_rejected_letter_rejects_its_lead_and_settles_its_gate(uow: UOW, letter_id: int):
    async with uow() as work:
        await reject(work, letter_id, reason="too stiff", who="cli", now=NOW)
    letter, lead = await stored(uow, letter_id)
    assert (letter.status, letter.reject_reason) == (EmailStatus.rejected, "too stiff")
    assert (lead.status, lead.status_reason) == (LeadStatus.rejected, "too stiff")
    async with uow() as work:
        gate = await work.gates.of_lead(lead.id or 0)
    assert gate is not None
    assert gate.decision is GateDecision.reject
    assert await events(uow) == ["EmailRejected", "LeadRejected"]
    assert (await audits(uow))[-1].details == {"reason": "too stiff"}


async def test_an_edit_that_is_backed_is_stored_with_its_sources_and_what_was_there_before(uow: UOW, letter_id: int):
    assert await change(uow, letter_id, body=TRUE, subject_a="Customs forms in Python") == []
    letter, _ = await stored(uow, letter_id)
    assert (letter.body, letter.subject_a, letter.insisted_claims) == (TRUE, "Customs forms in Python", [])
    async with uow() as work:
        [kept] = await work.letters.edits(letter_id)
        ties = await work.letters.ties(letter_id)
    before = make_letter()
    assert kept.before == {"body": before.body, "subject_a": before.subject_a}
    assert kept.after == {"body": TRUE, "subject_a": "Customs forms in Python"}
    assert {tie.part for tie in ties} == {"subject_a", "subject_b", "body"}
    assert any(tie.sentence.startswith("I wrote an importer") and tie.source == "resume" for tie in ties)


async def test_an_edit_with_an_unbacked_claim_is_refused_and_changes_nothing(uow: UOW, letter_id: int):
    refused = await change(uow, letter_id, body=FALSE)
    assert any("Brightwater" in tie.sentence for tie in refused)
    letter, _ = await stored(uow, letter_id)
    assert letter.body == make_letter().body
    async with uow() as work:
        assert await work.letters.edits(letter_id) == []
    assert await audits(uow) == []


async def test_a_person_may_insist_and_it_is_recorded(uow: UOW, letter_id: int):
    refused = await change(uow, letter_id, body=FALSE, insist=True)
    letter, _ = await stored(uow, letter_id)
    assert letter.body == FALSE
    assert letter.insisted_claims == [tie.claim for tie in refused] != []
    async with uow() as work:
        [kept] = await work.letters.edits(letter_id)
    assert kept.insisted_claims == letter.insisted_claims
    assert (await audits(uow))[-1].details == {"insisted": len(refused)}
    assert await change(uow, letter_id, body=TRUE) == []
    assert (await stored(uow, letter_id))[0].insisted_claims == []


async def test_an_approved_letter_that_is_edited_waits_for_review_again(uow: UOW, letter_id: int):
    async with uow() as work:
        await approve(work, [letter_id], yes(CONFIG))
    await change(uow, letter_id, body=TRUE)
    letter, _ = await stored(uow, letter_id)
    assert (letter.status, letter.approved_at) == (EmailStatus.drafted, None)
    assert await events(uow) == ["EmailApproved", "EmailDrafted"]


@pytest.mark.parametrize("status", [EmailStatus.sent, EmailStatus.rejected])
async def test_a_letter_that_is_settled_is_not_edited(uow: UOW, letter_id: int, status: EmailStatus):
    await put(uow, letter_id, status=status)
    with pytest.raises(ValidationError, match="cannot be edited"):
        await change(uow, letter_id, body=TRUE)


@pytest.mark.parametrize("part", ["subject_a", "body"])
async def test_no_part_of_a_letter_is_emptied(uow: UOW, letter_id: int, part: str):
    with pytest.raises(ValidationError, match="cannot be empty"):
        await change(uow, letter_id, insist=True, **{part: "  \n"})
    assert (await stored(uow, letter_id))[0].body == make_letter().body


async def write_anew(
    uow: UOW, letter_id: int, *script: Letter, answers: dict[int, str] | None = None
) -> ScriptedAgents:
    agents = ScriptedAgents(script, uow=uow)
    await regenerate(uow, letter_id, agents=agents, config=CONFIG, answers=answers or {}, who="cli", now=NOW)
    return agents


async def test_a_letter_written_anew_takes_the_place_of_the_old_one(uow: UOW, letter_id: int):
    agents = await write_anew(uow, letter_id, NEW, answers={2: "Long"})
    letter, lead = await stored(uow, letter_id)
    assert (letter.body, letter.status, letter.generation, letter.engine) == (TRUE, EmailStatus.drafted, 2, MODEL)
    assert lead.status is LeadStatus.drafted
    assert agents.client.asked[0].inputs["answers"] == [{"question": "No. 2?", "answer": "Long", "topic": ""}]
    async with uow() as work:
        assert [question.answer for question in await work.questions.of_lead(lead.id or 0)] == ["", "Long"]
        assert [item.scheduled_for_day for item in await work.letters.follow_ups(letter_id)] == [3, 7]
        assert all(tie.backed for tie in await work.letters.ties(letter_id))


async def test_a_refused_draft_is_told_why_and_asked_for_again(uow: UOW, letter_id: int):
    agents = await write_anew(uow, letter_id, NEW.model_copy(update={"body": FALSE}), NEW)
    first, second = (prompt.inputs["problems"] for prompt in agents.client.asked)
    assert first == []
    assert any("Brightwater" in problem for problem in second)
    letter, _ = await stored(uow, letter_id)
    assert (letter.body, letter.attempts) == (TRUE, 2)


async def test_where_no_draft_is_backed_the_letter_stays_as_it_was(uow: UOW, letter_id: int):
    with pytest.raises(UnbackedClaims) as caught:
        await write_anew(uow, letter_id, NEW.model_copy(update={"body": FALSE}), answers={1: "Short"})
    assert caught.value.fields["claims"]
    letter, lead = await stored(uow, letter_id)
    assert (letter.body, letter.generation, lead.status) == (make_letter().body, 1, LeadStatus.drafted)
    async with uow() as work:
        assert [question.answer for question in await work.questions.of_lead(lead.id or 0)] == ["", ""]
    refusals = [entry for entry in await audits(uow) if "refused" in entry.message]
    assert len(refusals) == 3
    assert refusals[0].details["claims"][0]["sentence"]


async def test_only_a_draft_is_written_anew(uow: UOW, letter_id: int):
    await put(uow, letter_id, status=EmailStatus.approved)
    with pytest.raises(ValidationError, match="only a draft"):
        await write_anew(uow, letter_id, NEW)
