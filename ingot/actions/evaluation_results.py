"""Looking at stored evaluations: one run, two side by side, all of them over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingot.actions.evaluate import EvalResult
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.measures import MEASURES, Difference, DraftStatus, differences, interval_of, similarities
from ingot.domain.model_use import EvalRun
from ingot.domain.style import similarity
from ingot.errors import ValidationError

_HINT = "See `ingot eval trend` for the runs that are stored."


async def find_result(uow: SqlAlchemyUnitOfWork, name: str) -> EvalResult:
    """The run with this id, or the newest run of this model. `ValidationError` where there is none."""
    run = await uow.evaluations.find(int(name)) if name.isdecimal() else await uow.evaluations.newest_of(name)
    if run is None:
        raise ValidationError(f"No evaluation run is stored under {name!r}.", hint=_HINT)
    return EvalResult(run, await uow.evaluations.drafts_of(run.id or 0))


@dataclass(frozen=True)
class Comparison:
    """Two runs and what changed from the first to the second, over the cases that both have."""

    before: EvalResult
    after: EvalResult
    differences: list[Difference]


def compare(before: EvalResult, after: EvalResult) -> Comparison:
    """Case by case. `ValidationError` where the sets differ, or no case is in both."""
    if before.run.golden_hash != after.run.golden_hash:
        raise ValidationError(
            "The two runs were made with different golden sets: their figures cannot be compared.",
            hint="Run the older one again: answers that are stored cost nothing.",
        )
    queued = [
        {name for name, draft in side.by_case.items() if draft.status == DraftStatus.queued} for side in (before, after)
    ]
    shared = sorted(queued[0] & queued[1])
    found = differences(_figures(before, shared), _figures(after, shared))
    if not found:
        raise ValidationError("The two runs have no case in common.", hint=_HINT)
    return Comparison(before, after, found)


def _figures(result: EvalResult, shared: list[str]) -> dict[str, dict[str, float]]:
    """The measures by case; likeness is taken anew among the letters that both runs have, as it grows with their number."""
    alike = similarities([result.by_case[name].parts["body"] for name in shared], similarity)
    figures = {
        name: {key: value for key, value in draft.measures.items() if not key.startswith("similarity")}
        for name, draft in result.by_case.items()
    }
    for name, (average, nearest) in zip(shared, alike, strict=True):
        figures[name] |= {"similarity": average, "similarity_max": nearest}
    return figures


def run_as_json(result: EvalResult) -> dict[str, Any]:
    """For scripts: the run, its measures with their intervals, its drafts."""
    return head_as_json(result.run) | {
        "intervals": {
            measure.name: {"value": interval.value, "low": interval.low, "high": interval.high}
            for measure in MEASURES
            if (interval := interval_of(measure, result.drafts)) is not None
        },
        "drafts": [
            {
                "case": draft.case_name,
                "status": draft.status,
                "parts": draft.parts,
                "measures": draft.measures,
                "refused": draft.refused,
            }
            for draft in result.drafts
        ],
    }


def head_as_json(run: EvalRun) -> dict[str, Any]:
    """For scripts: the run without its drafts."""
    return {
        "id": run.id,
        "model": run.model,
        "label": run.label,
        "created_at": run.created_at,
        "golden_hash": run.golden_hash,
        "prompt_hashes": run.prompt_hashes,
        "duration_ms": run.duration_ms,
        "paid_micro_usd": run.cost_micro_usd,
        "summary": run.summary,
    }


def comparison_as_json(comparison: Comparison) -> dict[str, Any]:
    """For scripts: which runs, and each measure before and after."""
    return {
        "before": head_as_json(comparison.before.run),
        "after": head_as_json(comparison.after.run),
        "measures": [
            {
                "measure": item.measure.name,
                "cases": item.cases,
                "before": item.before,
                "after": item.after,
                "change": item.change.value,
                "low": item.change.low,
                "high": item.change.high,
                "verdict": item.verdict,
            }
            for item in comparison.differences
        ],
    }
