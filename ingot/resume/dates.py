"""Dates as résumés write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ingot.resume.calendar_words import FROM, MONTHS, NOW, SEASONS, SINCE, UNTIL, pattern_of

_MONTH = rf"(?:(?:{pattern_of([*MONTHS, *SEASONS])})(?![^\W\d_])\.?)"
_YEAR = r"(?:19|20)\d{2}"
_NUMBER = r"(?:0?[1-9]|1[0-2])"  # of a month
_POINT = (
    rf"(?:{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?[,.]?\s*(?:(?:of|de|del|do)\s+)?{_YEAR}|{_MONTH}\s?['’]\d{{2}}"
    rf"|{_MONTH}[/-]{_YEAR}"
    rf"|\d{{1,2}}(?:\.|er|º|st|nd|rd|th)?\s+(?:de\s+)?{_MONTH}\s+(?:de\s+)?{_YEAR}"
    rf"|{_YEAR}[-/.]{_NUMBER}(?:[-/.]\d{{1,2}})?(?!\d)|{_NUMBER}\s?[/.]\s?{_YEAR}|{_NUMBER}-{_YEAR}"
    rf"|\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR}|Q[1-4]\s?[/-]?\s?{_YEAR}|{_YEAR}\s+{_MONTH}|{_YEAR})"
)
# Two digits for a year say something only beside another date.
_SHORT = rf"(?:{_NUMBER}\s?[/.]\s?\d{{2}}(?![\d/.])|{_MONTH}\s\d{{2}}(?![\d,]))"
_NOW = rf"(?:{NOW})"
_DASH = (
    rf"(?:\s+(?=(?:to date|to present|bis heute|ad oggi|do dziś)\b)"
    rf"|\s*(?:-{{1,3}}|–|—|−|‐|‑|~|→|/)\s*(?:(?:{UNTIL})\s+)?|\s+(?:{UNTIL})\s+)"
)
_LAST = rf"(?:{_NOW}|{_POINT}|{_SHORT})"
_YEARS = re.compile(r"(?<![\w$.])(?P<start>(?:19|20)\d{2})\s?(?:[–—]|/(?=1[3-9]|[2-9]))\s?(?P<end>\d{2})(?![\w/.])")
_RANGE = re.compile(
    rf"(?<![\w$.])(?:(?:{FROM}|{SINCE})\s+)?(?P<start>{_POINT}|{_SHORT}|{_MONTH}){_DASH}(?P<end>{_LAST})(?!\w)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    rf"(?<![\w$.])(?:(?:{SINCE})\s+(?P<start>{_POINT}|{_SHORT})|(?P<later>{_POINT})\s*[-–—]\s*(?=$|\t|\)))",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"(?<![\w$.])(?P<end>{_POINT})(?![\w%+])", re.IGNORECASE)
_ALONE = re.compile(rf"(?:{_LAST}|{_MONTH}|(?:{FROM}|{SINCE})\s+{_POINT})", re.IGNORECASE)
DURATION = re.compile(
    r"\(?\b\d+\+?\s*(?:years?|yrs?|yr|months?|mos?|mo|jahre?n?|monate?n?|ans?|mois|años?|mes(?:es|i)?|anos?|ann[oi]|jaar"
    r"|maand(?:en)?|lata?|rok|miesi[ąę]c\w*)\b\.?"
    r"(?:,?\s*(?:and|und|et|y|e|en|i)?\s*\d+\s*(?:months?|mos?|monate?n?|mois|mes(?:es|i)?|maand(?:en)?|miesi[ąę]c\w*)\b\.?)?\)?",
    re.IGNORECASE,
)
OPEN_END = "present"


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A period as written; `start` is empty where one date stands alone. `rest` is the line without it.

    The end of a period that is said to go on ("since 2020") without a word for it is "present".
    """

    start: str
    end: str
    rest: str
    is_range: bool


@lru_cache(maxsize=8192)
def find_dates(line: str) -> DateSpan | None:
    """The period or single date in a line, a period before a single date; None where there is none."""
    if not any(letter.isdigit() for letter in line):
        return None
    for pattern, is_range in ((_RANGE, True), (_OPEN, True), (_YEARS, True), (_SINGLE, False)):
        match = pattern.search(line)
        if match is None:
            continue
        groups = match.groupdict()
        rest = f"{line[: match.start()]}\t{line[match.end() :]}"
        start = groups.get("start") or groups.get("later") or ""
        end = groups.get("end") or OPEN_END
        if pattern is _YEARS:
            end = start[:2] + end
        return DateSpan(" ".join(start.split()), " ".join(end.split()), rest, is_range)
    return None


def is_date_only(text: str) -> bool:
    """Whether a cell holds a date and nothing else of weight."""
    found = find_dates(text)
    if found is None:
        return bool(DURATION.fullmatch(text.strip()))
    return not re.search(r"[^\W\d_]", DURATION.sub("", found.rest))


def is_point(text: str) -> bool:
    """Whether a text is one date, or a word such as "present", and nothing else."""
    return _ALONE.fullmatch(text.strip()) is not None
