"""A campaign on a paid model, killed with -9 in the middle of its calls: nothing whose answer was stored is asked again."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.crash_campaign import CrashingCampaign, kill_group
from ingot.agents import AGENTS
from ingot.config.manager import ConfigManager
from ingot.llm.answers import ANSWERS
from ingot.llm.forms import SCHEMA_FIRST
from ingot.llm.messages import conversation, rendered
from ingot.llm.prompt import Prompt
from ingot.sample import SampleServer
from tasks.stage import CONCURRENCY
from tests.fakes.counting_model import CountingModel

pytestmark = pytest.mark.real

MODEL = "openai-compatible/counting"
KILLS_AFTER = (5, 18, 32)
DEADLINE_S = 120.0


def stored(campaign: CrashingCampaign) -> set[str]:
    """The questions whose answer is in the database."""
    rows = campaign.read("SELECT prompt_name, agent_name, inputs FROM modelcall")
    prompts = [
        Prompt(name=str(name), agent=str(agent), output=ANSWERS[str(name)], inputs=json.loads(str(inputs)))
        for name, agent, inputs in rows
    ]
    return {
        conversation(rendered(prompt, MODEL).text, SCHEMA_FIRST[0], prompt.output)[1]["content"] for prompt in prompts
    }


def run_until_asked(campaign: CrashingCampaign, model: CountingModel, more: int) -> None:
    wanted, process = len(model.requests) + more, campaign.start()
    deadline = time.monotonic() + DEADLINE_S
    try:
        while process.poll() is None and len(model.requests) < wanted and time.monotonic() < deadline:
            time.sleep(0.002)
    finally:
        kill_group(process)


def test_a_killed_campaign_pays_for_no_stored_answer_twice(tmp_path: Path) -> None:
    base, asked_before, known = tmp_path / "base", Counter[str](), set[str]()
    with SampleServer() as server, CountingModel() as model:
        models = {f"agents.{name}.model": MODEL for name in AGENTS}
        ConfigManager(base).update({"openai_base_url": model.url, **models})
        campaign = CrashingCampaign(base, server.url, prefect_home=tmp_path / "prefect", offline=False)
        for number, total in enumerate(KILLS_AFTER):
            run_until_asked(campaign, model, total - (KILLS_AFTER[number - 1] if number else 0))
            asked = model.asked
            assert not {text for text in known if asked[text] > asked_before[text]}
            known, asked_before = stored(campaign), asked
            # What was asked and is not stored was under way when the kill came.
            assert len(asked.keys() - known) <= CONCURRENCY
        campaign.run_to_the_end()
        asked = model.asked
    assert len(asked) > KILLS_AFTER[-1]
    assert not {text for text in known if asked[text] > asked_before[text]}
    assert stored(campaign) == asked.keys()
    assert sum(asked.values()) - len(asked) <= CONCURRENCY * len(KILLS_AFTER)
    assert campaign.read("SELECT count(*) FROM lead WHERE status = 'failed' AND status_reason LIKE '%Unexpected%'") == [
        (0,)
    ]
