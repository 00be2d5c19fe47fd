"""The text of a Hacker News comment: its few tags become lines, its cut links whole addresses."""

from __future__ import annotations

import html
import re
import unicodedata

MAX_CHARS = 60_000

_LINK = re.compile(r"<a\b[^>]{0,4000}?\bhref\s*=\s*([\"'])(.*?)\1[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"</?(?:p|pre|br|ul|ol|li|div)\b[^<>]*>", re.IGNORECASE)
# Only tags that the site writes: what a person put between angle brackets ("jobs <at> ...") is text.
_TAG = re.compile(r"</?(?:a|i|b|u|em|strong|code|span|font)\b[^<>]*>", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'|]+", re.IGNORECASE)
_BULLET = re.compile(r"(?:[-*+•·‣▪◦–—>=~]|\(?\d{1,2}[.)])\s*")


def readable(comment: str) -> str:
    """The comment as lines without tags, entities and control characters; a paragraph broken by hand is joined again."""
    text = _LINK.sub(_whole_link, comment[:MAX_CHARS])
    paragraphs = _BREAK.split(text)
    lines = (line for paragraph in paragraphs for line in _lines(html.unescape(_TAG.sub("", paragraph))))
    return "\n".join(lines)


def urls_in(text: str) -> list[str]:
    """Every web address of a text in its order, without the punctuation behind it."""
    return list(dict.fromkeys(bare_url(match[0]) for match in _URL.finditer(text)))


def without_urls(text: str, *, filler: str = "") -> str:
    """The text with `filler` for each character of a web address."""
    return _URL.sub(lambda match: filler * len(match[0]), text)


def bare_url(found: str) -> str:
    """`https://x.example/a).` -> `https://x.example/a`; a bracket that was opened inside stays."""
    while found and (found[-1] in ".,;:!?*'\"]}>" or (found[-1] == ")" and found.count("(") < found.count(")"))):
        found = found[:-1]
    return found


def without_bullet(line: str) -> str:
    """The line without the mark of a list in front of it."""
    return _BULLET.sub("", line, count=1) if has_bullet(line) else line


def has_bullet(line: str) -> bool:
    """Whether the line is marked as an item of a list."""
    return _BULLET.match(line) is not None


def _whole_link(match: re.Match[str]) -> str:
    """The site cuts a long address in the text of its link; the link itself has all of it."""
    target = html.unescape(match[2]).strip()
    return target if re.match(r"https?://\S+$", target, re.IGNORECASE) else match[3]


def _lines(paragraph: str) -> list[str]:
    lines: list[str] = []
    for raw in paragraph.splitlines():
        line = " ".join(_visible(raw).split())
        if lines and line and _goes_on(lines[-1], line):
            lines[-1] += f" {line}"
        elif line:
            lines.append(line)
    return lines


def _visible(line: str) -> str:
    return "".join(
        character if unicodedata.category(character)[0] != "C" else " " if character == "\t" else ""
        for character in line
    )


def _goes_on(before: str, line: str) -> bool:
    """Whether a line was broken in the middle of a sentence."""
    if before.endswith((",", "|")) or line.startswith("|"):
        return not _URL.match(line)
    is_sentence = line[0].islower() and not re.match(r"(?:https?:|www\.|[\w.+-]+@|[\w-]+\.\w)", line)
    return is_sentence and before[-1] not in ".:!?|>*=~" and not has_bullet(line)
