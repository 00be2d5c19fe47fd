"""Plain text and Markdown as logical lines: bytes decoded, Markdown signs removed, wrapped lines joined."""

from __future__ import annotations

import codecs
import contextlib
import re
from dataclasses import replace

from ingot.errors import ResumeError
from ingot.resume.sections import known_section
from ingot.resume.text import BULLET, TextLine, join_wrapped, normalise

_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\(<?([^)\s>]{1,2000})>?[^)\n]{0,300}\)")
_EMPHASIS = re.compile(r"(\*\*|__|`)(?=\S)(.+?)(?<=\S)\1")
_WRAPPED_FROM = 60  # characters: a shorter line ended because its writer ended it


def decode(data: bytes) -> str:
    """UTF-8, else Latin-1 (Windows-1252). Raises `ResumeError` for UTF-16, which is refused, and for binary data."""
    sample = data[:4000]
    zeros = max(sample[1::2].count(0), sample[::2].count(0))
    if data.startswith(_UTF16_MARKS) or zeros > len(sample) * 0.3:
        raise ResumeError('The text is stored as UTF-16 ("Unicode").', hint="Save it again as UTF-8 text.")
    control = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1b" for byte in sample)
    if control > len(sample) * 0.01:
        raise ResumeError(
            "The file is neither a PDF, a Word file nor text.", hint="Import a PDF, a .docx file or plain text."
        )
    for encoding in ("utf-8-sig", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding)
    return data.decode("latin-1")


def plain_lines(text: str) -> tuple[list[TextLine], list[str]]:
    """The logical lines of a plain or Markdown text, and the addresses of its Markdown links."""
    links = [match[2] for match in _LINK.finditer(text)]
    lines: list[TextLine] = []
    gap, last_width = False, 0
    for raw in normalise(_LINK.sub(r"\1", text)).split("\n"):
        heading = re.match(r"\s*(#{1,6})\s+", raw)
        bullet = None if heading else BULLET.match(raw)
        line = _EMPHASIS.sub(r"\2", raw[heading.end() if heading else bullet.end() if bullet else 0 :]).strip()
        if not line or re.fullmatch(r"[-=_*~\s]{3,}", line):
            gap, last_width = True, 0
            continue
        style = f"#{len(heading[1])}" if heading else "caps" if line.isupper() else ""
        wraps = lines and not gap and not bullet and not style and not known_section(line.rstrip(":"))
        if wraps and _goes_on(lines[-1], line, last_width=last_width, indented=raw[:1].isspace()):
            lines[-1] = replace(lines[-1], text=join_wrapped(lines[-1].text, line))
        else:
            lines.append(TextLine(text=line, style=style, bullet=bullet is not None, gap=gap or bool(heading)))
        gap, last_width = False, len(raw.rstrip())
    return lines, links


def _goes_on(above: TextLine, line: str, *, last_width: int, indented: bool) -> bool:
    if above.style or "\t" in above.text or "\t" in line or above.text.endswith(":"):
        return False
    if above.bullet and (indented or line[:1].islower()):
        return True
    if last_width < _WRAPPED_FROM or re.search(r"[|@]|://", above.text + line):
        return False
    return above.bullet or line[:1].islower() or len(above.text) > 90
