import asyncio
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingot.errors import ConfigError
from ingot.mail.errors import SmtpError, UnsafeHeader
from ingot.mail.smtp import MailServer, Outcome, OutcomeKind, Phase, Submission
from ingot.sample.mailbox import SENT, MailStore
from tests.fakes.certificates import Certificates, make_certificates
from tests.fakes.smtp_server import CUT, DROP, SILENT, ScriptedSmtpServer

ORLA, INES = "orla@testwell.example", "ines@valk.example"
RAW = b"From: orla@testwell.example\r\nSubject: hello\r\n\r\nDear Ines,\r\n.\r\n.. and more\r\n"


@pytest.fixture
def server() -> Iterator[ScriptedSmtpServer]:
    with ScriptedSmtpServer(MailStore({ORLA: "secret", INES: "other"})) as running:
        yield running


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificates"))


def plain(server: ScriptedSmtpServer, *, password: str = "secret", seconds: float = 5.0) -> MailServer:
    return MailServer(
        host="127.0.0.1", port=server.port, username=ORLA, password=password, timeout=seconds, allow_plain=True
    )


async def send(server: ScriptedSmtpServer, *, raw: bytes = RAW, sender: str = ORLA, recipient: str = INES) -> Outcome:
    async with Submission(plain(server)) as submission:
        return await submission.send(sender, recipient, raw)


def kinds(outcome: Outcome) -> tuple[str, str, int, str, bool]:
    return outcome.kind, outcome.phase, outcome.code, outcome.enhanced, outcome.about_sender


async def test_a_letter_arrives_byte_for_byte_and_leaves_a_copy_in_sent(server: ScriptedSmtpServer) -> None:
    outcome = await send(server)

    assert kinds(outcome) == ("sent", "data", 250, "2.0.0", False)
    assert [(letter.sender, letter.recipients, letter.raw) for letter in server.accepted] == [(ORLA, (INES,), RAW)]
    for address, name in ((INES, "INBOX"), (ORLA, SENT)):
        folder = server.store.folder(address, name)
        assert folder is not None
        assert [mail.raw for mail in folder.mails] == [RAW]


async def test_many_letters_share_a_connection_and_do_not_mix(server: ScriptedSmtpServer) -> None:
    async with Submission(plain(server)) as submission:
        raws = [RAW + b"%d\r\n" % number for number in range(10)]
        outcomes = await asyncio.gather(*(submission.send(ORLA, INES, raw) for raw in raws))

    assert {outcome.kind for outcome in outcomes} == {OutcomeKind.sent}
    assert [letter.raw for letter in server.accepted] == raws
    assert server.connections == 1


@pytest.mark.parametrize(
    ("command", "reply", "expected"),
    [
        ("MAIL", "451 4.3.0 try later", ("later", "envelope", 451, "4.3.0", False)),
        ("MAIL", "553 5.1.8 sender not known", ("refused", "envelope", 553, "5.1.8", True)),
        ("RCPT", "450 4.2.1 mailbox busy", ("later", "envelope", 450, "4.2.1", False)),
        ("RCPT", "550 5.1.1 no such user", ("refused", "envelope", 550, "5.1.1", False)),
        ("RCPT", "552 5.2.2 mailbox quota exceeded, daily limit", ("refused", "envelope", 552, "5.2.2", False)),
        ("DATA", "451 4.3.0 not now", ("later", "envelope", 451, "4.3.0", False)),
        ("DATA", "554 no valid recipients", ("refused", "envelope", 554, "", False)),
        ("CONTENT", "452 4.3.1 disk full", ("later", "data", 452, "4.3.1", False)),
        ("CONTENT", "550 5.4.5 Daily user sending limit exceeded.", ("refused", "data", 550, "5.4.5", True)),
        ("CONTENT", "554 5.7.1 looks like spam", ("refused", "data", 554, "5.7.1", True)),
        ("CONTENT", "654 what is this", ("unknown", "data", 654, "", False)),
        ("RCPT", "252 5.1.1 cannot verify", ("later", "envelope", 252, "", False)),
    ],
)
async def test_a_reply_says_what_became_of_the_letter(
    server: ScriptedSmtpServer, command: str, reply: str, expected: tuple[str, str, int, str, bool]
) -> None:
    server.script.replies.append((command, reply))
    async with Submission(plain(server)) as submission:
        first = await submission.send(ORLA, INES, RAW)
        second = await submission.send(ORLA, INES, RAW)

    assert kinds(first) == expected
    assert first.text == reply[4:]
    assert second.kind == "sent"
    assert len(server.accepted) == 1
    assert server.connections == 1
    assert "RSET" in server.script.commands


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("fault", [DROP, "421 4.7.0 closing"])
async def test_whatever_happens_before_the_content_is_tried_later(
    server: ScriptedSmtpServer, command: str, fault: str
) -> None:
    server.script.replies.append((command, fault))
    async with Submission(plain(server)) as submission:
        first = await submission.send(ORLA, INES, RAW)
        second = await submission.send(ORLA, INES, RAW)

    assert (first.kind, first.phase) == (OutcomeKind.later, Phase.envelope)
    assert second.kind is OutcomeKind.sent
    assert len(server.accepted) == 1


