"""Reading a company's own pages: the home page first, then the few that say most, at most six in all."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from urllib.parse import urlsplit

from ingot.domain.intel import Page
from ingot.domain.lead import Lead
from ingot.errors import PageError
from ingot.web.article import article_text
from ingot.web.client import WebClient
from ingot.web.contacts import every_address
from ingot.web.dates import believable
from ingot.web.page import PageText, read_page
from ingot.web.people import find_people
from ingot.web.site_pages import SitePage, kind_of, ranked

MOST_PAGES = 6  # of one company, the home page among them
MOST_SECONDS = 90.0  # for the further pages of one company; waiting for one's turn at the host counts
_FIRST_LOOK = ("about", "product", "news")  # what says most about the company itself
_MOST_FIRST = 2
_MOST_LINKS = 24


async def read_home(web: WebClient, lead: Lead, *, now: datetime) -> Page:
    """The company's home page; with `error` set, and no text, where there is none or it cannot be read."""
    if not lead.company_website:
        return Page(url="", error="the company gives no website", kind="home", fetched_at=now)
    home = SitePage(url=lead.company_website, kind="home", why="the company's website, as the venue gives it")
    return await _read(web, home, now=now)


async def read_first(web: WebClient, home: Page, *, now: datetime) -> list[Page]:
    """Up to two further pages that say what the company makes and what is new there: cheap enough for every lead."""
    first = [page for kind in _FIRST_LOOK for page in _chosen(home) if page.kind == kind and not page.is_guess]
    return await _read_all(web, first[:_MOST_FIRST], now=now)


async def read_more(web: WebClient, known: Sequence[Page], *, now: datetime) -> list[Page]:
    """The further pages of the same site that are still unread, up to six in all. Unreadable ones carry `error`.

    `known` holds the home page. Only its links count, so that a run that was killed chooses the same pages again
    and reads those that are missing.
    """
    home = next((page for page in known if page.kind == "home" or page.links), None)
    if home is None or home.error:
        return []
    read = {page.url for page in known}
    return await _read_all(web, [page for page in _chosen(home) if page.url not in read], now=now)


def pages_read(pages: Iterable[Page]) -> list[dict[str, str]]:
    """What was read, why, and what came of it, for the brief: url, why, outcome."""
    return [
        {"url": page.url, "why": page.why, "outcome": page.error or f"read, {len(page.text)} characters"}
        for page in pages
        if page.url and page.why
    ]


def _chosen(home: Page) -> list[SitePage]:
    if home.error:
        return []
    return ranked(home.links, home=[home.final_url, home.url], most=MOST_PAGES - 1)


async def _read_all(web: WebClient, chosen: Iterable[SitePage], *, now: datetime) -> list[Page]:
    loop = asyncio.get_running_loop()
    end = loop.time() + MOST_SECONDS
    pages: list[Page] = []
    for page in chosen:
        if loop.time() > end:
            break
        pages.append(await _read(web, page, now=now))
    return pages


async def _read(web: WebClient, wanted: SitePage, *, now: datetime) -> Page:
    try:
        fetched = await web.get(wanted.url)
        text = read_page(fetched.body, url=fetched.final_url, content_type=fetched.content_type)
    except PageError as error:
        return Page(
            url=wanted.url,
            kind=wanted.kind,
            why=wanted.why,
            error=f"the site could not be read ({error.reason}).",
            fetched_at=now,
        )
    host = urlsplit(fetched.final_url).hostname or ""
    addresses = every_address(text, site_host=host)
    # A list of posts has no date of its own, and is no article.
    is_post = wanted.kind == "news" and text.published_at is not None
    article = article_text(fetched.body, url=fetched.final_url, content_type=fetched.content_type) if is_post else ""
    return Page(
        url=wanted.url,
        final_url=fetched.final_url,
        kind=wanted.kind,
        why=wanted.why,
        published_at=believable(text.published_at, now=now),
        text=_with_addresses(article, text, [item.quote for item in addresses]) if article else text.text,
        title=text.title[:500],
        description=text.description,
        people=[asdict(person) for person in ([] if article else find_people(text, fetched.body))],
        addresses=[item.as_entry() for item in addresses],
        links=_own_links(text, fetched.final_url) if wanted.kind == "home" else [],
        sha256=fetched.sha256,
        fetched_at=fetched.fetched_at,
    )


def _with_addresses(article: str, text: PageText, quotes: Sequence[str]) -> str:
    """The article, and the lines of the page that addresses were found in: every quote stands in the text."""
    missing = [
        line for line in text.text.splitlines() if any(quote in line for quote in quotes) and line not in article
    ]
    return "\n".join([article, *missing])


def _own_links(text: PageText, base: str) -> list[str]:
    """The links to pages of the same site that are worth reading, by their path or by their words."""
    host = (urlsplit(base).hostname or "").removeprefix("www.")
    own = (link for link in text.links if (urlsplit(link.href).hostname or "").removeprefix("www.") == host)
    return list(dict.fromkeys(link.href for link in own if kind_of(link.href, link.text)))[:_MOST_LINKS]
