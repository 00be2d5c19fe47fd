"""What the header fields of a mail say: ids, addresses, the return path (RFC 5322 3.6). Nothing here raises."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingot.mail.charset import header_text

MAX_HEADER = 20_000
"""Characters that are read of a list of addresses or ids."""

_ID = re.compile(r"<[^<>]{1,998}>")
_ADDRESS = re.compile(r"[^@\s<>\"(),:;\[\]\\]{1,128}@[^@\s<>\"(),:;\\]{1,255}")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.){0,256}"')
_NULL_PATH = re.compile(r"\s*<\s*>\s*")
_COMMENT = re.compile(r"\([^()]*\)")


def ids(values: Iterable[str]) -> tuple[str, ...]:
    """The message ids in raw values with their angle brackets, each once; words with an `@` where none has any."""
    value = " ".join(values)[:MAX_HEADER]
    found = ["".join(match.split()) for match in _ID.findall(value)]
    return tuple(dict.fromkeys(found or [word for word in value.split() if "@" in word]))


def addresses(header: str) -> tuple[str, ...]:
    """The addresses in a header's raw value, lower-case, each once. A display name that looks like one is none."""
    text = header_text(_QUOTED.sub(_unquoted_local_part, header[:MAX_HEADER]))
    angled = [match[0] for inside in _ID.findall(text) if (match := _ADDRESS.search(inside))]
    bare = [_COMMENT.sub(" ", part) for part in text.split(",") if "<" not in part]
    found = [*angled, *(match[0] for part in bare for match in _ADDRESS.finditer(part))]
    return tuple(dict.fromkeys(address.rstrip(".>").lower() for address in found))


def first_address(header: str) -> str:
    """The first address in a raw value, lower-case, empty where there is none."""
    return next(iter(addresses(header)), "")


def subject(header: str) -> str:
    """A subject as a reader sees it."""
    return header_text(header[:MAX_HEADER])


def return_path(header: str) -> str:
    """The address of a Return-Path, `<>` where it says so, or empty where there is none."""
    return "<>" if is_null_path(header) else first_address(header)


def is_null_path(header: str) -> bool:
    """Whether a Return-Path says that nothing is to come back (RFC 5321 4.5.5)."""
    return _NULL_PATH.fullmatch(header) is not None


def _unquoted_local_part(match: re.Match[str]) -> str:
    """Quoted display names go; a quoted local part (`"a.b"@example.com`) loses its quotes only."""
    return match[0][1:-1] if match.string.startswith("@", match.end()) else " "
