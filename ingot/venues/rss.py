"""Job posts and news of companies from an RSS or Atom feed."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from ingot.errors import PageError, VenueError
from ingot.venues.feed_title import company_and_role
from ingot.venues.filters import Filters
from ingot.venues.reader import Reader
from ingot.venues.record import VenueRecord
from ingot.venues.source_name import is_web_address, source_name

MAX_BYTES = 5_000_000
MAX_SUMMARY = 5_000


class RSSVenue:
    """Reads one feed. Its items are posts, so a company that posts twice is one record's company with two links."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.name = source_name("rss", source)
        self.refused: list[str] = []

    async def fetch(self, web: Reader, filters: Filters) -> list[VenueRecord]:
        """The matching items. Raises `VenueError` for what is no feed; `refused` names the items without a company."""
        if not is_web_address(self.source):
            raise VenueError("A feed is read from its address.", hint="Give one that begins with https://.")
        try:
            body = (await web.get_source(self.source, max_bytes=MAX_BYTES)).body
        except PageError as error:
            raise VenueError(
                f"The feed could not be read ({error.reason}).",
                hint="Check the network and the feed's address.",
                reason=error.reason,
            ) from error
        records, self.refused = await asyncio.to_thread(parse_feed, body)
        return [record for record in records if filters.matches(record)]


def parse_feed(content: bytes) -> tuple[list[VenueRecord], list[str]]:
    """The feed's items as records, and why others cannot be. Raises `VenueError` where there is not one item."""
    import feedparser  # type: ignore[import-untyped]

    # No feed needs entities of its own; those that grow when they are written out take seconds to be stopped.
    if b"<!ENTITY" in content.replace(b"\0", b"").upper():
        raise VenueError("The feed declares entities, so it is not read.", hint="Give another feed of the site.")
    # A stream, not bytes: those it might take for the name of a file or an address to fetch.
    entries = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False).entries
    if not entries:
        raise VenueError("The address holds no feed with items.", hint="Give the address of an RSS or Atom feed.")
    records: list[VenueRecord] = []
    refused: list[str] = []
    for number, entry in enumerate(entries, start=1):
        record = _record(entry)
        if record is None:
            refused.append(f"item {number} names no company")
        else:
            records.append(record)
    return records, refused


def _record(entry: Mapping[str, Any]) -> VenueRecord | None:
    named = company_and_role(_line(entry.get("title")), said=_said(entry, _COMPANY), author=_author(entry))
    if named is None:
        return None
    link = str(entry.get("link") or "").strip()
    return VenueRecord(
        company_name=named.company,
        one_liner=f"Hiring: {named.role}" if named.role else _line(entry.get("title")),
        description=_summary(entry),
        location=named.location or _said(entry, r"location"),
        tags=tuple(filter(None, (_line(tag.get("term")) for tag in entry.get("tags") or ()))),
        hiring=True if named.role else None,
        url=link if is_web_address(link) else "",
        published=_day(entry.get("published_parsed") or entry.get("updated_parsed")),
        raw={"title": _line(entry.get("title")), "id": str(entry.get("id") or "")},
    )


_COMPANY = r"company(?:_?name)?|hiringorganization|employer"


def _said(entry: Mapping[str, Any], names: str) -> str:
    """What an element of its own says, in whatever namespace (`company`, `job_listing:company`); empty without one."""
    keys = (key for key in entry if re.search(rf"(?:^|_)(?:{names})$", key))
    return next((text for key in keys if (text := _line(entry[key]))), "")


def _author(entry: Mapping[str, Any]) -> str:
    """Who wrote the item, else where it was taken from; not an address."""
    source = entry.get("source")
    of_source = source.get("title") if isinstance(source, Mapping) else ""
    return next((text for given in (entry.get("author"), of_source) if (text := _line(given)) and "@" not in text), "")


def _summary(entry: Mapping[str, Any]) -> str:
    contents = [str(item.get("value") or "") for item in entry.get("content") or ()]
    return _text(max([str(entry.get("summary") or ""), *contents], key=len))[:MAX_SUMMARY].rstrip()


def _line(value: Any) -> str:
    """One line of text; titles come with markup and entities in them."""
    return " ".join(_text(value).split()) if isinstance(value, str) else ""


def _text(html: str) -> str:
    if not re.search(r"[<&]", html):
        return html.strip()
    broken = re.sub(r"(?i)<br\b[^>]*>|</(?:p|div|li|h\d|tr)>", "\\g<0>\n", html)
    tree = LexborHTMLParser(f"<body>{broken}")
    tree.strip_tags(["script", "style"])
    text = tree.body.text() if tree.body else ""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _day(parsed: Any) -> str:
    try:
        return date(*parsed[:3]).isoformat() if parsed else ""
    except (TypeError, ValueError):
        return ""
