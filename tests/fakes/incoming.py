"""Mail that came back, as the poll has stored it, and the label a model gives."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ingot.db.tables import outbox
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import Delivery
from ingot.domain.inbound import InboundMail
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.llm.outputs import ReplyLabel
from tests.fakes.entities import USER
from tests.fakes.outgoing import MONDAY, SENT, add_follow_up, add_queued, open_campaign

Uow = Callable[[], SqlAlchemyUnitOfWork]


def label(kind: str = "positive", **given: Any) -> ReplyLabel:
    return ReplyLabel(**{"kind": kind, "confidence": 0.9, "clear_no": False, "asks_to_stop": False, **given})


async def add_sent(uow: Uow, number: int = 1, **changes: Any) -> Delivery:
    """A letter that left on Monday, with its first follow-up dated and the second not yet."""
    async with uow() as work:
        campaign = await open_campaign(work, f"autumn {number}")
        given = {"status": SENT, "claimed_at": MONDAY, "sent_at": MONDAY, **changes}
        letter = await add_queued(work, campaign, number, **given)
        if given["status"] is SENT:
            (await work.leads.get(letter.lead_id)).status = LeadStatus.sent
        await add_follow_up(work, letter, 3, due_at=MONDAY.replace(day=26, hour=9) if given["status"] is SENT else None)
        await add_follow_up(work, letter, 7)
        await work.commit()
    return letter


async def store(uow: Uow, raw: bytes, *, received_at: datetime = MONDAY) -> int:
    """Keep a mail as the poll does; gives its id."""
    async with uow() as work:
        digest = hashlib.sha256(raw).hexdigest()
        kept = await work.inbox.add(
            InboundMail(
                user_id=USER, mailbox="INBOX", uid_validity=1, uid=len(await work.inbox.list()) + 1, raw=raw,
                raw_sha256=digest, received_at=received_at,
            )
        )  # fmt: skip
        await work.commit()
    return kept.id or 0


async def lead(uow: Uow, number: int = 1) -> Lead:
    async with uow() as work:
        return await work.leads.get(number)


async def suppressed(uow: Uow) -> list[str]:
    async with uow() as work:
        return [entry.email_address for entry in await work.suppressed.everyone()]


async def news(uow: Uow) -> int:
    """How often the user is to be told of an answer."""
    async with uow() as work:
        query = sa.select(sa.func.count()).where(outbox.c.event_type == "ReplyReceived")
        return await work.session.scalar(query) or 0
