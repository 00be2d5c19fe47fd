"""When a letter may leave: a window of local time on some days of the week, and the days between two letters.

Local time is read from the clock on the wall there, so a change of the clocks moves, halves or doubles an hour as it does there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ingot.errors import ValidationError

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SendWindow:
    """Open from `start` until before `end`, local time in the IANA `zone`, on `days` (0 is Monday).

    Raises `ValidationError` for a window that never opens and for a zone without rules on this machine.
    """

    start: time
    end: time
    days: frozenset[int]
    zone: str

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValidationError("The window ends before it starts.", hint="Set window.end later than window.start.")
        if not self.days or not self.days <= frozenset(range(7)):
            raise ValidationError("The window names no day of the week.", hint="Set window.days, such as Mon-Fri.")
        _zone(self.zone)


def is_open(now: datetime, window: SendWindow) -> bool:
    """Whether the clock on the wall shows a time inside the window. `now` is aware."""
    local = _utc(now).astimezone(_zone(window.zone))
    return local.weekday() in window.days and window.start <= local.time() < window.end


def next_slot(now: datetime, window: SendWindow) -> datetime:
    """`now` itself where the window is open, else the next instant at which it opens; in UTC.

    A window that starts within a skipped hour opens when the skip ends; one that lies within it stays closed that day;
    one within a repeated hour opens twice.
    """
    now = _utc(now)
    if is_open(now, window):
        return now
    zone = _zone(window.zone)
    # The day before counts too: where the clocks go back over midnight, it comes again.
    first = now.astimezone(zone).date() - _DAY
    for week in count():
        days = [first + timedelta(days=7 * week + number) for number in range(8)]
        for opening in sorted(opening for day in days for opening in _openings(day, window.start, zone)):
            if opening >= now and is_open(opening, window):
                return opening
    raise AssertionError  # pragma: no cover - the count has no end


def business_day_after(sent_at: datetime, days: int, zone: str, *, at: time) -> datetime:
    """The `days`-th day from Monday to Friday after the local day of `sent_at`, at local time `at`; in UTC.

    A skipped `at` is as much later as the clocks were put forward, a repeated one is the first (PEP 495, fold 0).
    Public holidays count as days. Raises `ValidationError` for fewer than one day.
    """
    if days < 1:
        raise ValidationError("A follow-up comes at least one day after the letter.")
    there = _zone(zone)
    day = _utc(sent_at).astimezone(there).date()
    left = days
    while left:
        day += _DAY
        left -= day.weekday() < 5
    return datetime.combine(day, at, there).astimezone(UTC)


def _openings(day: date, start: time, zone: ZoneInfo) -> Iterator[datetime]:
    """Every instant of a local day at which a window may open: its start, twice if repeated, and a change of the clocks."""
    for fold in (0, 1):
        yield datetime.combine(day, start, zone).replace(fold=fold).astimezone(UTC)
    before, after = (datetime.combine(midnight, time(), zone).astimezone(UTC) for midnight in (day, day + _DAY))
    if _offset(before, zone) == _offset(after, zone):
        return
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if _offset(middle, zone) == _offset(before, zone):
            before = middle
        else:
            after = middle
    yield after


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta | None:
    return instant.astimezone(zone).utcoffset()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError) as error:
        raise ValidationError(
            "The time zone has no rules on this machine.", hint="Use an IANA zone such as Europe/Berlin."
        ) from error


def _utc(instant: datetime) -> datetime:
    # A naive time would silently be read as this machine's own.
    if instant.tzinfo is None:
        raise ValidationError("An instant without a time zone says nothing about elsewhere.")
    return instant.astimezone(UTC)
