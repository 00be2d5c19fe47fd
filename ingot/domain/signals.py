"""What a sentence about a company tells of, when it happened, and whether that is still news."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

FRESH_DAYS = 365
_LONGEST_DATE_LINE = 40  # "Published on Thursday, 12 September 2026", not a sentence

# The first that fits names the topic: what happened goes before what is.
_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (topic, re.compile(rf"\b(?:{pattern})", re.IGNORECASE))
    for topic, pattern in (
        (
            "funding",
            (r"seed round|series [a-f]\b|rais(?:ed|es|ing)\b.{0,40}(?:[$€£]|million|round|funding)|funding|"
            r"backed by|invested in us|investors? (?:include|are)|valuation"),
        ),
        (
            "launch",
            (r"launch|releas(?:ed?|es|ing)\b|now available|general availability|open[- ]sourc(?:ed|es|ing)\b|ship(?:ped|s|ping)? |"
            r"announc|introduc(?:ed|es|ing) |went live|in (?:public )?beta\b|rolled out|(?:is|goes) live\b"),
        ),
        (
            "hiring",
            (r"hiring\b|we(?:'re| are) (?:looking for|growing)|open (?:roles?|positions?)|join (?:us|our team)|vacanc|"
            r"job openings?|looking for an? (?:\w+ ){0,4}(?:engineer|developer|designer|manager|scientist|analyst)"),
        ),
        (
            "team size",
            (r"team of (?:\d|two|three|four|five|six|seven|eight|nine|ten|about|around)|\d+ (?:people|employees|engineers|of us)\b|"
            r"(?:we are|we're) (?:\d+|two|three|four|five|six|seven|eight|nine|ten)\b|grew (?:the team|to \d)"),
        ),
        (
            "customers",
            (r"customers?\b|clients?\b|used by|trusted by|relied on by|teams at\b|case study|\d[\d,.]*\+? (?:users|companies|"
            r"teams|developers|schools|clinics|banks|hospitals|merchants|shops)\b|(?:companies|teams|clinics|schools|banks) (?:use|run|rely)\b"),
        ),
        (
            "technology",
            (r"written in|built (?:on|in|with)\b|runs? on\b|powered by|under the hood|our stack|tech stack|architecture|"
            r"migrat(?:ed|ing)|infrastructure|latency|throughput"),
        ),
        ("news", r"acquir|partner(?:ed|ship)|award|named (?:a|one of)|joined forces|expand(?:ed|ing)|opened\b|moved to|20\d\d\b"),
    )
)  # fmt: skip

_MONTH_NAMES = "january february march april may june july august september october november december".split()
_MONTHS = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, 1)}
_MONTH = r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b",
        rf"\b{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"\b(?:(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.)?\s+)?{_MONTH},?\s+{_YEAR}",
        rf"\bQ(?P<quarter>[1-4])\s+{_YEAR}",
    )
)
# A year alone dates what happened in it, not what has been so since then.
_YEAR_ONLY = re.compile(rf"\b(?:in|during|throughout|of|early|late|mid|spring|summer|autumn|fall|winter)[\s-]+{_YEAR}", re.IGNORECASE)  # fmt: skip


def topic_of(text: str) -> str:
    """What a sentence tells of: funding, launch, hiring, team size, customers, technology or news; else product."""
    return next((topic for topic, sign in _TOPICS if sign.search(text)), "product")


def date_in(text: str, *, now: datetime) -> datetime | None:
    """The latest date (UTC) that a text names and that is not in the future; a month is its first day, a year its last.

    None where it names none: "since 2019" tells how long something has been so, not when it happened.
    """
    found = [when for pattern in _DATES for match in pattern.finditer(text) if (when := _when(match.groupdict()))]
    if not found:
        years = [int(match["year"]) for match in _YEAR_ONLY.finditer(text)]
        # Of the year that runs, and of one that has ended, the last day that may be meant: nothing is called old too early.
        found = [min(datetime(year, 12, 31, tzinfo=UTC), now) for year in years if year <= now.year]
    return max((when for when in found if when <= now), default=None)


def date_near(text: str, quote: str, *, now: datetime) -> datetime | None:
    """The date in the quote, or on a line of its own right above or below it, as lists of news have it."""
    if (when := date_in(quote, now=now)) is not None:
        return when
    lines = text.splitlines()
    at = next((number for number, line in enumerate(lines) if quote in line), None)
    if at is None:
        return None
    near = [lines[number] for number in (at - 1, at + 1, at - 2) if 0 <= number < len(lines)]
    dated = (date_in(line, now=now) for line in near if len(line) <= _LONGEST_DATE_LINE)
    return next((when for when in dated if when is not None), None)


def is_fresh(when: datetime | None, *, now: datetime) -> bool:
    """Whether something that is dated happened within the last twelve months. What has no date is not known to be fresh."""
    return when is not None and now - when <= timedelta(days=FRESH_DAYS)


def is_old(when: datetime | None, *, now: datetime) -> bool:
    """Whether something happened more than twelve months ago. What has no date is not known to be old."""
    return when is not None and not is_fresh(when, now=now)


def _when(parts: dict[str, str | None]) -> datetime | None:
    year = int(parts["year"] or 0)
    if quarter := parts.get("quarter"):
        return datetime(year, 3 * int(quarter) - 2, 1, tzinfo=UTC)
    number = parts.get("number")
    month = int(number) if number else _MONTHS[(parts["month"] or "").lower()[:3]]
    try:
        return datetime(year, month, int(parts.get("day") or 1), tzinfo=UTC)
    except ValueError:  # the 31st of a month that has none
        return None
