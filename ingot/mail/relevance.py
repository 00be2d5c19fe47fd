"""Which mail of an inbox is about letters that INGOT sent. The rest is the user's own business and is not kept."""

from __future__ import annotations

import re

from ingot.domain.inbound import Correspondents
from ingot.domain.lead import normal_email
from ingot.mail.parse import ParsedMail, parse_mail

HEADERS = (
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Return-Path",
    "Content-Type",
    "Auto-Submitted",
    "X-Failed-Recipients",
)
"""What has to be read of every mail to tell."""

_BOUNCE_SENDERS = re.compile(
    r"^(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon|mdaemon|bounces?)\b", re.IGNORECASE
)
_BY_MAIL = re.compile(r"\s*(?:re:\s*)*unsubscribe\b", re.IGNORECASE)


def is_answer(headers: bytes, known: Correspondents) -> bool:
    """Whether a mail with these headers belongs to a thread of ours, or is from somebody we wrote to."""
    mail = parse_mail(headers)
    if mail.message_id in known.message_ids:
        return False  # a copy of the letter itself
    if "@" in mail.from_address and normal_email(mail.from_address) in known.own:
        return False
    if not known.message_ids.isdisjoint((*mail.in_reply_to, *mail.references)):
        return True
    if mail.from_address and "@" in mail.from_address:
        host = mail.from_address.rpartition("@")[2]
        return (
            normal_email(mail.from_address) in known.mailboxes
            or (host in known.hosts and not _BOUNCE_SENDERS.match(mail.from_address))
            or bool(_BY_MAIL.match(mail.subject))
        )
    return False


def may_be_report(headers: bytes) -> bool:
    """Whether it looks like a report of a mail server: it is ours only if it names one of our letters."""
    mail = parse_mail(headers)
    return (
        bool(_BOUNCE_SENDERS.match(mail.from_address))
        or not mail.from_address
        or mail.return_path == "<>"
        or mail.content_type == "multipart/report"
        or bool(mail.header("X-Failed-Recipients"))
        or mail.header("Auto-Submitted").lower() not in {"", "no"}
    )


def names_a_letter(raw: bytes, known: Correspondents) -> bool:
    """Whether one of our Message-IDs or recipients stands in a report's bytes."""
    text = raw.lower()
    return any(item.encode("utf-8", "replace").lower() in text for item in (*known.message_ids, *known.mailboxes))


def references_of(mail: ParsedMail) -> tuple[str, ...]:
    """The ids of the thread a mail stands in, nearest first."""
    return tuple(dict.fromkeys((*mail.in_reply_to, *reversed(mail.references))))
