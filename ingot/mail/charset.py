"""From a mail's bytes to text: the declared character set where it fits, else the likeliest one. Nothing here raises."""

from __future__ import annotations

import base64
import binascii
import codecs
import quopri
import re

# Python's name -> the superset that mail programs really write under that name.
_READ_AS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso2022_jp": "iso2022_jp_ext",
    "big5": "big5hkscs",
}
# Encodings of Python source and host names, not of text that people send.
_NO_CHARSETS = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})
_LABEL = re.compile(r"[A-Za-z0-9_:-]{1,40}")
_ENCODED_WORD = re.compile(r"=\?([\w.:*-]{1,60})\?([bq])\?([^?]*)\?=", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def decode(data: bytes, label: str) -> str:
    """Text in the charset that `label` names; UTF-8, else Windows-1252, where the label is unknown or does not fit."""
    encoding = _encoding(label)
    for candidate in (encoding if encoding != "cp1252" else "", "utf-8"):
        if candidate:
            try:
                return data.decode(candidate)
            except UnicodeError:  # the label is wrong: try the next
                continue
    return data.decode(encoding or "cp1252", errors="replace")


def header_text(raw: str) -> str:
    """A header's value as a reader sees it: 8-bit bytes and encoded words (RFC 2047) decoded, on one line."""
    if raw.isascii() and "=?" not in raw:  # nearly every header
        return _one_line(raw)
    text = decode(raw.encode("utf-8", "surrogateescape"), "") if _has_raw_bytes(raw) else raw
    pieces: list[str] = []
    run, run_label, end = b"", "", 0
    for match in _ENCODED_WORD.finditer(text):
        between = text[end : match.start()]
        label, word = match[1].partition("*")[0].lower(), _word(match[2].lower(), match[3])
        if run_label and (label != run_label or between.strip()):
            pieces.append(decode(run, run_label))
            run, run_label = b"", ""
        if between.strip() or not end:
            pieces.append(between)
        run, run_label, end = run + word, label, match.end()
    if run_label:
        pieces.append(decode(run, run_label))
    pieces.append(text[end:])
    return _one_line("".join(pieces))


def _one_line(text: str) -> str:
    return " ".join(_CONTROLS.sub(" ", text).split())


def _has_raw_bytes(raw: str) -> bool:
    return any("\udc80" <= char <= "\udcff" for char in raw)


def _word(kind: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if kind == "q":
        return quopri.decodestring(data, header=True)
    try:
        return base64.b64decode(re.sub(rb"[^A-Za-z0-9+/]", b"", data) + b"==")
    except binascii.Error:  # cut in the middle of a character: what was written is all there is
        return data


def _encoding(label: str) -> str:
    if not _LABEL.fullmatch(label):
        return ""
    try:
        name = codecs.lookup(label.lower().replace("ks_c_5601-1987", "cp949")).name
        b"    ".decode(name)  # some codecs are none for text
    except (LookupError, UnicodeError):
        return ""
    return "" if name in _NO_CHARSETS else _READ_AS.get(name, name)
