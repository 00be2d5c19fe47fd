"""Everything that touches a letter, at the same moment and from several processes: nobody waits for another for ever."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest

from ingot.actions.act_on_mail import act_on_mail
from ingot.actions.claim import claim
from ingot.actions.in_doubt import look_for_unknown
from ingot.actions.queue import UNSUBSCRIBE
from ingot.actions.review import Approval, approve
from ingot.actions.settle import Handed, settle
from ingot.actions.suppress import suppress
from ingot.actions.unsubscribe import unsubscribe
from ingot.db.engine import create_engine, sessions
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.inbound import MailKind
from ingot.errors import ValidationError
from ingot.mail.links import LinkSigner
from tests.fakes.entities import USER, add_campaign, add_drafted
from tests.fakes.incoming import Uow, add_sent, store
from tests.fakes.memory_mailbox import mail
from tests.fakes.outgoing import MONDAY, UNCAPPED, UNKNOWN, Clock, config, sent, statuses

pytestmark = pytest.mark.long

CONFIG = config(caps=UNCAPPED)
LINKS = LinkSigner([b"k" * 32])
LETTERS = 4
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture
async def processes(database_url: str) -> AsyncIterator[list[Uow]]:
    engines = [create_engine(database_url) for _ in range(4)]
    try:
        yield [partial(SqlAlchemyUnitOfWork, sessions(engine)) for engine in engines]
    finally:
        for engine in engines:
            await engine.dispose()


async def hear(uow: Uow, mail_id: int) -> None:
    async with uow() as work:
        await act_on_mail(work, mail_id, config=CONFIG, now=LATER)


async def tell(uow: Uow, ids: list[int]) -> None:
    async with uow() as work:
        handed = [Handed(delivery_id=number, outcome=sent()) for number in ids]
        await settle(work, handed, owner="gone", user_id=USER, config=CONFIG, now=LATER)


async def look(uow: Uow) -> None:
    async def find(_message_id: str) -> bool:
        return True

    await look_for_unknown(uow, find, user_id=USER, config=CONFIG, now=Clock(LATER))


async def take(uow: Uow) -> None:
    async with uow() as work:
        await claim(work, user_id=USER, config=CONFIG, owner="one", now=LATER, limit=9)


async def block(uow: Uow, numbers: list[int]) -> None:
    async with uow() as work:
        await suppress(work, [(f"@millpond{number}.example", "x") for number in numbers], who="cli", now=LATER)


async def press(uow: Uow, number: int) -> None:
    async with uow() as work:
        await unsubscribe(work, LINKS, LINKS.sign(UNSUBSCRIBE, f"letter-{number}"), now=LATER)


async def test_letters_in_doubt_are_settled_once_whoever_comes_first(uow: Uow, processes: list[Uow]):
    kinds = [MailKind.positive, MailKind.bounce, MailKind.unsubscribe, MailKind.out_of_office]
    ids = []
    for number, kind in enumerate(kinds, start=1):
        letter = await add_sent(uow, number, status=UNKNOWN, sent_at=None, unknown_since=MONDAY)
        ids.append(letter.id or 0)
        mail_id = await store(uow, mail(letter.recipient, f"{number}"))
        async with uow() as work:
            stored = await work.inbox.get(mail_id)
            stored.kind, stored.matched_by, stored.from_address = kind, "thread", letter.recipient
            stored.lead_id, stored.delivery_id = letter.lead_id, letter.id
            await work.commit()
    one, two, three, four = processes
    async with asyncio.timeout(30):
        await asyncio.gather(
            *(hear(processes[number % 4], number) for number in range(1, LETTERS + 1)),
            tell(one, ids), tell(two, ids[::-1]), look(three), look(four), take(one), take(two),
            block(three, [1, 2, 3]), block(four, [3, 2, 1]), *(press(processes[-number], number) for number in (1, 2, 3)),
        )  # fmt: skip
    async with uow() as work:
        letters = (await work.deliveries.held_by(ids)).values()
        campaigns = [(await work.campaigns.get(number)).total_sent for number in range(1, LETTERS + 1)]
    assert {item.status.value for item in letters} == {"sent"}
    assert campaigns == [1] * LETTERS
    assert Counter(await statuses(uow))["sending"] == 0


async def test_two_approvals_at_once_write_to_one_mailbox_once(uow: Uow, processes: list[Uow]):
    ids = []
    async with uow() as work:
        for number in range(1, LETTERS + 1):
            letter = await add_drafted(work, await add_campaign(work, f"c{number}"), number)
            (await work.leads.get(letter.lead_id or 0)).person_email = "bo@millpond.example"
            ids.append(letter.id or 0)
        await work.accounts.of_user(USER)
        await work.commit()

    async def yes(uow: Uow, letter_id: int) -> bool:
        try:
            async with uow() as work:
                await approve(work, [letter_id], Approval(config=CONFIG, links=LINKS, who="cli", now=MONDAY))
        except ValidationError:
            return False
        return True

    done = await asyncio.gather(*(yes(each, number) for each, number in zip(processes, ids, strict=True)))
    assert sorted(done) == [False, False, False, True]
    assert await statuses(uow) == ["queued"]
