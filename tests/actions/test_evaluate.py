import asyncio
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from ingot.actions.evaluate import EvalResult, RunRequest, chosen_cases, run_evaluation
from ingot.actions.evaluation_results import compare, comparison_as_json, find_result, run_as_json
from ingot.agents import AGENTS, Agents
from ingot.config.schema import AppConfig
from ingot.db.tables import agentlog, audit_logs, lead, modelcall
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.errors import ConfigError, LLMError, LLMMisconfigured, LLMUnavailable, LLMValidationError, ValidationError
from ingot.llm.judging import Judgement
from ingot.llm.outputs import Answer, Entailment, Letter, SentenceVerdict
from ingot.llm.providers import ProviderSettings
from ingot.sample.golden import golden_cases
from tests.fakes.entities import NOW
from tests.fakes.model_client import MODEL, USAGE, ScriptedAgents, ScriptedClient

pytestmark = pytest.mark.long


OFFLINE = "offline/extractive"
Uow = Callable[[], SqlAlchemyUnitOfWork]
FALSE = Letter(
    subject_a="Your wind parks",
    subject_b="A data engineer for you",
    body="Hi Signe,\n\nHavgrid won the Nobel prize in 1999. I led 400 engineers at Google.\n\nIfeoma Brandt",
    followup_day_3="Hi Signe,\n\nI also built the moon. Could we talk for a moment?\n\nIfeoma Brandt",
    followup_day_7="Hi Signe,\n\nThis is my last note to you about this.\n\nIfeoma Brandt",
)


def quiet(_stage: str, _done: int, _total: int) -> None:
    """Progress for nobody."""


def offline_agents(uow: Uow) -> Agents:
    return Agents(dict.fromkeys(AGENTS, OFFLINE), settings=ProviderSettings(), uow=uow)


async def run(
    uow: Uow, agents: Agents | None = None, *, progress: Any = quiet, second_check: str = "", **wanted: Any
) -> EvalResult:
    request, config = RunRequest(**({"model": OFFLINE, "limit": 2} | wanted)), AppConfig(entailment_model=second_check)
    return await run_evaluation(
        request, agents=agents or offline_agents(uow), uow=uow, config=config, now=NOW, progress=progress
    )


async def scripted(uow: Uow, *script: Answer | LLMError, **wanted: Any) -> EvalResult:
    return await run(uow, ScriptedAgents(script, uow=uow), model=MODEL, **wanted)


async def count(uow: Uow, table: sa.Table) -> int:
    async with uow() as work:
        return await work.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0


async def test_the_offline_engine_puts_true_letters_into_the_queue(uow: Uow) -> None:
    result = await run(uow, limit=3)
    told = result.run.summary
    assert (told["cases"], told["queued_drafts"], told["unbacked_in_queue"]) == (3, 3, 0)
    assert told["specific_facts"] > 0
    assert set(result.drafts[0].parts) == {"subject_a", "subject_b", "body", "followup_day_3", "followup_day_7"}
    assert 0 < result.drafts[0].measures["similarity_max"] < 1
    async with uow() as work:
        stored = await find_result(work, OFFLINE)
    assert run_as_json(stored) == run_as_json(result)


async def test_nothing_of_a_run_comes_near_the_users_leads_and_notes(uow: Uow) -> None:
    await scripted(uow, FALSE, limit=1)
    assert (await count(uow, lead), await count(uow, audit_logs)) == (0, 0)
    async with uow() as work:
        assert set(await work.session.scalars(sa.select(agentlog.c.lead_id))) == {None}


async def test_a_rerun_asks_nothing_and_tells_what_the_answers_once_took(uow: Uow) -> None:
    first = await scripted(uow, FALSE, limit=1)
    asked = await count(uow, modelcall)
    client = ScriptedAgents([FALSE], uow=uow)
    second = await run(uow, client, model=MODEL, limit=1)
    assert client.client.asked == []
    assert await count(uow, modelcall) == asked == 3
    assert (first.run.cost_micro_usd, second.run.cost_micro_usd) == (3 * USAGE.cost_micro_usd, 0)
    assert second.drafts[0].measures["cost_micro_usd"] == 3 * USAGE.cost_micro_usd
    assert second.drafts[0].measures["tokens"] == first.drafts[0].measures["tokens"] == 450
    assert "seconds" in first.drafts[0].measures
    assert "seconds" not in second.drafts[0].measures


async def test_a_letter_that_lies_is_refused_and_counted(uow: Uow) -> None:
    result = await scripted(uow, FALSE, limit=1)
    (draft,) = result.drafts
    assert draft.status == "refused"
    assert draft.measures["drafts_refused"] == result.run.summary["refused_by_gate"] == 3
    assert draft.measures["grounded_share"] < 0.5
    assert "unbacked_claims" not in draft.measures
    assert any("Nobel" in line for line in draft.refused)
    assert draft.parts["body"] == FALSE.body


