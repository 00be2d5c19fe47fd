"""The suppression list. Asked in the transaction that claims a letter, so that nobody slips through."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import unsubscribedemail
from ingot.domain.suppression import UnsubscribedEmail, erased_entry, stops, suppression_keys


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
        traces = await self._traces() if addresses else ()
        return {
            address
            for address in addresses
            if not stored.isdisjoint(suppression_keys(address)) or any(stops(trace, address) for trace in traces)
        }

    async def _traces(self) -> Sequence[str]:
        """Those of erased people. They are few, and each has a salt of its own: they cannot be looked up, only tried."""
        entry = unsubscribedemail.c.email_address
        return (await self.session.scalars(sa.select(entry).where(entry.like("#%"), entry.not_like("%@%")))).all()

    async def forget(self, address: str, *, salt: str, now: datetime) -> None:
        """Keep of an address nothing but a trace that stops letters to it."""
        own = suppression_keys(address)[0]
        await self.session.execute(sa.delete(unsubscribedemail).where(unsubscribedemail.c.email_address == own))
        if not any(stops(trace, address) for trace in await self._traces()):
            await self.suppress(erased_entry(address, salt), reason="erased on request", now=now)

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
