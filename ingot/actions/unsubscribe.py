"""What a signed link in a letter does when it is used: end the correspondence, or count that the letter was opened."""

from __future__ import annotations

import re
from datetime import datetime

import sqlalchemy as sa

from ingot.actions.queue import OPENED, UNSUBSCRIBE
from ingot.actions.skip import skip_waiting, suppress_address
from ingot.db import audit
from ingot.db.tables import delivery
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import Delivery
from ingot.domain.job import AuditLevel, AuditType
from ingot.domain.lead import normal_email
from ingot.domain.lead_state import MOVES, LeadStatus
from ingot.mail.links import LinkSigner

# Image proxies of mail services, scanners in front of mailboxes, makers of previews, libraries. "Microsoft Outlook" is
# not among them: that is the program on somebody's desk.
_PROGRAMS = re.compile(
    r"""proxy | (?<!cu)bot\b | crawl | spider | slurp | preview | scan | monitor | headless | existence\ discovery
    | barracuda | proofpoint | mimecast | forcepoint | symantec | sophos | trend\ ?micro | ironport
    | curl | wget | python | ruby | java/ | go-http | okhttp | libwww | httpclient | http-client | axios | node-fetch""",
    re.IGNORECASE | re.VERBOSE,
)
# What says no more than this is no mail reader; Apple's privacy proxy does.
_SAYS_NOTHING = re.compile(r"\s*(mozilla/[\d.]+)?\s*", re.IGNORECASE)


async def unsubscribe(uow: SqlAlchemyUnitOfWork, links: LinkSigner, token: str, *, now: datetime) -> bool:
    """Suppress whom the letter went to, skip all that is queued to the lead, close the lead. Commits; once is enough.

    Returns whether we signed the token. Source: RFC 8058.
    """
    reference = links.read(UNSUBSCRIBE, token)
    if not reference:
        return False
    signed = await _signed_as(uow, reference)
    for item in signed:
        await _end(uow, item, now=now)
    if not signed:
        audit.note(
            uow,
            AuditType.error,
            f"Somebody unsubscribed by {reference}, which is not stored any more: the address is not known.",
            level=AuditLevel.WARNING,
            who="link",
        )
    await uow.commit()
    return True


async def opened(uow: SqlAlchemyUnitOfWork, links: LinkSigner, token: str, *, user_agent: str, now: datetime) -> None:
    """Count that the pixel of a letter was loaded, by what may be a person or by a program. Commits.

    A program that poses as a browser cannot be told from a person, and Apple Mail loads every picture in advance, read
    or not, under a name that is Apple's to change: an open is a hint, never a proof.
    """
    reference = links.read(OPENED, token)
    letter = await uow.deliveries.with_key(reference) if reference else None
    if letter is None:
        return
    if is_program(user_agent):
        letter.proxy_opens += 1
    else:
        letter.opens += 1
        if letter.opened_at is None:
            letter.opened_at = now
            uow.collect_events(letter.event("EmailOpened"))
    await uow.commit()


def is_program(user_agent: str) -> bool:
    """Whether a User-Agent names a program that loads pictures without anybody looking at them, or nobody at all."""
    return bool(_PROGRAMS.search(user_agent) or _SAYS_NOTHING.fullmatch(user_agent))


async def _signed_as(uow: SqlAlchemyUnitOfWork, reference: str) -> list[Delivery]:
    """The delivery of this key and those it replaced (`KEY.ID`), whose letters hold the same link. Locked."""
    earlier = delivery.c.key.startswith(f"{reference}.", autoescape=True)
    query = sa.select(Delivery).where(sa.or_(delivery.c.key == reference, earlier)).order_by(delivery.c.id)
    return list((await uow.session.scalars(query.with_for_update())).all())


async def _end(uow: SqlAlchemyUnitOfWork, letter: Delivery, *, now: datetime) -> None:
    lead = await uow.leads.get(letter.lead_id)
    # An answer may have gone to another address than the letter: they are the same person's, or the same company's.
    entries = {letter.recipient_key} | ({normal_email(lead.person_email)} if lead.person_email else set())
    reason = "unsubscribed by the link in a letter"
    changed = [await suppress_address(uow, entry, reason=reason, now=now) for entry in sorted(entries)]
    await skip_waiting(uow, letter.lead_id)
    if LeadStatus.closed in MOVES[lead.status]:
        uow.collect_events(lead.move(LeadStatus.closed, "asked not to be written to"))
        changed.append(True)
    if any(changed):
        told = f"Unsubscribed by the link in delivery {letter.id}."
        audit.note(uow, AuditType.state_change, told, row_number=lead.id, who="link")
