"""Reading the inbox: what is ours is kept once, and nothing of it is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from ingot.actions.poll import PORTION, Polled, poll
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import InboxCursor
from ingot.mail.errors import ImapDown
from tests.fakes.entities import USER
from tests.fakes.memory_mailbox import SENT as SENT_FOLDER
from tests.fakes.memory_mailbox import MemoryMailbox, bounce, mail
from tests.fakes.outgoing import ADDRESS, MONDAY, SENT, Clock, add_queued, open_campaign

pytestmark = pytest.mark.long

Uow = Callable[[], SqlAlchemyUnitOfWork]
BO = "bo@millpond1.example"


@pytest.fixture
async def message_id(uow: Uow) -> str:
    """A letter that left on Monday."""
    async with uow() as work:
        sent = await add_queued(work, await open_campaign(work), status=SENT, claimed_at=MONDAY, sent_at=MONDAY)
        await work.commit()
    return sent.message_id


async def read(uow: Uow, mailbox: MemoryMailbox, *, days: float = 1, portion: int = PORTION) -> Polled:
    return await poll(uow, mailbox, user_id=USER, now=Clock(MONDAY + timedelta(days=days)), portion=portion)


async def stored(uow: Uow) -> list[bytes]:
    async with uow() as work:
        return [item.raw for item in await work.inbox.list()]


async def cursor(uow: Uow) -> tuple[int, int]:
    async with uow() as work:
        [found] = await work.cursors.list()
    assert isinstance(found, InboxCursor)
    return found.uid_validity, found.last_uid


async def read_at(uow: Uow) -> object:
    async with uow() as work:
        return (await work.accounts.of_user(USER)).inbox_read_at


async def test_an_answer_is_stored_as_it_is_together_with_how_far_was_read(uow: Uow, message_id: str):
    mailbox = MemoryMailbox()
    raw = mail(BO, "Yes, let us talk.", In_Reply_To=message_id)
    mailbox.deliver(raw)
    assert await read(uow, mailbox) == Polled(read=1, kept=1)
    assert await stored(uow) == [raw]
    assert await cursor(uow) == (1, 1)
    assert await read_at(uow) == MONDAY + timedelta(days=1)


async def test_what_was_read_is_not_read_again(uow: Uow, message_id: str):
    mailbox = MemoryMailbox()
    mailbox.deliver(mail(BO))
    await read(uow, mailbox)
    mailbox.deliver(mail(BO, "And one more thing."))
    assert await read(uow, mailbox, days=2) == Polled(read=1, kept=1)
    assert mailbox.fetched == [1, 2]
    assert await read(uow, mailbox, days=3) == Polled(read=0, kept=0)
    assert await read_at(uow) == MONDAY + timedelta(days=3)


async def test_before_anything_left_nothing_is_read(uow: Uow):
    mailbox = MemoryMailbox()
    mailbox.deliver(mail(BO))
    assert await read(uow, mailbox) == Polled(read=0, kept=0)
    assert mailbox.fetched == []


async def test_mail_from_before_the_first_letter_is_none_of_ours(uow: Uow, message_id: str):
    mailbox = MemoryMailbox()
    mailbox.deliver(mail(BO, "old"), on=MONDAY.date() - timedelta(days=2))
    mailbox.deliver(mail(BO, "a server far west"), on=MONDAY.date() - timedelta(days=1))
    assert await read(uow, mailbox) == Polled(read=1, kept=1)


async def test_a_cut_keeps_what_was_stored_and_the_next_poll_loses_nothing(uow: Uow, message_id: str):
    mailbox, mails = MemoryMailbox(), [mail(BO, f"mail {number}") for number in range(8)]
    for raw in mails:
        mailbox.deliver(raw)
    mailbox.cut_after = 5
    with pytest.raises(ImapDown):
        await read(uow, mailbox, portion=3)
    assert await stored(uow) == mails[:3]
    assert await cursor(uow) == (1, 3)
    assert await read_at(uow) is None  # not read through: a follow-up must not rely on it
    mailbox.cut_after = None
    assert await read(uow, mailbox, portion=3) == Polled(read=5, kept=5)
    assert await stored(uow) == mails


async def test_a_rebuilt_mailbox_is_read_again_and_stores_nothing_twice(uow: Uow, message_id: str):
    mailbox = MemoryMailbox()
    for number in range(3):
        mailbox.deliver(mail(BO, f"mail {number}"))
    await read(uow, mailbox)
    mailbox.rebuild()
    mailbox.deliver(mail(BO, "a new one"))
    assert await read(uow, mailbox, days=2) == Polled(read=4, kept=1, again=True)
    assert len(await stored(uow)) == 4
    assert await cursor(uow) == (2, 103)


async def test_a_cut_while_a_rebuilt_mailbox_is_read_loses_nothing(uow: Uow, message_id: str):
    mailbox = MemoryMailbox()
    mailbox.deliver(mail(BO, "mail 0"))
    await read(uow, mailbox, portion=2)
    for number in range(1, 6):
        mailbox.deliver(mail(BO, f"mail {number}"))
    mailbox.rebuild(first_uid=1)
    mailbox.fetched, mailbox.cut_after = [], 3
    with pytest.raises(ImapDown):
        await read(uow, mailbox, portion=2)
    mailbox.cut_after = None
    await read(uow, mailbox, portion=2)
    assert sorted(await stored(uow)) == [mail(BO, f"mail {number}") for number in range(6)]


async def test_the_same_mail_twice_in_one_mailbox_is_stored_once(uow: Uow, message_id: str):
    mailbox = MemoryMailbox()
    for _ in range(2):
        mailbox.deliver(mail(BO))
    assert await read(uow, mailbox) == Polled(read=2, kept=1)


async def test_private_mail_is_not_even_fetched(uow: Uow, message_id: str):
    mailbox = MemoryMailbox()
    for raw in (
        mail("mother@home.example", "Come home for dinner?", subject="Sunday"),
        mail("news@shop.example", subject="Sale"),
        mail("kim@elsewhere.example", In_Reply_To="<other@valk.example>"),
        mail("", subject="no sender", Message_ID="<a@b>"),
    ):
        mailbox.deliver(raw)
    assert await read(uow, mailbox) == Polled(read=4, kept=0)
    assert mailbox.fetched == [4]  # without a sender it may be a report, and it names no letter of ours
    assert await stored(uow) == []


async def test_a_mailbox_for_nothing_but_answers_is_fetched_whole_until_other_mail_comes(uow: Uow, message_id: str):
    mailbox = MemoryMailbox()
    for number in range(8):
        mailbox.deliver(mail("mother@home.example" if number == 3 else BO, f"mail {number}"))
    assert await read(uow, mailbox, portion=2) == Polled(read=8, kept=7)
    assert mailbox.headers_read == [1, 2, 5, 6]
    assert mail("mother@home.example", "mail 3") not in await stored(uow)


@pytest.mark.parametrize(
    "raw",
    [
        mail("Bo Reed <Bo+work@Millpond1.example>", subject="Hello"),
        mail("kim@millpond1.example", subject="a colleague"),
        mail("bo@private.example", References="<made@valk.example> {id}"),
        mail("somebody@private.example", subject="Unsubscribe 0123abcd.letter-1.xyz"),
        mail(BO, subject="Away", Auto_Submitted="auto-replied", Return_Path="<>"),
    ],
    ids=["address", "company", "thread", "unsubscribe", "automatic"],
)
async def test_what_answers_us_is_kept(raw: bytes, uow: Uow, message_id: str):
    mailbox = MemoryMailbox()
    mailbox.deliver(raw.replace(b"{id}", message_id.encode()))
    assert await read(uow, mailbox) == Polled(read=1, kept=1)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (bounce(BO), 1),
        (bounce("elsewhere@relay.example", returned="{id}"), 1),
        (bounce("mother@home.example", returned="<private@valk.example>"), 0),
        (bounce("mother@home.example", sender="mailer-daemon@millpond1.example"), 0),
        (mail("postmaster@relay.example", "Message {id} was not delivered.", subject="Failure"), 1),
    ],
    ids=["recipient", "returned", "private", "private at the company's server", "in words"],
)
async def test_reports_are_kept_only_where_they_name_a_letter_of_ours(raw: bytes, kept: int, uow: Uow, message_id: str):
    mailbox = MemoryMailbox()
    mailbox.deliver(raw.replace(b"{id}", message_id.encode()))
    assert await read(uow, mailbox) == Polled(read=1, kept=kept)


async def test_our_own_letters_are_no_answers(uow: Uow, message_id: str):
    mailbox = MemoryMailbox()
    mailbox.deliver(mail(ADDRESS, subject="a copy to oneself", Message_ID=message_id))
    mailbox.deliver(mail("list@millpond1.example", subject="sent round", Message_ID=message_id))
    mailbox.deliver(mail(ADDRESS, subject="written by hand", In_Reply_To=message_id))
    assert await read(uow, mailbox) == Polled(read=3, kept=0)


async def test_the_sent_folder_is_not_the_inbox(uow: Uow, message_id: str):
    mailbox = MemoryMailbox()
    mailbox.deliver(mail(BO), folder=SENT_FOLDER)
    assert await read(uow, mailbox) == Polled(read=0, kept=0)


async def test_an_answer_to_a_letter_that_is_queued_again_is_heard(uow: Uow, message_id: str):
    async with uow() as work:
        delivery = await work.deliveries.get(1)
        delivery.status = delivery.status.queued
        await work.commit()
    mailbox = MemoryMailbox()
    mailbox.deliver(mail("bo@private.example", In_Reply_To=message_id))
    assert await read(uow, mailbox) == Polled(read=1, kept=1)


async def test_a_letter_that_leaves_while_the_poll_begins_is_known_when_its_answer_is_seen(uow: Uow, message_id: str):
    async def another_leaves() -> None:
        async with uow() as work:
            await add_queued(work, await open_campaign(work, "second"), 2, status=SENT, claimed_at=MONDAY)
            await work.commit()
        mailbox.meanwhile = None

    mailbox = MemoryMailbox()
    mailbox.deliver(mail("bo@millpond2.example", subject="Away", Auto_Submitted="auto-replied"))
    mailbox.meanwhile = another_leaves
    assert await read(uow, mailbox) == Polled(read=1, kept=1)


async def test_progress_is_told_by_portions(uow: Uow, message_id: str):
    mailbox, seen = MemoryMailbox(), list[tuple[str, int, int]]()
    for number in range(3):
        mailbox.deliver(mail(BO, f"mail {number}"))
    await poll(uow, mailbox, user_id=USER, now=Clock(), portion=2, progress=lambda *told: seen.append(told))
    assert seen == [("reading", 2, 3), ("reading", 3, 3)]
