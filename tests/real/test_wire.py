"""The wire against a real postfix and a real dovecot, and against a server that breaks off on purpose."""

import asyncio
import imaplib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from ingot.mail.errors import ImapDown, LoginRefused, MailboxMissing
from ingot.mail.imap import Mailbox
from ingot.mail.message import Outgoing, freeze, new_message_id, stamp
from ingot.mail.smtp import OutcomeKind, Phase, Submission
from ingot.sample.mailbox import MailStore
from tests.fakes.smtp_server import CUT, DROP, ScriptedSmtpServer
from tests.real.mail_servers import DOMAIN, MailServers, missing, running_mail_servers
from tests.real.tcp_proxy import cutting_proxy

pytestmark = pytest.mark.real

ORLA, INES, NOEL = (f"{name}@{DOMAIN}" for name in ("orla", "ines", "noel"))
BODY = "Dear Ines,\n\n.\n..how are you?\n"
WAIT_S, PAUSE_S = 30.0, 0.1


@pytest.fixture(scope="module")
def mail() -> Iterator[MailServers]:
    if reason := missing():
        pytest.skip(reason)
    with running_mail_servers({ORLA: "orla's word", INES: 'in"es\\word', NOEL: "noel"}) as servers:
        yield servers


def letter(recipient: str = INES, *, list_unsubscribe: bool = True) -> tuple[str, bytes]:
    """A Message-ID and the bytes of a letter that carries it."""
    message_id = new_message_id(DOMAIN, "letter-1")
    raw = freeze(
        Outgoing(
            sender_name="Orla Testwell",
            sender_address=ORLA,
            recipient_name="Žofie Größe",
            recipient_address=recipient,
            subject="Prüfstände für Größeres",
            body=BODY,
            message_id=message_id,
            references=tuple(new_message_id(DOMAIN, f"earlier-{number}") for number in range(9)),
            list_unsubscribe=(f"mailto:{ORLA}?subject=stop",) * list_unsubscribe,
        )
    )
    return message_id, stamp(raw, datetime.now(UTC), UTC)


async def send(mail: MailServers, recipient: str, raw: bytes) -> OutcomeKind:
    async with Submission(mail.smtp(ORLA)) as submission:
        return (await submission.send(ORLA, recipient, raw)).kind


async def first_that(mail: MailServers, user: str, is_it: Callable[[EmailMessage], bool]) -> EmailMessage:
    """Looks into the inbox again and again until such a mail has arrived."""
    for _ in range(int(WAIT_S / PAUSE_S)):
        async with Mailbox(mail.imap(user)) as mailbox:
            await mailbox.select("INBOX")
            async for _uid, raw in mailbox.fetch(await mailbox.uids_after(0)):
                found = message_from_bytes(raw, policy=policy.default)
                assert isinstance(found, EmailMessage)
                if is_it(found):
                    return found
        await asyncio.sleep(PAUSE_S)
    raise AssertionError("such a mail never arrived")


def has_id(message_id: str) -> Callable[[EmailMessage], bool]:
    return lambda found: found["Message-ID"] == message_id


async def until_in_sent(mail: MailServers, message_id: str) -> str:
    """The name of the mailbox in which the copy turned up."""
    for _ in range(int(WAIT_S / PAUSE_S)):
        async with Mailbox(mail.imap(ORLA)) as mailbox:
            name = await mailbox.sent_mailbox()
            assert name is not None
            if await mailbox.find_message_id(name, message_id):
                return name
        await asyncio.sleep(PAUSE_S)
    raise AssertionError("the copy never turned up")


async def test_a_letter_arrives_as_it_was_frozen(mail: MailServers) -> None:
    message_id, raw = letter()
    assert await send(mail, INES, raw) is OutcomeKind.sent

    found = await first_that(mail, INES, has_id(message_id))
    sent = message_from_bytes(raw, policy=policy.default)
    assert all(found.get_all(name) == sent.get_all(name) for name in sent)
    assert found.get_content().replace("\r\n", "\n") == BODY


