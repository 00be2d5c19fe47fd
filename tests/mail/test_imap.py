import socket
from collections.abc import AsyncIterator
from datetime import date

import pytest

from ingot.errors import ConfigError, Retryable
from ingot.mail.errors import ImapDown, LoginRefused, MailboxMissing
from ingot.mail.folder_name import encode_name
from ingot.mail.imap import Mailbox
from ingot.mail.server import MailServer
from ingot.sample.mailbox import INBOX, SENT, MailStore
from tests.fakes.imap_server import FaultyImapServer
from tests.mail.imap_samples import ORLA, account, everything, mail, nothing_is_left

pytestmark = pytest.mark.long


@pytest.fixture
async def mailbox(server: FaultyImapServer) -> AsyncIterator[Mailbox]:
    async with Mailbox(account(server)) as opened:
        yield opened


async def test_every_mail_is_read_byte_for_byte(mailbox: Mailbox, store: MailStore) -> None:
    raws = [mail(number, text="x" * number * 97) for number in range(1, 61)]
    for raw in raws:
        store.deliver(ORLA, raw)
    await mailbox.select(INBOX)

    uids = await mailbox.uids_after(0)
    assert uids == list(range(1, 61))
    assert await everything(mailbox.fetch(uids)) == list(zip(uids, raws, strict=True))


async def test_mail_is_looked_at_and_never_marked_as_read(
    mailbox: Mailbox, server: FaultyImapServer, store: MailStore
) -> None:
    store.deliver(ORLA, mail(1))
    await mailbox.select(INBOX)
    await everything(mailbox.fetch([1]))
    await everything(mailbox.headers([1], ["From"]))

    assert not [command for command in server.faults.commands if command.startswith(("SELECT", "UID STORE"))]
    assert all(".PEEK" in command for command in server.faults.commands if command.upper().startswith("UID FETCH"))


async def test_only_new_mail_comes_after_the_last_one(mailbox: Mailbox, store: MailStore) -> None:
    for number in range(3):
        store.deliver(ORLA, mail(number))
    await mailbox.select(INBOX)

    assert await mailbox.uids_after(1) == [2, 3]
    assert await mailbox.uids_after(3) == []
    assert await everything(mailbox.fetch([])) == []


async def test_mail_since_a_day_is_found_whatever_the_locale(mailbox: Mailbox, store: MailStore) -> None:
    for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 12, 31)):
        store.deliver(ORLA, mail(day.day), on=day)
    await mailbox.select(INBOX)

    assert await mailbox.uids_since(date(2026, 3, 1)) == [2, 3]


async def test_headers_are_the_fields_that_were_asked_for(mailbox: Mailbox, store: MailStore) -> None:
    store.deliver(ORLA, mail(7))
    await mailbox.select(INBOX)

    assert await everything(mailbox.headers([1], ["message-id", "From"])) == [
        (1, b"From: ines@valk.example\r\nMessage-ID:\r\n <7@valk.example>\r\n\r\n")
    ]
    with pytest.raises(ValueError, match="header"):
        mailbox.headers([1], ["From)] BODY[", "To"])


async def test_a_message_id_is_found_exactly_or_not_at_all(mailbox: Mailbox, store: MailStore) -> None:
    store.deliver(ORLA, mail(17), folder=SENT)

    assert await mailbox.find_message_id(SENT, "<17@valk.example>")
    assert not await mailbox.find_message_id(SENT, "<7@valk.example>")
    assert not await mailbox.find_message_id(SENT, "7@valk.example")
    assert not await mailbox.find_message_id(SENT, "<17@VALK.example>")
    assert not await mailbox.find_message_id(INBOX, "<17@valk.example>")
    with pytest.raises(MailboxMissing):
        await mailbox.find_message_id("Gone", "<17@valk.example>")


async def test_a_mail_that_is_found_but_not_shown_is_not_absent(
    mailbox: Mailbox, server: FaultyImapServer, store: MailStore
) -> None:
    store.deliver(ORLA, mail(17), folder=SENT)
    server.faults.instead["UID FETCH"] = "OK nothing to show"

    with pytest.raises(ImapDown):
        await mailbox.find_message_id(SENT, "<17@valk.example>")


async def test_a_missing_mailbox_does_not_end_the_connection(mailbox: Mailbox) -> None:
    with pytest.raises(MailboxMissing):
        await mailbox.select("Gone")

    assert await mailbox.select(INBOX) > 0


async def test_a_mailbox_made_anew_has_another_validity(mailbox: Mailbox, store: MailStore) -> None:
    before = await mailbox.select(INBOX)
    store.create(ORLA, INBOX)

    assert await mailbox.select(INBOX) != before


async def test_a_name_beyond_ascii_or_with_quotes_opens(mailbox: Mailbox, store: MailStore) -> None:
    for name in ('Entwürfe & "Co\\"', "台北"):
        made = store.create(ORLA, encode_name(name))
        assert await mailbox.select(name) == made.uid_validity


async def test_the_sent_mailbox_is_the_one_the_server_marks(mailbox: Mailbox) -> None:
    assert await mailbox.sent_mailbox() == SENT


