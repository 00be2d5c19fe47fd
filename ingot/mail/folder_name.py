"""Names of mailboxes on the wire (modified UTF-7, RFC 3501 5.1.3), and which of them holds the sent mail."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence

# Where LIST does not say (RFC 6154): what mail programs and providers call it, the likeliest first.
_SENT_NAMES = (
    "sent", "sent mail", "sent items", "sent messages", "gesendet", "gesendete elemente", "gesendete objekte",
    "messages envoyés", "éléments envoyés", "envoyés", "enviados", "elementos enviados", "mensajes enviados",
    "itens enviados", "posta inviata", "inviata", "inviati", "verzonden", "verzonden items", "skickat",
    "skickade objekt", "sendt", "sendte elementer", "wysłane", "elementy wysłane", "odeslaná pošta", "отправленные",
    "gönderilmiş", "送信済み", "已发送", "已发邮件",
)  # fmt: skip
_LIST = re.compile(rb'\(([^)]*)\) (?:"(?:\\?(.))"|NIL) (?:"((?:[^"\\]|\\.)*)"|(\{\d+\})|(\S+))$')
_PLAIN = re.compile(r"[\x20-\x25\x27-\x7e]+|&|[^\x20-\x7e]+")
_SHIFTED = re.compile(r"&([^-]*)-")


def encode_name(name: str) -> str:
    """A mailbox name in modified UTF-7."""
    return "".join(_encoded(run) for run in _PLAIN.findall(name))


def decode_name(name: str) -> str:
    """The name behind modified UTF-7; a name that is none is itself."""
    try:
        return _SHIFTED.sub(lambda match: _decoded(match[1]), name)
    except (binascii.Error, UnicodeError):
        return name


def quoted(text: str) -> str:
    """A quoted string of IMAP."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def sent_among(lines: Sequence[bytes]) -> str | None:
    """The name of the mailbox with the sent mail among the answers to LIST: by its attribute, else by its name."""
    best: tuple[int, str] | None = None
    for number, line in enumerate(lines):
        match = _LIST.search(line)
        if match is None:
            continue
        attributes = {attribute.lower() for attribute in match[1].split()}
        raw = bytes(lines[number + 1]) if match[4] and number + 1 < len(lines) else match[3] or match[5] or b""
        name = decode_name(re.sub(rb"\\(.)", rb"\1", raw).decode("utf-8", "replace"))
        if attributes & {rb"\noselect", rb"\nonexistent"}:
            continue
        if rb"\sent" in attributes:
            return name
        leaf = name.rsplit((match[2] or b"/").decode("ascii", "replace"), 1)[-1].lower()
        if leaf in _SENT_NAMES and (best is None or _SENT_NAMES.index(leaf) < best[0]):
            best = (_SENT_NAMES.index(leaf), name)
    return best[1] if best else None


def _encoded(run: str) -> str:
    if run == "&":
        return "&-"
    if run.isascii() and run.isprintable():
        return run
    return "&" + base64.b64encode(run.encode("utf-16-be")).decode("ascii").rstrip("=").replace("/", ",") + "-"


def _decoded(shifted: str) -> str:
    if not shifted:
        return "&"
    padded = shifted.replace(",", "/") + "=" * (-len(shifted) % 4)
    return base64.b64decode(padded, validate=True).decode("utf-16-be")