@pytest.mark.parametrize(("command", "fault", "accepted"), [("DATA", CUT, 0), ("CONTENT", DROP, 1)])
async def test_a_connection_lost_around_the_final_dot_leaves_it_unknown(
    server: ScriptedSmtpServer, command: str, fault: str, accepted: int
) -> None:
    server.script.replies.append((command, fault))
    async with Submission(plain(server)) as submission:
        first = await submission.send(ORLA, INES, RAW * 2000)
        before = len(server.accepted)
        second = await submission.send(ORLA, INES, RAW)

    assert (first.kind, first.phase, first.code) == (OutcomeKind.unknown, Phase.data, 0)
    assert before == accepted
    assert second.kind is OutcomeKind.sent


async def test_a_last_reply_that_does_not_come_leaves_it_unknown(server: ScriptedSmtpServer) -> None:
    server.script.replies.append(("CONTENT", SILENT))
    async with Submission(plain(server), final_reply_s=0.05) as submission:
        outcome = await submission.send(ORLA, INES, RAW)

    assert (outcome.kind, outcome.text) == (OutcomeKind.unknown, "The mail server did not answer in time.")
    assert len(server.accepted) == 1


async def test_silence_before_the_content_is_tried_later(server: ScriptedSmtpServer) -> None:
    server.script.replies.append(("RCPT", SILENT))
    async with Submission(plain(server, seconds=0.1)) as submission:
        outcome = await submission.send(ORLA, INES, RAW)

    assert (outcome.kind, outcome.phase) == (OutcomeKind.later, Phase.envelope)


async def test_a_cancelled_letter_leaves_no_half_transaction(server: ScriptedSmtpServer) -> None:
    server.script.replies.append(("RCPT", SILENT))
    async with Submission(plain(server)) as submission:
        sending = asyncio.create_task(submission.send(ORLA, INES, RAW))
        await until(lambda: "RCPT" in server.script.commands)
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        outcome = await submission.send(ORLA, INES, RAW)

    assert sending.cancelled()
    assert outcome.kind is OutcomeKind.sent
    assert server.connections == 2


async def test_a_connection_the_server_closed_meanwhile_is_made_again(server: ScriptedSmtpServer) -> None:
    async with Submission(plain(server)) as submission:
        await submission.send(ORLA, INES, RAW)
        server.hang_up()
        second = await submission.send(ORLA, INES, RAW)
        server.script.replies.append(("MAIL", "421 4.4.2 idle for too long"))
        third = await submission.send(ORLA, INES, RAW)

    assert (second.kind, third.kind) == (OutcomeKind.sent, OutcomeKind.sent)
    assert len(server.accepted) == 3
    assert server.connections == 3


async def test_a_refused_login_is_about_the_account_and_is_tried_once(server: ScriptedSmtpServer) -> None:
    async with Submission(plain(server, password="wrong")) as submission:
        first = await submission.send(ORLA, INES, RAW)
        again = await submission.send(ORLA, INES, RAW)

    assert kinds(first)[:3] == ("later", "auth", 535)
    assert first.about_sender
    assert again.phase is Phase.auth
    assert server.script.commands.count("AUTH") == 2
    assert server.accepted == []


async def test_a_login_the_server_cannot_check_now_is_not_about_the_account(server: ScriptedSmtpServer) -> None:
    server.script.replies.append(("AUTH", "454 4.7.0 temporary failure"))

    assert kinds(await send(server)) == ("later", "auth", 454, "4.7.0", False)