async def test_the_copy_in_sent_is_found_by_its_exact_message_id(mail: MailServers) -> None:
    message_id, raw = letter()
    await send(mail, INES, raw)

    assert await until_in_sent(mail, message_id) == "Sent"
    async with Mailbox(mail.imap(ORLA)) as mailbox:
        assert not await mailbox.find_message_id("Sent", message_id[:1] + message_id[2:])
        assert not await mailbox.find_message_id("INBOX", message_id)


async def test_a_letter_to_nobody_comes_back(mail: MailServers) -> None:
    message_id, raw = letter(f"nobody@{DOMAIN}")
    assert await send(mail, f"nobody@{DOMAIN}", raw) is OutcomeKind.sent

    report = await first_that(mail, ORLA, lambda found: found.get_content_type() == "multipart/report")
    assert message_id in report.as_string()
    assert "5.1.1" in report.as_string()


async def test_an_absent_recipient_answers_by_himself(mail: MailServers) -> None:
    mail.go_on_vacation(NOEL, "I am away until the third of May.")
    # Sieve takes a letter with a List- header for a mailing list's and does not answer it (RFC 5230 4.6).
    message_id, raw = letter(NOEL, list_unsubscribe=False)
    await send(mail, NOEL, raw)

    answer = await first_that(mail, ORLA, lambda found: found["In-Reply-To"] == message_id)
    assert answer["Auto-Submitted"].startswith("auto-replied")


async def test_many_letters_take_one_connection(mail: MailServers) -> None:
    letters = [letter() for _ in range(30)]
    async with Submission(mail.smtp(ORLA)) as submission:
        outcomes = [await submission.send(ORLA, INES, raw) for _, raw in letters]

    assert {outcome.kind for outcome in outcomes} == {OutcomeKind.sent}
    for message_id, _ in letters:
        await first_that(mail, INES, has_id(message_id))


async def test_a_certificate_of_unknown_origin_ends_both_ways(mail: MailServers) -> None:
    _, raw = letter()
    system = ssl.create_default_context()
    async with Submission(replace(mail.smtp(ORLA), tls=system)) as submission:
        outcome = await submission.send(ORLA, INES, raw)
    assert (outcome.kind, outcome.phase) == (OutcomeKind.later, Phase.connect)
    with pytest.raises(ImapDown, match="certificate"):
        await Mailbox(replace(mail.imap(ORLA), tls=system)).__aenter__()


async def test_a_wrong_password_is_refused_both_ways(mail: MailServers) -> None:
    _, raw = letter()
    async with Submission(replace(mail.smtp(ORLA), password="wrong")) as submission:
        outcome = await submission.send(ORLA, INES, raw)
    assert (outcome.kind, outcome.phase, outcome.code, outcome.about_sender) == ("later", "auth", 535, True)
    with pytest.raises(LoginRefused):
        await Mailbox(replace(mail.imap(ORLA), password="wrong")).__aenter__()


async def test_reading_marks_nothing_as_read(mail: MailServers) -> None:
    message_id, raw = letter()
    await send(mail, INES, raw)
    await first_that(mail, INES, has_id(message_id))

    with imap_by_hand(mail, INES) as server:
        server.select("INBOX")
        assert server.search(None, "SEEN")[1] == [b""]


async def test_mail_is_found_by_day_and_by_uid(mail: MailServers) -> None:
    message_id, raw = letter()
    await send(mail, INES, raw)
    await first_that(mail, INES, has_id(message_id))

    async with Mailbox(mail.imap(INES)) as mailbox:
        await mailbox.select("INBOX")
        uids = await mailbox.uids_after(0)
        today = datetime.now(UTC).date()
        assert await mailbox.uids_since(today - timedelta(days=1)) == uids
        assert await mailbox.uids_since(date(today.year + 1, 12, 31)) == []
        assert await mailbox.uids_after(uids[-1]) == []
        assert await mailbox.uids_after(uids[-2]) == uids[-1:]
        fields = [field async for _, field in mailbox.headers(uids, ["Message-ID"])]
    assert f"Message-ID: {message_id}\r\n\r\n".encode() in fields


