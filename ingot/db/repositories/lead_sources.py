"""Which venues named a lead, each with its own record."""

from __future__ import annotations

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import lead_source
from ingot.domain.lead_source import LeadSource


class LeadSourceRepository(BaseRepository[LeadSource]):
    """Records of leads."""

    entity = LeadSource
    title = "source"

    async def of_lead(self, lead_id: int) -> list[LeadSource]:
        """The lead's sources, in the order in which they came."""
        query = sa.select(LeadSource).where(lead_source.c.lead_id == lead_id)
        return await self._all(query.order_by(lead_source.c.id))
