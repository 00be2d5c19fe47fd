"""Ways to reach the people of a lead, and which addresses are known not to exist."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import contact, delivery, lead
from ingot.domain.address_patterns import KnownAddress
from ingot.domain.contact import Contact, ContactKind
from ingot.domain.inbound import BounceClass


class ContactRepository(BaseRepository[Contact]):
    """Addresses: published, guessed and looked up."""

    entity = Contact

    async def of_lead(self, lead_id: int) -> list[Contact]:
        """A lead's addresses, the surest first."""
        query = sa.select(Contact).where(contact.c.lead_id == lead_id)
        return await self._all(query.order_by(contact.c.confidence.desc(), contact.c.id))

    async def keep(self, lead_id: int, found: Iterable[Contact]) -> list[Contact]:
        """Store the addresses that are new for this lead, and bring what is known up to date. Returns all.

        A published address stays published; a guess that turns out to be published, or is found at a service, becomes that.
        What the user said yes to, and what DNS said, stays.
        """
        known = {item.address.lower(): item for item in await self.of_lead(lead_id)}
        for item in found:
            stored = known.get(item.address.lower())
            if stored is None:
                known[item.address.lower()] = item
                item.lead_id = lead_id
                await self.add(item)
            elif _RANK[item.kind] > _RANK[stored.kind] or item.kind is stored.kind is not ContactKind.published:
                stored.kind, stored.source, stored.quote = item.kind, item.source, item.quote
                stored.person_name, stored.pattern = item.person_name, item.pattern
                stored.confidence = item.confidence
        await self.session.flush()
        return await self.of_lead(lead_id)

    async def dead_at(self, host: str) -> list[KnownAddress]:
        """The addresses at this host that letters came back from because they do not exist, and whose they were thought to be."""
        query = (
            sa.select(delivery.c.recipient, lead.c.person_name)
            .join(lead, lead.c.id == delivery.c.lead_id)
            .where(delivery.c.bounce_class == BounceClass.dead)
            .where(delivery.c.recipient_key.endswith(f"@{host}", autoescape=True))
            .distinct()
        )
        rows = (await self.session.execute(query)).all()
        return [KnownAddress(address=address, person_name=name) for address, name in rows]


_RANK = {ContactKind.guessed: 0, ContactKind.looked_up: 1, ContactKind.published: 2}
