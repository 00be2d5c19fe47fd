"""Campaigns, their gates, and the venues they scout."""

from __future__ import annotations

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import campaign, gate, venue
from ingot.domain.campaign import Campaign, Gate, Venue


class CampaignRepository(BaseRepository[Campaign]):
    """Named runs."""

    entity = Campaign

    async def named(self, name: str, *, user_id: str) -> Campaign | None:
        """The user's campaign of this name."""
        return await self._one(
            sa.select(Campaign).where(campaign.c.user_id == user_id, campaign.c.campaign_name == name)
        )

    async def newest(self, *, user_id: str) -> Campaign | None:
        """The campaign that was started last."""
        return await self._one(sa.select(Campaign).where(campaign.c.user_id == user_id).order_by(campaign.c.id.desc()))


class GateRepository(BaseRepository[Gate]):
    """Questions to a person, one per lead."""

    entity = Gate

    async def of_lead(self, lead_id: int) -> Gate | None:
        """The lead's gate, open or decided."""
        return await self._one(sa.select(Gate).where(gate.c.lead_id == lead_id))

    async def open_in(self, campaign_id: int) -> list[Gate]:
        """Gates that wait for a decision, in the order they were opened (best match first)."""
        return await self._all(
            sa.select(Gate).where(gate.c.campaign_id == campaign_id, gate.c.decision.is_(None)).order_by(gate.c.id)
        )


class VenueRepository(BaseRepository[Venue]):
    """Where leads come from."""

    entity = Venue

    async def named(self, name: str) -> Venue | None:
        """The venue of this name."""
        return await self._one(sa.select(Venue).where(venue.c.venue_name == name))
