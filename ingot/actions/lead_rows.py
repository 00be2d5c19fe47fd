"""All leads as short rows, for a list that is sorted and filtered while somebody looks at it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from ingot.db.tables import lead, match
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One lead. `score` is None before matching, `why` the reason of its last move."""

    id: int
    company: str
    status: str
    score: int | None
    location: str
    why: str


async def lead_rows(uow: SqlAlchemyUnitOfWork, *, user_id: str) -> list[LeadRow]:
    """Every lead of the user, by id. Columns only: ten thousand entities would take a second."""
    query = (
        sa.select(
            lead.c.id, lead.c.company_name, lead.c.status, match.c.match_score, lead.c.location, lead.c.status_reason
        )
        .outerjoin(match, match.c.lead_id == lead.c.id)
        .where(lead.c.user_id == user_id)
        .order_by(lead.c.id)
    )
    return [LeadRow(row[0], row[1], row[2].value, *row[3:]) for row in await uow.session.execute(query)]
