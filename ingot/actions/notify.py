"""Telling the user that somebody answered: on the desktop where there is one, and by an e-mail to oneself."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import unicodedata
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from ingot.actions.act_on_mail import REPLY_EVENT
from ingot.config.schema import AppConfig
from ingot.db import outbox
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.inbound import MailKind
from ingot.mail.message import Outgoing, freeze, new_message_id, stamp
from ingot.mail.outcome import Outcome

TOLD_OF = frozenset({MailKind.positive, MailKind.question, MailKind.referral, MailKind.other})
"""Kinds that deserve an interruption; a refusal can wait until the user looks."""

_DESKTOP_SECONDS = 5.0
_MOST_NAME = 150  # characters of a company's name in a subject


@dataclass(frozen=True, kw_only=True)
class News:
    """Somebody answered. `company` and `kind` may be shown anywhere, `words` only to the user."""

    mail_id: int
    lead_id: int | None
    company: str
    kind: MailKind
    words: str

    @property
    def headline(self) -> str:
        """One line without personal data."""
        return f"{self.company[:_MOST_NAME]} answered: {self.kind.value}"


async def unheard(uow: SqlAlchemyUnitOfWork, *, user_id: str) -> list[tuple[int, News | None]]:
    """Answers the user was not told of yet, as (event id, news); without news where there is nothing to tell."""
    found: list[tuple[int, News | None]] = []
    for event in await outbox.unprocessed_of(uow.session, REPLY_EVENT):
        mail = await uow.inbox.find(int(event.aggregate_id))
        if mail is not None and mail.user_id != user_id:
            continue
        kind = MailKind(json.loads(event.payload)["kind"])
        news = None
        if mail is not None and kind in TOLD_OF and mail.lead_id is not None:
            lead = await uow.leads.get(mail.lead_id)
            news = News(mail_id=mail.id or 0, lead_id=lead.id, company=lead.company_name, kind=kind, words=mail.words)
        found.append((event.id or 0, news))
    return found


async def tell_by_desktop(news: News) -> bool:
    """A desktop notification where `notify-send` and a desktop are there. Returns whether one was shown."""
    program = shutil.which("notify-send")
    if program is None or not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    process = await asyncio.create_subprocess_exec(
        program, "--app-name=INGOT", news.headline, "ingot mail replies",
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        return await asyncio.wait_for(process.wait(), _DESKTOP_SECONDS) == 0
    except TimeoutError:
        process.kill()
        await process.wait()
        return False


async def tell_by_mail(
    news: News, *, config: AppConfig, send: Callable[[str, str, bytes], Awaitable[Outcome]], now: datetime
) -> Outcome:
    """An e-mail to oneself. Sent again after a crash, it comes twice: that costs nobody anything."""
    address = config.sender_address
    raw = freeze(
        Outgoing(
            sender_name="INGOT",
            sender_address=address,
            recipient_name=config.sender_name,
            recipient_address=address,
            subject=news.headline,
            body=f"{news.headline}\n\n{_sendable(news.words[:1500])}\n\nLook, and answer: ingot mail replies\n",
            message_id=new_message_id(address.rpartition("@")[2], f"news-{news.mail_id}"),
        )
    )
    return await send(address, address, stamp(raw, now, ZoneInfo(config.time_zone)))


def _sendable(words: str) -> str:
    """Without the controls that no letter of ours may hold, and a stranger's mail does."""
    return "".join(sign for sign in words if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"})


async def heard(uow: SqlAlchemyUnitOfWork, event_id: int, *, now: datetime) -> None:
    """Mark an answer as told. Commits."""
    await outbox.settle_by_id(uow.session, event_id, now=now)
    await uow.commit()


async def tell_here(uow: Callable[[], SqlAlchemyUnitOfWork], *, user_id: str, now: datetime) -> list[News]:
    """The news for a user who is looking at this moment; they are not told of it again. Commits."""
    async with uow() as work:
        found = await unheard(work, user_id=user_id)
        for event_id, _ in found:
            await outbox.settle_by_id(work.session, event_id, now=now)
        await work.commit()
    return [news for _, news in found if news is not None]
