"""Runs of the golden set and what became of each case; the calls that can be asked again."""

from __future__ import annotations

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import evaldraft, evalrun, modelcall
from ingot.domain.model_use import EvalDraft, EvalRun, ModelCall


class EvaluationRepository(BaseRepository[EvalRun]):
    """Evaluation runs with their drafts."""

    entity = EvalRun
    title = "evaluation run"

    async def newest_of(self, model: str) -> EvalRun | None:
        """The last run of a model."""
        return await self._one(sa.select(EvalRun).where(evalrun.c.model == model).order_by(evalrun.c.id.desc()))

    async def in_order(self) -> list[EvalRun]:
        """All runs, the oldest first."""
        return await self._all(sa.select(EvalRun).order_by(evalrun.c.id))

    async def drafts_of(self, run_id: int) -> list[EvalDraft]:
        """The drafts of a run in the order in which they were finished."""
        query = sa.select(EvalDraft).where(evaldraft.c.evalrun_id == run_id).order_by(evaldraft.c.id)
        return list((await self.session.scalars(query)).all())

    async def keep_draft(self, draft: EvalDraft) -> None:
        """Store what became of a case."""
        self.session.add(draft)
        await self.session.flush()

    async def call(self, key: str) -> ModelCall | None:
        """The stored answer to the question with this key (see `Prompt.key`)."""
        return (await self.session.scalars(sa.select(ModelCall).where(modelcall.c.call_key == key))).one_or_none()

    async def calls(self, prompt_name: str | None, *, limit: int) -> list[ModelCall]:
        """Stored calls whose inputs are known, of one prompt or of all, the newest first."""
        query = sa.select(ModelCall).where(modelcall.c.prompt_name != "")
        if prompt_name is not None:
            query = query.where(modelcall.c.prompt_name == prompt_name)
        return list((await self.session.scalars(query.order_by(modelcall.c.id.desc()).limit(limit))).all())
