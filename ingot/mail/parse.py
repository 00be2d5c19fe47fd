"""From the bytes of a mail to what its rules are judged on. Whatever the bytes are, there is an answer.

Mail from strangers is broken in every way: no From, wrong charsets, 8-bit headers, boundaries that never come
(RFC 5322, 2045-2047). What cannot be read is empty; nothing raises.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

from ingot.mail.body import readable_text
from ingot.mail.charset import header_text
from ingot.mail.fields import MAX_HEADER, addresses, first_address, ids, return_path, subject


@dataclass(frozen=True, kw_only=True, eq=False)
class ParsedMail:
    """One mail, decoded. `text` is what a reader sees; quotes of HTML mails begin with `> `.

    Ids keep their angle brackets. `from_address` and `to` are lower-case. `return_path` is an address,
    `<>` where the header says so (reports and automatic answers), or empty where there is none.
    """

    message: Message = field(repr=False)
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    from_address: str = ""
    from_name: str = ""
    to: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None
    return_path: str = ""
    content_type: str = ""
    text: str = field(default="", repr=False)

    def header(self, name: str) -> str:
        """The decoded value of the first header of that name, empty where there is none."""
        return next(iter(self.headers(name)), "")

    def headers(self, name: str) -> tuple[str, ...]:
        """The decoded values of all headers of that name, in their order."""
        return tuple(map(header_text, raw_headers(self.message, name)))


def parse_mail(raw: bytes) -> ParsedMail:
    """Read a mail (RFC 5322). Never raises; a mail nested too deeply is read as its headers and its text."""
    message = _message(raw)
    sender = _first(message, "From")
    return ParsedMail(
        message=message,
        message_id=next(iter(ids(raw_headers(message, "Message-ID"))), ""),
        in_reply_to=ids(raw_headers(message, "In-Reply-To")),
        references=ids(raw_headers(message, "References")),
        from_address=first_address(sender),
        from_name=_name(sender),
        to=tuple(dict.fromkeys(address for value in raw_headers(message, "To") for address in addresses(value))),
        subject=subject(_first(message, "Subject")),
        date=_date(_first(message, "Date")),
        return_path=return_path(_first(message, "Return-Path")),
        content_type=message.get_content_type(),
        text=readable_text(message),
    )


def raw_headers(message: Message, name: str) -> tuple[str, ...]:
    """The undecoded values of a header; `Message.get_all` would wrap 8-bit ones in an object."""
    wanted = name.lower()
    return tuple(str(value) for key, value in message.raw_items() if key.lower() == wanted)


def _first(message: Message, name: str) -> str:
    return next(iter(raw_headers(message, name)), "")


def _message(raw: bytes) -> Message:
    try:
        message = message_from_bytes(raw)
        message.get_content_type()
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        # Made to break the parser: the headers and the bytes behind them still say what it is.
        message = BytesHeaderParser().parsebytes(raw)
        del message["Content-Type"]
    return message


def _name(header: str) -> str:
    text = header_text(header[:MAX_HEADER])
    if "<" in text:
        return text[: text.rindex("<")].strip().strip('"').replace('\\"', '"').strip()
    comment = re.search(r"\(([^()]+)\)", text)
    return comment[1].strip() if comment else ""


def _date(header: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(header_text(header[:200]))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date
