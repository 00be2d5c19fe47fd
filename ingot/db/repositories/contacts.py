"""Ways to reach the people of a lead."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import contact
from ingot.domain.contact import Contact


class ContactRepository(BaseRepository[Contact]):
    """Addresses, published and guessed."""

    entity = Contact

    async def of_lead(self, lead_id: int) -> list[Contact]:
        """A lead's addresses, the surest first."""
        query = sa.select(Contact).where(contact.c.lead_id == lead_id)
        return await self._all(query.order_by(contact.c.confidence.desc(), contact.c.id))

    async def keep(self, lead_id: int, found: Iterable[Contact]) -> list[Contact]:
        """Store the addresses that are new for this lead; what is known of the others stays. Returns all."""
        known = {item.address.lower() for item in await self.of_lead(lead_id)}
        for item in found:
            if item.address.lower() not in known:
                known.add(item.address.lower())
                item.lead_id = lead_id
                await self.add(item)
        return await self.of_lead(lead_id)
