"""When a busy site asks to be asked again (RFC 9110, section 10.2.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from ingot.errors import PageError

BUSY = frozenset({429, 503})
LONGEST_WAIT = 60.0
"""Seconds that are waited for a busy site; who asks for more is asked in another run."""

_DAY = 86_400.0


def retry_after(value: str, *, now: datetime) -> float | None:
    """Seconds from now, 0 to a day, of a `Retry-After` (seconds or an HTTP date); None where it says neither."""
    text = value.strip()
    if re.fullmatch(r"[0-9]+", text):
        return min(float(text), _DAY)
    when = http_date(text)
    return None if when is None else min(max((when - now).total_seconds(), 0.0), _DAY)


def http_date(value: str) -> datetime | None:
    """A date as HTTP headers give it (RFC 9110, section 5.6.7); None for anything else."""
    try:
        when = parsedate_to_datetime(value)
        return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def busy(seconds: float, *, now: datetime, status: int | None = None) -> PageError:
    """The error that names when the site may be asked again; `retry_at` is that moment in ISO 8601."""
    when = now + timedelta(seconds=seconds)
    return PageError(
        f"The site is busy and asks to be read again after {when:%Y-%m-%d %H:%M:%S} UTC.",
        reason="busy",
        hint="Run the campaign again then.",
        retry_at=when.isoformat(timespec="seconds"),
        **({"status": status} if status else {}),
    )
