from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.mail.body import html_text
from ingot.mail.parse import ParsedMail, parse_mail


def mail(*lines: str | bytes) -> ParsedMail:
    return parse_mail(b"\r\n".join(line.encode() if isinstance(line, str) else line for line in lines))


def test_the_headers_of_an_answer_are_read() -> None:
    read = mail(
        "Return-Path: <Nora@Example.org>",
        'From: "Vale, Nora" <Nora.Vale@Example.org>',
        "To: Me <me@example.com>, other@example.com",
        "Subject: Re: your letter",
        "Date: Mon, 02 Mar 2026 09:12:00 +0100",
        "Message-ID: <answer.1@example.org>",
        "In-Reply-To: <letter.1@example.com>",
        "References: <letter.0@example.com>",
        "\t<letter.1@example.com>",
        "",
        "Yes.",
    )

    assert (read.from_address, read.from_name) == ("nora.vale@example.org", "Vale, Nora")
    assert read.to == ("me@example.com", "other@example.com")
    assert read.subject == "Re: your letter"
    assert read.date == datetime(2026, 3, 2, 8, 12, tzinfo=UTC)
    assert read.message_id == "<answer.1@example.org>"
    assert read.in_reply_to == ("<letter.1@example.com>",)
    assert read.references == ("<letter.0@example.com>", "<letter.1@example.com>")
    assert read.return_path == "nora@example.org"
    assert (read.content_type, read.text) == ("text/plain", "Yes.")


def test_an_empty_mail_is_empty() -> None:
    read = parse_mail(b"")

    assert (read.from_address, read.subject, read.text, read.to, read.message_id) == ("", "", "", (), "")
    assert read.date is None
    assert read.header("X-Anything") == ""


def test_a_null_return_path_is_told_from_none() -> None:
    assert mail("Return-Path: <>", "", "x").return_path == "<>"
    assert mail("Subject: x", "", "x").return_path == ""


def test_encoded_and_eight_bit_headers_are_decoded() -> None:
    assert mail("Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= =?utf-8?B?IGF1cyBCb25u?=", "", "").subject == "Grüße aus Bonn"
    assert mail("Subject: Grüße".encode("latin-1"), "", "").subject == "Grüße"
    assert mail("Subject: Grüße", "", "").subject == "Grüße"
    assert mail("Subject: =?nonsense?q?caf=C3=A9?=", "", "").subject == "café"
    assert mail("Subject: =?utf-8?b?not base64!?=", "", "").subject != ""


def test_a_character_cut_between_two_encoded_words_is_whole_again() -> None:
    assert mail("Subject: =?utf-8?Q?na=C3?= =?utf-8?Q?=AFve?=", "", "").subject == "naïve"


def test_controls_and_direction_marks_leave_the_subject() -> None:
    assert mail("Subject: =?utf-8?Q?one=0D=0ABcc=3A_x=00=E2=80=AEtwo?=", "", "").subject == "one Bcc: x two"


@pytest.mark.parametrize(
    ("header", "address"),
    [
        ('"real@bank.example" <thief@example.net>', "thief@example.net"),
        ("ana@example.org (Ana)", "ana@example.org"),
        ("<>", ""),
        ("Mail Delivery System", ""),
        ('"o\'neil.odd"@example.org', "o'neil.odd@example.org"),
        ("=?utf-8?q?ana=40example=2Eorg?= <bob@example.org>", "bob@example.org"),
    ],
)
def test_the_address_is_the_one_in_angle_brackets(header: str, address: str) -> None:
    assert mail(f"From: {header}", "", "").from_address == address


@pytest.mark.parametrize(
    "label", ["iso-8859-1", "utf-8", "x-unknown", "ascii", "idna", "zlib", "unicode_escape", "utf-16", ""]
)
def test_text_is_decoded_whatever_charset_is_declared(label: str) -> None:
    assert "Gruß" in mail(f"Content-Type: text/plain; charset={label}", "", "Gruß, Zoë").text


@pytest.mark.parametrize("label", ["iso-2022-jp", "shift_jis", "euc-jp"])
def test_japanese_charsets_are_decoded(label: str) -> None:
    assert mail(f"Content-Type: text/plain; charset={label}", "", "お返事".encode(label)).text == "お返事"


def test_plain_text_is_taken_before_html_and_attachments_are_left_out() -> None:
    read = mail(
        "Content-Type: multipart/mixed; boundary=o",
        "",
        "--o",
        "Content-Type: multipart/alternative; boundary=i",
        "",
        "--i",
        "Content-Type: text/html",
        "",
        "<p>rich</p>",
        "--i",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "plain =C3=A9",
        "--i--",
        "--o",
        "Content-Type: text/plain",
        "Content-Disposition: attachment; filename=a.txt",
        "",
        "attached",
        "--o",
        "Content-Type: message/rfc822",
        "",
        "Subject: inner",
        "",
        "inner text",
        "--o--",
    )

    assert read.text == "plain é"


def test_a_multipart_without_its_boundary_is_read_as_it_stands() -> None:
    assert "hello" in mail("Content-Type: multipart/report; boundary=never", "", "hello there").text


def test_html_keeps_lines_and_marks_quotes() -> None:
    text = html_text(
        "<style>p{}</style><div>Hello,<br>yes &amp; no</div><pre>a\n  b</pre>"
        "<blockquote><p>our letter</p><blockquote>older</blockquote></blockquote><span hidden>unseen</span>bye"
    )

    assert text.split("\n") == ["Hello,", "yes & no", "", "a", "b", "", "> our letter", ">", "> > older", "", "bye"]


def test_html_made_to_be_slow_is_read_roughly() -> None:
    assert html_text("<b>" * 500 + "<p>words" * 2000).startswith("words\nwords")
    assert html_text("<div " + 'a="1" ' * 20_000 + ">words").endswith("words")


def test_a_mail_nested_beyond_reason_is_still_read() -> None:
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (depth, depth) for depth in range(1500)
    )
    read = parse_mail(b"From: a@example.org\nSubject: deep\n" + nested + b"\nhi")

    assert (read.from_address, read.subject) == ("a@example.org", "deep")


def test_a_date_without_a_zone_is_utc_and_a_bad_one_is_none() -> None:
    assert mail("Date: Mon, 02 Mar 2026 09:12:00 -0000", "", "").date == datetime(2026, 3, 2, 9, 12, tzinfo=UTC)
    assert mail("Date: yesterday", "", "").date is None
    assert mail("Date: Mon, 99 Foo 99999 25:61:00 +9999", "", "").date is None


HEADS = [
    b"",
    b"From: ",
    b"Subject: =?utf-8?b?",
    b"Date: ",
    b"Content-Type: text/html\n\n",
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\n",
    b"Content-Type: text/plain; charset=",
    b"Content-Transfer-Encoding: base64\n\n",
    b"Content-Transfer-Encoding: x-uuencode\n\nbegin 666 a\n",
]


@given(st.sampled_from(HEADS), st.binary(max_size=300))
def test_any_bytes_are_parsed(head: bytes, rest: bytes) -> None:
    read = parse_mail(head + rest)

    assert "\n" not in read.subject
    assert "\x00" not in read.text
    assert all("@" in address for address in read.to)
