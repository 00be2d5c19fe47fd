"""The sample world's mail servers, asked by Python's own clients."""

import imaplib
import smtplib
from collections.abc import Iterator
from datetime import date

import pytest

from ingot.sample.imap_server import ImapServer
from ingot.sample.mailbox import SENT, MailStore, SmtpSink

pytestmark = pytest.mark.long

ORLA, INES = "orla@testwell.example", "ines@valk.example"
RAW = b"From: Ines <ines@valk.example>\r\nSubject: hello\r\nX-Long: a\r\n b\r\n\r\nDear Orla,\r\n.dot\r\n"


@pytest.fixture
def store() -> MailStore:
    return MailStore({ORLA: "secret", INES: "other"})


@pytest.fixture
def inbox(store: MailStore) -> Iterator[imaplib.IMAP4]:
    for day in (1, 2, 3):
        store.deliver(ORLA, RAW.replace(b"hello", b"hello %d" % day), on=date(2026, 5, day))
    with ImapServer(store) as server, imaplib.IMAP4("127.0.0.1", server.port) as client:
        client.login(ORLA, "secret")
        client.select("INBOX", readonly=True)
        yield client


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        (("ALL",), b"1 2 3"),
        (("UID", "2:*"), b"2 3"),
        (("UID", "9:*"), b"3"),
        (("SINCE", "02-May-2026"), b"2 3"),
        (("FROM", '"INES@valk"'), b"1 2 3"),
        (("FROM", '"orla"'), b""),
        (("HEADER", "Subject", '"hello 2"'), b"2"),
        (("UID", "1,3", "HEADER", "Subject", '"hello 3"'), b"3"),
    ],
)
def test_a_search_finds_what_meets_every_criterion(inbox: imaplib.IMAP4, criteria: tuple[str], found: bytes) -> None:
    assert inbox.uid("SEARCH", *criteria) == ("OK", [found])


def test_a_fetch_gives_flags_headers_and_parts(inbox: imaplib.IMAP4) -> None:
    _, whole = inbox.uid("FETCH", "1", "(FLAGS BODY.PEEK[])")
    _, part = inbox.uid("FETCH", "1", "(BODY.PEEK[]<0.10>)")
    _, head = inbox.uid("FETCH", "1", "(BODY.PEEK[HEADER.FIELDS (X-LONG DATE)])")

    assert whole[0][0].startswith(b"1 (UID 1 FLAGS () BODY[] {")
    assert whole[0][1] == RAW.replace(b"hello", b"hello 1")
    assert part[0][1] == RAW[:10]
    assert head[0][1] == b"X-Long: a\r\n b\r\n\r\n"


def test_what_is_not_known_or_not_yet_allowed_is_bad(store: MailStore) -> None:
    with ImapServer(store) as server, imaplib.IMAP4("127.0.0.1", server.port) as client:
        with pytest.raises(imaplib.IMAP4.error):
            client.login(ORLA, "wrong")
        assert client.noop()[0] == "OK"
        client.login(ORLA, "secret")
        assert client.select("Nowhere")[0] == "NO"
        assert client.list()[1] == [b'(\\HasNoChildren) "/" "INBOX"', b'(\\HasNoChildren \\Sent) "/" "Sent"']
        client.select("INBOX")
        for wrong in (("SEARCH", "SINCE", "yesterday"), ("SEARCH", "COLOUR"), ("SEARCH", "UID")):
            with pytest.raises(imaplib.IMAP4.error):
                client.uid(*wrong)


def test_a_letter_sent_is_delivered_and_copied_to_sent(store: MailStore) -> None:
    with SmtpSink(store) as sink, smtplib.SMTP("127.0.0.1", sink.port, local_hostname="[127.0.0.1]") as client:
        with pytest.raises(smtplib.SMTPSenderRefused):
            client.sendmail(ORLA, [INES], RAW)
        client.login(ORLA, "secret")
        client.sendmail(ORLA, [INES, "nobody@elsewhere.example"], RAW)

    assert [(letter.sender, letter.recipients) for letter in sink.accepted] == [
        (ORLA, (INES, "nobody@elsewhere.example"))
    ]
    assert [folder.name for folder in store.folders(ORLA) if folder.mails] == [SENT]
    assert [mail.raw for folder in store.folders(INES) for mail in folder.mails] == [RAW]


def test_a_folder_removed_and_made_again_has_another_validity(store: MailStore) -> None:
    before = store.create(ORLA, "Jobs").uid_validity
    store.remove(ORLA, "Jobs")

    assert store.folder(ORLA, "Jobs") is None
    assert store.create(ORLA, "Jobs").uid_validity != before
