"""Campaigns, their gates, and the venues they scout."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import campaign, gate, lead, match, venue
from ingot.domain.campaign import Campaign, CampaignStatus, Gate, GateDecision, Venue
from ingot.domain.lead_state import LeadStatus


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

    async def not_continued(self, *, user_id: str) -> list[tuple[Gate, Campaign]]:
        """Gates whose yes no run has taken up yet, with their campaigns, the oldest yes first."""
        query = (
            sa.select(Gate, Campaign)
            .join(campaign, campaign.c.id == gate.c.campaign_id)
            .join(lead, lead.c.id == gate.c.lead_id)
            .where(campaign.c.user_id == user_id, campaign.c.status != CampaignStatus.paused)
            .where(gate.c.decision == GateDecision.approve, gate.c.continued_at.is_(None))
            .where(lead.c.status == LeadStatus.approved)
            .order_by(gate.c.decided_at, gate.c.id)
        )
        return [(found, owner) for found, owner in (await self.session.execute(query)).all()]

    async def take_up(self, campaign_id: int, *, now: datetime) -> None:
        """Note that a run of this campaign goes on with every yes that was given so far."""
        waiting = (
            gate.c.campaign_id == campaign_id,
            gate.c.decision == GateDecision.approve,
            gate.c.continued_at.is_(None),
        )
        await self.session.execute(sa.update(Gate).where(*waiting).values(continued_at=now))

    async def open_in(self, campaign_id: int) -> list[Gate]:
        """Gates that wait for a decision, best match first."""
        query = sa.select(Gate).outerjoin(match, match.c.lead_id == gate.c.lead_id)
        query = query.where(gate.c.campaign_id == campaign_id, gate.c.decision.is_(None))
        return await self._all(query.order_by(sa.func.coalesce(match.c.match_score, 0).desc(), gate.c.id))


class VenueRepository(BaseRepository[Venue]):
    """Where leads come from."""

    entity = Venue

    async def named(self, name: str) -> Venue | None:
        """The venue of this name."""
        return await self._one(sa.select(Venue).where(venue.c.venue_name == name))

    async def of_name(self, name: str, *, kind: str) -> Venue:
        """The venue of this name, made on its first visit."""
        query = sa.select(Venue).where(venue.c.venue_name == name)
        return await self._made_once(query, lambda: Venue(venue_name=name, venue_type=kind))

    async def everyone(self) -> list[Venue]:
        """All venues that were ever visited, by name."""
        return await self._all(sa.select(Venue).order_by(venue.c.venue_name))
