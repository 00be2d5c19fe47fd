"""What every repository can do. Nothing here commits: the unit of work does."""

from __future__ import annotations

import builtins
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from ingot.errors import DBError

E = TypeVar("E")
T = TypeVar("T")


class BaseRepository(Generic[E]):
    """Entities of one class. Subclasses name it in `entity`, and what people call it in `title`."""

    entity: type[E]
    title: str = ""  # what a person calls it, where that is another word

    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def add(self, item: E) -> E:
        """Store a new entity; its id is set when this returns."""
        self.session.add(item)
        await self.session.flush()
        return item

    async def get(self, key: int | str) -> E:
        """The entity with this id, or `DBError` where there is none."""
        found = await self.find(key)
        if found is None:
            name = self.title or self.entity.__name__.lower()
            raise DBError(
                f"There is no {name} {key}.",
                hint="See `ingot leads list` and `ingot mail pending` for ids that exist.",
                entity=name,
                key=key,
            )
        return found

    async def find(self, key: int | str) -> E | None:
        """The entity with this id, or None."""
        return await self.session.get(self.entity, key)

    async def list(self, *, limit: int = 100, offset: int = 0) -> list[E]:
        """Entities in the order of their ids."""
        query = sa.select(self.entity).order_by(self._column("id")).limit(limit).offset(offset)
        return list((await self.session.scalars(query)).all())

    async def delete(self, item: E) -> None:
        """Remove an entity and what belongs to it."""
        await self.session.delete(item)
        await self.session.flush()

    async def _all(self, query: sa.Select[E]) -> builtins.list[E]:
        return list((await self.session.scalars(query)).all())

    async def _one(self, query: sa.Select[E]) -> E | None:
        return (await self.session.scalars(query.limit(1))).first()

    async def _made_once(self, query: sa.Select[T], make: Callable[[], T]) -> T:
        """The one row of a unique key, made where there is none, also when several processes do so at once."""
        found = (await self.session.scalars(query)).first()
        if found is not None:
            return found
        made = make()
        try:
            async with self.session.begin_nested():
                self.session.add(made)
        except IntegrityError:  # another process was faster
            return (await self.session.scalars(query)).one()
        return made

    def _column(self, name: str) -> Any:
        return getattr(self.entity, name)
