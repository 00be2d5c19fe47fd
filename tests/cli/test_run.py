import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ingot.actions.assist import Ahead
from ingot.cli import assist, run, starting
from tests.cli.conftest import Base, Run

pytestmark = pytest.mark.long


Ingot = Callable[..., Run]


class FlowFake:
    """Remembers with what it was run."""

    def __init__(self, result: dict[str, int] | None = None) -> None:
        self.runs: list[dict[str, Any]] = []
        self.result = result or {}

    async def __call__(self, **given: Any) -> dict[str, int]:
        self.runs.append(given)
        return self.result


@pytest.fixture
def flow(monkeypatch: pytest.MonkeyPatch) -> FlowFake:
    fake = FlowFake({"sent": 1, "queued": 0})
    monkeypatch.setattr(run, "_campaign", lambda: fake)
    monkeypatch.setattr(run, "_outreach", lambda: fake)
    return fake


@pytest.mark.parametrize("stage", ["research", "match", "write"])
def test_a_stage_goes_on_with_the_newest_campaign(stage: str, base: Base, ingot: Ingot, flow: FlowFake) -> None:
    done = ingot("run", stage)
    assert done.code == 0
    assert flow.runs == [{"name": "autumn", "only": stage}]
    assert "autumn" in done.out


def test_what_was_not_said_stays_as_it_was(base: Base, ingot: Ingot, flow: FlowFake) -> None:
    before = json.loads(base.ask("SELECT options FROM campaign")[0])
    ingot("run", "research", "--quiet")
    after = json.loads(base.ask("SELECT options FROM campaign")[0])
    assert after.pop("command") == "ingot run research --quiet"
    before.pop("command")
    assert after == before


def test_scouting_may_start_a_campaign_and_other_stages_may_not(base: Base, ingot: Ingot, flow: FlowFake) -> None:
    assert ingot("run", "scout", "--campaign", "winter", "--venue", "hn", "--tag", "go", "--limit", 3).code == 0
    assert flow.runs == [{"name": "winter", "only": "scout"}]
    options = json.loads(base.ask("SELECT options FROM campaign WHERE campaign_name = 'winter'")[0])
    assert (options["limit"], options["filters"], options["venues"]) == (
        3,
        {"tags": ["go"]},
        [{"kind": "hn", "source": None}],
    )
    refused = ingot("run", "research", "--campaign", "wintre")
    assert refused.code == 5
    assert "ingot run scout" in refused.err
    assert len(base.ask("SELECT id FROM campaign")) == 2


