"""What model calls have used, as they are logged: by day and by campaign, over all processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ingot.db.tables import agentlog, lead
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.budget import Spending, Used

_TOKENS = agentlog.c.input_tokens + agentlog.c.output_tokens
_SUMS = (
    sa.func.coalesce(sa.func.sum(agentlog.c.cost_estimate), 0),
    sa.func.coalesce(sa.func.sum(_TOKENS), 0),
)


@dataclass(frozen=True)
class AgentLogSpending:
    """Sums over the log of calls, failed ones too. A call belongs to the campaign of its lead."""

    uow: Callable[[], SqlAlchemyUnitOfWork]

    async def used(self, *, lead_id: int | None, since: datetime) -> Used:
        """The sums since a moment, and those of the campaign that the lead is in."""
        async with self.uow() as uow:
            day = await _sum(uow, agentlog.c.created_at > since)
            campaign_id = (
                None
                if lead_id is None
                else await uow.session.scalar(sa.select(lead.c.campaign_id).where(lead.c.id == lead_id))
            )
            if campaign_id is None:
                return Used(day=day, campaign=Spending(), campaign_id=None)
            own = sa.select(lead.c.id).where(lead.c.campaign_id == campaign_id)
            campaign = await _sum(uow, agentlog.c.lead_id.in_(own))
        return Used(day=day, campaign=campaign, campaign_id=campaign_id)

    async def entries(self, *, since: datetime, unit: str) -> list[tuple[datetime, int]]:
        """When how much was used: micro-dollars for `usd`, else tokens."""
        amount = agentlog.c.cost_estimate if unit == "usd" else _TOKENS
        async with self.uow() as uow:
            query = sa.select(agentlog.c.created_at, amount.label("used"))
            found = await uow.session.execute(query.where(agentlog.c.created_at > since, amount > 0))
            return [(row.created_at, row.used) for row in found]


async def _sum(uow: SqlAlchemyUnitOfWork, which: sa.ColumnElement[bool]) -> Spending:
    micro_usd, tokens = (await uow.session.execute(sa.select(*_SUMS).where(which))).one()
    return Spending(micro_usd=int(micro_usd), tokens=int(tokens))
