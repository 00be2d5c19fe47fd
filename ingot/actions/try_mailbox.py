"""A letter to oneself: whether the mailbox sends and receives, and what its provider does to a letter on the way."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ingot.config.schema import AppConfig
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import SentLookup
from ingot.mail.errors import MailError
from ingot.mail.imap import Mailbox
from ingot.mail.message import Outgoing, freeze, new_message_id, stamp
from ingot.mail.outcome import Outcome, OutcomeKind
from ingot.mail.parse import parse_mail

# Providers deliver a letter to oneself within seconds; a minute later it is not coming.
WAIT_SECONDS, LOOK_EVERY_SECONDS = 60.0, 2.0
_SELECTOR = re.compile(r"\bs=([A-Za-z0-9._-]{1,100})")
_DOMAIN = re.compile(r"\bd=([A-Za-z0-9._-]{1,200})")


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What the letter to oneself showed."""

    arrived: bool
    lookup: SentLookup
    sent_mailbox: str
    dkim_selector: str


async def try_mailbox(
    uow: Callable[[], SqlAlchemyUnitOfWork],
    *,
    user_id: str,
    config: AppConfig,
    send: Callable[[str, str, bytes], Awaitable[Outcome]],
    mailbox: Mailbox,
    now: Callable[[], datetime],
    wait_seconds: float = WAIT_SECONDS,
) -> Trial:
    """Send a letter to oneself, find it in the inbox and in Sent, and remember what was learnt. Commits.

    Raises `MailError` where the server does not take it.
    """
    address, token = config.sender_address, new_message_id("x.invalid", "trial")[1:33]
    message_id = new_message_id(address.rpartition("@")[2], "trial")
    subject = f"INGOT test letter {token[:8]}"
    raw = freeze(
        Outgoing(
            sender_name=config.sender_name or "INGOT",
            sender_address=address,
            recipient_name="",
            recipient_address=address,
            subject=subject,
            body="This letter to yourself shows that your mailbox works with INGOT. You can delete it.\n",
            message_id=message_id,
        )
    )
    began = now()
    outcome = await send(address, address, stamp(raw, began, ZoneInfo(config.time_zone)))
    if outcome.kind is not OutcomeKind.sent:
        raise MailError(
            f"The server did not take a letter to yourself ({outcome.phase.value}, {outcome.code or 'no answer'}).",
            hint="Check smtp.host, smtp.port and smtp.username, and enter the password again: ingot config set smtp.password -",
        )
    sent_name = await mailbox.sent_mailbox() or ""
    arrived_as, in_sent = None, False
    rounds = max(1, round(wait_seconds / LOOK_EVERY_SECONDS))
    for look in range(rounds):
        arrived_as = arrived_as or await _arrived(mailbox, subject, since=began)
        in_sent = in_sent or (bool(sent_name) and await mailbox.find_message_id(sent_name, message_id))
        if arrived_as and in_sent:
            break
        if look + 1 < rounds:
            await asyncio.sleep(min(LOOK_EVERY_SECONDS, wait_seconds))
    trial = _judge(arrived_as, in_sent, message_id=message_id, sent_mailbox=sent_name, address=address)
    async with uow() as work:
        account = await work.accounts.of_user(user_id)
        account.use(address)
        account.sent_lookup, account.sent_mailbox = trial.lookup, trial.sent_mailbox
        account.dkim_selector = trial.dkim_selector
        await work.commit()
    return trial


async def _arrived(mailbox: Mailbox, subject: str, *, since: datetime) -> bytes | None:
    await mailbox.select("INBOX")
    uids = await mailbox.uids_since((since - timedelta(days=1)).date())
    async for _, headers in mailbox.headers(uids, ("Subject", "Message-ID", "DKIM-Signature")):
        if parse_mail(headers).subject == subject:
            return headers
    return None


def _judge(headers: bytes | None, in_sent: bool, *, message_id: str, sent_mailbox: str, address: str) -> Trial:
    parsed = parse_mail(headers) if headers else None
    if parsed is not None and parsed.message_id != message_id:
        lookup = SentLookup.rewritten
    elif in_sent:
        lookup = SentLookup.exact
    else:
        lookup = SentLookup.not_filed
    selector = ""
    for signature in parsed.headers("DKIM-Signature") if parsed else ():
        domain, found = _DOMAIN.search(signature), _SELECTOR.search(signature)
        host = address.rpartition("@")[2].lower()
        if domain and found and f".{host}".endswith(f".{domain[1].lower()}"):
            selector = found[1]
    return Trial(arrived=parsed is not None, lookup=lookup, sent_mailbox=sent_mailbox, dkim_selector=selector)
