"""The answer to an IMAP FETCH, taken apart: one (UID, content) for each mail (RFC 3501 7.4.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MOST_OCTETS = 2_000_000
"""What is read of one mail: 25 are held at a time, and words and delivery reports come before attachments."""

_START = re.compile(rb"\d+ FETCH \(", re.IGNORECASE)
_UID = re.compile(rb"\bUID (\d+)", re.IGNORECASE)
_SHORT = re.compile(rb'\bBODY\[.*\](?:<\d+>)? (?:NIL|"((?:[^"\\]|\\.)*)")', re.IGNORECASE)


def fetched_parts(lines: Sequence[bytes | bytearray]) -> Iterator[tuple[int, bytes]]:
    """UID and content of each mail. A line about flags, which a server may send at any time, has no content.

    `lines` are aioimaplib's: text as bytes, literals as bytearray. The UID may stand before or after the content,
    and a short content in quotes.
    """
    for group in _groups(lines):
        text = b" ".join(bytes(line) for line in group if not isinstance(line, bytearray))
        literals = [bytes(line) for line in group if isinstance(line, bytearray)]
        uid, short = _UID.search(text), _SHORT.search(text)
        if uid and literals:
            yield int(uid[1]), literals[0]
        elif uid and short:
            yield int(uid[1]), re.sub(rb"\\(.)", rb"\1", short[1] or b"")


def _groups(lines: Sequence[bytes | bytearray]) -> Iterator[list[bytes | bytearray]]:
    group: list[bytes | bytearray] = []
    for line in lines:
        if not isinstance(line, bytearray) and _START.match(line):
            yield group
            group = []
        group.append(line)
    yield group
