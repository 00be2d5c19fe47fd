"""The suppression list. Asked in the transaction that claims a letter, so that nobody slips through."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import unsubscribedemail
from ingot.domain.suppression import UnsubscribedEmail, suppression_keys


class SuppressionRepository(BaseRepository[UnsubscribedEmail]):
    """Who must not be written to, by anybody who uses this installation."""

    entity = UnsubscribedEmail

    async def holds(self, address: str) -> bool:
        """Whether this mailbox, under any spelling of its address, must not be written to."""
        return bool(await self.among([address]))

    async def among(self, addresses: Collection[str]) -> set[str]:
        """Those of `addresses` that must not be written to."""
        keys = {key for address in addresses for key in suppression_keys(address)}
        query = sa.select(unsubscribedemail.c.email_address).where(unsubscribedemail.c.email_address.in_(keys))
        stored = set((await self.session.scalars(query)).all())
        return {address for address in addresses if not stored.isdisjoint(suppression_keys(address))}

    async def suppress(self, entry: str, *, reason: str, now: datetime) -> bool:
        """Add a normalised entry; the first reason stays. Returns whether it is new."""
        query = sa.select(UnsubscribedEmail).where(unsubscribedemail.c.email_address == entry)
        if await self._one(query) is not None:
            return False
        await self.add(UnsubscribedEmail(email_address=entry, unsubscribe_reason=reason, unsubscribed_at=now))
        return True

    async def everyone(self) -> list[UnsubscribedEmail]:
        """The whole list, oldest first."""
        return await self._all(sa.select(UnsubscribedEmail).order_by(unsubscribedemail.c.id))
