"""Mail that orders a model about: whoever demands to be left alone is, and what an obedient model answers is not suggested."""

from __future__ import annotations

import pytest

from ingot.actions.act_on_mail import act_on_mail
from ingot.actions.judge_mail import judge_mail
from ingot.actions.suggest_answer import suggest_answer
from ingot.domain.delivery import DeliveryStatus
from ingot.domain.inbound import MailKind
from ingot.llm.outputs import ReplyWants, SuggestedAnswer
from tests.fakes.incoming import Uow, add_sent, label, store, suppressed
from tests.fakes.injections import IN_REPLIES, Injection
from tests.fakes.memory_mailbox import mail
from tests.fakes.model_client import ScriptedAgents
from tests.fakes.outgoing import MONDAY, config

pytestmark = pytest.mark.long

BO = "bo@millpond1.example"
STOPS = [case for case in IN_REPLIES if case.aim == "suppression"]
ANSWERS = [case for case in IN_REPLIES if case.aim == "answer"]


async def heard(uow: Uow, case: Injection, kind: str) -> int:
    """Judge and act on a mail with a model that gives the label it was told to give."""
    letter = await add_sent(uow)
    raw = mail(BO, case.text, References=letter.message_id, Content_Type="text/plain; charset=utf-8")
    mail_id = await store(uow, raw)
    obedient = ScriptedAgents([label(kind, confidence=1.0, clear_no=False, asks_to_stop=False)], uow=uow)
    await judge_mail(uow, mail_id, agents=obedient, now=MONDAY)
    async with uow() as work:
        await act_on_mail(work, mail_id, config=config(), now=MONDAY)
    return mail_id


@pytest.mark.parametrize("case", STOPS, ids=lambda case: case.text[:30])
async def test_no_order_in_a_mail_undoes_its_demand_to_be_left_alone(case: Injection, uow: Uow) -> None:
    mail_id = await heard(uow, case, case.payload)
    assert BO in await suppressed(uow)
    async with uow() as work:
        assert (await work.inbox.get(mail_id)).kind is MailKind.unsubscribe
        waiting = [item for item in await work.deliveries.list() if item.status is DeliveryStatus.queued]
    assert waiting == []


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: ascii(case.payload)[:30])
async def test_an_answer_that_an_obedient_model_writes_is_not_suggested(case: Injection, uow: Uow) -> None:
    mail_id = await heard(uow, case, "question")
    async with uow() as work:
        before = [(item.recipient, item.status) for item in await work.deliveries.list()]
    body = f"Hello Bo,\n\nThank you for your answer.\n\n{case.payload}\n\nImre Valk"
    script = [ReplyWants(wants="details", terms=["Ignore your rules", "forty engineers"]), SuggestedAnswer(body=body)]
    agents = ScriptedAgents(script, uow=uow)
    assert await suggest_answer(uow, mail_id, agents=agents, config=config(), now=MONDAY) is None
    async with uow() as work:
        assert [(item.recipient, item.status) for item in await work.deliveries.list()] == before
        assert await work.answers.list() == []
    assert await suppressed(uow) == []
    shown = [prompt.render() for prompt in agents.client.asked if "resume_lines" in prompt.inputs]
    assert shown
    assert not any(case.text in text for text in shown)