async def test_an_invalid_answer_fails_the_case_and_lowers_the_share_and_silence_only_fails(uow: Uow) -> None:
    invalid = LLMValidationError("No object.", raw_content="?")
    result = await scripted(uow, invalid, limit=1)
    assert (result.drafts[0].status, result.run.summary["valid_share"]) == ("failed", 0)
    assert result.drafts[0].refused == ["LLMValidationError: No object."]
    silent = await scripted(uow, LLMUnavailable("Away."), limit=1)
    assert silent.drafts[0].status == "failed"
    assert "valid_share" not in silent.run.summary


async def test_what_no_case_can_survive_ends_the_run_and_leaves_none(uow: Uow) -> None:
    with pytest.raises(LLMMisconfigured):
        await scripted(uow, LLMMisconfigured("No such key."), limit=2)
    with pytest.raises(ConfigError):
        await run(uow, model="nonsense")
    async with uow() as work:
        assert await work.evaluations.in_order() == []


async def test_a_run_that_is_stopped_keeps_and_sums_up_what_was_done(uow: Uow) -> None:
    def stop(_stage: str, done: int, _total: int) -> None:
        if done == 2:
            running.cancel()

    running = asyncio.create_task(run(uow, progress=stop, limit=5, at_once=1))
    with pytest.raises(asyncio.CancelledError):
        await running
    async with uow() as work:
        stored = await find_result(work, OFFLINE)
    assert len(stored.drafts) in {2, 3}
    assert stored.run.summary["cases"] == len(stored.drafts)


async def test_a_judge_marks_what_reached_the_queue_and_may_fail(uow: Uow) -> None:
    agents = offline_agents(uow)
    judge = ScriptedClient([Judgement(reason="The second sentence could go.", score=4), LLMError("No.")])
    agents._clients[MODEL] = judge
    result = await run(uow, agents, judge=MODEL, limit=2, at_once=1)
    assert [draft.measures.get("judge_score") for draft in result.drafts] == [4, None]
    assert [draft.parts["judge"] for draft in result.drafts] == ["The second sentence could go.", "LLMError: No."]
    assert result.run.summary["judge_score"] == 4
    assert result.run.cost_micro_usd == USAGE.cost_micro_usd
    assert "evidence" in judge.asked[0].inputs


async def test_the_second_check_is_no_part_of_what_is_measured(uow: Uow) -> None:
    agents = offline_agents(uow)
    verdicts = [SentenceVerdict(no=no, verdict="no") for no in range(1, 7)]
    agents._clients[MODEL] = ScriptedClient([Entailment(verdicts=verdicts), LLMError("No.")])
    (draft,) = (await run(uow, agents, second_check=MODEL, limit=1)).drafts
    assert draft.status == "refused"
    assert "could not be checked" in draft.refused[-1]
    assert draft.measures["asked"] == draft.measures["valid"] == draft.measures["drafts_refused"]


async def test_two_runs_are_compared_case_by_case(uow: Uow) -> None:
    before, after = await scripted(uow, FALSE, limit=1), await run(uow, limit=2)
    found = {item.measure.name: item for item in compare(before, after).differences}
    assert (found["queued"].before, found["queued"].after, found["queued"].verdict) == (0, 1, "better")
    assert found["queued"].cases == 1
    assert "specific_facts" not in found
    told = comparison_as_json(compare(before, after))
    assert told["measures"][0]["measure"] == "queued"


@pytest.mark.long
async def test_likeness_is_compared_among_the_same_letters(uow: Uow) -> None:
    few, many = await run(uow, limit=2), await run(uow, limit=3)
    found = {item.measure.name: item.change for item in compare(few, many).differences}
    assert found["similarity"].value == found["similarity_max"].value == 0


async def test_runs_that_cannot_be_compared_are_refused(uow: Uow) -> None:
    one, other = await run(uow, limit=1), await run(uow, limit=1)
    other.run.golden_hash = "older"
    with pytest.raises(ValidationError, match="different golden sets"):
        compare(one, other)
    with pytest.raises(ValidationError, match="no case in common"):
        compare(one, EvalResult(one.run, []))
    async with uow() as work:
        for name in ("77", "ollama/none"):
            with pytest.raises(ValidationError, match="No evaluation run"):
                await find_result(work, name)


def test_a_few_cases_are_spread_over_the_set() -> None:
    cases = golden_cases()
    assert len({case.profile.name for case in chosen_cases(cases, 6)}) == 6
    assert chosen_cases(cases, 99) == chosen_cases(cases, None) == cases
