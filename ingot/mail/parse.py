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

_ID = re.compile(r"<[^<>]{1,998}>")
_ADDRESS = re.compile(r"[^@\s<>\"(),:;\[\]\\]{1,128}@[^@\s<>\"(),:;\\]{1,255}")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.){0,256}"')
_COMMENT = re.compile(r"\([^()]*\)")
_MAX_HEADER = 20_000  # characters of a list of addresses or ids


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
    from_header = _first(message, "From")
    return ParsedMail(
        message=message,
        message_id=next(iter(_ids(message, "Message-ID")), ""),
        in_reply_to=_ids(message, "In-Reply-To"),
        references=_ids(message, "References"),
        from_address=next(iter(addresses(from_header)), ""),
        from_name=_name(from_header),
        to=tuple(dict.fromkeys(address for value in raw_headers(message, "To") for address in addresses(value))),
        subject=header_text(_first(message, "Subject")[:_MAX_HEADER]),
        date=_date(_first(message, "Date")),
        return_path=_return_path(_first(message, "Return-Path")),
        content_type=message.get_content_type(),
        text=readable_text(message),
    )


def raw_headers(message: Message, name: str) -> tuple[str, ...]:
    """The undecoded values of a header; `Message.get_all` would wrap 8-bit ones in an object."""
    return tuple(str(value) for key, value in message.raw_items() if key.lower() == name.lower())


def addresses(header: str) -> tuple[str, ...]:
    """The addresses in a header's raw value, lower-case, each once. A display name that looks like one is none."""
    text = header_text(_QUOTED.sub(_unquoted_local_part, header[:_MAX_HEADER]))
    angled = [match[0] for inside in _ID.findall(text) if (match := _ADDRESS.search(inside))]
    bare = [_COMMENT.sub(" ", part) for part in text.split(",") if "<" not in part]
    found = [*angled, *(match[0] for part in bare for match in _ADDRESS.finditer(part))]
    return tuple(dict.fromkeys(address.rstrip(".>").lower() for address in found))


def _unquoted_local_part(match: re.Match[str]) -> str:
    """Quoted display names go; a quoted local part (`"a.b"@example.com`) loses its quotes only."""
    return match[0][1:-1] if match.string.startswith("@", match.end()) else " "


def _message(raw: bytes) -> Message:
    try:
        message = message_from_bytes(raw)
        message.get_content_type()
    except (RecursionError, ValueError, LookupError, TypeError, AttributeError):
        # Made to break the parser: the headers and the bytes behind them still say what it is.
        message = BytesHeaderParser().parsebytes(raw)
        del message["Content-Type"]
    return message


def _first(message: Message, name: str) -> str:
    return next(iter(raw_headers(message, name)), "")


def _ids(message: Message, name: str) -> tuple[str, ...]:
    value = " ".join(raw_headers(message, name))[:_MAX_HEADER]
    found = [re.sub(r"\s+", "", match) for match in _ID.findall(value)]
    return tuple(dict.fromkeys(found or [word for word in value.split() if "@" in word]))


def _name(header: str) -> str:
    text = header_text(header[:_MAX_HEADER])
    if "<" in text:
        return text[: text.rindex("<")].strip().strip('"').replace('\\"', '"').strip()
    comment = re.search(r"\(([^()]+)\)", text)
    return comment[1].strip() if comment else ""


def _return_path(header: str) -> str:
    if re.fullmatch(r"\s*<\s*>\s*", header):
        return "<>"
    return next(iter(addresses(header)), "")


def _date(header: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(header_text(header[:200]))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date
