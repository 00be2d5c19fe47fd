"""A letter as bytes: composed once, sealed, and sent unchanged however often sending is tried.

Headers are written here, line by line and in ASCII: the `email` package of Python 3.11 lets an encoded word
smuggle line breaks into a header (CVE-2024-6923), and folds long identifiers into encoded words, which breaks
threads. It still makes the MIME body, and reads the result back as the seal.
"""

from __future__ import annotations

import email
import email.policy
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, tzinfo
from email.header import Header
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.utils import format_datetime

from ingot.mail.address import wire_address, wire_domain
from ingot.mail.errors import MailError, UnsafeHeader
from ingot.mail.header import MOST_IN_A_SUBJECT, clean_header, reply_subject

__all__ = ["Outgoing", "freeze", "is_message_id", "new_message_id", "reply_subject", "stamp", "wire_address"]

MOST_OCTETS_A_LINE = 998  # RFC 5322 2.1.1, without the line's end
_MOST_IN_A_HEADER = 900  # leaves room for the longest header name
_BODY = email.policy.SMTP.clone(max_line_length=76)  # RFC 2045 6.7: a quoted-printable line has 76 characters at most

_MESSAGE_ID = re.compile(r"<[!-;=A-~?]{1,200}@[!-;=A-~?]{1,200}>")
_KEY = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UNSUBSCRIBE_URI = re.compile(r"(?:mailto:|https://)[!-+\--;=?-\[\]-~]{1,400}", re.IGNORECASE)
_BODY_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\ud800-\udfff]")
_HAS_DATE = re.compile(rb"(?:\A|\r\n)date[ \t]*:", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """What a letter says and to whom. `body` is the whole text with its footer; `html` is an alternative to it.

    `list_unsubscribe` holds URIs (mailto:, https:). With an https one the letter offers one-click (RFC 8058).
    """

    sender_name: str
    sender_address: str
    recipient_name: str
    recipient_address: str
    subject: str
    body: str
    message_id: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    list_unsubscribe: tuple[str, ...] = ()
    html: str = ""


def freeze(outgoing: Outgoing) -> bytes:
    """The letter as CRLF bytes without a Date, sealed. Raises UnsafeHeader or MailError for what must not be sent."""
    headers = _headers(outgoing)
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()
    body = _body(outgoing)
    _seal(head + body, outgoing, asked=[*headers, *(name.decode() for name in _names(body))])
    return head + body


def stamp(raw: bytes, now: datetime, zone: tzinfo) -> bytes:
    """`raw` with the Date of `now` (aware) in the sender's zone before it. Raises MailError where one is already."""
    if _HAS_DATE.search(raw.partition(b"\r\n\r\n")[0]):
        raise MailError("The letter carries a date already: it was stamped before.", hint="Send it as it is stored.")
    return b"Date: " + format_datetime(now.astimezone(zone)).encode("ascii") + b"\r\n" + raw


def new_message_id(domain: str, key: str) -> str:
    """`<random.key@domain>`: nobody can guess it, and `key` (letters, digits, - and _) tells us whose it is."""
    if not _KEY.fullmatch(key):
        raise UnsafeHeader("The key of a Message-ID holds more than letters, digits, - and _.")
    return f"<{secrets.token_hex(16)}.{key}@{wire_domain(domain)}>"


def _headers(outgoing: Outgoing) -> dict[str, str]:
    """Names and values in their order on the wire; a value's line breaks are folds made here."""
    headers = {
        "From": _mailbox("From", outgoing.sender_name, outgoing.sender_address),
        "To": _mailbox("To", outgoing.recipient_name, outgoing.recipient_address),
        "Subject": _words("Subject", _text(outgoing.subject)),
        "Message-ID": _message_id(outgoing.message_id),
    }
    if outgoing.in_reply_to:
        headers["In-Reply-To"] = _message_id(outgoing.in_reply_to)
    if outgoing.references:
        headers["References"] = _references(outgoing.references)
    if uris := outgoing.list_unsubscribe:
        headers["List-Unsubscribe"] = _unsubscribe(uris)
        if any(uri.lower().startswith("https:") for uri in uris):
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _mailbox(header: str, name: str, address: str) -> str:
    wire = wire_address(address, smtputf8=True)
    text = _text(name)
    if not text:
        return wire
    if text.isascii():
        quoted = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{wire}>'
    return f"{_words(header, text)}\r\n <{wire}>"


def _text(value: str) -> str:
    text = clean_header(value)
    if len(text) > MOST_IN_A_SUBJECT:
        raise UnsafeHeader("A subject or name is too long.", hint=f"Use at most {MOST_IN_A_SUBJECT} characters.")
    return text


def _words(header: str, text: str) -> str:
    """ASCII as it is, anything else as encoded words of 75 characters at most (RFC 2047 2)."""
    if text.isascii():
        return text
    return Header(text, charset="utf-8", header_name=header, maxlinelen=75).encode(linesep="\r\n")


def is_message_id(value: str) -> bool:
    """Whether it can stand in a header of ours; strangers' identifiers have every form."""
    return bool(_MESSAGE_ID.fullmatch(value)) and "=?" not in value


def _message_id(value: str) -> str:
    if not is_message_id(value):
        raise UnsafeHeader("A Message-ID is not of the form <left@right>.")
    return value


def _references(ids: tuple[str, ...]) -> str:
    """On one line: the first and as many of the last as fit, which is what threads are built from (RFC 5322 3.6.4)."""
    first, *rest = (_message_id(value) for value in ids)
    while rest and len(" ".join((first, *rest))) > _MOST_IN_A_HEADER:
        del rest[0]
    return " ".join((first, *rest))


def _unsubscribe(uris: tuple[str, ...]) -> str:
    if not all(_UNSUBSCRIBE_URI.fullmatch(uri) and "=?" not in uri for uri in uris):
        raise UnsafeHeader("A link to unsubscribe is neither a mailto: nor an https: address in plain ASCII.")
    value = ", ".join(f"<{uri}>" for uri in uris)
    if len(value) > _MOST_IN_A_HEADER:
        raise UnsafeHeader("The links to unsubscribe are too long for one line.")
    return value


def _body(outgoing: Outgoing) -> bytes:
    """MIME headers, an empty line and the content: plain text, or plain text and HTML as alternatives."""
    message = EmailMessage(policy=_BODY)
    body = _sendable(outgoing.body)
    message.set_content(body, charset="utf-8", cte=_encoding(body))
    if outgoing.html:
        html = _sendable(outgoing.html)
        message.add_alternative(html, subtype="html", charset="utf-8", cte=_encoding(html))
    return message.as_bytes(policy=_BODY)


def _sendable(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    if not lines.strip() or _BODY_CONTROLS.search(lines):
        raise MailError(
            "The letter's text is empty or holds characters that cannot be sent.", hint="Edit it and approve it again."
        )
    return lines


def _encoding(text: str) -> str:
    plain = text.isascii() and all(len(line) <= MOST_OCTETS_A_LINE for line in text.split("\n"))
    return "7bit" if plain else "quoted-printable"


def _names(raw: bytes) -> list[bytes]:
    """The header names as they stand in the bytes, before any parser has interpreted them."""
    head = raw.partition(b"\r\n\r\n")[0]
    return [line.partition(b":")[0] for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]


def _seal(raw: bytes, outgoing: Outgoing, *, asked: list[str]) -> None:
    """Read the bytes back, and refuse anything that was not asked for."""
    back = email.message_from_string(raw.decode(), policy=email.policy.default)
    lines = raw.split(b"\r\n")
    found = {
        "line ends": any(b"\r" in line or b"\n" in line for line in lines),
        "line length": any(len(line) > MOST_OCTETS_A_LINE for line in lines),
        "header names": [name.decode("ascii", "replace") for name in _names(raw)] != asked or back.keys() != asked,
        "header repeated": len({name.lower() for name in asked}) != len(asked),
        "From": not _is_only(back["From"], outgoing.sender_address),
        "To": not _is_only(back["To"], outgoing.recipient_address),
        "Subject": str(back["Subject"]) != clean_header(outgoing.subject),
    }
    if broken := [part for part, wrong in found.items() if wrong]:
        raise UnsafeHeader(
            "The letter does not read back as it was written, so it is not sent.",
            hint="Shorten the subject and the names, and use ordinary letters in them.",
            broken=broken,
        )


def _is_only(header: object, address: str) -> bool:
    """Whether this header holds exactly one address, and this one."""
    if not isinstance(header, AddressHeader):
        return False
    return [found.addr_spec for found in header.addresses] == [wire_address(address, smtputf8=True)]
