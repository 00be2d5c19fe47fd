from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingot.actions.draft import load_dossier, write_letter
from ingot.actions.evaluate import RunRequest, run_evaluation
from ingot.actions.evaluation_replay import Replayed, ReplayRequest, replay
from ingot.agents import Agents
from ingot.config.schema import AppConfig
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.model_use import ModelCall
from ingot.errors import ConfigError, LLMError, LLMMisconfigured, ValidationError
from ingot.llm.changed_prompt import read_wording
from ingot.llm.prompt import template
from tests.actions.test_evaluate import FALSE, OFFLINE, offline_agents, quiet
from tests.fakes.entities import NOW, add_campaign, add_matched, make_evidence
from tests.fakes.model_client import MODEL, USAGE, ScriptedAgents

pytestmark = pytest.mark.long


Uow = Callable[[], SqlAlchemyUnitOfWork]
PACKAGED = Path(__file__).parents[2] / "ingot/llm/prompts/write_letter.md"


@pytest.fixture
async def stored(uow: Uow) -> Uow:
    """Two letters of the offline engine."""
    await run_evaluation(
        RunRequest(model=OFFLINE, limit=2),
        agents=offline_agents(uow),
        uow=uow,
        config=AppConfig(),
        now=NOW,
        progress=quiet,
    )
    return uow


async def again(uow: Uow, agents: Agents, **wanted: Any) -> list[Replayed]:
    return await replay(ReplayRequest(**wanted), agents=agents, uow=uow, progress=quiet, today=NOW.date())


def changed(folder: Path, old: str = "# Your task", new: str = "# What to do now") -> Path:
    path = folder / "new.md"
    path.write_text(PACKAGED.read_text("utf-8").replace(old, new), "utf-8")
    return path


async def test_the_same_model_says_the_same(stored: Uow) -> None:
    for item in await again(stored, offline_agents(stored), model=OFFLINE):
        assert (item.diff, item.error, item.unbacked_before, item.unbacked_after) == ({}, "", 0, 0)
        assert len(item.same) == 5


async def test_another_model_is_shown_with_its_sentences_gate_and_cost(stored: Uow) -> None:
    agents = ScriptedAgents([FALSE], uow=stored)
    (item,) = await again(stored, agents, model=MODEL, limit=1)
    assert "+ Havgrid won the Nobel prize in 1999." in item.diff["body"]
    assert any(line.startswith("- ") for line in item.diff["body"])
    assert item.unbacked_before == 0
    assert (item.unbacked_after or 0) > 2
    assert (item.tokens_after, item.cost_after) == (150, USAGE.cost_micro_usd)


async def test_a_replay_is_stored_and_asks_nothing_twice(stored: Uow) -> None:
    agents = ScriptedAgents([FALSE], uow=stored)
    first = await again(stored, agents, model=MODEL, limit=1)
    async with stored() as work:
        calls = await work.evaluations.calls("write_letter", limit=9)
    assert [call.model for call in calls] == [MODEL, OFFLINE, OFFLINE]
    second = await again(stored, agents, model=MODEL, limit=2)
    assert len(agents.client.asked) == 1
    assert second[1].cost_after == first[0].cost_after


async def test_changed_words_reach_the_model_of_the_stored_call(stored: Uow, tmp_path: Path) -> None:
    wording = read_wording("write_letter", changed(tmp_path))
    agents = ScriptedAgents([FALSE], uow=stored)
    await again(stored, agents, model=MODEL, wording=wording, limit=1)
    (asked,) = agents.client.asked
    assert "# What to do now" in asked.render()
    assert asked.hash == wording.template.sha256 != template("write_letter").sha256
    kept = await again(stored, offline_agents(stored), wording=wording, limit=9)
    assert OFFLINE in {item.model_after for item in kept}


async def test_a_letter_to_a_lead_of_the_user_is_held_against_that_lead(uow: Uow) -> None:
    async with uow() as work:
        lead = await add_matched(work, await add_campaign(work), 1)
        await work.evidence.keep(lead.id or 0, [make_evidence()])
        lead.company_name = "Millpond"
        await work.commit()
        dossier = await load_dossier(work, lead.id or 0)
    agents = offline_agents(uow)
    await write_letter(dossier, agents=agents, uow=uow, config=AppConfig(), now=NOW)
    (item,) = await again(uow, ScriptedAgents([FALSE], uow=uow), model=MODEL)
    assert item.unbacked_before == 0
    assert (item.unbacked_after or 0) > 2
    async with uow() as work:
        (await work.leads.get(lead.id or 0)).company_name = "Otherpond"
        await work.commit()
    (item,) = await again(uow, agents, model=OFFLINE, limit=1)
    assert (item.unbacked_before, item.unbacked_after) == (None, None)


@pytest.mark.long
async def test_a_model_that_fails_on_one_call_is_told_and_one_without_key_ends_it(stored: Uow) -> None:
    items = await again(stored, ScriptedAgents([LLMError("Too hard.")], uow=stored), model=MODEL)
    assert [item.error for item in items] == ["LLMError: Too hard."] * 2
    with pytest.raises(LLMMisconfigured):
        await again(stored, ScriptedAgents([LLMMisconfigured("No key.")], uow=stored), model=MODEL)


@pytest.mark.long
async def test_a_call_whose_lead_is_gone_or_whose_prompt_changed_is_asked_without_gate_or_left_out(stored: Uow) -> None:
    async with stored() as work:
        for call in await work.evaluations.calls(None, limit=9):
            call.lead_id = 4711
        work.session.add(ModelCall(call_key="x", agent_name="writer", model=OFFLINE, answer="{}", prompt_name="entail"))
        await work.commit()
    items = await again(stored, offline_agents(stored), model=OFFLINE)
    assert [item.unbacked_after for item in items] == [None, None]


async def test_with_nothing_to_change_or_to_ask_it_says_so(uow: Uow) -> None:
    with pytest.raises(ConfigError, match="Nothing would change"):
        await again(uow, offline_agents(uow))
    with pytest.raises(ValidationError, match="No stored call"):
        await again(uow, offline_agents(uow), model=OFFLINE)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("inputs: user,", "inputs:", "does not declare the inputs"),
        ("# Your task", "{% for %}", "no valid template"),
        ("parts: letter_style", "parts: no_such", "no part of prompts"),
    ],
)
def test_a_file_that_is_no_such_prompt_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read_wording("write_letter", changed(tmp_path, old, new))


async def test_a_name_that_is_no_input_and_a_file_that_is_not_there_are_refused(stored: Uow, tmp_path: Path) -> None:
    wording = read_wording("write_letter", changed(tmp_path, "# Your task", "{{ nobody }}"))
    with pytest.raises(ConfigError, match="is no input"):
        await again(stored, ScriptedAgents([FALSE], uow=stored), wording=wording, model="openai/x")
    with pytest.raises(ConfigError, match="cannot be read"):
        read_wording("write_letter", tmp_path / "none.md")
