import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.inbound import Bounce, BounceClass
from ingot.mail.bounce import find_bounce
from ingot.mail.parse import parse_mail
from tests.mail.bounce_samples import DAEMON, LETTER, PERSON, judged, prose, report


def test_a_delivery_report_names_recipient_code_class_and_letter() -> None:
    found = report(
        "Final-Recipient: rfc822; Nora@example.org",
        "Action: failed",
        "Status: 5.0.0",
        "Diagnostic-Code: smtp; 550 5.1.1 <nora@example.org>:",
        "  Recipient address rejected: User unknown",
    )

    assert found == Bounce(
        recipient="nora@example.org",
        bounce_class=BounceClass.dead,
        status_code="5.1.1",
        returned_message_id="<letter.1@example.com>",
    )


def test_the_address_that_was_written_to_is_preferred_to_the_one_it_was_forwarded_to() -> None:
    found = report(
        "Original-Recipient: rfc822;nora@example.org", "Final-Recipient: rfc822;n@inside.example", "Action: failed"
    )

    assert found is not None
    assert found.recipient == "nora@example.org"


def test_a_failure_is_taken_before_a_delay_and_a_delay_is_soft() -> None:
    delayed = ("Final-Recipient: rfc822; slow@example.org", "Action: delayed", "Status: 4.4.7")
    both = report(*delayed, "", "Final-Recipient: rfc822; gone@example.org", "Action: failed", "Status: 5.1.1")
    one = report(*delayed)

    assert both is not None
    assert (both.recipient, both.bounce_class) == ("gone@example.org", BounceClass.dead)
    assert one is not None
    assert (one.recipient, one.bounce_class) == ("slow@example.org", BounceClass.soft)


@pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
def test_a_report_of_success_is_no_bounce(action: str) -> None:
    assert report("Final-Recipient: rfc822; nora@example.org", f"Action: {action}", "Status: 2.0.0") is None


def test_a_report_from_an_unusual_sender_counts_by_its_fields() -> None:
    head = ("From: Gateway <gateway@example.net>", "Subject: About your letter")

    assert report("Final-Recipient: rfc822; nora@example.org", "Action: failed", head=head) is not None


@pytest.mark.parametrize("sender", ["From: ", "From: <>", "X-Nothing: 1", "From: Grüße".encode("latin-1")])
def test_a_report_without_a_readable_sender_is_read(sender: str | bytes) -> None:
    found = judged(
        sender,
        "Subject: Undeliverable",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Final-Recipient: rfc822; nora@example.org",
        "Action: failed",
        "Status: 5.1.1",
        "",
        "--b--",
    )

    assert found is not None
    assert found.recipient == "nora@example.org"


def test_failed_recipients_in_a_header_are_believed() -> None:
    found = judged("From: x@example.net", "X-Failed-Recipients: nora@example.org, b@example.org", "", "mailbox is full")

    assert found is not None
    assert (found.recipient, found.bounce_class) == ("nora@example.org", BounceClass.soft)


PROSE = {
    "qmail": (
        "Hi. This is the qmail-send program at mx.example.net.\nI'm afraid I wasn't able to deliver your message to the"
        " following addresses.\n\n<nora@example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
        "--- Below this line is a copy of the message.\n\nMessage-ID: <letter.1@example.com>\nTo: nora@example.org\n"
    ),
    "exim": (
        "A message that you sent could not be delivered to one or more of its\nrecipients. The following address(es)"
        " failed:\n\n  nora@example.org\n    550 unknown user\n\n------ This is a copy of the message ------\n\n"
        "Message-ID: <letter.1@example.com>\n"
    ),
    "postfix": (
        "<nora@example.org>: host mx.example.org[192.0.2.7] said: 550 5.1.1\n    <nora@example.org>: Recipient address"
        " rejected: User unknown (in reply to RCPT TO command)\n"
    ),
    "exchange": "Delivery has failed to these recipients or groups:\n\nnora@example.org\nThe email address you entered couldn't be found.\n",
    "notes": "Your message\n\n  Subject: A question\n\nwas not delivered to:\n\n  nora@example.org\n\nbecause:\n\n  User nora not listed in Domino Directory\n",
    "german": "Ihre Nachricht konnte nicht an nora@example.org zugestellt werden: Empfänger existiert nicht.\n",
    "french": "Votre message n'a pas pu être remis à nora@example.org. Cette adresse n'existe pas.\n",
    "spanish": "Su mensaje no pudo ser entregado a nora@example.org: usuario desconocido.\n",
    "japanese": "次のメールは配信できませんでした。\nnora@example.org\n宛先のメールアドレスが見つかりません\n",
}


