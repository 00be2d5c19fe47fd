import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from ingot.agents import AGENTS, Agents
from ingot.db.models import AgentLog, ModelCall
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.errors import ConfigError, LLMUnavailable, LLMValidationError
from ingot.llm.outputs import TalkingPoints
from ingot.llm.prompt import Prompt
from ingot.llm.providers import ProviderSettings
from tests.fakes.entities import make_lead
from tests.fakes.model_client import MODEL, USAGE, ScriptedAgents
from tests.llm.samples import TALKING_POINTS, prompt

UOW = Callable[[], SqlAlchemyUnitOfWork]
ANSWER = TalkingPoints.model_validate(TALKING_POINTS)
OTHER = TalkingPoints.model_validate(TALKING_POINTS | {"value": {"text": "Another.", "evidence_id": 7}})


def question(**changes: Any) -> Prompt[TalkingPoints]:
    return prompt("talking_points", **changes)


async def stored(uow: UOW, kind: type[Any]) -> list[Any]:
    async with uow() as work:
        return list((await work.session.scalars(sa.select(kind).order_by(kind.id))).all())


async def test_the_same_question_is_asked_once_and_logged_once(uow: UOW):
    agents = ScriptedAgents([ANSWER, OTHER], uow=uow)
    first, again = await agents.ask(question()), await agents.ask(question())
    assert first.value == again.value == ANSWER
    assert isinstance(again.value, TalkingPoints)
    assert len(agents.client.asked) == 1
    assert (first.usage, again.usage.requests) == (USAGE, 0)
    assert (again.model, again.prompt_hash) == (MODEL, first.prompt_hash)
    assert len(await stored(uow, AgentLog)) == len(await stored(uow, ModelCall)) == 1


async def test_an_answer_outlives_the_process_that_asked(uow: UOW):
    await ScriptedAgents([ANSWER], uow=uow).ask(question())
    later = ScriptedAgents([OTHER], uow=uow)
    assert (await later.ask(question())).value == ANSWER
    assert later.client.asked == []


async def test_another_question_is_asked_anew(uow: UOW):
    agents = ScriptedAgents([ANSWER, OTHER], uow=uow)
    await agents.ask(question())
    assert (await agents.ask(question(person_role="CEO"))).value == OTHER
    assert len(agents.client.asked) == 2


async def test_a_call_is_logged_with_who_asked_and_what_it_took(uow: UOW):
    async with uow() as work:
        lead = await work.leads.add(make_lead())
        await work.commit()
    about = Prompt(**{**vars(question()), "lead_id": lead.id})
    await ScriptedAgents([ANSWER], uow=uow).ask(about)
    [log] = await stored(uow, AgentLog)
    assert (log.agent_name, log.step_description, log.status) == ("research", "talking_points", "completed")
    assert (log.model, log.lead_id, log.error_message) == (MODEL, lead.id, "")
    assert (log.input_tokens, log.output_tokens, log.duration_ms, log.cost_estimate) == (120, 30, 45, 7)


@pytest.mark.parametrize(
    "error",
    [LLMUnavailable("Away.", retry_after=3), LLMValidationError("No object.", raw_content="secret text of a page")],
)
async def test_a_failed_call_is_logged_and_not_remembered(uow: UOW, error: LLMUnavailable | LLMValidationError):
    agents = ScriptedAgents([error, ANSWER], uow=uow)
    with pytest.raises(type(error)) as caught:
        await agents.ask(question())
    assert caught.value is error
    [log] = await stored(uow, AgentLog)
    assert (log.status, log.error_message) == ("failed", f"{type(error).__name__}: {error.message}")
    assert await stored(uow, ModelCall) == []
    assert (await agents.ask(question())).value == ANSWER
    assert [entry.status for entry in await stored(uow, AgentLog)] == ["failed", "completed"]


async def test_no_more_calls_run_at_once_than_there_are_slots(uow: UOW):
    agents = ScriptedAgents([ANSWER], uow=uow)
    agents.client.go_on.clear()
    asking = asyncio.gather(*(agents.ask(question(person_role=f"CTO {number}")) for number in range(9)))
    await agents.client.until_running(3)
    assert await stored(uow, AgentLog) == []  # time enough for a fourth to come
    agents.client.go_on.set()
    await asking
    assert (len(agents.client.asked), agents.client.most_at_once) == (9, 3)


async def test_an_unknown_agent_is_named_before_anything_is_asked(uow: UOW):
    agents = ScriptedAgents([ANSWER], uow=uow)
    with pytest.raises(ConfigError, match="'poet'") as caught:
        await agents.ask(Prompt(**{**vars(question()), "agent": "poet"}))
    assert all(agent in caught.value.hint for agent in AGENTS)
    assert agents.client.asked == []


async def test_the_embedded_engine_answers_without_a_client_from_outside(uow: UOW):
    models = dict.fromkeys(AGENTS, "offline/extractive")
    agents = Agents(models, settings=ProviderSettings(), uow=uow)
    assert agents.model_of("writer") == "offline/extractive"
    lines = [{"no": 1, "text": "Wrote a message broker in Rust, 40,000 messages a second.", "employer": "Lantern"}]
    completion = await agents.ask(question(resume_lines=lines))
    assert {completion.value.achievement.evidence_id, completion.value.value.evidence_id} <= {7, 9, 11}
    assert [log.status for log in await stored(uow, AgentLog)] == ["completed"]
