import pytest

from tests.mail.bounce_samples import DAEMON, PERSON, judged, prose


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        (
            "Re: Undelivered Mail Returned to Sender",
            "Odd, my address works. Try again?\n\n> <nora@example.org>: 550 User unknown",
        ),
        ("AW: Unzustellbar", "Das war mein alter Server.\n\n> Ihre Nachricht konnte nicht zugestellt werden"),
        (
            "Fwd: Delivery Status Notification (Failure)",
            "I got this:\n\nDelivery to ben@example.org failed permanently",
        ),
        ("Undeliverable?", "Your first mail to ben@example.org could not be delivered, he told me. Use mine."),
        ("Your parcel could not be delivered", "We could not deliver your parcel. Contact help@example.org."),
        ("Mail delivery problem solved", "Hi, the mailbox full problem is solved. Write to ben@example.org again."),
        ("Re: hello", "The user unknown error was mine. Happy to talk."),
        (
            "Delivery failure rates in 2026",
            "Our report on delivery errors: undeliverable mail costs money. team@example.org",
        ),
    ],
)
def test_people_who_speak_of_bounces_are_none(subject: str, words: str) -> None:
    assert prose(words, subject=subject, sender=PERSON) is None


def test_a_person_who_forwards_a_report_is_none() -> None:
    found = judged(
        PERSON,
        "Subject: Fwd: Undeliverable: A question",
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "Look what I got.",
        "--b",
        "Content-Type: message/rfc822",
        "",
        DAEMON,
        "Content-Type: multipart/report; boundary=c",
        "",
        "--c",
        "Content-Type: message/delivery-status",
        "",
        "Final-Recipient: rfc822; ben@example.org",
        "Action: failed",
        "",
        "--c--",
        "--b--",
    )

    assert found is None


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("Delivery Status Notification (Success)", "Your message to nora@example.org was successfully delivered."),
        ("Quarantine digest", "3 messages blocked: spam@example.org"),
        (
            "Re: a question to the postmaster",
            "Mail to nora@example.org could not be delivered last week; it works now.",
        ),
        ("Delivery report for the first quarter", "All lorries were on time. Ask dispatch@example.org for the table."),
        ("Planned maintenance", "The server is switched off on Sunday."),
    ],
)
def test_other_letters_of_mail_administrators_are_none(subject: str, words: str) -> None:
    assert prose(words, subject=subject, sender="From: Postmaster <postmaster@example.org>") is None


@pytest.mark.parametrize("kind", ["message/feedback-report", "message/disposition-notification"])
def test_complaints_and_receipts_are_none(kind: str) -> None:
    found = judged(
        DAEMON,
        "Subject: Undeliverable",
        "Content-Type: multipart/report; boundary=b",
        "",
        "--b",
        f"Content-Type: {kind}",
        "",
        "Feedback-Type: abuse",
        "Final-Recipient: rfc822; nora@example.org",
        "",
        "--b--",
    )

    assert found is None
