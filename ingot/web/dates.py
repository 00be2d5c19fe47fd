"""The date that a page gives itself: structured data first, then meta tags, `<time>` and the address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

EARLIEST_YEAR = 1995  # the web is not older
MAX_NODES = 500

_META_NAMES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "date",
    "dc.date.issued",
    "dcterms.created",
    "pubdate",
    "publish-date",
    "parsely-pub-date",
)
# Of an article or a post. A product or a company has dates too, of something else.
_DATED_TYPES = re.compile(r"Article|Posting|Report|WebPage|NewsArticle|PodcastEpisode|VideoObject")
_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/.-]|$)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def page_date(
    *, url: str, json_ld: Iterable[dict[str, Any]], metas: Mapping[str, str], times: Iterable[LexborNode]
) -> datetime | None:
    """When the page was published, in UTC; None where it does not say so.

    `metas` maps names in lower case to their content, `times` are the page's `<time>` elements. What a page says may be wrong: a
    caller that knows what time it is drops a date in the future (see `believable`).
    """
    said = (*_in_json_ld(json_ld), *(metas[name] for name in _META_NAMES if name in metas), *_in_times(times))
    found = next((when for text in said if (when := read_date(text)) is not None), None)
    return found or _in_address(url)


def read_date(text: str) -> datetime | None:
    """An ISO 8601 or RFC 5322 date in UTC; without a zone it is taken for UTC. None where it is neither, or before the web."""
    text = text.strip()
    found: datetime | None = None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        try:
            found = parsedate_to_datetime(text)
        except (ValueError, IndexError, TypeError):
            if day := _DAY.match(text):
                return read_date(day[0]) if text != day[0] else None
            return None
    try:
        found = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except OverflowError:  # the year 1 in a zone east of here
        return None
    return found if found.year >= EARLIEST_YEAR else None


def believable(when: datetime | None, *, now: datetime) -> datetime | None:
    """The date, or None for one that lies in the future; a day is allowed for clocks and zones."""
    return when if when is not None and when <= now + timedelta(days=1) else None


def _in_json_ld(json_ld: Iterable[dict[str, Any]]) -> Iterator[str]:
    waiting: list[Any] = list(json_ld)
    for _ in range(MAX_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            kind, published = node.get("@type"), node.get("datePublished")
            kinds = kind if isinstance(kind, list) else [kind]
            if isinstance(published, str) and any(isinstance(k, str) and _DATED_TYPES.search(k) for k in kinds):
                yield published
            waiting += [node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node]


def _in_times(times: Iterable[LexborNode]) -> Iterator[str]:
    """The only date of the page's `<time>` elements, or the one that is marked as that of publication: a list has many."""
    marked: list[str] = []
    every: list[str] = []
    for node in times:
        attributes = node.attributes
        if text := (attributes.get("datetime") or "").strip():
            every.append(text)
            if "pubdate" in attributes or "datePublished" in (attributes.get("itemprop") or ""):
                marked.append(text)
    if marked:
        yield marked[0]
    elif len({text[:10] for text in every}) == 1:
        yield every[0]


def _in_address(url: str) -> datetime | None:
    """The date in a path such as `/2026/03/05/launch`; without a day it is the month's first."""
    try:
        found = _IN_PATH.search(urlsplit(url).path)
        day = date(int(found[1]), int(found[2]), int(found[3] or 1)) if found else None
    except ValueError:  # no address, or no such day
        return None
    if day is None or day.year < EARLIEST_YEAR:
        return None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