@pytest.mark.parametrize("sent_attribute", [True, False])
async def test_an_unmarked_sent_mailbox_is_known_by_its_name(
    mailbox: Mailbox, server: FaultyImapServer, sent_attribute: bool
) -> None:
    lines = ['(\\HasNoChildren) "/" "Gesendet"', '(\\HasNoChildren\\Noselect) "/" "Sent"', '() "/" "Archive/Sent 2019"']
    lines += ['(\\HasNoChildren \\Sent) "/" "[Gmail]/Sent Mail"'] * sent_attribute
    server.faults.instead["LIST"] = "".join(f"* LIST {line}\r\n" for line in lines) + "{tag} OK done\r\n"

    assert await mailbox.sent_mailbox() == ("[Gmail]/Sent Mail" if sent_attribute else "Sent")


async def test_a_wrong_password_is_refused_and_says_so_without_it(server: FaultyImapServer) -> None:
    with pytest.raises(LoginRefused) as caught:
        async with Mailbox(account(server, password="wrong")):
            pass

    assert isinstance(caught.value, ConfigError)
    assert "wrong" not in str(caught.value)
    assert ORLA not in str(caught.value)


async def test_a_refusal_followed_by_a_hang_up_is_still_a_refusal(server: FaultyImapServer) -> None:
    server.faults.instead["LOGIN"] = "{tag} NO [AUTHENTICATIONFAILED] no\r\n* BYE go away\r\n"
    with pytest.raises(LoginRefused):
        await use_everything(server)


@pytest.mark.parametrize("command", ["LOGIN", "EXAMINE", "UID SEARCH", "UID FETCH", "LIST"])
async def test_a_server_that_cannot_now_is_down_not_empty(
    server: FaultyImapServer, store: MailStore, command: str
) -> None:
    store.deliver(ORLA, mail(1))
    server.faults.instead[command] = "NO [UNAVAILABLE] not now"
    with pytest.raises(ImapDown) as caught:
        await use_everything(server)

    assert isinstance(caught.value, Retryable)


@pytest.mark.parametrize("command", ["CAPABILITY", "LOGIN", "EXAMINE", "UID SEARCH", "UID FETCH", "LIST"])
async def test_a_server_that_falls_silent_is_down(
    server: FaultyImapServer, store: MailStore, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingot.mail.imap._GRACE_S", 0.05)
    store.deliver(ORLA, mail(1))
    server.faults.silent.add(command)
    with pytest.raises(ImapDown):
        await use_everything(server, seconds=0.1)

    await nothing_is_left()


@pytest.mark.parametrize("octets", [0, 1, 30, 200, 20_000])
async def test_a_connection_cut_in_the_middle_of_a_fetch_leaves_nothing_hanging(
    server: FaultyImapServer, store: MailStore, octets: int
) -> None:
    for number in range(40):
        store.deliver(ORLA, mail(number, text="y" * 1000))
    server.faults.cut_after = octets
    read: list[tuple[int, bytes]] = []

    async def read_all() -> None:
        async with Mailbox(account(server)) as mailbox:
            await mailbox.select(INBOX)
            async for part in mailbox.fetch(await mailbox.uids_after(0)):
                read.append(part)  # noqa: PERF401 - what came before the cut counts

    with pytest.raises(ImapDown):
        await read_all()

    assert all(raw == mail(uid - 1, text="y" * 1000) for uid, raw in read)
    await nothing_is_left()


async def test_a_goodbye_of_the_server_is_no_empty_mailbox(server: FaultyImapServer) -> None:
    server.faults.instead["UID SEARCH"] = "* BYE going down\r\n{tag} BAD closing\r\n"
    with pytest.raises(ImapDown):
        await use_everything(server)


async def test_after_a_failure_the_connection_is_gone(server: FaultyImapServer, store: MailStore) -> None:
    store.deliver(ORLA, mail(1))
    server.faults.cut_after = 10
    async with Mailbox(account(server)) as mailbox:
        await mailbox.select(INBOX)
        for _ in range(2):
            with pytest.raises(ImapDown):
                await everything(mailbox.fetch([1]))


async def test_a_search_without_an_answer_finds_nothing(mailbox: Mailbox, server: FaultyImapServer) -> None:
    server.faults.instead["UID SEARCH"] = "OK 12 searches completed"
    await mailbox.select(INBOX)

    assert await mailbox.uids_after(0) == []


async def test_no_server_at_all_is_down() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = MailServer(host="127.0.0.1", port=unused.getsockname()[1], allow_plain=True)
        with pytest.raises(ImapDown):
            async with Mailbox(nowhere):
                pass


async def test_a_server_that_does_not_speak_tls_gets_no_password(server: FaultyImapServer) -> None:
    target = MailServer(host="127.0.0.1", port=server.port, username=ORLA, password="secret", timeout=0.2)
    with pytest.raises(ImapDown):
        async with Mailbox(target):
            pass

    assert not any("LOGIN" in command or "secret" in command for command in server.faults.commands)


async def use_everything(server: FaultyImapServer, *, seconds: float = 5.0) -> None:
    async with Mailbox(account(server, seconds=seconds)) as mailbox:
        await mailbox.select(INBOX)
        await everything(mailbox.fetch(await mailbox.uids_since(date(2000, 1, 1))))
        await mailbox.sent_mailbox()
