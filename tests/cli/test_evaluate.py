import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ingot.db.models  # noqa: F401 - starts the mappers
from ingot.actions.evaluate import EvalResult
from ingot.actions.evaluation_replay import Replayed
from ingot.actions.evaluation_results import compare
from ingot.cli import console
from ingot.cli.evaluation_page import render_page
from ingot.cli.evaluation_tables import comparison_table, refusals, replay_diffs
from ingot.domain.measures import DraftStatus, summary_of
from ingot.domain.model_use import EvalDraft, EvalRun
from ingot.sample.golden import golden_hash
from tests.cli.conftest import Base, Run
from tests.fakes.entities import NOW

pytestmark = pytest.mark.long


Ingot = Callable[..., Run]
HOSTILE = '<script>alert("x")</script><img src=x onerror=y> \u202eevil'


def result(number: int, golden: str = "", **measures: float) -> EvalResult:
    draft = EvalDraft(
        evalrun_id=number,
        case_name="havgrid-wind",
        status=DraftStatus.queued,
        parts={"subject_a": "A note", "body": f"Hi Signe,\n\nHavgrid {HOSTILE} forecasts.\n\nIfeoma", "judge": HOSTILE},
        measures={"queued": 1.0, "words": 7.0, **measures},
        refused=[HOSTILE],
    )
    run = EvalRun(label=HOSTILE, model="x/y", golden_hash=golden or golden_hash(), id=number, created_at=NOW)
    run.summary = summary_of([draft])
    return EvalResult(run, [draft])


def test_run_measures_compares_and_writes_one_file_that_loads_nothing(ingot: Ingot, base: Base, tmp_path: Path) -> None:
    report = tmp_path / "out.html"
    done = ingot("eval", "run", "--limit", 2, "--label", "first", "--report", report)
    assert done.code == 0, done.err
    assert "Queued 2, refused 0, failed 0" in done.out
    page = report.read_text("utf-8")
    assert page.count("<details>") == 2
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert not [word for word in ("<script", "<link", "<iframe", "@import", "url(") if word in page]
    again = json.loads(ingot("eval", "run", "--limit", 2, "--json").out)
    assert again[0]["summary"]["queued_drafts"] == 2
    assert base.ask("SELECT count(*) FROM evaldraft") == [4]

    compared = json.loads(ingot("eval", "compare", "offline/extractive", 1, "--json", "--report", report).out)
    assert {item["verdict"] for item in compared["measures"]} == {"no difference shown"}
    assert "Runs over time" in report.read_text("utf-8")
    assert [run["label"] for run in json.loads(ingot("eval", "trend", "--json").out)] == ["first", ""]
    assert "first" in ingot("eval", "trend", "--model", "offline/extractive").out


def test_replay_shows_what_changes(ingot: Ingot, tmp_path: Path) -> None:
    ingot("eval", "run", "--limit", 1)
    told = ingot("eval", "replay", "--model", "offline/extractive")
    assert (told.code, "nothing" in told.out) == (0, True)
    packaged = Path(__file__).parents[2] / "ingot/llm/prompts/write_letter.md"
    (tmp_path / "new.md").write_text(packaged.read_text("utf-8") + "\nBe brief.\n", "utf-8")
    items = json.loads(ingot("eval", "replay", "--prompt", f"write_letter={tmp_path / 'new.md'}", "--json").out)
    assert items[0]["diff"] == {}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["compare", "77", "1"], 5),
        (["run", "--model", "nonsense", "--limit", "1"], 3),
        (["replay"], 3),
        (["replay", "--prompt", "write_letter"], 2),
        (["replay", "--prompt", "nobody=x.md"], 3),
        (["run", "--limit", "1", "--report", "/nowhere/out.html"], 5),
    ],
)
def test_what_cannot_be_done_is_said(ingot: Ingot, words: list[str], code: int) -> None:
    told = ingot("eval", *words)
    assert told.code == code
    assert told.err


@pytest.mark.parametrize("command", ["run", "compare", "trend", "replay"])
def test_each_help_has_examples(ingot: Ingot, command: str) -> None:
    assert f"ingot eval {command}" in ingot("eval", command, "--help").out.split("Examples:")[1]


def test_a_report_shows_hostile_text_as_text() -> None:
    one, two = result(1), result(2, specific_facts=3.0)
    page = render_page([one, two], [one.run, two.run])
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert page.count("&lt;script&gt;") > 4
    assert "Backed by, or why not" in page


def test_a_run_of_an_older_set_is_shown_without_what_backs_it() -> None:
    older = result(1, golden="older")
    assert "Backed by, or why not" not in render_page([older], [older.run])


def test_an_unbacked_claim_in_the_queue_is_told_and_ends_with_1(ingot: Ingot, monkeypatch: pytest.MonkeyPatch) -> None:
    leaky = result(1, unbacked_claims=2.0)

    async def leak(*_: Any, **__: Any) -> EvalResult:
        return leaky

    monkeypatch.setattr("ingot.actions.evaluate.run_evaluation", leak)
    told = ingot("eval", "run")
    assert (told.code, "an unbacked claim reached the queue" in told.out) == (1, True)


def test_a_case_that_was_lost_is_told_with_its_last_reason() -> None:
    lost = result(1)
    lost.drafts[0].status = DraftStatus.refused
    assert any("havgrid-wind: refused." in line.plain for line in refusals(lost))


def test_tables_show_what_changed(base: Base) -> None:
    one, two = result(1, specific_facts=1.0), result(2, specific_facts=3.0)
    for draft in (*one.drafts, *two.drafts):
        draft.parts["body"] = "Hi"
    replayed = Replayed(
        call_id=7,
        prompt_name="write_letter",
        model_before="a/b",
        model_after="c/d",
        tokens_before=1,
        diff={"body": ["- Gone.", "+ Come."]},
    )
    with console.out.capture() as shown:
        console.out.print(comparison_table(compare(one, two)))
        for line in replay_diffs([replayed]):
            console.out.print(line)
    assert "better" in shown.get()
    assert shown.get().splitlines()[-2:] == ["- Gone.", "+ Come."]
