"""From a page's bytes to text, as browsers decide it: BOM, then the HTTP header, then the page's own meta tag."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)

# Python's name -> what browsers read it as. Others (utf-7, punycode, escapes) are ways in, not encodings of pages.
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
}
_ACCEPTED = frozenset(
    [
        "utf-8",
        "utf-16-le",
        "utf-16-be",
        "gb18030",
        "big5",
        "euc_jp",
        "iso2022_jp",
        "cp932",
        "cp949",
        "koi8-r",
        "koi8-u",
        "cp866",
        "mac-roman",
        "cp1250",
        "cp1251",
        "cp1252",
        "cp1253",
        "cp1254",
        "cp1255",
        "cp1256",
        "cp1257",
        "cp1258",
        "cp874",
        "iso8859-2",
        "iso8859-3",
        "iso8859-4",
        "iso8859-5",
        "iso8859-6",
        "iso8859-7",
        "iso8859-8",
        "iso8859-10",
        "iso8859-13",
        "iso8859-14",
        "iso8859-15",
        "iso8859-16",
    ]
)


def decode(body: bytes, *, content_type: str = "") -> str:
    """The text of a page. Without any declaration UTF-8 where it is valid, else Windows-1252; never fails."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.removeprefix(mark).decode(encoding, errors="replace")
    if declared := _name(body, content_type):
        return body.decode(declared, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace")


def as_utf8(body: bytes, *, content_type: str = "") -> bytes:
    """The page as UTF-8, decoded as `decode` would: for a valid page in UTF-8 that is the body itself."""
    if _name(body, content_type) == "utf-8" and not body.startswith(codecs.BOM_UTF8):
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            pass  # decoded below, with signs of replacement
        else:
            return body
    return decode(body, content_type=content_type).encode("utf-8", errors="replace")


def _name(body: bytes, content_type: str) -> str:
    """Python's name of the encoding that is declared and accepted; empty where there is none."""
    return next(filter(None, map(_encoding, _declared(body, content_type))), "")


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    if match := _HEADER.search(content_type):
        yield match[1]
    if meta := _META.search(body[:4096]):
        label = meta[1].decode("ascii", errors="replace")
        # Bytes in which this tag could be read are not UTF-16, whatever it says.
        yield "utf-8" if label.lower().startswith("utf-16") else label


def _encoding(label: str) -> str:
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    name = _READ_AS.get(name, name)
    return name if name in _ACCEPTED else ""
