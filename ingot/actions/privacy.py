"""What a person may ask: what is stored about them, and to be forgotten. And what the user may ask: about whom anything is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ingot.actions.backup import FOLDER
from ingot.actions.skip import skip
from ingot.db import audit
from ingot.db.personal_data import PersonalData
from ingot.db.tables import campaign, contact, delivery, email, inbound, lead, unsubscribedemail, web_cache
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import Delivery, DeliveryStatus
from ingot.domain.job import AuditType
from ingot.domain.lead import ERASED
from ingot.domain.lead_state import MOVES, LeadStatus
from ingot.domain.suppression import suppression_entry
from ingot.errors import ValidationError


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What was erased. `left` counts the rows, by table, in which the address still stands: none, or an error of ours.

    `backups` still hold what was erased.
    """

    leads: int
    left: dict[str, int] = field(default_factory=dict)
    backups: tuple[str, ...] = ()


async def export_person(uow: SqlAlchemyUnitOfWork, address: str) -> dict[str, Any]:
    """Every row about a person by table, as JSON values, with `suppressed` and other places that name the address."""
    address = _address(address)
    data = PersonalData(uow.session)
    lead_ids, spellings = await data.traces_of(address)
    return {
        "address": address,
        "suppressed": await uow.suppressed.holds(address),
        "rows": await data.rows(lead_ids),
        "named_in": await data.mentions(spellings),
    }


async def erase_person(
    uow: Callable[[], SqlAlchemyUnitOfWork], address: str, *, salt: str, base_dir: Path, who: str, now: datetime
) -> Erased:
    """Forget a person, and keep a salted hash that stops any letter to them. Commits as a whole.

    What is queued is skipped, their leads are closed. Raises `ValidationError` while a letter to them is being handed over.
    """
    address = _address(address)
    async with uow() as work:
        data = PersonalData(work.session)
        lead_ids, spellings = await data.traces_of(address)
        await _stop_letters(work, lead_ids)
        for lead_id in lead_ids:
            one = await work.leads.get(lead_id)
            if LeadStatus.closed in MOVES[one.status]:
                work.collect_events(one.move(LeadStatus.closed, ERASED))
            one.status_reason = ERASED
        await work.session.flush()
        await data.erase(lead_ids, spellings)
        await work.suppressed.forget(address, salt=salt, now=now)
        audit.note(work, AuditType.state_change, f"A person was erased, with {len(lead_ids)} leads.", who=who)
        await work.commit()
    async with uow() as work:
        left = await PersonalData(work.session).mentions(spellings)
    backups = sorted(path.name for path in (base_dir / FOLDER).glob("*.tar.gz"))
    return Erased(leads=len(lead_ids), left=left, backups=tuple(backups))


async def privacy_report(uow: SqlAlchemyUnitOfWork) -> dict[str, Any]:
    """About how many people what is stored, where they were found, and since when. No names, no addresses."""

    async def number(query: sa.Select[Any]) -> int:
        return await uow.session.scalar(query) or 0

    def rows(table: sa.Table, *where: sa.ColumnElement[bool]) -> sa.Select[Any]:
        return sa.select(sa.func.count()).select_from(table).where(*where)

    named = lead.c.person_name != ""
    venues = sa.select(lead.c.source_venue, sa.func.count()).where(named).group_by(lead.c.source_venue)
    oldest = await uow.session.scalar(sa.select(sa.func.min(lead.c.created_at)).where(named))
    return {
        "people": await number(rows(lead, named)),
        "with_address": await number(rows(lead, lead.c.person_email != "")),
        "addresses_found": await number(rows(contact)),
        "written_to": await number(
            sa.select(sa.func.count(sa.distinct(delivery.c.lead_id))).where(delivery.c.sent_at.is_not(None))
        ),
        "drafts_and_letters": await number(rows(email, email.c.body != "")),
        "mails_received": await number(rows(inbound)),
        "pages_kept": await number(rows(web_cache)),
        "suppressed": await number(rows(unsubscribedemail)),
        "campaigns": await number(rows(campaign)),
        "oldest": oldest.isoformat() if oldest else None,
        "found_at": {name or "by hand": count for name, count in (await uow.session.execute(venues)).all()},
    }


async def _stop_letters(uow: SqlAlchemyUnitOfWork, lead_ids: list[int]) -> None:
    open_ones = (DeliveryStatus.queued, DeliveryStatus.sending, DeliveryStatus.unknown)
    query = sa.select(Delivery).where(delivery.c.lead_id.in_(lead_ids), delivery.c.status.in_(open_ones))
    # Locked: a sender that claims one at this moment either comes first, and is seen here, or finds it skipped.
    for item in (await uow.session.scalars(query.with_for_update())).all():
        if item.status is DeliveryStatus.sending:
            raise ValidationError(
                "A letter to this person is being handed to the mail server right now; nothing was erased.",
                hint="Ask again in a few minutes.",
            )
        await skip(uow, item)


def _address(given: str) -> str:
    entry = suppression_entry(given)
    if entry.startswith("@"):
        raise ValidationError("That is a whole host, and no address.", hint="Such as kim@acme.example.")
    return given.strip().strip("<>").strip().lower()
