"""Dates as résumés write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may\.?|june?\.?|july?\.?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?"
    r"|spring|summer|fall|autumn|winter)"
)
_YEAR = r"(?:19|20)\d{2}"
_POINT = (
    rf"(?:{_MONTH}(?:\s+\d{{1,2}}(?:st|nd|rd|th)?)?[,.]?\s*(?:of\s+)?{_YEAR}|{_MONTH}\s?['’]\d{{2}}"
    rf"|\d{{1,2}}\s+{_MONTH}\s+{_YEAR}"
    rf"|{_YEAR}[-/.](?:0?[1-9]|1[0-2])(?:[-/.]\d{{1,2}})?(?!\d)|(?:0?[1-9]|1[0-2])[/.]{_YEAR}"
    rf"|\d{{1,2}}[/.]\d{{1,2}}[/.]{_YEAR}|{_YEAR})"
)
_NOW = r"(?:present|current|currently|now|today|ongoing|to date|date|heute|actual)"
_DASH = r"\s*(?:-{1,3}|–|—|−|~|→|to|until|till|through)\s*"
_RANGE = re.compile(
    rf"(?<![\w$.])(?:(?:from|since)\s+)?(?P<start>{_POINT}|{_MONTH}){_DASH}(?P<end>{_POINT}|{_NOW})(?!\w)",
    re.IGNORECASE,
)
_OPEN = re.compile(rf"(?<![\w$.])(?:since\s+(?P<start>{_POINT})|(?P<later>{_POINT})\s*[-–—]\s*$)", re.IGNORECASE)
_SINGLE = re.compile(rf"(?<![\w$.])(?P<end>{_POINT})(?![\w%+])", re.IGNORECASE)
DURATION = re.compile(
    r"\(?\b\d+\+?\s*(?:years?|yrs?|yr|months?|mos?|mo)\b\.?(?:,?\s*(?:and\s+)?\d+\s*(?:months?|mos?)\b\.?)?\)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A period as written; `start` is empty where one date stands alone. `rest` is the line without it."""

    start: str
    end: str
    rest: str
    is_range: bool


def find_dates(line: str) -> DateSpan | None:
    """The period or single date in a line, a period before a single date; None where there is none."""
    for pattern, is_range in ((_RANGE, True), (_OPEN, True), (_SINGLE, False)):
        match = pattern.search(line)
        if match is None:
            continue
        groups = match.groupdict()
        rest = f"{line[: match.start()]}\t{line[match.end() :]}"
        start = groups.get("start") or groups.get("later") or ""
        return DateSpan(" ".join(start.split()), " ".join((groups.get("end") or "").split()), rest, is_range)
    return None


def is_date_only(text: str) -> bool:
    """Whether a cell holds a date and nothing else of weight."""
    found = find_dates(text)
    if found is None:
        return bool(DURATION.fullmatch(text.strip()))
    return not re.search(r"[^\W\d_]", DURATION.sub("", found.rest))
