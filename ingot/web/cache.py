"""Pages that were read, kept so that the same page is not asked for twice (RFC 9111, as a private cache)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from ingot.domain.cached_page import CachedPage
from ingot.web.retry_after import http_date

LEAST = timedelta(hours=1)
"""However short a site says its page is good for: research reads the same pages twice on its way to a letter."""
LONGEST = timedelta(days=7)
LONGEST_ROBOTS = timedelta(days=1)
"""RFC 9309, section 2.4."""


class Store(Protocol):
    """Where pages are kept, by the address that was asked for."""

    async def load(self, url: str) -> CachedPage | None:
        """What is kept, or None."""
        ...

    async def save(self, page: CachedPage) -> None:
        """Keep it in the place of an earlier answer."""
        ...

    async def forget(self, url: str) -> None:
        """Keep nothing of this address."""
        ...


def may_keep(headers: Mapping[str, str]) -> bool:
    """Whether the site lets its answer be stored at all."""
    return "no-store" not in _directives(headers)


def expires(headers: Mapping[str, str], *, now: datetime, longest: timedelta = LONGEST) -> datetime:
    """Until when nobody has to ask again: as `Cache-Control` or else `Expires` say, within `LEAST` and `longest`.

    `no-cache` and an age of 0 count as `LEAST`: to ask seldom comes before seeing the last hour's change.
    """
    age = _directives(headers).get("max-age")
    if age is not None:
        good_for = timedelta(seconds=_seconds(age) - _seconds(headers.get("age", "")))
    else:
        until = http_date(headers.get("expires", ""))
        sent = http_date(headers.get("date", "")) or now
        good_for = until - sent if until else LEAST
    return now + min(max(good_for, LEAST), longest)


def conditions(kept: CachedPage) -> dict[str, str]:
    """The headers that ask whether the page changed; empty where it carries no mark to tell by."""
    marks = {"If-None-Match": kept.etag, "If-Modified-Since": kept.last_modified}
    return {name: value for name, value in marks.items() if value}


def revived(kept: CachedPage, headers: Mapping[str, str], *, now: datetime, longest: timedelta = LONGEST) -> CachedPage:
    """The kept page after the site said that it did not change (304)."""
    return replace(
        kept,
        id=None,
        fetched_at=now,
        expires_at=expires(headers, now=now, longest=longest),
        etag=headers.get("etag") or kept.etag,
        last_modified=headers.get("last-modified") or kept.last_modified,
    )


def _directives(headers: Mapping[str, str]) -> dict[str, str]:
    parts = (part.partition("=") for part in headers.get("cache-control", "").split(","))
    return {name.strip().lower(): value.strip().strip('"') for name, _, value in parts}


def _seconds(text: str) -> int:
    """Text as seconds, at most ten years; 0 where it is no number."""
    digits = text.strip()
    return min(int(digits), 315_360_000) if digits.isascii() and digits.isdigit() and len(digits) < 20 else 0
