"""Running the golden set through a model: every case by the product's own way to a letter, nothing of it near the user's leads.

The user's database keeps the answers of models, so that a rerun asks nothing twice, and what was measured. What the gate
notes about refused drafts goes to a database that is gone afterwards.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingot.actions.evaluate_case import Bench, evaluate_case, own_marks_of
from ingot.agents import Agents
from ingot.config.schema import AppConfig
from ingot.db.engine import create_engine, init_db, sessions
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.measures import DraftStatus, similarities, summary_of
from ingot.domain.model_use import EvalDraft, EvalRun
from ingot.domain.style import similarity
from ingot.llm.prompt import template
from ingot.sample.golden import GoldenCase, golden_cases, golden_hash

# As many questions the agents ask at once; more cases at once would only wait for each other.
MOST_AT_ONCE = 3

_PROMPTS = ("write_letter", "entail", "judge_letter")

Uow = Callable[[], SqlAlchemyUnitOfWork]


@dataclass(frozen=True, kw_only=True)
class RunRequest:
    """What to run. `limit` takes so many cases, spread over the whole set, so that all résumés have their share."""

    model: str
    label: str = ""
    limit: int | None = None
    judge: str | None = None
    at_once: int = MOST_AT_ONCE


@dataclass(frozen=True)
class EvalResult:
    """A run and its drafts."""

    run: EvalRun
    drafts: list[EvalDraft]

    @property
    def by_case(self) -> dict[str, EvalDraft]:
        """The drafts by the name of their case."""
        return {draft.case_name: draft for draft in self.drafts}


def chosen_cases(cases: Sequence[GoldenCase], limit: int | None) -> list[GoldenCase]:
    """All cases, or `limit` of them at even distances."""
    if limit is None or limit >= len(cases):
        return list(cases)
    return [cases[number * len(cases) // limit] for number in range(limit)]


async def run_evaluation(
    request: RunRequest,
    *,
    agents: Agents,
    uow: Uow,
    config: AppConfig,
    now: datetime,
    progress: Callable[[str, int, int], None],
) -> EvalResult:
    """Run the set. Each draft is stored as soon as it is done; a run that is stopped keeps those and is summed up.

    Raises `ConfigError`, `LLMMisconfigured` or `BudgetExceeded` where no further case can succeed.
    """
    every = golden_cases()
    run = EvalRun(
        label=request.label,
        model=request.model,
        golden_hash=golden_hash(),
        prompt_hashes={name: template(name).sha256 for name in _PROMPTS},
    )
    async with uow() as work:
        await work.evaluations.add(run)
        await work.commit()
    began = time.monotonic()
    try:
        async with _private_database() as private:
            bench = Bench(
                agents=agents,
                model=request.model,
                judge=request.judge,
                uow=uow,
                private=private,
                config=config,
                now=now,
                own=own_marks_of(every),
            )
            await _all_of(chosen_cases(every, request.limit), bench, run, request.at_once, progress)
    finally:
        result = await _close(run, uow, duration_ms=round((time.monotonic() - began) * 1000))
    return result


async def _all_of(
    cases: Sequence[GoldenCase], bench: Bench, run: EvalRun, at_once: int, progress: Callable[[str, int, int], None]
) -> None:
    slots, paid = asyncio.Semaphore(at_once), 0

    async def one(case: GoldenCase) -> int:
        async with slots:
            draft, cost = await evaluate_case(case, bench, run.id or 0)
            async with bench.uow() as work:
                await work.evaluations.keep_draft(draft)
                await work.commit()
            return cost

    tasks = [asyncio.create_task(one(case)) for case in cases]
    try:
        for done, finished in enumerate(asyncio.as_completed(tasks), start=1):
            paid += await finished
            run.cost_micro_usd = paid
            progress("eval", done, len(tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _close(run: EvalRun, uow: Uow, *, duration_ms: int) -> EvalResult:
    """Measure what only all drafts together tell, and sum up. A run without any draft is forgotten."""
    async with uow() as work:
        stored = await work.evaluations.get(run.id or 0)
        drafts = await work.evaluations.drafts_of(run.id or 0)
        if not drafts:
            await work.evaluations.delete(stored)
            await work.commit()
            return EvalResult(run, [])
        queued = [draft for draft in drafts if draft.status == DraftStatus.queued]
        alike = similarities([draft.parts["body"] for draft in queued], similarity)
        for draft, (average, nearest) in zip(queued, alike, strict=True):
            draft.measures = {**draft.measures, "similarity": average, "similarity_max": nearest}
        stored.summary = summary_of(drafts)
        stored.duration_ms, stored.cost_micro_usd = duration_ms, run.cost_micro_usd
        await work.commit()
        return EvalResult(stored, drafts)


@asynccontextmanager
async def _private_database() -> AsyncIterator[Uow]:
    with tempfile.TemporaryDirectory(prefix="ingot-eval-") as folder:
        engine = create_engine(f"sqlite+aiosqlite:///{Path(folder) / 'private.db'}")
        try:
            await init_db(engine)
            factory = sessions(engine)
            yield lambda: SqlAlchemyUnitOfWork(factory)
        finally:
            await engine.dispose()
