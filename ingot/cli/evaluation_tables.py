"""Evaluations in the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from ingot.cli.console import table, text
from ingot.domain.measures import MEASURES, interval_of

if TYPE_CHECKING:
    from ingot.actions.evaluate import EvalResult
    from ingot.actions.evaluation_replay import Replayed
    from ingot.actions.evaluation_results import Comparison
    from ingot.cli.records import Records
    from ingot.domain.model_use import EvalRun

_TREND = (
    ("unbacked_in_queue", "unbacked"),
    ("valid_share", "valid"),
    ("grounded_share", "backed"),
    ("specific_facts", "facts"),
    ("style_issues", "style"),
    ("judge_score", "judge"),
)


def shown(value: float) -> str:
    """A figure with as many digits as tell something."""
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"


def title_of(run: EvalRun) -> str:
    """`Run 3: ollama/llama3.1 (label), 30 cases`."""
    label = f" ({run.label})" if run.label else ""
    return f"Run {run.id}: {run.model}{label}, {run.summary.get('cases', 0):.0f} cases"


def run_table(result: EvalResult) -> Records:
    """The measures of a run with their 95 % intervals."""
    found = [(measure, interval_of(measure, result.drafts)) for measure in MEASURES]
    rows = [
        (measure.title, shown(interval.value), f"{shown(interval.low)} to {shown(interval.high)}", measure.better.value)
        for measure, interval in found
        if interval is not None
    ]
    return table(title_of(result.run), ("measure", "value", "95 % interval", "better"), rows)


def refusals(result: EvalResult) -> Iterator[Text]:
    """The counts that matter most, then each case that did not reach the queue, and why."""
    told = result.run.summary
    yield text(
        f"Queued {told['queued_drafts']:.0f}, refused {told['refused_drafts']:.0f}, failed {told['failed_drafts']:.0f}. "
        f"Drafts held back by the gate: {told['refused_by_gate']:.0f}. "
        f"Unbacked claims in the queue: {told['unbacked_in_queue']:.0f}."
    )
    for draft in result.drafts:
        if draft.status != "queued":
            yield text(f"{draft.case_name}: {draft.status}. {draft.refused[-1] if draft.refused else ''}", "yellow")
        if draft.measures.get("unbacked_claims"):
            yield text(f"{draft.case_name}: an unbacked claim reached the queue.", "bold red")


def comparison_table(comparison: Comparison) -> Records:
    """Each measure before and after."""
    rows = [
        (
            item.measure.title,
            item.cases,
            shown(item.before),
            shown(item.after),
            f"{shown(item.change.value)} ({shown(item.change.low)} to {shown(item.change.high)})",
            item.verdict,
        )
        for item in comparison.differences
    ]
    title = f"{title_of(comparison.before.run)}  >  {title_of(comparison.after.run)}"
    return table(title, ("measure", "cases", "before", "after", "change (95 %)", "verdict"), rows)


def trend_table(runs: Sequence[EvalRun]) -> Records:
    """The runs over time."""
    rows = [
        (
            run.id,
            f"{run.created_at:%Y-%m-%d}" if run.created_at else "",
            f"{run.model} {run.label}".rstrip(),
            f"{run.summary.get('queued_drafts', 0):.0f}/{run.summary.get('cases', 0):.0f}",
            *(shown(run.summary[name]) if name in run.summary else "" for name, _ in _TREND),
            run.golden_hash[:4],
        )
        for run in runs
    ]
    columns = ("run", "when", "model and label", "queued", *(title for _, title in _TREND), "set")
    return table("Evaluation runs", columns, rows)


def replay_table(replayed: Sequence[Replayed]) -> Records:
    """Call by call: what changed and what it took."""
    rows = [
        (
            item.call_id,
            item.prompt_name,
            item.model_after,
            ", ".join(item.diff) or item.error or "nothing",
            "" if item.unbacked_after is None else f"{item.unbacked_before} > {item.unbacked_after}",
            f"{item.tokens_before} > {item.tokens_after}",
            f"{item.cost_before} > {item.cost_after}",
        )
        for item in replayed
    ]
    columns = ("call", "prompt", "model", "changed", "unbacked", "tokens", "micro-dollars")
    return table("Calls asked again", columns, rows)


def replay_diffs(replayed: Sequence[Replayed]) -> Iterator[Text]:
    """The sentences that went and those that came."""
    for item in replayed:
        for name, lines in item.diff.items():
            yield text(f"Call {item.call_id}, {item.prompt_name}, {name}", "bold")
            yield from (text(line, "red" if line.startswith("-") else "green") for line in lines)
