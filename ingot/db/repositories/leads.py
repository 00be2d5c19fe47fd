"""Leads: found once, claimed by one campaign, moved by status."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import gate, lead, lead_key, match
from ingot.domain.lead import Lead, LeadKey
from ingot.domain.lead_state import LeadStatus
from ingot.domain.match import Match

# SQLite allows 32,766 variables in a statement; keys are looked up in portions well below.
_PORTION = 5_000

# Best first; the names settle ties, so that a rerun on a fresh database takes the same leads.
_BEST_FIRST = (lead.c.initial_score.desc(), lead.c.company_name, lead.c.venue_ref, lead.c.id)

_FREE = (lead.c.status == LeadStatus.discovered, lead.c.campaign_id.is_(None))


class LeadRepository(BaseRepository[Lead]):
    """Companies to write to."""

    entity = Lead

    async def add_discovered(self, found: Sequence[tuple[Lead, tuple[str, ...]]], *, user_id: str) -> int:
        """Store the leads that are new, each with its identity keys. Returns how many were.

        A lead is known when any of its keys is; within one batch the first of two wins.
        """
        taken = await self._known({key for _, keys in found for key in keys}, user_id)
        fresh: list[tuple[Lead, tuple[str, ...]]] = []
        for item, keys in found:
            if taken.isdisjoint(keys):
                taken.update(keys)
                fresh.append((item, keys))
        self.session.add_all(item for item, _ in fresh)
        await self.session.flush()
        rows = [{"key": key, "user_id": user_id, "lead_id": item.id} for item, keys in fresh for key in keys]
        if rows:
            await self.session.execute(sa.insert(LeadKey), rows)
        return len(fresh)

    async def _known(self, keys: set[str], user_id: str) -> set[str]:
        ordered, known = sorted(keys), set[str]()
        for start in range(0, len(ordered), _PORTION):
            portion = ordered[start : start + _PORTION]
            query = sa.select(lead_key.c.key).where(lead_key.c.user_id == user_id, lead_key.c.key.in_(portion))
            known.update((await self.session.scalars(query)).all())
        return known

    async def free_among(self, keys: Collection[str], *, user_id: str, limit: int) -> list[int]:
        """The ids of the best `limit` leads known by one of these keys that are discovered and in no campaign."""
        ordered, found = sorted(keys), dict[int, Lead]()
        for start in range(0, len(ordered), _PORTION):
            portion = ordered[start : start + _PORTION]
            query = sa.select(Lead).join(lead_key, lead_key.c.lead_id == lead.c.id)
            query = query.where(lead_key.c.user_id == user_id, lead_key.c.key.in_(portion), *_FREE)
            found.update({item.id: item for item in await self._all(query) if item.id is not None})
        best = sorted(
            found.values(), key=lambda item: (-item.initial_score, item.company_name, item.venue_ref, item.id)
        )
        return [item.id for item in best[:limit] if item.id is not None]

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
