"""Reading a company's own pages: the home page first, and later the few that name people and ways to reach them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from ingot.domain.intel import Page
from ingot.domain.lead import Lead
from ingot.errors import PageError
from ingot.web.client import WebClient
from ingot.web.contacts import published_addresses
from ingot.web.page import PageText, read_page
from ingot.web.people import find_people

# Best first: where people stand, then how to reach them, then whom they look for.
_WORTH_READING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"/(?:team|people|founders)\b",
        r"/(?:about|company|who-we-are)\b",
        r"/contact\b",
        r"/(?:careers?|jobs|join)\b",
    )
)
_MOST_PAGES = 3
_MOST_LINKS = 12


async def read_home(web: WebClient, lead: Lead, *, now: datetime) -> Page:
    """The company's home page; with `error` set, and no text, where there is none or it cannot be read."""
    if not lead.company_website:
        return Page(url="", error="the company gives no website", fetched_at=now)
    return await _read(web, lead.company_website, now=now)


async def read_more(web: WebClient, known: Sequence[Page], *, now: datetime) -> list[Page]:
    """Up to three further pages of the same site, chosen by what their addresses promise. Unreadable ones carry `error`.

    `known` begins with the home page. Only its links count, so that a run that was killed chooses the same pages again
    and reads those that are missing.
    """
    home = next((page for page in known if page.links), None)
    if home is None:
        return []
    links = [link for pattern in _WORTH_READING for link in home.links if pattern.search(urlsplit(link).path)]
    chosen = [link for link in dict.fromkeys(links) if link not in {home.url, home.final_url}][:_MOST_PAGES]
    read = {page.url for page in known}
    return [await _read(web, link, now=now) for link in chosen if link not in read]


async def _read(web: WebClient, url: str, *, now: datetime) -> Page:
    try:
        fetched = await web.get(url)
        text = read_page(fetched.body, url=fetched.final_url, content_type=fetched.content_type)
    except PageError as error:
        return Page(url=url, error=f"the site could not be read ({error.reason}).", fetched_at=now)
    host = urlsplit(fetched.final_url).hostname or ""
    addresses = published_addresses(text, site_host=host)
    return Page(
        url=url,
        final_url=fetched.final_url,
        text=text.text,
        title=text.title[:500],
        description=text.description,
        people=[
            {
                "name": person.name,
                "role": person.role,
                "background": person.background,
                "quote": person.quote,
                "email": person.email,
            }
            for person in find_people(text, fetched.body)
        ],
        addresses=[
            {"email": item.email, "quote": item.quote, "personal": "yes" if item.personal else "no"}
            for item in addresses
        ],
        links=_own_links(text, fetched.final_url),
        sha256=fetched.sha256,
        fetched_at=fetched.fetched_at,
    )


def _own_links(text: PageText, base: str) -> list[str]:
    host = urlsplit(base).hostname
    links = (urljoin(base, link.href).split("#", 1)[0] for link in text.links)
    own = (link for link in links if urlsplit(link).hostname == host and urlsplit(link).scheme in {"http", "https"})
    return [
        link for link in dict.fromkeys(own) if any(pattern.search(urlsplit(link).path) for pattern in _WORTH_READING)
    ][:_MOST_LINKS]
