"""The writer's own words: an answer without the letter it answers, without signature and mail program."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from mailparser_reply import EmailReplyParser
from mailparser_reply.constants import MAIL_LANGUAGES

from ingot.domain.compliance import footer
from ingot.mail.quote_marks import attribution_length, header_length, is_device, is_signature
from ingot.mail.sent_text import CUT, cut_sent

_QUOTED = re.compile(r"(?:[A-Z]{1,3})?>|[|»]\s")
_RULE_SIGNS = "-_=*\u2014 "
_WORD = re.compile(r"\w")
_WRAPS_AT = 65  # characters
_LONGEST_SIGNATURE = 25  # lines; more are a letter below a rule

# More than any person writes; bounds the time that hostile mail can take.
_LONGEST_TEXT = 100_000
_LONGEST_LINE = 2_000
# The library's patterns take quadratic time and more on long lines.
_LIBRARY_TEXT, _LIBRARY_LINE = 20_000, 300

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6]|p|div)\b[^<>]{0,200}>", re.IGNORECASE)
_TAGS = re.compile(
    r"</?(?:html|head|body|p|div|span|br|b|i|u|em|strong|font|a|table|tbody|tr|td|ul|ol|li|h[1-6]|blockquote|meta|img|hr|o:p)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
_FOOTER = footer(sender_name="", sender_email="", postal_address="").splitlines()[-1]


def own_words(text: str, *, sent: Sequence[str] = ()) -> str:
    """What the writer of an answer wrote. `sent` are the letters of ours that it may quote, as they were sent.

    First our own letters are cut wherever they stand, then what mail programs announce as quoted, then a library has its
    turn; signature and quoted lines go. Lines between quoted ones stay: they are answers. Never raises.
    """
    return _without_library_quotes(_tidy(_unquoted(_without_ours(text, sent).split("\n"))))


def unsent_words(text: str, *, sent: Sequence[str] = ()) -> str:
    """Everything but our own letters: quotes of others and signatures stay. For rules that must miss nothing."""
    return _tidy(line for line in _without_ours(text, sent).split("\n") if line != CUT)


def _without_ours(text: str, sent: Sequence[str]) -> str:
    return cut_sent(_plain_text(text), (*sent, _FOOTER))


def _plain_text(text: str) -> str:
    text = re.sub(r"\r\n?|[\u2028\u2029\x85]", "\n", text[:_LONGEST_TEXT])
    if _TAGS.search(text):
        text = _TAGS.sub(" ", _BREAKS.sub("\n", text))
    text = _INVISIBLE.sub("", html.unescape(text)).replace("\xa0", " ")
    return "\n".join(line[:_LONGEST_LINE].strip() for line in text.split("\n"))


def _unquoted(lines: list[str]) -> Iterator[str]:
    """The lines that are the writer's, in order."""
    at, said = 0, False
    while at < len(lines):
        line = lines[at]
        announced = attribution_length(lines, at) or header_length(lines, at)
        if announced:
            at = _after_blank(lines, at + announced)
            # A quote whose end nothing marks runs to the end of the mail. Ours were cut, and marked ones end by themselves.
            if at < len(lines) and not _is_quoted(lines[at]):
                return
            continue
        if is_signature(line) and said and len(lines) - at <= _LONGEST_SIGNATURE:
            return
        if not (_is_quoted(line) or is_signature(line) or is_device(line) or _is_wrapped_rest(lines, at)):
            yield line
            said = said or bool(line)
        at += 1


def _is_quoted(line: str) -> bool:
    return line == CUT or _QUOTED.match(line) is not None


def _is_wrapped_rest(lines: list[str], at: int) -> bool:
    """Whether a line is the end of the quoted one above it, broken off by a mail program that did not mark it."""
    before, after = (lines[at - 1] if at else ""), (lines[at + 1] if at + 1 < len(lines) else "")
    is_between = before.startswith(">") and after.startswith(">")
    return is_between and len(before) >= _WRAPS_AT and not before.endswith((".", "?", "!", ":"))


def _after_blank(lines: list[str], at: int) -> int:
    while at < len(lines) and not lines[at]:
        at += 1
    return at


def _tidy(lines: Iterable[str]) -> str:
    kept = list(lines)
    while kept and not kept[-1].strip(_RULE_SIGNS):
        kept.pop()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _without_library_quotes(text: str) -> str:
    """The text up to the first quote that mail-parser-reply knows and we do not.

    Only its split at announcements is used: what it takes for a signature ("Thanks, but please remove me") may be the answer.
    """
    if len(text) > _LIBRARY_TEXT or any(len(line) > _LIBRARY_LINE for line in text.split("\n")):
        return text
    try:
        replies = EmailReplyParser(languages=list(MAIL_LANGUAGES)).read(text).replies
    except (RecursionError, ValueError, IndexError):  # hostile text; what we cut ourselves stands
        return text
    first = str(replies[0].content).strip() if replies else ""
    return first if _WORD.search(first) else text
