"""Letters of which nobody knows whether they left."""

import socket
from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from ingot.actions.in_doubt import Looked, look_for_unknown, settle_by_hand
from ingot.actions.outreach import settle_in_doubt
from ingot.config.schema import AppConfig
from ingot.db.tables import audit_logs, delivery, outbox
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import SentLookup
from ingot.domain.delivery import LEASE, LOOK_AGAIN_AFTER, SETTLE_AFTER
from ingot.domain.lead_state import LeadStatus
from ingot.errors import ValidationError
from ingot.mail.errors import ImapDown
from tests.fakes.entities import USER
from tests.fakes.outgoing import (
    ADDRESS,
    MONDAY,
    SENDING,
    UNKNOWN,
    Clock,
    add_follow_up,
    add_queued,
    config,
    only,
    open_campaign,
    statuses,
)

pytestmark = pytest.mark.long

Uow = Callable[[], SqlAlchemyUnitOfWork]
CONFIG = config()


class SentFolder:
    """Finds what it holds, remembers what it was asked, and can be down."""

    def __init__(self, holds: Collection[str] = ()) -> None:
        self.holds, self.asked, self.down = holds, list[str](), False

    async def __call__(self, message_id: str) -> bool:
        self.asked.append(message_id)
        if self.down:
            raise ImapDown("The mailbox cannot be reached.")
        return message_id in self.holds


@pytest.fixture
async def message_id(uow: Uow) -> str:
    """A letter that is unknown since ten o'clock, with a follow-up; the mailbox files under our Message-IDs."""
    async with uow() as work:
        first = await add_queued(
            work, await open_campaign(work), status=UNKNOWN, unknown_since=MONDAY,
            claimed_at=MONDAY - timedelta(minutes=1),
        )  # fmt: skip
        await add_follow_up(work, first)
        account = await work.accounts.of_user(USER)
        account.address, account.sent_lookup = ADDRESS, SentLookup.exact
        await work.commit()
    return first.message_id


async def look(uow: Uow, find: SentFolder, *, at: timedelta, by: AppConfig = CONFIG) -> Looked:
    return await look_for_unknown(uow, find, user_id=USER, config=by, now=Clock(MONDAY + at))


async def put(uow: Uow, **values: Any) -> None:
    async with uow() as work:
        account = await work.accounts.of_user(USER)
        for name, value in values.items():
            setattr(account, name, value)
        await work.commit()


async def test_an_unknown_letter_is_left_alone_for_a_while(uow: Uow, message_id: str):
    find = SentFolder([message_id])
    assert await look(uow, find, at=SETTLE_AFTER - timedelta(seconds=1)) == Looked(waiting=1)
    assert find.asked == []


async def test_what_is_found_was_sent_when_it_was_claimed_and_what_follows_is_dated(uow: Uow, message_id: str):
    assert await look(uow, SentFolder([message_id]), at=SETTLE_AFTER) == Looked(found=1)
    stored = await only(uow)
    assert (stored.status.value, stored.settled_by, stored.sent_at) == (
        "sent",
        "sent_mailbox",
        MONDAY - timedelta(minutes=1),
    )
    assert (await only(uow, 2)).due_at == MONDAY.replace(hour=9) + timedelta(days=3)
    async with uow() as work:
        assert (await work.leads.get(1)).status is LeadStatus.sent
        assert (await work.campaigns.get(1)).total_sent == 1


async def test_a_letter_found_days_later_does_not_bring_its_follow_up_forward_or_back(uow: Uow, message_id: str):
    await look(uow, SentFolder([message_id]), at=timedelta(days=9))
    assert (await only(uow, 2)).due_at == MONDAY.replace(hour=9) + timedelta(days=3)


async def test_absent_twice_minutes_apart_is_queued_again_with_the_same_bytes(uow: Uow, message_id: str):
    find, raw = SentFolder(), (await only(uow)).raw
    assert await look(uow, find, at=SETTLE_AFTER) == Looked(waiting=1)
    assert await look(uow, find, at=SETTLE_AFTER) == Looked(waiting=1)
    assert find.asked == [message_id]
    assert await look(uow, find, at=SETTLE_AFTER + LOOK_AGAIN_AFTER) == Looked(queued_again=1)
    stored = await only(uow)
    assert (stored.status.value, stored.raw, stored.due_at) == ("queued", raw, MONDAY + SETTLE_AFTER + LOOK_AGAIN_AFTER)
    async with uow() as work:
        assert list((await work.session.scalars(sa.select(outbox.c.event_type))).all()) == ["DeliveryQueuedAgain"]


async def test_absent_once_and_then_found_was_sent(uow: Uow, message_id: str):
    await look(uow, SentFolder(), at=SETTLE_AFTER)
    assert await look(uow, SentFolder([message_id]), at=SETTLE_AFTER + LOOK_AGAIN_AFTER) == Looked(found=1)


