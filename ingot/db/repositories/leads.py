"""Leads: found once, claimed by one campaign, moved by status."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.repositories.discovery import Discovered, Discovery, Found, portions
from ingot.db.tables import gate, lead, lead_key, match
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.match import Match

# Best first; the names settle ties, so that a rerun on a fresh database takes the same leads.
_BEST_FIRST = (lead.c.initial_score.desc(), lead.c.company_name, lead.c.venue_ref, lead.c.id)

_FREE = (lead.c.status == LeadStatus.discovered, lead.c.campaign_id.is_(None))


class LeadRepository(BaseRepository[Lead]):
    """Companies to write to."""

    entity = Lead

    async def add_discovered(self, found: Sequence[Found], *, user_id: str) -> Discovered:
        """Store what is new and add to what is known; a lead is known when any of its keys is. See `Discovery`."""
        return await Discovery(self.session, user_id=user_id).store(found)

    async def free_among(self, lead_ids: Collection[int], *, user_id: str, limit: int) -> list[int]:
        """The best `limit` of these leads that are discovered and in no campaign, by id."""
        best: list[tuple[Any, ...]] = []
        for portion in portions(sorted(set(lead_ids))):
            query = sa.select(lead.c.initial_score, lead.c.company_name, lead.c.venue_ref, lead.c.id)
            query = query.where(lead.c.user_id == user_id, lead.c.id.in_(portion), *_FREE)
            rows = await self.session.execute(query.order_by(*_BEST_FIRST).limit(limit))
            best += [(-score, name, ref, lead_id) for score, name, ref, lead_id in rows]
        return [row[-1] for row in sorted(best)[:limit]]

    async def claim_for(
        self, campaign_id: int, *, user_id: str, count: int, among: Collection[int] | None = None
    ) -> int:
        """Give the campaign the best `count` discovered leads (of `among`) that no campaign has. Returns how many it took."""
        chosen_from = (lead.c.user_id == user_id, *_FREE, *(() if among is None else (lead.c.id.in_(among),)))
        best = sa.select(lead.c.id).where(*chosen_from).order_by(*_BEST_FIRST).limit(count)
        chosen = best.with_for_update(skip_locked=True).cte("chosen")
        claim = sa.update(lead).where(lead.c.id.in_(sa.select(chosen.c.id))).values(campaign_id=campaign_id)
        return len((await self.session.execute(claim.returning(lead.c.id))).all())

    async def due_for(self, status: LeadStatus, *, campaign_id: int, limit: int | None = None) -> list[Lead]:
        """The campaign's leads that stand at `status`, best first."""
        query = sa.select(Lead).where(lead.c.campaign_id == campaign_id, lead.c.status == status)
        return await self._all(query.order_by(*_BEST_FIRST).limit(limit))

    async def among(self, ids: Collection[int]) -> list[Lead]:
        """The leads with these ids."""
        return await self._all(sa.select(Lead).where(lead.c.id.in_(ids)))

    async def of_campaign(self, campaign_id: int) -> list[Lead]:
        """All leads of a campaign, best first."""
        return await self._all(sa.select(Lead).where(lead.c.campaign_id == campaign_id).order_by(*_BEST_FIRST))

    async def matched_without_gate(self, campaign_id: int, *, min_score: int) -> list[tuple[Lead, Match]]:
        """Matched leads at or above `min_score` that nobody was asked about yet, best match first."""
        query = (
            sa.select(Lead, Match)
            .join(match, match.c.lead_id == lead.c.id)
            .outerjoin(gate, gate.c.lead_id == lead.c.id)
            .where(lead.c.campaign_id == campaign_id, lead.c.status == LeadStatus.matched)
            .where(match.c.match_score >= min_score, gate.c.id.is_(None))
            .order_by(match.c.match_score.desc(), *_BEST_FIRST)
        )
        return [(found, fit) for found, fit in (await self.session.execute(query)).all()]

    async def shown(
        self, *, user_id: str, status: LeadStatus | None, campaign_id: int | None, limit: int
    ) -> list[tuple[Lead, int | None]]:
        """Leads with their match score (None before matching), best first."""
        query = (
            sa.select(Lead, match.c.match_score)
            .outerjoin(match, match.c.lead_id == lead.c.id)
            .where(lead.c.user_id == user_id)
        )
        if status is not None:
            query = query.where(lead.c.status == status)
        if campaign_id is not None:
            query = query.where(lead.c.campaign_id == campaign_id)
        order = (sa.func.coalesce(match.c.match_score, -1).desc(), *_BEST_FIRST)
        return [
            (found, score) for found, score in (await self.session.execute(query.order_by(*order).limit(limit))).all()
        ]

    async def count_by_status(self, *, campaign_id: int) -> dict[LeadStatus, int]:
        """How many of the campaign's leads stand where."""
        query = (
            sa.select(lead.c.status, sa.func.count()).where(lead.c.campaign_id == campaign_id).group_by(lead.c.status)
        )
        return dict(iter(await self.session.execute(query)))

    async def known_as(self, key: str, *, user_id: str) -> Lead | None:
        """The lead with this identity key."""
        query = sa.select(Lead).join(lead_key, lead_key.c.lead_id == lead.c.id)
        return await self._one(query.where(lead_key.c.user_id == user_id, lead_key.c.key == key))
