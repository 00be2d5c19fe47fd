"""Reading the inbox: what belongs to our letters is stored as it is, together with how far the mailbox was read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.inbound import Correspondents
from ingot.mail.imap import Mailbox
from ingot.mail.relevance import HEADERS, is_answer, may_be_report, names_a_letter

# UIDs of one transaction: the cursor never runs ahead of what is stored, and a cut connection costs this much again.
PORTION = 500
# Servers count days in a zone of their own.
_A_DAY = timedelta(days=1)

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
    progress: Progress = lambda _stage, _done, _total: None,
) -> Polled:
    """Read what came since the last poll, marking nothing as read. Commits in portions.

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
    kept = 0
    for at in range(0, len(uids), PORTION):
        portion = uids[at : at + PORTION]
        mails = await _ours(mailbox, portion, known)
        async with uow() as work:
            place = await work.cursors.of(name, user_id=user_id)  # locked before: two polls at once store nothing twice
            kept += await _store(work, mails, user_id=user_id, name=name, validity=validity, now=now())
            place.uid_validity, place.last_uid = validity, max(portion)
            await work.commit()
        progress("reading", min(at + PORTION, len(uids)), len(uids))
    async with uow() as work:
        account = await work.accounts.of_user(user_id)
        account.inbox_read_at = began  # what arrives while we read is not covered
        await work.commit()
    return Polled(read=len(uids), kept=kept, again=again and cursor.uid_validity != 0)


async def _ours(mailbox: Mailbox, uids: Sequence[int], known: Correspondents) -> list[tuple[int, bytes]]:
    answers: list[int] = []
    reports: set[int] = set()
    async for uid, headers in mailbox.headers(uids, HEADERS):
        if is_answer(headers, known):
            answers.append(uid)
        elif may_be_report(headers):
            reports.add(uid)
    wanted = sorted({*answers, *reports})
    return [(uid, raw) async for uid, raw in mailbox.fetch(wanted) if uid not in reports or names_a_letter(raw, known)]


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
