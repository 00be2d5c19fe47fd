"""Whether a mail reports a failed delivery, of which address and of which letter, and for good or for now.

Reports for machines come first (RFC 3464), then X-Failed-Recipients, then flufl.bounce, then the words that mail
systems use. Only mail systems are believed: a person who quotes a bounce is none.
"""

from __future__ import annotations

import itertools
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from flufl.bounce import all_failures

from ingot.domain.inbound import Bounce
from ingot.mail import bounce_phrases as phrases
from ingot.mail.body import inner_messages, own_parts, part_bytes, part_text
from ingot.mail.bounce_reason import judge, status_code
from ingot.mail.delivery_status import REPORT_TYPES, RecipientStatus, recipient_statuses, statuses_in
from ingot.mail.fields import addresses
from ingot.mail.parse import ParsedMail

# It logs the tracebacks of its own detectors, which can show what a mail says.
_FLUFL_LOG = logging.getLogger("flufl.bounce")
_FLUFL_LOG.propagate = False
_FLUFL_LOG.addHandler(logging.NullHandler())

_OTHER_REPORTS = frozenset({"message/feedback-report", "message/disposition-notification"})  # complaints, receipts
_FAILED = ("fail", "expired", "undeliver", "delay")
_DONE = ("deliver", "relay", "expand")
_ID = re.compile(r"^[ \t>]*Message-ID:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_TO = re.compile(r"^[ \t>]*To:\s*(.+)", re.IGNORECASE | re.MULTILINE)
_AT = r"(?<![\w.+=-])[^@\s<>\"'(),:;\[\]\\|]{1,128}@[^@\s<>\"'(),:;\[\]\\|]{0,250}\w"
# Where reports in prose name the address, the surest first.
_SURE = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"^[ \t]*original address:\s*<?({_AT})",
        rf"(?:generated|expanded) from:?\s*<?({_AT})",
        rf"(?:originally|was) addressed to\s*<?({_AT})",
        rf"^[ \t]*<({_AT})>[^\n]{{0,80}}:",
        rf"^[ \t]*error-for:\s*<?({_AT})",
    )
)
_LIKELY = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"(?:intended recipient|recipient address|address|unknown user|userid|attempts|undeliverable +to|recipient):?\s*<?({_AT})",
        rf"(?:following|these|next)[^\n]{{0,40}}(?:address|recipient|mailbox|errors?)[^@]{{0,160}}?<?\b({_AT})",
        rf"rcpt to:\s*<?({_AT})",
        rf"(?:addressed to|deliver\w*[^\n@]{{0,60}} to|mail to|message to|reach|entregado a)[^@\n]{{0,30}}\n?\s*<?\b({_AT})",
        rf"^[ \t]*\W?<?({_AT})>?\s*(?:$|:|\.\.\.|-|\[|\()",
        rf"<({_AT})>",
        rf"({_AT})",
    )
)
_MAX_FLUFL = 500_000  # bytes of a whole mail
_MAX_LINE = 2_000  # bytes; RFC 5322 allows 998
_MAX_LINES, _MAX_PARTS = 20_000, 100
_WORDS = 6_000  # characters of a report that are read for its reason


@dataclass(frozen=True, kw_only=True)
class _Report:
    """A mail taken for a bounce: its words before the returned letter, and that letter's headers."""

    words: str
    returned: str
    status: RecipientStatus | None


def find_bounce(mail: ParsedMail) -> Bounce | None:
    """The delivery failure that this mail reports, or None. A warning about a delay counts as soft."""
    kinds = {part.get_content_type() for part in own_parts(mail.message)}
    if kinds & _OTHER_REPORTS:
        return None
    from_system = _is_from_mail_system(mail)
    if phrases.REPLY_SUBJECT.match(mail.subject) and not (from_system or mail.content_type == "multipart/report"):
        return None  # a person writes about one
    words, returned = _split(mail)
    statuses = list(recipient_statuses(mail.message))
    if from_system and not statuses:
        statuses = [found for found in statuses_in(words) if found.address]
    if statuses and all(found.action.startswith(_DONE) for found in statuses):
        return None
    failed = sorted(
        (found for found in statuses if found.action.startswith(_FAILED) or not found.action),
        key=lambda found: (not found.action, found.action.startswith("delay"), not found.address),
    )
    report = _Report(words=words, returned=returned, status=failed[0] if failed else None)
    named = _failed_recipients(mail)
    by_fields = bool(failed and failed[0].action) and (from_system or bool(kinds & REPORT_TYPES))
    if by_fields or (named and not mail.references) or _says_so(mail, report, from_system=from_system):
        return _bounce(mail, report, named)
    return None


def _bounce(mail: ParsedMail, report: _Report, named: str) -> Bounce:
    status = report.status
    recipient = (status.address if status else "") or named or _recipient(mail, report)
    diagnostic = status.diagnostic if status else ""
    code = status_code(diagnostic, status.status if status else "", _near(report.words, recipient))
    bounce_class, about_sender = judge(code, (diagnostic, _near(report.words, recipient), report.words))
    return Bounce(
        recipient=recipient,
        bounce_class=bounce_class,
        status_code=code,
        returned_message_id=_returned_id(mail, report),
        about_sender=about_sender,
        delayed=status is not None and status.action.startswith("delay"),
    )


