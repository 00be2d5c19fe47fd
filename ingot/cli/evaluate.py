"""`ingot eval`: how good the letters of a model are, measured on a set of invented leads."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.opening import with_wiring

if TYPE_CHECKING:
    from ingot.actions.evaluate import EvalResult, RunRequest
    from ingot.wiring import Wiring

eval_app = typer.Typer(
    help="Measure the letters of a model on thirty invented leads; compare models and prompts.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
Report = Annotated[Path | None, typer.Option(dir_okay=False, help="Write a report here: one HTML file, no network.")]


@eval_app.command(
    "run",
    epilog="\b\nExamples:\n  ingot eval run\n  ingot eval run --model ollama/llama3.1 --limit 10 --report out.html\n"
    "  ingot eval run --model openai/gpt-4o --model offline/extractive --judge openai/gpt-4o",
)
def run_set(
    *,
    model: Annotated[
        list[str] | None,
        typer.Option(help="provider/name; may be given more than once. Default: the writer's model."),
    ] = None,
    label: Annotated[str, typer.Option(help="A note to find the run by, such as what was changed.")] = "",
    limit: Annotated[int | None, typer.Option(min=1, help="So many cases, spread over the set. Default: all.")] = None,
    judge: Annotated[str | None, typer.Option(help="A model that marks each letter from 1 to 5.")] = None,
    concurrency: Annotated[int, typer.Option(min=1, max=3, help="Cases at once.")] = 3,
    report: Report = None,
    as_json: AsJson = False,
) -> None:
    """Have a letter written for each case, and measure them. Nothing of it touches your leads.

    Answers are kept: the same run again asks nothing and costs nothing, and a run that was stopped goes on. Exit code 1
    if a letter with an unbacked claim passed the gate.
    """
    from ingot.actions.evaluate import RunRequest

    def requests(wiring: Wiring) -> list[RunRequest]:
        models = list(dict.fromkeys(model or [wiring.config.agents["writer"].model]))
        return [RunRequest(model=name, label=label, limit=limit, judge=judge, at_once=concurrency) for name in models]

    async def deed(wiring: Wiring) -> list[EvalResult]:
        results = [await _run(wiring, request, silent=as_json) for request in requests(wiring)]
        if report is not None:
            await _write_report(wiring, report, results)
        return results

    results = with_wiring(deed)
    _show(results, as_json=as_json)
    if any(result.run.summary["unbacked_in_queue"] for result in results):
        raise typer.Exit(1)


async def _run(wiring: Wiring, request: RunRequest, *, silent: bool) -> EvalResult:
    from ingot.actions.evaluate import run_evaluation
    from ingot.cli.console import stage_progress

    return await run_evaluation(
        request,
        agents=wiring.agents,
        uow=wiring.uow,
        config=wiring.config,
        now=wiring.now(),
        progress=stage_progress(silent=silent),
    )


def _show(results: list[EvalResult], *, as_json: bool) -> None:
    from ingot.actions.evaluation_results import compare, run_as_json
    from ingot.cli.console import out, print_json
    from ingot.cli.evaluation_tables import comparison_table, refusals, run_table

    if as_json:
        print_json([run_as_json(result) for result in results])
        return
    for result in results:
        out.print(run_table(result))
        for line in refusals(result):
            out.print(line)
    for other in results[1:]:
        out.print(comparison_table(compare(results[0], other)))


@eval_app.command(
    "compare",
    epilog="\b\nExamples:\n  ingot eval compare 3 4\n  ingot eval compare offline/extractive ollama/llama3.1 --report out.html",
)
def compare_runs(
    before: Annotated[str, typer.Argument(help="The number of a run, or a model: its newest run.")],
    after: Annotated[str, typer.Argument(help="The other one.")],
    *,
    report: Report = None,
    as_json: AsJson = False,
) -> None:
    """Compare two runs case by case. A change whose interval holds zero may be chance."""
    from ingot.actions.evaluation_results import compare, comparison_as_json, find_result
    from ingot.cli.console import out, print_json
    from ingot.cli.evaluation_tables import comparison_table

    async def deed(wiring: Wiring) -> Any:
        async with wiring.uow() as uow:
            comparison = compare(await find_result(uow, before), await find_result(uow, after))
        if report is not None:
            await _write_report(wiring, report, [comparison.before, comparison.after])
        return comparison

    comparison = with_wiring(deed)
    if as_json:
        print_json(comparison_as_json(comparison))
    else:
        out.print(comparison_table(comparison))


@eval_app.command(
    "trend", epilog="\b\nExamples:\n  ingot eval trend\n  ingot eval trend --model ollama/llama3.1 --json"
)
def trend(
    *,
    model: Annotated[str | None, typer.Option(help="Only the runs of this model.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the stored runs, the oldest first."""
    from ingot.actions.evaluation_results import head_as_json
    from ingot.cli.console import out, print_json
    from ingot.cli.evaluation_tables import trend_table

    async def deed(wiring: Wiring) -> Any:
        async with wiring.uow() as uow:
            return [run for run in await uow.evaluations.in_order() if model in (None, run.model)]

    runs = with_wiring(deed)
    if as_json:
        print_json([head_as_json(run) for run in runs])
    else:
        out.print(trend_table(runs))


@eval_app.command(
    "replay",
    epilog="\b\nExamples:\n  ingot eval replay --prompt write_letter=new.md --limit 5\n"
    "  ingot eval replay --model openai/gpt-4o --json",
)
def replay_calls(
    *,
    prompt: Annotated[
        str | None, typer.Option(metavar="NAME=FILE", help="Ask the calls of this prompt in the wording of FILE.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Ask this model instead of the one that answered.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="So many calls, the newest first.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Ask stored questions again in other words or of another model, and show what changes. Changes no lead."""
    from dataclasses import asdict

    from ingot.actions.evaluation_replay import ReplayRequest, replay
    from ingot.cli.console import out, print_json, stage_progress
    from ingot.cli.evaluation_tables import replay_diffs, replay_table

    request = ReplayRequest(model=model, wording=_wording(prompt), limit=limit)

    async def deed(wiring: Wiring) -> Any:
        return await replay(
            request,
            agents=wiring.agents,
            uow=wiring.uow,
            progress=stage_progress(silent=as_json),
            today=wiring.now().date(),
        )

    replayed = with_wiring(deed)
    if as_json:
        print_json([asdict(item) for item in replayed])
        return
    for line in replay_diffs(replayed):
        out.print(line)
    out.print(replay_table(replayed))


def _wording(given: str | None) -> Any:
    from ingot.llm.changed_prompt import read_wording

    if given is None:
        return None
    name, _, path = given.partition("=")
    if not path:
        raise typer.BadParameter("write NAME=FILE, such as write_letter=new.md", param_hint="--prompt")
    return read_wording(name, Path(path))


async def _write_report(wiring: Wiring, path: Path, results: list[EvalResult]) -> None:
    from ingot.cli.console import notes, text
    from ingot.cli.evaluation_page import render_page
    from ingot.errors import ValidationError

    async with wiring.uow() as uow:
        runs = await uow.evaluations.in_order()
    page = render_page(results, runs)
    try:
        await asyncio.to_thread(path.write_text, page, encoding="utf-8")
    except OSError as error:
        raise ValidationError("The report cannot be written there.", hint="The run itself is stored.") from error
    notes.print(text(f"Report: {path}", "dim"))
