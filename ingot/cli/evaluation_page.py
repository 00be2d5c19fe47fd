"""An evaluation as one HTML file: tables, plots, each draft with what backs it. No script, nothing loaded from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from typing import TYPE_CHECKING, Any

import jinja2

from ingot.actions.evaluate_case import ties_of
from ingot.actions.evaluation_results import compare
from ingot.actions.verdict import PARTS
from ingot.cli.console import clean
from ingot.cli.evaluation_plot import difference_rows, trend_lines
from ingot.cli.evaluation_tables import shown, title_of
from ingot.domain.grounding import reason
from ingot.domain.measures import MEASURES, interval_of
from ingot.sample.golden import GoldenCase, golden_cases, golden_hash

if TYPE_CHECKING:
    from ingot.actions.evaluate import EvalResult
    from ingot.domain.model_use import EvalDraft, EvalRun

_SECTION_PARTS = {"judge": "judge", **{part: part.replace("_", " ") for part in PARTS}}


def render_page(results: Sequence[EvalResult], runs: Sequence[EvalRun]) -> str:
    """The page for these results; of two or more, the first is compared with each other one. `runs` make the trend."""
    cases = {case.name: case for case in golden_cases()} if results[0].run.golden_hash == golden_hash() else {}
    comparisons = [compare(results[0], other) for other in results[1:]]
    same_set = [run for run in runs if run.golden_hash == results[0].run.golden_hash]
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True, finalize=_readable
    )
    source = (resources.files("ingot.cli") / "evaluation.html").read_text(encoding="utf-8")
    return environment.from_string(source).render(
        runs=[_run(result, cases) for result in results],
        comparisons=[
            {
                "title": f"{title_of(item.before.run)} against {title_of(item.after.run)}",
                "rows": difference_rows(item.differences),
            }
            for item in comparisons
        ],
        trend=trend_lines(same_set),
        shown=shown,
    )


def _readable(value: Any) -> Any:
    """Text without what reverses its reading order or steers whoever shows it; markup of our own stays."""
    return clean(value) if type(value) is str else value


def _run(result: EvalResult, cases: dict[str, GoldenCase]) -> dict[str, Any]:
    run = result.run
    return {
        "title": title_of(run),
        "when": f"{run.created_at:%Y-%m-%d %H:%M} UTC" if run.created_at else "",
        "seconds": run.duration_ms / 1000,
        "paid": run.cost_micro_usd / 1_000_000,
        "set": run.golden_hash[:12],
        "summary": run.summary,
        "measures": [
            {"title": measure.title, "interval": interval, "better": measure.better.value}
            for measure in MEASURES
            if (interval := interval_of(measure, result.drafts)) is not None
        ],
        "drafts": [_draft(draft, run, cases.get(draft.case_name)) for draft in result.drafts],
    }


def _draft(draft: EvalDraft, run: EvalRun, case: GoldenCase | None) -> dict[str, Any]:
    ties = ties_of(case, draft, now=run.created_at) if case is not None and run.created_at is not None else []
    return {
        "case": draft.case_name,
        "company": case.lead.company_name if case else "",
        "trap": case.trap if case else "",
        "status": draft.status,
        "judge": draft.parts.get("judge", ""),
        "measures": {
            measure.title: draft.measures[measure.name] for measure in MEASURES if measure.name in draft.measures
        },
        "texts": [(_SECTION_PARTS[part], draft.parts[part]) for part in PARTS if part in draft.parts],
        "ties": [
            {
                "part": _SECTION_PARTS.get(tie.part, tie.part),
                "sentence": tie.sentence,
                "source": "résumé" if tie.source == "resume" else "company" if tie.source == "evidence" else "",
                "why": tie.quote if tie.backed else reason(tie),
                "state": "unbacked" if not tie.backed else "backed" if tie.claim else "claims nothing",
            }
            for tie in ties
        ],
        "refused": draft.refused,
    }
