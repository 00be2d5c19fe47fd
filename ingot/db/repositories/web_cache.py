"""Pages that were fetched, kept for the next run."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import web_cache
from ingot.domain.cached_page import CachedPage

if TYPE_CHECKING:
    from ingot.db.unit_of_work import SqlAlchemyUnitOfWork

_KEPT = ("final_url", "status", "content_type", "body", "sha256", "etag", "last_modified", "fetched_at", "expires_at")


class WebCacheRepository(BaseRepository[CachedPage]):
    """One row an address."""

    entity = CachedPage
    title = "cached page"

    async def of(self, url: str) -> CachedPage | None:
        """What is kept of an address."""
        return await self._one(self._of(url))

    async def replace(self, page: CachedPage) -> None:
        """Keep this answer in the place of an earlier one, also when several processes do so at once."""
        row = await self._made_once(self._of(page.url), lambda: page)
        if row is not page:
            for name in _KEPT:
                setattr(row, name, getattr(page, name))

    async def forget_before(self, moment: datetime) -> int:
        """Delete what was fetched before this moment. Returns how many pages."""
        gone = await self.session.execute(
            sa.delete(CachedPage).where(web_cache.c.fetched_at < moment).returning(web_cache.c.id)
        )
        return len(gone.all())

    async def forget(self, url: str) -> None:
        """Delete what is kept of an address."""
        await self.session.execute(sa.delete(CachedPage).where(web_cache.c.url == url))

    @staticmethod
    def _of(url: str) -> sa.Select[CachedPage]:
        return sa.select(CachedPage).where(web_cache.c.url == url)


class DatabaseCache:
    """A store of pages over the database: each call is one short transaction.

    Bodies are packed in their rows, a fifth of their size: a campaign keeps hundreds of pages.
    """

    def __init__(self, uow: Callable[[], SqlAlchemyUnitOfWork]) -> None:
        self._uow = uow

    async def load(self, url: str) -> CachedPage | None:
        """What is kept, or None."""
        async with self._uow() as uow:
            row = await WebCacheRepository(uow.session).of(url)
        return replace(row, body=zlib.decompress(row.body)) if row else None

    async def save(self, page: CachedPage) -> None:
        """Keep it."""
        async with self._uow() as uow:
            await WebCacheRepository(uow.session).replace(replace(page, id=None, body=zlib.compress(page.body)))
            await uow.commit()

    async def forget(self, url: str) -> None:
        """Keep nothing of this address."""
        async with self._uow() as uow:
            await WebCacheRepository(uow.session).forget(url)
            await uow.commit()