def complained_about(mail: ParsedMail) -> str | None:
    """The Message-ID of the letter that a complaint is about (RFC 5965), "" where it names none, None for other mail."""
    if not any(part.get_content_type() == "message/feedback-report" for part in own_parts(mail.message)):
        return None
    found = _ID.search(_returned_part(mail))
    return found[1] if found else ""


def _is_daemon(mail: ParsedMail) -> bool:
    """Whether a program sent this that sends nothing but reports (RFC 5321 gives them an empty sender)."""
    sender = mail.header("From")
    return bool(
        (not mail.from_address and (not sender or "<>" in sender))
        or phrases.DAEMON_ADDRESS.match(mail.from_address)
        or phrases.DAEMON_NAME.search(mail.from_name)
    )


def _is_from_mail_system(mail: ParsedMail) -> bool:
    return _is_daemon(mail) or bool(phrases.ROLE.match(mail.from_address))


def _says_so(mail: ParsedMail, report: _Report, *, from_system: bool) -> bool:
    """Whether a report in prose is one. The less the sender is known to be a program, the more is asked."""
    if phrases.OTHER_REPORT.search(mail.subject) or phrases.REPLY_SUBJECT.match(mail.subject):
        return False
    subject = bool(phrases.SUBJECT.search(mail.subject))
    report_subject = subject or bool(phrases.REPORT_SUBJECT.search(mail.subject))
    failure = bool(phrases.FAILURE.search(report.words) or phrases.DELAY.search(report.words))
    if _is_daemon(mail):
        return (report_subject and failure) or ((report_subject or failure) and bool(_recipient(mail, report)))
    if from_system:
        told = subject or (failure and (report_subject or mail.return_path == "<>"))
        return told and bool(_recipient(mail, report))
    structure = mail.return_path == "<>" or bool(_returned_part(mail))
    early = bool(phrases.FAILURE.search(report.words[:600]))
    told = report_subject and structure and early and not mail.references
    return told and bool(_recipient(mail, report))


def _split(mail: ParsedMail) -> tuple[str, str]:
    """The report's own words without quoted lines, and the headers of the returned letter."""
    text = mail.text
    cut = phrases.RETURNED.search(text)
    words, rest = (text[: cut.start()], text[cut.start() :]) if cut else (text, "")
    own = "\n".join(line for line in words.split("\n") if not line.startswith(">") or "@" in line[:3])
    return own[:_WORDS], _returned_part(mail) or rest


def _returned_part(mail: ParsedMail) -> str:
    for part in own_parts(mail.message):
        kind = part.get_content_type()
        if kind in {"message/rfc822", "message/global"}:
            inner = next(iter(inner_messages(part)), None)
            if inner is not None:
                return "\n".join(f"{name}: {value}" for name, value in inner.raw_items())
        elif kind in {"text/rfc822-headers", "message/rfc822-headers", "message/global-headers"}:
            return part_text(part)
    return ""


def _failed_recipients(mail: ParsedMail) -> str:
    return next((found for value in mail.headers("X-Failed-Recipients") for found in addresses(value)), "")


def _flufl(mail: ParsedMail) -> tuple[str, ...]:
    """The addresses that flufl.bounce finds. It is not tried on what would keep its patterns busy for seconds."""
    leaves = [part_bytes(part) for part in itertools.islice(mail.message.walk(), _MAX_PARTS)]
    lengths = [len(line) for leaf in leaves for line in leaf[:_MAX_FLUFL].split(b"\n")]
    too_long = len(lengths) > _MAX_LINES or max(lengths, default=0) > _MAX_LINE
    if too_long or len(leaves) == _MAX_PARTS or sum(map(len, leaves)) > _MAX_FLUFL:
        return ()
    try:
        temporary, permanent = all_failures(mail.message)
    except Exception:  # noqa: BLE001 - its detectors raise what they like on an empty or 8-bit From
        return ()
    return tuple(sorted(address.decode("utf-8", "replace").lower() for address in [*permanent, *temporary]))


def _recipient(mail: ParsedMail, report: _Report) -> str:
    own = {mail.from_address, *mail.to}
    sent_to = _TO.search(report.returned)
    sources: tuple[Callable[[], Iterable[str]], ...] = (
        lambda: _named(_SURE, report.words),
        lambda: _flufl(mail),
        lambda: _named(_LIKELY, report.words),
        lambda: addresses(sent_to[1]) if sent_to else (),
    )
    return next((found for source in sources for found in source() if found not in own), "")


def _named(patterns: tuple[re.Pattern[str], ...], words: str) -> Iterator[str]:
    for pattern in patterns:
        for match in pattern.finditer(words):
            yield match[1].lower()


def _near(words: str, recipient: str) -> str:
    """What the report says from the recipient's name on, up to the next recipient; all of it without a name."""
    at = words.lower().find(recipient) if recipient else -1
    if at < 0:
        return words
    rest = words[at : at + 2_000]
    following = re.search(rf"\n\s*<(?!{re.escape(recipient)})[^<>\s]+@[^<>\s]+>[^\n]{{0,60}}:", rest, re.IGNORECASE)
    return rest[: following.start()] if following else rest


def _returned_id(mail: ParsedMail, report: _Report) -> str:
    found = _ID.search(report.returned) or _ID.search(mail.text)
    return found[1] if found else ""
