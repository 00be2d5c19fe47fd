"""The form in which each model was found to answer, kept for the next process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import modelform
from ingot.domain.model_use import ModelForm

if TYPE_CHECKING:
    from ingot.db.unit_of_work import SqlAlchemyUnitOfWork


class ModelFormRepository(BaseRepository[ModelForm]):
    """One row for each model and address."""

    entity = ModelForm
    title = "model form"

    async def of(self, model: str, url: str) -> ModelForm | None:
        """What is known of a model at an address."""
        return await self._one(self._of(model, url))

    async def replace(self, model: str, url: str, form: str, rejected: Sequence[str]) -> None:
        """Write what is known now, also when several processes do so at once: the last one stays."""
        row = await self._made_once(self._of(model, url), lambda: ModelForm(model=model, url=url))
        row.form = form
        row.rejected = list(rejected)

    @staticmethod
    def _of(model: str, url: str) -> sa.Select[ModelForm]:
        return sa.select(ModelForm).where(modelform.c.model == model, modelform.c.url == url)


class DatabaseForms:
    """A store of forms over the database: each call is one short transaction."""

    def __init__(self, uow: Callable[[], SqlAlchemyUnitOfWork]) -> None:
        self._uow = uow

    async def load(self, model: str, url: str) -> ModelForm | None:
        """What is known, or None."""
        async with self._uow() as uow:
            return await ModelFormRepository(uow.session).of(model, url)

    async def save(self, model: str, url: str, form: str, rejected: Sequence[str]) -> None:
        """Replace what is known."""
        async with self._uow() as uow:
            await ModelFormRepository(uow.session).replace(model, url, form, rejected)
            await uow.commit()
