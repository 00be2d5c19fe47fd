"""Reading the inbox: what belongs to our letters is stored as it is, together with how far the mailbox was read."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.inbound import Correspondents
from ingot.mail.imap import Mailbox
from ingot.mail.relevance import HEADERS, Relevance, names_a_letter, relevance

# UIDs of one transaction: the cursor never runs ahead of what is stored, and a cut connection costs this much again.
PORTION = 500
# Servers count days in a zone of their own.
_A_DAY = timedelta(days=1)

Portion = tuple[Sequence[int], Sequence[tuple[int, bytes]]]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Polled:
    """What a poll saw: `read` mails looked at, `kept` of them new and ours; `again` when the mailbox was rebuilt."""

    read: int
    kept: int
    again: bool = False


async def poll(
    uow: Callable[[], SqlAlchemyUnitOfWork],
    mailbox: Mailbox,
    *,
    user_id: str,
    now: Callable[[], datetime],
    name: str = "INBOX",
    portion: int = PORTION,
    progress: Progress = lambda _stage, _done, _total: None,
) -> Polled:
    """Read what came since the last poll, marking nothing as read. Commits after every `portion` of UIDs.

    After a change of UIDVALIDITY the mailbox is read again from the day of the first letter; the same bytes are kept
    once. Raises `ImapDown` where the connection breaks: what was read until then stays, the rest comes next time.
    """
    began = now()
    async with uow() as work:
        cursor = await work.cursors.of(name, user_id=user_id)
        first = await work.deliveries.first_claim(user_id=user_id)
        await work.commit()
    validity = await mailbox.select(name)
    again = validity != cursor.uid_validity
    if first is None:
        uids: list[int] = []
    else:
        uids = await mailbox.uids_since(first.date() - _A_DAY) if again else await mailbox.uids_after(cursor.last_uid)
    async with uow() as work:  # after the mails are listed: whatever letter one of them answers was claimed before
        known = await work.inbox.correspondents(user_id=user_id)
    read = kept = 0
    async for looked_at, mails in _portions(mailbox, uids, known, size=portion):
        async with uow() as work:
            place = await work.cursors.of(name, user_id=user_id)  # locked before: two polls at once store nothing twice
            kept += await _store(work, mails, user_id=user_id, name=name, validity=validity, now=now())
            place.uid_validity, place.last_uid = validity, max(looked_at)
            await work.commit()
        read += len(looked_at)
        progress("reading", read, len(uids))
    async with uow() as work:
        account = await work.accounts.of_user(user_id)
        account.inbox_read_at = began  # what arrives while we read is not covered
        await work.commit()
    return Polled(read=read, kept=kept, again=again and cursor.uid_validity != 0)


async def _portions(
    mailbox: Mailbox, uids: Sequence[int], known: Correspondents, *, size: int
) -> AsyncIterator[Portion]:
    """UIDs together with the mails among them that are ours."""
    whole = False
    for at in range(0, len(uids), size):
        portion = uids[at : at + size]
        mails = await _ours(mailbox, portion, known, whole=whole)
        whole = len(mails) == len(portion)  # a mailbox for nothing else: asking twice for each mail protects nobody
        yield portion, mails


async def _ours(
    mailbox: Mailbox, uids: Sequence[int], known: Correspondents, *, whole: bool
) -> list[tuple[int, bytes]]:
    """The mails that are ours. Of the others the headers are read and no more, unless `whole` mails are asked for."""
    if whole:
        judged = [(uid, raw, relevance(raw, known)) async for uid, raw in mailbox.fetch(uids)]
        return [(uid, raw) for uid, raw, what in judged if _is_ours(raw, what, known)]
    found = {uid: relevance(headers, known) async for uid, headers in mailbox.headers(uids, HEADERS)}
    wanted = [uid for uid, what in found.items() if what is not Relevance.none]
    return [
        (uid, raw) async for uid, raw in mailbox.fetch(wanted) if _is_ours(raw, found.get(uid, Relevance.none), known)
    ]


def _is_ours(raw: bytes, what: Relevance, known: Correspondents) -> bool:
    return what is Relevance.answer or (what is Relevance.report and names_a_letter(raw, known))


async def _store(
    uow: SqlAlchemyUnitOfWork,
    mails: Sequence[tuple[int, bytes]],
    *,
    user_id: str,
    name: str,
    validity: int,
    now: datetime,
) -> int:
    digests = {hashlib.sha256(raw).hexdigest(): (uid, raw) for uid, raw in mails}
    stored = await uow.inbox.known(digests, user_id=user_id)
    rows: list[dict[str, object]] = [
        {
            "user_id": user_id,
            "mailbox": name,
            "uid_validity": validity,
            "uid": uid,
            "raw": raw,
            "raw_sha256": digest,
            "received_at": now,
        }
        for digest, (uid, raw) in digests.items()
        if digest not in stored
    ]
    await uow.inbox.keep(rows)
    return len(rows)
