"""What was found out about a lead: pages, quoted evidence, the brief, the match."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import evidence, intelbrief, match, page
from ingot.domain.intel import Evidence, EvidenceKind, IntelBrief, Page
from ingot.domain.match import Match


class PageRepository(BaseRepository[Page]):
    """Pages as they were read."""

    entity = Page

    async def of_lead(self, lead_id: int) -> list[Page]:
        """The pages read for a lead, in reading order."""
        return await self._all(sa.select(Page).where(page.c.lead_id == lead_id).order_by(page.c.id))

    async def replace(self, lead_id: int, pages: Sequence[Page]) -> None:
        """Keep these pages, which were read again, in the place of earlier readings of the same URLs."""
        urls = [item.url for item in pages]
        await self.session.execute(sa.delete(Page).where(page.c.lead_id == lead_id, page.c.url.in_(urls)))
        for item in pages:
            item.lead_id = lead_id
        self.session.add_all(pages)
        await self.session.flush()


class EvidenceRepository(BaseRepository[Evidence]):
    """Quoted spans."""

    entity = Evidence

    async def of_lead(self, lead_id: int) -> list[Evidence]:
        """A lead's evidence in the order it was found."""
        return await self._all(sa.select(Evidence).where(evidence.c.lead_id == lead_id).order_by(evidence.c.id))

    async def keep(self, lead_id: int, found: Iterable[Evidence]) -> list[Evidence]:
        """Store the quotes that are new for this lead. Returns all of the lead's evidence."""
        known = {(item.kind, item.quote) for item in await self.of_lead(lead_id)}
        for item in found:
            if (item.kind, item.quote) not in known:
                known.add((item.kind, item.quote))
                item.lead_id = lead_id
                await self.add(item)
        return await self.of_lead(lead_id)

    async def of_kind(self, lead_id: int, kind: EvidenceKind) -> list[Evidence]:
        """A lead's evidence of one kind."""
        return [item for item in await self.of_lead(lead_id) if item.kind is kind]


class BriefRepository(BaseRepository[IntelBrief]):
    """One brief per lead."""

    entity = IntelBrief

    async def of_lead(self, lead_id: int) -> IntelBrief | None:
        """The brief, or None before research."""
        return await self._one(sa.select(IntelBrief).where(intelbrief.c.lead_id == lead_id))


class MatchRepository(BaseRepository[Match]):
    """One match per lead."""

    entity = Match

    async def of_lead(self, lead_id: int) -> Match | None:
        """The match, or None before matching."""
        return await self._one(sa.select(Match).where(match.c.lead_id == lead_id))

    async def of_leads(self, lead_ids: Collection[int]) -> list[Match]:
        """The matches of these leads."""
        return await self._all(sa.select(Match).where(match.c.lead_id.in_(lead_ids)))
