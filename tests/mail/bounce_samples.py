"""Reports of failed deliveries, put together from their parts."""

from ingot.domain.inbound import Bounce
from ingot.mail.bounce import find_bounce
from ingot.mail.parse import parse_mail

DAEMON = "From: Mail Delivery System <MAILER-DAEMON@mx.example.net>"
LETTER = ("To: nora@example.org", "Subject: A question", "Message-ID: <letter.1@example.com>")


def judged(*lines: str | bytes) -> Bounce | None:
    return find_bounce(parse_mail(b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)))


def report(
    *fields: str, words: str = "See below.", head: tuple[str, ...] = (DAEMON, "Subject: Delivery report")
) -> Bounce | None:
    return judged(
        *head,
        "To: me@example.com",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        words,
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.net",
        "",
        *fields,
        "",
        "--b",
        "Content-Type: message/rfc822",
        "",
        *LETTER,
        "",
        "Hello",
        "--b--",
    )


def prose(words: str, *, subject: str = "Undelivered Mail Returned to Sender", sender: str = DAEMON) -> Bounce | None:
    return judged(sender, "To: me@example.com", f"Subject: {subject}", "", words)


PERSON = "From: Nora Vale <nora@example.org>"
