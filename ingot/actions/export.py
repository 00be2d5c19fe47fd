"""The user's own data as rows: leads with their match, letters with their fate, evidence, answers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import sqlalchemy as sa

from ingot.db.tables import delivery, email, evidence, inbound, lead, match
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import DeliveryKind, DeliveryStatus

_PORTION = 1_000
_FIRST_LETTER = sa.and_(
    delivery.c.email_id == email.c.id,
    delivery.c.kind == DeliveryKind.letter,
    delivery.c.status != DeliveryStatus.skipped,  # an approval that was taken back leaves one such behind
)


def _leads() -> sa.Select[Any]:
    of = lead.c
    return sa.select(
        of.id, of.company_name, of.company_website, of.source_venue, of.status, of.status_reason, match.c.match_score,
        of.initial_score, of.person_name, of.person_role, of.person_email, of.location, of.industry, of.team_size,
        of.campaign_id, of.created_at,
    ).select_from(lead.outerjoin(match, match.c.lead_id == of.id))  # fmt: skip


def _emails() -> sa.Select[Any]:
    of = email.c
    return sa.select(
        of.id, of.lead_id, lead.c.company_name, of.status, of.subject_a, of.subject_b, of.body, of.tone_adapted_for,
        of.engine, of.created_at, of.approved_at, delivery.c.status.label("delivery"), delivery.c.variant,
        delivery.c.sent_at,
    ).select_from(email.join(lead, lead.c.id == of.lead_id).outerjoin(delivery, _FIRST_LETTER))  # fmt: skip


def _evidence() -> sa.Select[Any]:
    of = evidence.c
    return sa.select(of.id, of.lead_id, of.kind, of.quote, of.statement, of.source_url, of.page_sha256, of.fetched_at)


def _replies() -> sa.Select[Any]:
    of = inbound.c
    return sa.select(of.id, of.lead_id, lead.c.company_name, of.kind, of.received_at, of.words).select_from(
        inbound.join(lead, lead.c.id == of.lead_id)
    )


# Evidence has no user of its own: it is its lead's.
_QUERIES: dict[str, tuple[sa.Select[Any], sa.Table]] = {
    "leads": (_leads(), lead),
    "emails": (_emails(), email),
    "evidence": (_evidence().select_from(evidence.join(lead, lead.c.id == evidence.c.lead_id)), evidence),
    "replies": (_replies(), inbound),
}

KINDS = tuple(_QUERIES)
"""What can be exported."""


def columns(kind: str) -> list[str]:
    """The names of a kind's columns, in order."""
    return [column.key for column in _QUERIES[kind][0].selected_columns if column.key is not None]


async def rows(
    uow: SqlAlchemyUnitOfWork, kind: str, *, user_id: str, campaign_id: int | None = None
) -> AsyncIterator[dict[str, Any]]:
    """Every row of one kind by id, read in portions: memory does not grow with their number."""
    query, table = _QUERIES[kind]
    chosen = query.where(lead.c.user_id == user_id).order_by(table.c.id)
    if campaign_id is not None:
        chosen = chosen.where(lead.c.campaign_id == campaign_id)
    stream = await uow.session.stream(chosen.execution_options(yield_per=_PORTION))
    async for row in stream.mappings():
        yield dict(row)