@pytest.mark.parametrize("system", PROSE)
def test_reports_in_prose_are_read(system: str) -> None:
    found = prose(PROSE[system])

    assert found is not None
    assert found.recipient == "nora@example.org"
    assert found.bounce_class is BounceClass.dead


def test_the_letter_in_a_report_in_prose_is_identified() -> None:
    for system in ("qmail", "exim"):
        found = prose(PROSE[system])
        assert found is not None
        assert found.returned_message_id == "<letter.1@example.com>"


def test_a_letter_whose_headers_alone_come_back_is_identified() -> None:
    found = judged(
        DAEMON,
        "Subject: Undeliverable",
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: text/rfc822-headers",
        "",
        *LETTER,
        "--b--",
    )

    assert found is not None
    assert (found.recipient, found.returned_message_id) == ("nora@example.org", "<letter.1@example.com>")


@pytest.mark.parametrize(
    ("reason", "bounce_class", "about_sender", "code"),
    [
        ("550 5.1.1 User unknown", BounceClass.dead, False, "5.1.1"),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound", BounceClass.dead, False, "5.1.10"),
        ("554 5.4.4 unable to look up host", BounceClass.dead, False, "5.4.4"),
        ("Host or domain name not found", BounceClass.dead, False, ""),
        ("550 Requested action not taken: mailbox unavailable", BounceClass.dead, False, "550"),
        ("552 5.2.2 Mailbox full", BounceClass.soft, False, "5.2.2"),
        ("550 5.1.1 user is over quota", BounceClass.soft, False, "5.1.1"),
        ("550 5.2.3 Recipient address rejected: message too large", BounceClass.soft, False, "5.2.3"),
        ("451 4.3.0 Try again later", BounceClass.soft, False, "4.3.0"),
        ("450 4.2.1 unknown user, for now", BounceClass.soft, False, "4.2.1"),
        ("554 5.7.1 Relay access denied", BounceClass.soft, False, "5.7.1"),
        ("550 5.7.1 not authorized to send to this group", BounceClass.soft, False, "5.7.1"),
        ("550 5.7.26 does not pass checks", BounceClass.soft, True, "5.7.26"),
        ("550 5.4.5 Daily user sending limit exceeded", BounceClass.soft, True, "5.4.5"),
        ("554 5.7.1 message looks like spam", BounceClass.soft, True, "5.7.1"),
        ("553 5.1.8 Domain of sender address me@example.com does not exist", BounceClass.soft, True, "5.1.8"),
        ("421 4.7.0 deferred due to user complaints", BounceClass.soft, True, "4.7.0"),
    ],
)
def test_the_reason_decides_the_class(reason: str, bounce_class: BounceClass, about_sender: bool, code: str) -> None:
    found = report("Final-Recipient: rfc822; nora@example.org", "Action: failed", f"Diagnostic-Code: smtp; {reason}")

    assert found is not None
    assert (found.bounce_class, found.about_sender, found.status_code) == (bounce_class, about_sender, code)


def test_a_server_named_after_spam_does_not_make_the_refusal_one_of_the_sender() -> None:
    found = prose("<nora@example.org>: host spamfilter.example.org[192.0.2.7] said: 550 5.1.1 User unknown\n")

    assert found is not None
    assert (found.bounce_class, found.about_sender) == (BounceClass.dead, False)


def test_each_recipient_has_the_reason_given_for_it() -> None:
    found = prose(
        "<nora@example.org>: 552 5.2.2 Mailbox full\n\n<otto@example.org>: 550 5.1.1 User unknown, undeliverable\n"
    )

    assert found is not None
    assert (found.recipient, found.bounce_class) == ("nora@example.org", BounceClass.soft)


def test_a_report_made_to_be_slow_is_read() -> None:
    assert prose("could not be delivered " + "a@" * 20_000) is not None


@given(
    st.sampled_from([DAEMON, PERSON, "From: ", "X: "]),
    st.sampled_from(["text/plain", "multipart/report; boundary=b", "message/delivery-status", "message/rfc822"]),
    st.lists(
        st.sampled_from(
            ["--b", "", "Final-Recipient: rfc822; a@b.example", "Action: failed", "<a@b.example>:", "550 5.1.1"]
        )
        | st.text(max_size=40),
        max_size=12,
    ),
)
def test_any_mail_is_judged(sender: str, kind: str, lines: list[str]) -> None:
    found = find_bounce(parse_mail("\n".join([sender, f"Content-Type: {kind}", "", *lines]).encode("utf-8", "replace")))

    assert found is None or found.bounce_class in BounceClass


@given(st.binary(max_size=400))
def test_any_bytes_are_judged(raw: bytes) -> None:
    assert find_bounce(parse_mail(raw)) is None or raw
