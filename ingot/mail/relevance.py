"""Which mail of an inbox is about letters that INGOT sent. The rest is the user's own business and is not kept."""

from __future__ import annotations

import re
from enum import Enum, auto

from ingot.domain.inbound import Correspondents
from ingot.domain.lead import normal_email
from ingot.mail.charset import header_text
from ingot.mail.fields import first_address, ids, is_null_path, subject
from ingot.mail.header_block import HeaderBlock
from ingot.mail.parse import ParsedMail

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


class Relevance(Enum):
    """What the headers of a mail say: an answer to a letter, perhaps a report about one, or nothing of ours."""

    answer = auto()
    report = auto()  # ours only if it `names_a_letter`
    none = auto()


def relevance(mail: bytes, known: Correspondents) -> Relevance:
    """What a mail is to us. `mail` may be cut behind its headers."""
    fields = HeaderBlock(mail)
    sender = first_address(fields.first("from"))
    if _is_answer(fields, sender, known):
        return Relevance.answer
    return Relevance.report if _may_be_report(fields, sender) else Relevance.none


def _is_answer(fields: HeaderBlock, sender: str, known: Correspondents) -> bool:
    """Whether it belongs to a thread of ours, or is from somebody we wrote to."""
    if not known.message_ids.isdisjoint(ids(fields.all("message-id"))[:1]):
        return False  # a copy of the letter itself
    mailbox = normal_email(sender) if "@" in sender else ""
    if mailbox in known.own:
        return False
    if not known.message_ids.isdisjoint((*ids(fields.all("in-reply-to")), *ids(fields.all("references")))):
        return True
    return bool(mailbox) and (
        mailbox in known.mailboxes
        or (sender.rpartition("@")[2] in known.hosts and not _BOUNCE_SENDERS.match(sender))
        or bool(_BY_MAIL.match(subject(fields.first("subject"))))
    )


def _may_be_report(fields: HeaderBlock, sender: str) -> bool:
    """Whether it looks like a report of a mail server."""
    return (
        not sender
        or bool(_BOUNCE_SENDERS.match(sender))
        or is_null_path(fields.first("return-path"))
        or fields.first("content-type").partition(";")[0].strip().lower() == "multipart/report"
        or any(fields.all("x-failed-recipients"))
        or header_text(fields.first("auto-submitted")).lower() not in {"", "no"}
    )


def names_a_letter(raw: bytes, known: Correspondents) -> bool:
    """Whether one of our Message-IDs or recipients stands in a report's bytes."""
    text = raw.lower()
    return any(item.encode("utf-8", "replace").lower() in text for item in (*known.message_ids, *known.mailboxes))


def references_of(mail: ParsedMail) -> tuple[str, ...]:
    """The ids of the thread a mail stands in, nearest first."""
    return tuple(dict.fromkeys((*mail.in_reply_to, *reversed(mail.references))))
