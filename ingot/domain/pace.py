"""How many letters may leave: rolling caps, the warm-up of a young mailbox, and the bounces that stop it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # a year short of the last one, so that any zone can still show it

FIRST_DAY, DAILY_GROWTH = 5, 2
SLOW_ABOVE = 0.03
PAUSE_ABOVE_PERCENT, PAUSE_FROM_SENT = 5, 20


def warm_up_cap(*, sending_days: int, bounce_rate: float, day_cap: int) -> int:
    """Letters a day for a mailbox that has sent on `sending_days` earlier days; `bounce_rate` is 0-1.

    Five on the first day and two more for each day of sending, up to `day_cap`; half of that, but at least one,
    while more than 3 % bounce. A `day_cap` of 0 stays 0.
    """
    if day_cap <= 0:
        return 0
    grown = min(FIRST_DAY + DAILY_GROWTH * sending_days, day_cap)
    return max(1, grown // 2) if bounce_rate > SLOW_ABOVE else grown


def bounce_rate(sent: int, bounced: int) -> float:
    """The share that came back, 0-1; 0 where nothing was sent."""
    return min(bounced / sent, 1.0) if sent > 0 else 0.0


def must_pause(sent: int, bounced: int) -> bool:
    """Whether so many came back that nothing more may leave: over 5 %, once 20 were sent."""
    return sent >= PAUSE_FROM_SENT and bounced * 100 > sent * PAUSE_ABOVE_PERCENT


def free_at(moments: Sequence[datetime], *, cap: int, span: timedelta, now: datetime) -> datetime | None:
    """None where one more letter may leave now, else when the next place is free (UTC); `NEVER` for a cap of 0.

    Counted are the sendings of the last `span`: one exactly that old no longer does, one in the future does
    (another process's clock may run ahead).
    """
    if cap <= 0:
        return NEVER
    since = now.astimezone(UTC) - span
    recent = sorted(instant for instant in (moment.astimezone(UTC) for moment in moments) if instant > since)
    return recent[-cap] + span if len(recent) >= cap else None


def spacing(rng_value: float, *, shortest: float, longest: float) -> timedelta:
    """The pause before the next letter, from `shortest` to `longest` seconds, for a random number from 0 until before 1."""
    return timedelta(seconds=shortest + (longest - shortest) * rng_value)