@pytest.mark.parametrize(
    "account",
    [{"sent_lookup": lookup} for lookup in SentLookup if lookup is not SentLookup.exact]
    + [{"address": "other@valk.example"}],
)
async def test_where_absence_proves_nothing_a_letter_waits_for_a_person(
    account: dict[str, Any], uow: Uow, message_id: str
):
    await put(uow, **account)
    for days in (1, 2, 3):
        assert await look(uow, SentFolder(), at=timedelta(days=days)) == Looked(waiting=1)
    assert await statuses(uow) == ["unknown", "queued"]
    assert await look(uow, SentFolder([message_id]), at=timedelta(days=4)) == Looked(found=1)


async def test_the_silence_of_another_mailbox_proves_nothing(uow: Uow, message_id: str):
    """The user has changed the mailbox since the letter was claimed."""
    elsewhere = config(smtp={"host": "smtp.other.example", "username": "imre@other.example"})
    for days in (1, 2):
        assert await look(uow, SentFolder(), at=timedelta(days=days), by=elsewhere) == Looked(waiting=1)
    assert await statuses(uow) == ["unknown", "queued"]


async def test_a_mailbox_that_is_down_leaves_the_letter_unknown(uow: Uow, message_id: str):
    find = SentFolder()
    find.down = True
    with pytest.raises(ImapDown):
        await look(uow, find, at=SETTLE_AFTER)
    stored = await only(uow)
    assert (stored.status, stored.absent_at) == (UNKNOWN, None)


async def test_a_letter_that_was_settled_while_we_looked_keeps_what_was_found(uow: Uow, message_id: str):
    class Meanwhile(SentFolder):
        async def __call__(self, message_id: str) -> bool:
            async with uow() as work:
                (await work.deliveries.get(1)).settle_sent(now=MONDAY, by="reply")
                await work.commit()
            return False

    assert await look(uow, Meanwhile(), at=SETTLE_AFTER) == Looked(waiting=1)
    assert (await only(uow)).settled_by == "reply"


async def test_a_letter_that_was_deleted_while_we_looked_is_none_of_ours(uow: Uow, message_id: str):
    class Meanwhile(SentFolder):
        async def __call__(self, message_id: str) -> bool:
            async with uow() as work:
                await work.leads.delete(await work.leads.get(1))
                await work.commit()
            return True

    assert await look(uow, Meanwhile(), at=SETTLE_AFTER) == Looked(waiting=1)


@pytest.mark.parametrize(("was_sent", "status"), [(True, "sent"), (False, "queued")])
async def test_a_person_may_say_what_became_of_it(was_sent: bool, status: str, uow: Uow, message_id: str):
    later = MONDAY + timedelta(hours=1)
    async with uow() as work:
        await settle_by_hand(work, 1, was_sent=was_sent, who="cli", config=CONFIG, now=later)
    stored = await only(uow)
    assert (stored.status.value, stored.settled_by) == (status, "person" if was_sent else "")
    assert stored.due_at == (MONDAY if was_sent else later)
    async with uow() as work:
        [note] = (await work.session.execute(sa.select(audit_logs.c.who, audit_logs.c.row_number))).all()
    assert tuple(note) == ("cli", 1)


async def test_a_person_settles_only_what_is_unknown(uow: Uow, message_id: str):
    async with uow() as work:
        with pytest.raises(ValidationError, match="is queued, not unknown"):
            await settle_by_hand(work, 2, was_sent=False, who="cli", config=CONFIG, now=MONDAY)


async def test_a_person_who_speaks_while_the_letter_is_found_does_not_have_it_sent_again(uow: Uow, message_id: str):
    async with uow() as work:
        await work.deliveries.get(1)  # as this session has seen it, it is unknown
        await work.session.execute(sa.update(delivery).where(delivery.c.id == 1).values(status="sent"))
        with pytest.raises(ValidationError, match="is sent, not unknown"):
            await settle_by_hand(work, 1, was_sent=False, who="cli", config=CONFIG, now=MONDAY)


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("imap", [{}, {"host": "127.0.0.1", "tls": False}], ids=["not set up", "down"])
async def test_a_mailbox_that_cannot_be_asked_is_noted_and_stops_nobody(
    imap: dict[str, Any], uow: Uow, message_id: str
):
    by = config(imap={**imap, **({"port": _closed_port()} if imap else {})})
    now = Clock(MONDAY + SETTLE_AFTER)
    assert await settle_in_doubt(uow, config=by, user_id=USER, now=now) == Looked(waiting=1, asked=False)
    async with uow() as work:
        [message] = (await work.session.scalars(sa.select(audit_logs.c.message))).all()
    assert "they stay unknown" in message
    assert await statuses(uow) == ["unknown", "queued"]


async def test_a_claim_whose_sender_died_is_first_in_doubt_and_the_mailbox_is_not_opened_yet(uow: Uow):
    async with uow() as work:
        await add_queued(work, await open_campaign(work), status=SENDING, lease_until=MONDAY, owner="gone")
        await work.commit()
    now = Clock(MONDAY + LEASE)
    assert await settle_in_doubt(uow, config=CONFIG, user_id=USER, now=now) == Looked(waiting=1)
    assert await statuses(uow) == ["unknown"]
