"""Mail that came back, how far the mailbox was read, and the answers to it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa

from ingot.db.repositories.base import BaseRepository
from ingot.db.tables import answer, delivery, inbound, inbox_cursor, lead
from ingot.domain.account import InboxCursor
from ingot.domain.answer import Answer
from ingot.domain.inbound import Correspondents, InboundMail, MailKind
from ingot.domain.lead import FREE_MAIL, normal_email, website_host


class CursorRepository(BaseRepository[InboxCursor]):
    """How far each mailbox was read."""

    entity = InboxCursor

    async def of(self, mailbox: str, *, user_id: str) -> InboxCursor:
        """The cursor, made on first use; locked where the database locks rows."""
        query = sa.select(InboxCursor).where(inbox_cursor.c.user_id == user_id, inbox_cursor.c.mailbox == mailbox)
        return await self._made_once(query.with_for_update(), lambda: InboxCursor(user_id=user_id, mailbox=mailbox))


class InboxRepository(BaseRepository[InboundMail]):
    """Inbound mail as stored."""

    entity = InboundMail
    title = "mail"

    async def known(self, digests: Collection[str], *, user_id: str) -> set[str]:
        """Those of these SHA-256 digests that are stored."""
        query = sa.select(inbound.c.raw_sha256).where(inbound.c.user_id == user_id, inbound.c.raw_sha256.in_(digests))
        return set((await self.session.scalars(query)).all())

    async def keep(self, rows: list[dict[str, object]]) -> None:
        """Store raw mail in one statement."""
        if rows:
            await self.session.execute(sa.insert(inbound), rows)

    async def unjudged(self, *, user_id: str, version: int) -> list[int]:
        """Ids of mail that this version of the judgement has not seen and nobody acted on, oldest first."""
        query = sa.select(inbound.c.id).where(
            inbound.c.user_id == user_id, inbound.c.judged_version < version, inbound.c.acted_at.is_(None)
        )
        return list((await self.session.scalars(query.order_by(inbound.c.id))).all())

    async def has_unread(self, *, user_id: str) -> bool:
        """Whether mail is stored of which nobody has looked yet whose answer it is."""
        query = sa.select(inbound.c.id).where(
            inbound.c.user_id == user_id, inbound.c.acted_at.is_(None), inbound.c.matched_by == ""
        )
        return await self.session.scalar(query.limit(1)) is not None

    async def away_until(self, lead_ids: Collection[int]) -> dict[int, date]:
        """By lead, the last day of absence that somebody there has told of."""
        query = sa.select(inbound.c.lead_id, inbound.c.details).where(
            inbound.c.lead_id.in_(lead_ids), inbound.c.kind == MailKind.out_of_office
        )
        found: dict[int, date] = {}
        for lead_id, details in (await self.session.execute(query)).all():
            if told := details.get("away_until"):
                found[lead_id] = max(date.fromisoformat(told), found.get(lead_id, date.min))
        return found

    async def judged_before(self, version: int, *, user_id: str) -> list[int]:
        """Ids of all mail that was judged by an earlier version."""
        query = sa.select(inbound.c.id).where(inbound.c.user_id == user_id, inbound.c.judged_version < version)
        return list((await self.session.scalars(query.order_by(inbound.c.id))).all())

    async def to_act_on(self, *, user_id: str) -> list[int]:
        """Ids of judged mail whose consequences are not drawn yet."""
        query = sa.select(inbound.c.id).where(
            inbound.c.user_id == user_id, inbound.c.kind.is_not(None), inbound.c.acted_at.is_(None)
        )
        return list((await self.session.scalars(query.order_by(inbound.c.id))).all())

    async def shown(
        self, *, user_id: str, kinds: Collection[MailKind] | None, limit: int
    ) -> list[tuple[InboundMail, str | None, Answer | None]]:
        """Mail with the company's name and the suggested answer, newest first."""
        query = (
            sa.select(InboundMail, lead.c.company_name, Answer)
            .outerjoin(lead, lead.c.id == inbound.c.lead_id)
            .outerjoin(answer, answer.c.inbound_id == inbound.c.id)
            .where(inbound.c.user_id == user_id, inbound.c.kind.is_not(None))
        )
        if kinds is not None:
            query = query.where(inbound.c.kind.in_(kinds))
        return [
            (row[0], row[1], row[2])
            for row in (await self.session.execute(query.order_by(inbound.c.id.desc()).limit(limit))).all()
        ]

    async def correspondents(self, *, user_id: str) -> Correspondents:
        """Whom the user wrote to: everything that left, or may have."""
        query = (
            sa.select(delivery.c.message_id, delivery.c.recipient_key, lead.c.company_website, delivery.c.sender)
            .join(lead, lead.c.id == delivery.c.lead_id)
            .where(delivery.c.user_id == user_id, delivery.c.claimed_at.is_not(None))
        )
        rows = (await self.session.execute(query)).all()
        hosts = {host for row in rows for host in _hosts(row[1], row[2])}
        return Correspondents(
            message_ids={row[0] for row in rows},
            mailboxes={row[1] for row in rows},
            hosts=hosts,
            own={normal_email(row[3]) for row in rows},
        )


def _hosts(address: str, website: str) -> set[str]:
    """Hosts whose mail is the company's; nobody owns those of free mail."""
    return {host for host in (address.rpartition("@")[2], website_host(website)) if host and host not in FREE_MAIL}


class AnswerRepository(BaseRepository[Answer]):
    """Suggested answers, at most one per mail."""

    entity = Answer
    title = "answer"

    async def to_mail(self, inbound_id: int) -> Answer | None:
        """The answer to one mail."""
        return await self._one(sa.select(Answer).where(answer.c.inbound_id == inbound_id))
