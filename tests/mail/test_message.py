import email
import email.policy
import email.utils
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingot.errors import ValidationError
from ingot.mail.address import wire_address
from ingot.mail.errors import MailError, UnsafeHeader
from ingot.mail.header import MOST_IN_A_SUBJECT, clean_header, reply_subject
from ingot.mail.message import Outgoing, freeze, new_message_id, stamp

LETTER = Outgoing(
    sender_name="Orla Testwell",
    sender_address="orla@testwell.example",
    recipient_name="Ines Valk",
    recipient_address="ines@valk.example",
    subject="The pump controller you open-sourced",
    body="Dear Ines,\n\nI read your post.\n\n-- \nOrla\n",
    message_id="<0011aa.letter-7@testwell.example>",
)
HEADERS = ["From", "To", "Subject", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
INJECTIONS = [
    "Hi\r\nBcc: evil@x.example",
    "Hi\nBcc: evil@x.example\n\nbody",
    "=?utf-8?q?Hi=0D=0ABcc:_evil=40x.example?=",
    "=?utf-8?b?SGkNCkJjYzogZXZpbEB4LmV4YW1wbGU=?=",
    "=\u200b?utf-8?q?Hi=0D=0ABcc:_evil=40x.example?=",
    "a\x0bb\x0cc\x1cd\x1de\x1ef\x85g\u2028h\u2029i",
    '", evil@x.example, "',
    "evil@x.example, ",
    "<evil@x.example>",
    "\\",
    '"\\"',
    "(comment) <evil@x.example>;",
    "group: evil@x.example;",
    "\ud800 lone \udfff",
    "=? =?utf-8?q?x?= ?=",
]
# Everything a person, a page or a model could hand over, with what has syntax over-represented.
texts = st.text(
    st.one_of(st.characters(), st.sampled_from('\r\n\t=?_@<>,;:"\\()[] \u2028\u202e\x85\ud800é')), max_size=60
)


def read(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def lines_of(raw: bytes) -> list[bytes]:
    return raw.split(b"\r\n")


def body_of(raw: bytes, kind: str = "plain") -> str:
    part = read(raw).get_body((kind,))
    assert isinstance(part, EmailMessage)
    return str(part.get_content()).replace("\r\n", "\n")


def test_a_letter_reads_back_as_it_was_written() -> None:
    message = read(freeze(LETTER))

    assert list(message.keys()) == HEADERS
    assert message["From"] == "Orla Testwell <orla@testwell.example>"
    assert message["To"].addresses[0].addr_spec == "ines@valk.example"
    assert message["Subject"] == LETTER.subject
    assert body_of(freeze(LETTER)) == LETTER.body


@given(text=texts)
@pytest.mark.parametrize("field", ["subject", "sender_name", "recipient_name"])
def test_no_text_in_a_header_adds_a_header_or_a_recipient(field: str, text: str) -> None:
    raw = freeze(replace(LETTER, **{field: text}))

    assert list(read(raw).keys()) == HEADERS
    assert [found.addr_spec for found in read(raw)["To"].addresses] == ["ines@valk.example"]
    assert [found.addr_spec for found in read(raw)["From"].addresses] == ["orla@testwell.example"]
    assert b"\r\n\r\n" not in raw.partition(b"\r\nMIME-Version")[0]
    assert all(b"\r" not in line and b"\n" not in line and len(line) <= 998 for line in lines_of(raw))


@pytest.mark.parametrize("text", INJECTIONS)
def test_known_injections_come_out_as_harmless_text(text: str) -> None:
    for field in ("subject", "sender_name", "recipient_name"):
        raw = freeze(replace(LETTER, **{field: text}))
        assert list(read(raw).keys()) == HEADERS
        assert not any(line.lower().startswith(b"bcc") for line in lines_of(raw))


@given(text=texts)
def test_no_text_in_the_body_reaches_the_headers(text: str) -> None:
    try:
        raw = freeze(replace(LETTER, body=f"Dear Ines,\n{text}"))
    except MailError:
        return
    assert list(read(raw).keys()) == HEADERS
    written = text.replace("\r\n", "\n").replace("\r", "\n")
    assert body_of(raw).rstrip("\n") == f"Dear Ines,\n{written}".rstrip("\n")


@given(text=texts)
@example(text="Größe " * 40)
@example(text="👩‍💻" * 50)
def test_a_subject_decodes_to_the_text_that_was_given(text: str) -> None:
    assert read(freeze(replace(LETTER, subject=text)))["Subject"] == clean_header(text)


def test_encoded_words_are_short_enough_for_every_reader() -> None:
    raw = freeze(replace(LETTER, subject="Prüfstände für Größeres " * 8, recipient_name="Žofie Škvorová " * 5))

    words = [word for line in lines_of(raw) for word in line.split() if word.startswith(b"=?")]
    assert len(words) > 4
    assert max(map(len, words)) <= 75


def test_long_threads_and_unsubscribe_links_stay_on_one_unencoded_line() -> None:
    ids = tuple(f"<{'a1b2' * 16}.{number}@testwell.example>" for number in range(30))
    links = (f"mailto:orla+stop-{'k' * 90}@testwell.example?subject=stop", f"https://testwell.example/u/{'t' * 200}")
    raw = freeze(replace(LETTER, in_reply_to=ids[-1], references=ids, list_unsubscribe=links))

    lines = lines_of(raw)
    references = next(line for line in lines if line.startswith(b"References: ")).split()[1:]
    assert references[0].decode() == ids[0]
    assert tuple(word.decode() for word in references[1:]) == ids[-len(references[1:]) :]
    assert b"In-Reply-To: " + ids[-1].encode() in lines
    assert b"List-Unsubscribe: <" + links[0].encode() + b">, <" + links[1].encode() + b">" in lines
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in lines


def test_one_click_is_offered_only_with_a_web_address() -> None:
    message = read(freeze(replace(LETTER, list_unsubscribe=("mailto:orla@testwell.example?subject=stop",))))

    assert "List-Unsubscribe" in message
    assert "List-Unsubscribe-Post" not in message


@pytest.mark.parametrize(
    "change",
    [
        {"message_id": "<a@b>\r\nBcc: x@y.example"},
        {"message_id": "no brackets@x"},
        {"in_reply_to": "<a b@c>"},
        {"references": ("<a@b>", "<=?utf-8?q?=0D=0A?=@c>")},
        {"list_unsubscribe": ("http://testwell.example/u",)},
        {"list_unsubscribe": ("https://testwell.example/u>, <https://evil.example",)},
        {"list_unsubscribe": ("javascript:alert(1)",)},
        {"list_unsubscribe": tuple(f"https://testwell.example/{'x' * 300}" for _ in range(4))},
        {"recipient_address": "ines@valk.example, evil@x.example"},
        {"recipient_address": "ines@valk.example\r\nBcc: evil@x.example"},
        {"recipient_address": "<ines@valk.example>"},
        {"recipient_address": ""},
        {"subject": "x" * (MOST_IN_A_SUBJECT + 1)},
    ],
)
def test_what_has_the_wrong_form_is_refused_without_naming_it(change: dict[str, object]) -> None:
    with pytest.raises(UnsafeHeader) as caught:
        freeze(replace(LETTER, **change))
    assert isinstance(caught.value, ValidationError)
    assert "example" not in str(caught.value)


@pytest.mark.parametrize("body", ["", " \n", "a\x00b", "a\x1bb", "\ud800", "a\x85b"])
def test_a_body_that_cannot_be_sent_as_it_was_approved_is_refused(body: str) -> None:
    with pytest.raises(MailError):
        freeze(replace(LETTER, body=body))


def test_an_ascii_body_travels_as_it_is_and_any_other_in_short_lines() -> None:
    ascii_raw = freeze(LETTER)
    other = freeze(replace(LETTER, body="Grüße aus Köln. " * 200))
    long = freeze(replace(LETTER, body="word " * 400))

    assert b"Content-Transfer-Encoding: 7bit" in ascii_raw
    for raw in (other, long):
        assert b"Content-Transfer-Encoding: quoted-printable" in raw
        assert max(map(len, lines_of(raw))) <= 78
    assert body_of(other).strip() == ("Grüße aus Köln. " * 200).strip()


def test_an_html_alternative_comes_second() -> None:
    raw = freeze(replace(LETTER, html="<p>Dear Ines, größer</p>"))

    assert read(raw).get_content_type() == "multipart/alternative"
    assert body_of(raw) == LETTER.body
    assert body_of(raw, "html").strip() == "<p>Dear Ines, größer</p>"


def test_an_international_domain_is_sent_in_ascii_and_a_local_part_as_it_is() -> None:
    raw = freeze(replace(LETTER, recipient_address="jürgen@bücher.example"))

    assert "jürgen@xn--bcher-kva.example".encode() in raw
    assert wire_address("Ines@Bücher.Example") == "Ines@xn--bcher-kva.example"
    assert wire_address("ines@a--b.example") == "ines@a--b.example"
    assert wire_address("jürgen@valk.example", smtputf8=True) == "jürgen@valk.example"
    with pytest.raises(UnsafeHeader):
        wire_address("jürgen@valk.example")


@pytest.mark.parametrize(
    "address",
    ["", "ines", "@valk.example", "ines@", "ines@valk", "a..b@valk.example", ".a@valk.example", "a b@valk.example",
     "ines@valk..example", "ines@-valk.example", "ines@[127.0.0.1]", "ines@va lk.example", "i\u202enes@valk.example",
     "ines@\u2028.example", "x" * 65 + "@valk.example", "ines@" + "v" * 64 + ".example", "a@b@c.example", "=?x?@valk.example",
     "i\u00a0nes@valk.example", "ines@bü_cher.example"],
)  # fmt: skip
def test_what_is_not_one_plain_address_is_refused(address: str) -> None:
    for smtputf8 in (False, True):
        with pytest.raises(UnsafeHeader) as caught:
            wire_address(address, smtputf8=smtputf8)
        assert not address or address not in str(caught.value)


def test_the_date_is_that_of_the_senders_zone_and_is_given_once() -> None:
    stamped = stamp(freeze(LETTER), datetime(2026, 7, 1, 12, 30, tzinfo=UTC), ZoneInfo("Europe/Lisbon"))

    assert stamped.startswith(b"Date: Wed, 01 Jul 2026 13:30:00 +0100\r\nFrom: ")
    with pytest.raises(MailError):
        stamp(stamped, datetime(2026, 7, 2, tzinfo=UTC), UTC)


def test_a_line_of_the_body_that_looks_like_a_date_is_no_header() -> None:
    raw = freeze(replace(LETTER, body="Date: any day in May\n"))

    assert stamp(raw, datetime(2026, 7, 1, tzinfo=UTC), UTC).endswith(b"\r\nDate: any day in May\r\n")


def test_message_ids_are_random_and_carry_their_key() -> None:
    first, second = (new_message_id("Testwell.example", "letter-7") for _ in range(2))

    assert first != second
    assert first.endswith(".letter-7@testwell.example>")
    assert email.utils.parseaddr(first)[1].count("@") == 1
    with pytest.raises(UnsafeHeader):
        new_message_id("testwell.example", "7>\r\n")


@pytest.mark.parametrize(
    ("subject", "reply"),
    [
        ("Your pump controller", "Re: Your pump controller"),
        ("Re: Your pump controller", "Re: Your pump controller"),
        ("AW: RE[2]: Fwd: Your pump controller", "Re: Your pump controller"),
        ("Antw: SV: hello", "Re: hello"),
        ("回复：hello", "Re: hello"),
        ("Really: a question", "Re: Really: a question"),
        ("Re: =?utf-8?q?Hi=0D=0ABcc:_evil=40x.example?=", "Re: = ?utf-8?q?Hi=0D=0ABcc:_evil=40x.example?="),
        ("Re: Hi\r\nBcc: evil@x.example", "Re: Hi Bcc: evil@x.example"),
        ("", "Re:"),
    ],
)
def test_a_reply_has_one_prefix_and_no_syntax(subject: str, reply: str) -> None:
    assert reply_subject(subject) == reply


@given(texts)
def test_a_reply_to_a_reply_keeps_its_subject(text: str) -> None:
    assert reply_subject(reply_subject(text)) == reply_subject(text)
