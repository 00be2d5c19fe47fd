"""What the agents do about stand-ins, small contexts, own prices and a budget."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from ingot.agents import AGENTS, Agents
from ingot.db.models import AgentLog, AuditLog, ModelCall
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.budget import Budget
from ingot.errors import BudgetExceeded, ContextTooSmall, LLMError, LLMUnavailable
from ingot.llm.context import question_tokens
from ingot.llm.outputs import TalkingPoints
from ingot.llm.prices import Prices
from ingot.llm.prompt import Prompt
from ingot.llm.providers import ProviderSettings
from tests.fakes.entities import make_lead
from tests.fakes.model_client import MODEL, USAGE, ScriptedAgents, ScriptedClient
from tests.llm.samples import TALKING_POINTS, prompt
from tests.test_agents import stored

pytestmark = pytest.mark.long


UOW = Callable[[], SqlAlchemyUnitOfWork]
ANSWER = TalkingPoints.model_validate(TALKING_POINTS)
PAID, OTHER = "openai/gpt-4o", "ollama/llama3.1"


def asking(uow: UOW, script: list[Any], *, chain: tuple[str, ...] = (PAID,), **choices: Any) -> Agents:
    """Agents whose chain of models is one scripted client."""
    agents = Agents(
        dict.fromkeys(AGENTS, chain[0]),
        settings=ProviderSettings(),
        uow=uow,
        fallbacks=dict.fromkeys(AGENTS, chain[1:]),
        **choices,
    )
    client = ScriptedClient(script)
    client.model = chain[-1]
    agents._clients[",".join(chain)] = client
    return agents


async def test_a_call_is_kept_with_what_was_asked_and_what_it_took(uow: UOW):
    question = Prompt(**{**vars(prompt()), "lead_id": 7})
    async with uow() as work:
        await work.leads.add(make_lead(id=7))
        await work.commit()
    await asking(uow, [ANSWER]).ask(question)
    [call] = await stored(uow, ModelCall)
    assert (call.prompt_name, call.prompt_hash, call.inputs) == (question.name, question.hash, question.inputs)
    assert (call.lead_id, call.model, call.agent_name) == (7, PAID, "research")
    assert (call.input_tokens, call.output_tokens, call.cost_micro_usd) == (120, 30, 7)


async def test_an_answer_of_a_stand_in_is_kept_under_the_first_model_and_names_who_gave_it(uow: UOW):
    agents = asking(uow, [ANSWER], chain=(PAID, OTHER))
    assert agents.chain_of("research") == (PAID, OTHER)
    first, again = await agents.ask(prompt()), await agents.ask(prompt())
    assert (first.model, again.model, again.usage.requests) == (OTHER, OTHER, 0)
    [call] = await stored(uow, ModelCall)
    assert (call.call_key, call.model) == (prompt().key(PAID), OTHER)
    [log] = await stored(uow, AgentLog)
    assert log.model == OTHER


async def test_a_model_named_twice_in_a_chain_is_asked_once(uow: UOW):
    assert asking(uow, [ANSWER], chain=(PAID, OTHER, PAID)).chain_of("writer") == (PAID, OTHER)


async def test_another_model_is_asked_alone_and_under_its_own_name(uow: UOW):
    agents = asking(uow, [LLMUnavailable("Away.")], chain=(PAID, OTHER))
    judge = ScriptedClient([ANSWER])
    judge.model = "openai/judge"
    agents._clients["openai/judge"] = judge
    assert (await agents.ask(prompt(), model="openai/judge")).model == "openai/judge"
    assert (await agents.ask(prompt(), model="openai/judge")).usage.requests == 0
    with pytest.raises(LLMUnavailable):
        await agents.ask(prompt())


async def test_a_call_is_counted_at_the_users_own_price(uow: UOW):
    prices = Prices({PAID: (2.0, 3.0)})
    failed = LLMError("Refused.", usage=USAGE)
    agents = asking(uow, [failed, ANSWER], prices=prices)
    with pytest.raises(LLMError):
        await agents.ask(prompt())
    completion = await agents.ask(prompt())
    assert completion.usage.cost_micro_usd == 120 * 2 + 30 * 3
    assert [log.cost_estimate for log in await stored(uow, AgentLog)] == [330, 330]


async def test_what_was_left_out_for_a_small_context_is_noted_in_numbers_alone(uow: UOW):
    quotes = [{"id": number, "kind": "fact", "quote": f"Rowan wrote note {number} of many."} for number in range(2_000)]
    agents = asking(uow, [ANSWER], chain=(OTHER,))
    await agents.ask(prompt(evidence=quotes))
    [note] = await stored(uow, AuditLog)
    [call] = await stored(uow, ModelCall)
    kept = len(call.inputs["evidence"])
    assert call.inputs["evidence"] == quotes[:kept]
    assert f"evidence: {2_000 - kept} of 2000 items" in note.message
    assert note.details["cuts"] == [{"name": "evidence", "left_out": 2_000 - kept, "whole": 2_000, "unit": "items"}]
    assert "Rowan" not in f"{note.message} {note.details}"
    await agents.ask(prompt(evidence=quotes[:-1]))
    assert len(await stored(uow, AgentLog)) == 1


async def test_a_question_that_does_not_fit_is_not_asked(uow: UOW):
    agents = asking(uow, [ANSWER], chain=(OTHER,))
    with pytest.raises(ContextTooSmall):
        await agents.ask(prompt(value_proposition="word " * 9_000))
    assert await stored(uow, AgentLog) == []


async def test_a_budget_stops_the_next_paid_call_of_any_process_but_no_stored_answer(uow: UOW):
    room = question_tokens(prompt()) + 1_000 + 100
    budget = Budget.of(day_usd=0, day_tokens=room, campaign_usd=0, campaign_tokens=0)
    await asking(uow, [ANSWER], budget=budget).ask(prompt())
    elsewhere = asking(uow, [ANSWER], budget=budget)
    with pytest.raises(BudgetExceeded):
        await elsewhere.ask(prompt(person_role="CEO"))
    assert (await elsewhere.ask(prompt())).value == ANSWER
    assert len(await stored(uow, AgentLog)) == 1


async def test_without_a_budget_a_call_takes_no_more_statements(uow: UOW, engine: Any):
    statements = list[str]()
    sa.event.listen(engine.sync_engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    await ScriptedAgents([ANSWER], uow=uow).ask(prompt())
    assert MODEL not in PAID
    verbs = [statement.split()[0] for statement in statements if statement.split()[0] in {"SELECT", "INSERT"}]
    assert verbs == ["SELECT", "INSERT", "INSERT"]