def test_quiet_tells_no_progress_and_json_is_one_document(ingot: Ingot, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingot.wiring import current

    async def flow(**given: Any) -> dict[str, int]:
        current().progress("match", 1, 1)
        return {"sent": 1}

    monkeypatch.setattr(run, "_campaign", lambda: flow)
    monkeypatch.setattr(run, "_outreach", lambda: flow)
    assert "1 of 1" in ingot("run", "match").err
    for words in (("run", "match", "--quiet"), ("--quiet", "run", "match"), ("run", "send", "--quiet")):
        quiet = ingot(*words)
        assert quiet.err == ""
        assert quiet.out
    assert "1 of 1" in ingot("run", "send").err
    assert json.loads(ingot("run", "write", "--json").out)["campaign"] == "autumn"
    assert json.loads(ingot("run", "send", "--json").out) == {"sent": 1}


def test_sending_and_follow_ups_are_passes_of_the_one_flow(ingot: Ingot, flow: FlowFake) -> None:
    assert "sent 1" in ingot("run", "send").out
    assert "sent 1" in ingot("run", "followup").out
    assert flow.runs == [{}, {"only": "follow_up"}]


def test_an_estimate_of_a_stage_starts_nothing(ingot: Ingot, flow: FlowFake) -> None:
    found = json.loads(ingot("run", "research", "--estimate", "--json").out)
    assert [row["stage"] for row in found["stages"]] == ["research"]
    assert found["calls"] == 0
    assert [row["stage"] for row in json.loads(ingot("run", "write", "--estimate", "--json").out)["stages"]] == [
        "deep research", "questions", "write",
    ]  # fmt: skip
    assert flow.runs == []


@pytest.mark.parametrize("option", [["--assist"], ["--assist-at", "write"]])
def test_nobody_is_asked_where_there_is_no_terminal(option: list[str], ingot: Ingot) -> None:
    refused = ingot("run", "campaign", *option)
    assert refused.code == 3
    assert "no terminal" in refused.err


def test_the_sample_is_run_stage_by_stage(ingot: Ingot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import tempfile

    from tests.fakes.plain_stages import plain_stages

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with plain_stages():
        import flows.campaign

        monkeypatch.setattr(run, "_campaign", lambda: flows.campaign.campaign.fn)
        sample = ("--sample", "--keep")
        assert ingot("run", "research", *sample).code == 5
        found = ingot("run", "scout", *sample, "--offline", "--limit", 1)
        assert "Next, for 2 leads: ingot run research --campaign sample" in found.out
        assert "Next, for 2 leads: ingot run match" in ingot("run", "research", *sample).out
        matched = ingot("run", "match", *sample, "--review", "auto").out
        assert "To decide: 1 lead" in matched
        assert "Next, for 1 lead: ingot run write" in matched
        written = json.loads(ingot("run", "write", *sample, "--json").out)
        assert written["counts"]["drafted"] == 1


def step(**changes: Any) -> Ahead:
    given: dict[str, Any] = {
        "step": "research", "campaign": "autumn fair", "leads": 4, "limit": 2, "review": "queue", "venues": ("yc",),
        "calls": 4, "models": ("openai/gpt-4o",), "tokens": 12_000, "micro_usd": 31_000,
    }  # fmt: skip
    return Ahead(**{**given, **changes})


@pytest.mark.parametrize("name", ["scout", "research", "match", "decide", "write"])
@pytest.mark.parametrize("review", ["ask", "queue", "auto"])
def test_each_step_says_what_why_what_it_reads_and_what_it_costs(name: str, review: str) -> None:
    lines = assist.described(step(step=name, review=review))
    assert lines[0].startswith(f"Next: {name}. ")
    assert [line.split(":")[0].strip() for line in lines[1:]] == ["Why", "Reads", "Costs"]
    assert "about $0.0310: 4 questions to openai/gpt-4o, about 12000 tokens." in lines[-1]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"calls": 0}, "no model is asked"),
        ({"micro_usd": None}, "unknown price"),
        (
            {"models": ("offline/extractive",), "stored": 2},
            "nothing: 4 questions to offline/extractive, 2 of them answered before.",
        ),
    ],
)
def test_the_cost_of_a_step_is_told_plainly(changes: dict[str, Any], told: str) -> None:
    assert told in assist.described(step(**changes))[-1]


def test_a_no_stops_and_tells_what_to_type(base: Base, ingot: Ingot, monkeypatch: pytest.MonkeyPatch) -> None:
    from ingot.wiring import current

    steps = list[tuple[str, bool]]()

    async def flow(**given: Any) -> dict[str, int]:
        for name in ("scout", "research", "decide", "write"):
            steps.append((name, await current().checkpoint(name, 1)))
            if not steps[-1][1]:
                break
        return {}

    monkeypatch.setattr(run, "_campaign", lambda: flow)
    monkeypatch.setattr(starting, "at_terminal", lambda: True)
    stopped = ingot("run", "match", "--review", "queue", "--assist", stdin="maybe\nn\n")
    assert stopped.code == 0
    assert steps == [("scout", False)]
    assert "To go on: ingot run match --campaign autumn" in stopped.err
    assert "Please answer with one of" in stopped.err


def test_the_commands_load_no_flow_until_one_is_run() -> None:
    import subprocess

    code = "import sys, ingot.cli.run; print([name for name in ('prefect', 'flows', 'sqlalchemy', 'rich') if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert shown.stdout.strip() == "[]"
