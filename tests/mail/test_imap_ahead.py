import asyncio

import pytest

from ingot.mail.errors import ImapDown
from ingot.mail.imap import Mailbox
from ingot.sample.mailbox import INBOX, SENT, MailStore
from tests.fakes.imap_server import FaultyImapServer
from tests.mail.imap_samples import ORLA, account, mail, nothing_is_left

pytestmark = pytest.mark.long


async def test_mails_are_asked_for_before_those_at_hand_are_looked_at(
    server: FaultyImapServer, store: MailStore
) -> None:
    for number in range(60):
        store.deliver(ORLA, mail(number))
    asked_when: list[tuple[int, int]] = []
    async with Mailbox(account(server)) as mailbox:
        await mailbox.select(INBOX)
        async for uid, _ in mailbox.fetch(range(1, 61)):
            wanted = min((uid - 1) // 25 + 2, 3)
            for _ in range(200):
                asked = sum(command.upper().startswith("UID FETCH") for command in server.faults.commands)
                if asked >= wanted:
                    break
                await asyncio.sleep(0.01)
            asked_when.append((uid, asked))

    assert asked_when == [(uid, min((uid - 1) // 25 + 2, 3)) for uid in range(1, 61)]


async def test_a_fetch_that_is_left_early_leaves_nothing_hanging(server: FaultyImapServer, store: MailStore) -> None:
    for number in range(60):
        store.deliver(ORLA, mail(number))
    async with Mailbox(account(server)) as mailbox:
        await mailbox.select(INBOX)
        fetching = mailbox.fetch(range(1, 61))
        assert await anext(fetching) == (1, mail(0))
        await fetching.aclose()  # type: ignore[attr-defined]
        with pytest.raises(ImapDown):  # an answer that nobody waits for is on its way
            await mailbox.select(INBOX)
    await nothing_is_left()


async def test_a_message_id_is_found_among_many_that_hold_it(server: FaultyImapServer, store: MailStore) -> None:
    for number in range(60):
        store.deliver(ORLA, mail(7 if number == 30 else int(f"{number + 1}7")), folder=SENT)

    async with Mailbox(account(server)) as mailbox:
        assert await mailbox.find_message_id(SENT, "<7@valk.example>")
        assert not await mailbox.find_message_id(SENT, "<8@valk.example>")
