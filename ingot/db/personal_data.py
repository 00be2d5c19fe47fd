"""Where data about a person stands in the database: found by their address, written out, erased.

A person's data hangs on the leads that carry their address: with the lead go its pages, quotes, letters and mails.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from ingot.db.tables import (
    answer,
    contact,
    delivery,
    email,
    email_edit,
    evidence,
    followup,
    inbound,
    intelbrief,
    lead,
    lead_key,
    lead_source,
    match,
    metadata,
    modelcall,
    page,
    question,
    tie,
    web_cache,
)
from ingot.domain.lead import normal_email

_LETTERS = sa.select(email.c.id)
# What is about the person and nobody else; in this order, as some rows refer to others.
_DELETED: tuple[tuple[sa.Table, sa.Column[Any]], ...] = (
    (answer, answer.c.lead_id),
    (inbound, inbound.c.lead_id),
    (question, question.c.lead_id),
    (match, match.c.lead_id),
    (intelbrief, intelbrief.c.lead_id),
    (evidence, evidence.c.lead_id),
    (page, page.c.lead_id),
    (contact, contact.c.lead_id),
    (lead_source, lead_source.c.lead_id),
    (modelcall, modelcall.c.lead_id),
)
# What stays, as caps and bounce rates count it, without what it says.
_BLANKED: tuple[tuple[sa.Table, sa.Column[Any], dict[str, Any]], ...] = (
    (
        lead,
        lead.c.id,
        {"person_name": "", "person_email": "", "person_role": "", "record": {}, "score_parts": {}},
    ),
    (
        email,
        email.c.lead_id,
        {
            "subject_a": "",
            "subject_b": "",
            "body": "",
            "footer": "",
            "basis": "",
            "reject_reason": "",
            "mcq_answers_json": {},
            "insisted_claims": [],
        },
    ),
    (
        delivery,
        delivery.c.lead_id,
        {"recipient": "", "recipient_key": "", "subject": "", "raw": b"", "smtp_text": "", "hold_reason": ""},
    ),
)


class PersonalData:
    """What one session's database holds about people."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def traces_of(self, address: str) -> tuple[list[int], list[str]]:
        """The leads that carry this mailbox under any spelling, and the spellings.

        They carry it as that of their person, as a found address, as a letter's recipient or a mail's sender.
        """
        own = normal_email(address)
        hosts = {own.rpartition("@")[2]} | ({"googlemail.com"} if own.endswith("@gmail.com") else set())
        places = (
            (lead.c.id, lead.c.person_email),
            (contact.c.lead_id, contact.c.address),
            (delivery.c.lead_id, delivery.c.recipient),
            (inbound.c.lead_id, inbound.c.from_address),
        )
        found: set[int] = set()
        spellings = {address.lower(), own}
        for lead_id, column in places:
            at_host = sa.or_(*(sa.func.lower(column).endswith(f"@{host}", autoescape=True) for host in sorted(hosts)))
            rows = await self._session.execute(sa.select(lead_id, column).where(at_host, lead_id.is_not(None)))
            for row in rows:
                if normal_email(row[1]) == own:
                    found.add(row[0])
                    spellings.add(row[1].lower())
        return sorted(found), sorted(spellings)

    async def mentions(self, texts: Sequence[str]) -> dict[str, int]:
        """The rows of each table in which one of these texts stands, in either case; tables without one are left out."""
        found: dict[str, int] = {}
        for table in metadata.sorted_tables:
            query = sa.select(sa.func.count()).select_from(table).where(self._names(table, texts))
            count = await self._session.scalar(query)
            if count:
                found[table.name] = count
        return found

    async def rows(self, lead_ids: Sequence[int]) -> dict[str, list[dict[str, Any]]]:
        """Every row about these leads, as plain JSON values; what was stored as bytes is read as UTF-8."""
        found: dict[str, list[dict[str, Any]]] = {}
        for table, clause in self._of_leads(lead_ids):
            rows = (await self._session.execute(sa.select(table).where(clause))).mappings().all()
            if rows:
                found[table.name] = [{name: _plain(value) for name, value in row.items()} for row in rows]
        return found

    async def erase(self, lead_ids: Sequence[int], spellings: Sequence[str]) -> None:
        """Delete what is about the person, and blank what has to stay. Does not commit."""
        letters = email.c.lead_id.in_(lead_ids)
        for table in (tie, email_edit):
            await self._delete(table, table.c.email_id.in_(_LETTERS.where(letters)))
        of_letters = followup.c.parent_email_id.in_(_LETTERS.where(letters))
        await self._session.execute(sa.update(followup).where(of_letters).values(body=""))
        await self._session.execute(sa.update(delivery).where(delivery.c.lead_id.in_(lead_ids)).values(answer_id=None))
        for table, column in _DELETED:
            await self._delete(table, column.in_(lead_ids))
        for table, column, blank in _BLANKED:
            await self._session.execute(sa.update(table).where(column.in_(lead_ids)).values(**blank))
        await self._delete(lead_key, lead_key.c.lead_id.in_(lead_ids) & lead_key.c.key.contains("@"))
        for table in (modelcall, web_cache, inbound):  # they name the person without belonging to a lead
            await self._delete(table, self._names(table, spellings))

    async def _delete(self, table: sa.Table, clause: sa.ColumnElement[bool]) -> None:
        await self._session.execute(sa.delete(table).where(clause))

    def _of_leads(self, lead_ids: Sequence[int]) -> Iterator[tuple[sa.Table, sa.ColumnElement[bool]]]:
        yield lead, lead.c.id.in_(lead_ids)
        for table in metadata.sorted_tables:
            if "lead_id" in table.c:
                yield table, table.c.lead_id.in_(lead_ids)
        letters = _LETTERS.where(email.c.lead_id.in_(lead_ids))
        yield followup, followup.c.parent_email_id.in_(letters)
        yield tie, tie.c.email_id.in_(letters)
        yield email_edit, email_edit.c.email_id.in_(letters)

    def _names(self, table: sa.Table, texts: Sequence[str]) -> sa.ColumnElement[bool]:
        columns = [readable for column in table.columns if (readable := self._readable(column)) is not None]
        return sa.or_(
            sa.false(), *(column.contains(text.lower(), autoescape=True) for column in columns for text in texts)
        )

    def _readable(self, column: sa.Column[Any]) -> sa.ColumnElement[str] | None:
        """A column as text in lower case; None for one that holds no text: a number, a time, a status."""
        kind = column.type.impl if isinstance(column.type, sa.types.TypeDecorator) else column.type
        if isinstance(kind, sa.LargeBinary) and self._session.get_bind().dialect.name == "postgresql":
            return sa.func.lower(sa.func.encode(column, "escape"))
        if isinstance(kind, sa.String | sa.JSON | sa.LargeBinary) and not isinstance(kind, sa.Enum):
            return sa.func.lower(sa.cast(column, sa.Text))
        return None


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return value.decode("utf-8", errors="replace")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return _plain(vars(value)) if hasattr(value, "__dict__") else value
