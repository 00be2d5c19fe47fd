"""Jobs as résumé lines state them: which heading a line stands under, and for how many years."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile

_MONTHS = {name: n for n, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_MONTH = (
    r"(?:(?P<{0}_month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+|(?P<{0}_number>\d{{1,2}})[/.])?"
)
_POINT = _MONTH + r"(?P<{0}_year>(?:19|20)\d\d)(?:[-/.](?P<{0}_second>0[1-9]|1[0-2])\b)?"
_RANGE = re.compile(
    rf"\b{_POINT.format('start')}\s*(?:-|to|until)\s*(?:(?P<now>present|now|today|current|ongoing|date)\b|{_POINT.format('end')})",
    re.IGNORECASE,
)
_BULLET = re.compile(r"\s*[-*•·‣▪◦–]\s")
_SECTIONS = frozenset(
    "experience work employment education skills projects summary profile languages tools publications awards interests "
    "certifications certificates volunteering achievements about technologies".split()
)
_DATED = re.compile(r"\b(?:19|20)\d\d\)?$")
_PROJECTS = re.compile(r"\W*(?:\w+\s+)?projects\b", re.IGNORECASE)
_HEADING_WORDS = 8


@dataclass(frozen=True)
class Period:
    """A range of whole months, `start` and `end` counted as 12 * year + month; `end` None is "until now"."""

    start: int
    end: int | None
    is_exact: bool

    def months(self, now: int | None) -> int:
        """Its length; a range that is still open and whose present is unknown has none."""
        end = self.end if self.end is not None else now
        return max(0, end - self.start + self.is_exact) if end is not None else 0


def read_period(line: str) -> Period | None:
    """The first range of dates on a line in normal form ("Mar 2020 - Dec 2024", "2019-09 to 2023-06", "2021 - present")."""
    match = _RANGE.search(line)
    if match is None:
        return None
    start, start_exact = _month_count(match, "start")
    if match["now"]:
        return Period(start, None, start_exact)
    end, end_exact = _month_count(match, "end")
    return Period(start, end, start_exact and end_exact)


def _month_count(match: re.Match[str], point: str) -> tuple[int, bool]:
    name, number, second = match[f"{point}_month"], match[f"{point}_number"], match[f"{point}_second"]
    month = _MONTHS[name.lower()[:3]] if name else int(number or second or 7)
    return 12 * int(match[f"{point}_year"]) + month, bool(name or number or second)


def is_projects(heading: str) -> bool:
    """Whether a heading is that of the user's projects, whose lines often carry no verb."""
    return bool(_PROJECTS.match(heading))


def is_section(line: str) -> bool:
    """Whether a line is the heading of a section ("EXPERIENCE", "Skills")."""
    tokens = re.findall(r"[a-z]+", line.lower())
    return 0 < len(tokens) <= 3 and not line.rstrip().endswith(".") and "," not in line and tokens[-1] in _SECTIONS


def headings(lines: Sequence[str]) -> list[str]:
    """For each line the heading of the job it stands under, with the dates.

    Under projects it is the heading of that section, above the first job and in other sections "".
    """
    result, heading = [], ""
    for index, line in enumerate(lines):
        if is_section(line.partition(":")[0]):
            heading = line if _PROJECTS.match(line) else ""
        elif read_period(line) and not _BULLET.match(line):
            heading = _with_neighbours(lines, index)
        elif _DATED.search(line) and not _BULLET.match(line) and len(line.split()) <= 2 * _HEADING_WORDS:
            heading = line
        result.append(heading)
    for index in reversed(range(len(lines) - 1)):
        following = result[index + 1]
        if lines[index] and following != result[index] and lines[index] in following.split("\n"):
            result[index] = following
    return result


def _with_neighbours(lines: Sequence[str], index: int) -> str:
    """A dated line that names only a title or nothing takes the short lines beside it along."""
    rest = _RANGE.sub(" ", lines[index]).strip(" ,|-()")
    is_whole = len(re.findall(r"[^\W\d_]{2,}", rest)) > 3 or re.search(r"[,|@]|\bat\b| - ", rest)
    # What follows a date on its line is a place as often as a name; then the job is named above.
    if is_whole and _RANGE.match(lines[index].strip(" (|")) is None:
        return lines[index]
    before = list(takewhile(_is_heading_part, reversed(lines[max(0, index - 2) : index])))[::-1]
    after = list(takewhile(_is_heading_part, lines[index + 1 : index + 2]))
    return "\n".join([*before, lines[index], *after])


def _is_heading_part(line: str) -> bool:
    is_short = 0 < len(line.split()) <= _HEADING_WORDS
    capitals = [token for token in re.findall(r"[^\W\d_]+", line) if len(token) > 3]
    starts_capital = all(token[0].isupper() for token in capitals)
    return (
        is_short
        and starts_capital
        and not (_BULLET.match(line) or is_section(line) or line.endswith(".") or read_period(line))
    )


def total_months(periods: Sequence[Period], today: date | None) -> int:
    """The months that the periods cover together, each month once."""
    now = 12 * today.year + today.month if today else None
    covered: set[int] = set()
    for period in periods:
        covered.update(range(period.start, period.start + period.months(now)))
    return len(covered)
