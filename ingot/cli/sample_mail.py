"""`--sample --send`: the sample user's letters leave through a mailbox of the sample world, and its people answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from ingot.actions.hear import judge_new, read_inbox, suggest_answers
from ingot.actions.outreach import send_due
from ingot.actions.review import Approval, approve
from ingot.cli.console import err, out, stage_progress, text
from ingot.config.manager import ConfigManager
from ingot.domain.email import EmailStatus
from ingot.errors import ValidationError
from ingot.sample.answers import deliver_answers
from ingot.sample.imap_server import ImapServer
from ingot.sample.mailbox import MailStore, SmtpSink
from ingot.wiring import utc_now

if TYPE_CHECKING:
    from ingot.wiring import Wiring

USER, PASSWORD = "rowan@adeyemi.example", "sample"
BASIS = "The address is published for people who want to work there."
# A sample does not wait for office hours, nor for the gap between two letters; everything else is as it ships.
_SETTINGS = {
    "caps.per_hour": "30",
    "caps.warm_up": "false",
    "caps.min_gap_seconds": "0",
    "caps.max_gap_seconds": "0",
    "window.start": "00:00",
    "window.end": "23:59",
    "window.days": "Mon-Sun",
    "imap.host": "127.0.0.1",
    "imap.tls": "false",
    "smtp.host": "127.0.0.1",
    "smtp.username": USER,
    "smtp.password": PASSWORD,
}


@dataclass(frozen=True, kw_only=True)
class SampleMailbox:
    """The running mailbox of the sample user."""

    store: MailStore
    smtp: SmtpSink


@contextmanager
def sample_mailbox(manager: ConfigManager) -> Iterator[SampleMailbox]:
    """Run a mailbox on loopback and set it up in the sample user's configuration."""
    store = MailStore({USER: PASSWORD})
    with SmtpSink(store) as smtp, ImapServer(store) as imap:
        manager.update({**_SETTINGS, "smtp.port": str(smtp.port), "imap.port": str(imap.port)})
        yield SampleMailbox(store=store, smtp=smtp)


def noon_clock() -> Callable[[], datetime]:
    """Today's clock set to 16:30 UTC: no time zone is then in the minute before midnight, which no window holds."""
    began = utc_now()
    start = began.replace(hour=16, minute=30)
    return lambda: start + (utc_now() - began)


async def send_and_hear(wiring: Wiring, campaign_id: int, mailbox: SampleMailbox) -> None:
    """Approve what may be approved, send it, let people answer, read and judge the answers, and show all of it."""
    await _approve_all(wiring, campaign_id)
    progress = stage_progress(silent=False)
    given = {"config": wiring.config, "user_id": wiring.user_id, "now": wiring.now}
    result = await send_due(wiring.uow, **given, progress=progress)  # type: ignore[arg-type]
    out.print(f"Sent {result.sent} letters.", style="bold")
    deliver_answers(mailbox.store, mailbox.smtp.accepted, now=wiring.now())
    await read_inbox(wiring.uow, **given, progress=progress)  # type: ignore[arg-type]
    heard = await judge_new(wiring.uow, agents=wiring.agents, **given)  # type: ignore[arg-type]
    await suggest_answers(wiring.uow, heard.mail_ids, agents=wiring.agents, config=wiring.config, now=wiring.now)
    await _show(wiring)


async def _approve_all(wiring: Wiring, campaign_id: int) -> None:
    async with wiring.uow() as uow:
        drafts = await uow.letters.with_status(
            EmailStatus.drafted, user_id=wiring.user_id, campaign_id=campaign_id, limit=500
        )
    approval = Approval(config=wiring.config, links=wiring.links, who="the sample user", now=wiring.now(), basis=BASIS)
    for letter, lead in drafts:
        if not lead.person_email:
            continue
        try:
            async with wiring.uow() as uow:
                await approve(uow, [letter.id or 0], approval)
        except ValidationError as error:
            err.print(text(f"Not sent to {lead.company_name}: {error.message}", "yellow"), soft_wrap=True)


async def _show(wiring: Wiring) -> None:
    from ingot.cli.replies import print_replies, reply_rows

    async with wiring.uow() as uow:
        found = await uow.inbox.shown(user_id=wiring.user_id, kinds=None, limit=20)
        suppressed = await uow.suppressed.everyone()
    print_replies(reply_rows(found))
    for entry in suppressed:
        out.print(text(f"Never written to again: {entry.email_address} ({entry.unsubscribe_reason})"))