async def test_a_mailbox_deleted_and_made_again_has_another_validity(mail: MailServers) -> None:
    name = "Bücher & \\Co"
    wire = '"B&APw-cher &- \\\\Co"'
    with imap_by_hand(mail, INES) as server:
        assert server.create(wire)[0] == "OK"
        async with Mailbox(mail.imap(INES)) as mailbox:
            before = await mailbox.select(name)
        server.delete(wire)
        async with Mailbox(mail.imap(INES)) as mailbox:
            with pytest.raises(MailboxMissing):
                await mailbox.select(name)
        server.create(wire)
        async with Mailbox(mail.imap(INES)) as mailbox:
            assert await mailbox.select(name) != before


@pytest.mark.parametrize("kept", [6_000, 60_000, 150_000])
async def test_an_imap_connection_cut_in_the_middle_ends_at_once_and_can_be_taken_up_again(
    mail: MailServers, kept: int
) -> None:
    with imap_by_hand(mail, NOEL) as server:
        for number in range(40):
            text = f"Message-ID: <{number}@cut.test>\r\n\r\n" + "word " * 2000 + "\r\n"
            server.append("INBOX", "", None, text.encode())
    async with Mailbox(mail.imap(NOEL)) as mailbox:
        await mailbox.select("INBOX")
        every = [part async for part in mailbox.fetch(await mailbox.uids_after(0))]
    read: list[tuple[int, bytes]] = []

    async def read_all(port: int) -> None:
        async with Mailbox(mail.imap(NOEL, port=port)) as mailbox:
            await mailbox.select("INBOX")
            async for part in mailbox.fetch(await mailbox.uids_after(0)):
                read.append(part)  # noqa: PERF401 - what came before the cut counts

    async with cutting_proxy(mail.ports.imaps, after=kept) as port:
        with pytest.raises(ImapDown):
            await read_all(port)
    assert read == every[: len(read)]
    async with Mailbox(mail.imap(NOEL)) as mailbox:
        await mailbox.select("INBOX")
        rest = await mailbox.uids_after(read[-1][0] if read else 0)
        assert read + [part async for part in mailbox.fetch(rest)] == every


@pytest.mark.parametrize(
    ("fault", "kinds", "accepted"),
    [
        (("RCPT", "450 4.2.0 greylisted"), ("later", "sent"), 1),
        (("RCPT", "550 5.1.1 no such user"), ("refused", "sent"), 1),
        (("DATA", CUT), ("unknown", "sent"), 1),
        (("CONTENT", DROP), ("unknown", "sent"), 2),
    ],
)
async def test_each_way_a_server_breaks_off_has_its_outcome(
    mail: MailServers, fault: tuple[str, str], kinds: tuple[str, str], accepted: int
) -> None:
    _, raw = letter()
    with ScriptedSmtpServer(MailStore({ORLA: "x"}), tls=mail.certificates.server_context()) as server:
        server.script.replies.append(fault)
        account = replace(mail.smtp(ORLA), port=server.port, password="x")
        async with Submission(account) as submission:
            found = [await submission.send(ORLA, INES, raw) for _ in range(2)]

    assert tuple(outcome.kind for outcome in found) == kinds
    assert len(server.accepted) == accepted


def imap_by_hand(mail: MailServers, user: str) -> imaplib.IMAP4_SSL:
    server = imaplib.IMAP4_SSL("localhost", mail.ports.imaps, ssl_context=mail.certificates.client_context())
    server.login(user, mail.passwords[user])
    return server