async def test_no_server_at_all_is_tried_later() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nowhere = MailServer(host="127.0.0.1", port=unused.getsockname()[1], allow_plain=True)
        async with Submission(nowhere) as submission:
            outcome = await submission.send(ORLA, INES, RAW)

    assert (outcome.kind, outcome.phase) == (OutcomeKind.later, Phase.connect)
    assert "127.0.0.1" not in outcome.text


async def test_starttls_with_a_checked_certificate(certificates: Certificates) -> None:
    with ScriptedSmtpServer(MailStore({ORLA: "secret"}), tls=certificates.server_context()) as server:
        good = MailServer(
            host="localhost", port=server.port, username=ORLA, password="secret", tls=certificates.client_context()
        )
        async with Submission(good) as submission:
            assert (await submission.send(ORLA, INES, RAW)).kind is OutcomeKind.sent


@pytest.mark.parametrize("case", ["unknown authority", "another name"])
async def test_a_certificate_that_does_not_fit_ends_before_the_password(
    certificates: Certificates, tmp_path: Path, case: str
) -> None:
    other = make_certificates(tmp_path, host="mail.elsewhere.example")
    with ScriptedSmtpServer(MailStore({ORLA: "secret"}), tls=other.server_context()) as server:
        trusted = other if case == "another name" else certificates
        target = MailServer(
            host="localhost", port=server.port, username=ORLA, password="secret", tls=trusted.client_context()
        )
        async with Submission(target) as submission:
            outcome = await submission.send(ORLA, INES, RAW)

    assert (outcome.kind, outcome.phase) == (OutcomeKind.later, Phase.connect)
    assert "certificate" in outcome.text
    assert "AUTH" not in server.script.commands


async def test_a_server_without_starttls_gets_neither_password_nor_letter(server: ScriptedSmtpServer) -> None:
    target = MailServer(host="127.0.0.1", port=server.port, username=ORLA, password="secret")
    async with Submission(target) as submission:
        outcome = await submission.send(ORLA, INES, RAW)

    assert (outcome.kind, outcome.phase) == (OutcomeKind.later, Phase.connect)
    assert "STARTTLS" in outcome.text
    assert "AUTH" not in server.script.commands


def test_plain_text_is_for_this_machine_only() -> None:
    with pytest.raises(ConfigError):
        MailServer(host="mail.example", port=25, allow_plain=True)
    assert "secret" not in repr(MailServer(host="mail.example", port=587, password="secret"))


async def test_an_international_local_part_needs_smtputf8() -> None:
    recipient = "jürgen@bücher.example"
    for offered, kind in ((True, OutcomeKind.sent), (False, OutcomeKind.refused)):
        with ScriptedSmtpServer(MailStore({ORLA: "secret"}), smtputf8=offered) as server:
            outcome = await send(server, recipient=recipient)
            assert outcome.kind is kind
            assert [letter.recipients for letter in server.accepted] == [("jürgen@xn--bcher-kva.example",)] * offered
            assert offered or "SMTPUTF8" in outcome.text


async def test_the_computers_name_is_not_told(server: ScriptedSmtpServer) -> None:
    await send(server)

    assert server.script.commands[0] == "EHLO [127.0.0.1]"


@pytest.mark.parametrize("raw", [b"a\nb\r\n", b"a\rb\r\n", b"no end", b"a\r\n\n.\r\nMAIL FROM:<x@y.example>\r\n"])
async def test_bytes_that_servers_may_read_as_two_letters_are_refused(server: ScriptedSmtpServer, raw: bytes) -> None:
    with pytest.raises(SmtpError):
        await send(server, raw=raw)
    assert server.connections == 0


@pytest.mark.parametrize(
    "recipient", ["ines@valk.example> SIZE=1", "a@b.example\r\nRCPT TO:<x@y.example>", "a@b.example, c@d.example"]
)
async def test_an_address_cannot_become_a_command(server: ScriptedSmtpServer, recipient: str) -> None:
    with pytest.raises(UnsafeHeader):
        await send(server, recipient=recipient)
    assert server.connections == 0


async def until(reached: Callable[[], bool]) -> None:
    for _ in range(500):
        if reached():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never happened")
