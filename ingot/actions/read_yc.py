"""A company's page in Y Combinator's directory, read where the user allowed it: founders, jobs, news."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlsplit

from ingot.domain.intel import Evidence, EvidenceKind, Page
from ingot.domain.lead import Lead
from ingot.domain.lead_source import LeadSource
from ingot.domain.signals import is_fresh, topic_of
from ingot.errors import PageError
from ingot.web.client import WebClient
from ingot.web.contacts import every_address
from ingot.web.fetched import Fetched
from ingot.web.page import read_page
from ingot.web.people import find_people
from ingot.web.yc_page import YcPage, job_line, news_line, read_yc_page

KIND = "yc"
WHY = "the company's page in Y Combinator's directory, which you allowed to be read (yc_pages)"
MOST_JOBS = 6
MOST_NEWS = 4
_HOST = "www.ycombinator.com"
_PAGE = re.compile(r"https?://(?:www\.)?ycombinator\.com/companies/(?P<slug>[a-z0-9][a-z0-9_-]*)/?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class DirectoryPage:
    """The page as it is stored, and what of it is evidence."""

    page: Page
    evidence: Sequence[Evidence] = ()


def directory_url(lead: Lead, sources: Iterable[LeadSource]) -> str:
    """The address of the company's page there, as the venues gave it; empty where none did."""
    given = [lead.record.get("url"), *(source.url for source in sources), *(s.record.get("url") for s in sources)]
    found = (_PAGE.fullmatch(url.strip()) for url in given if isinstance(url, str))
    return next((f"https://{_HOST}/companies/{match['slug']}" for match in found if match), "")


async def read_directory(web: WebClient, url: str, *, now: datetime) -> DirectoryPage:
    """Read the page at `url`. One that cannot be read, or holds no company, carries `error` and gives no evidence."""
    reason = "empty"
    try:
        fetched = await web.get(url)
        if urlsplit(fetched.final_url).hostname == _HOST and (data := read_yc_page(fetched.body)) is not None:
            return _kept(url, fetched, data, now=now)
    except PageError as error:
        reason = error.reason
    told = f"the page could not be read ({reason})."
    return DirectoryPage(page=Page(url=_own_url(url), kind=KIND, why=WHY, error=told, fetched_at=now))


def _kept(url: str, fetched: Fetched, data: YcPage, *, now: datetime) -> DirectoryPage:
    text = read_page(fetched.body, url=fetched.final_url, content_type=fetched.content_type)
    jobs, news = data.jobs[:MOST_JOBS], [item for item in (*data.news, *data.launches) if is_fresh(item.dated, now=now)]
    news = sorted(news, key=lambda item: item.dated or now, reverse=True)[:MOST_NEWS]
    lines = dict.fromkeys([*map(job_line, jobs), *map(news_line, news)])
    whole = "\n".join([text.text, *(line for line in lines if line not in text.text)])
    page = Page(
        url=_own_url(url),
        final_url=url,
        kind=KIND,
        why=WHY,
        text=whole,
        title=text.title[:500],
        description=text.description,
        people=[asdict(person) for person in find_people(text, fetched.body)],
        addresses=[item.as_entry() for item in every_address(text, site_host=_HOST, hosted=True)],
        sha256=fetched.sha256,
        fetched_at=fetched.fetched_at,
    )
    told = [(EvidenceKind.hiring, job_line(job), job.title, "hiring", None) for job in jobs] + [
        (EvidenceKind.signal, news_line(item), item.title, topic_of(news_line(item)), item.dated) for item in news
    ]
    return DirectoryPage(
        page=page,
        evidence=[
            Evidence(
                kind=kind,
                source_url=url,
                quote=quote,
                statement=statement,
                topic=topic,
                dated=dated,
                page_sha256=fetched.sha256,
                fetched_at=fetched.fetched_at,
            )
            for kind, quote, statement, topic, dated in told
        ],
    )


def _own_url(url: str) -> str:
    """The venue's record of the company is stored under the page's own address; the page goes beside it."""
    return f"{url}#page"
