import hashlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from ingot.actions.read_site import MOST_PAGES, pages_read, read_first, read_home, read_more
from ingot.domain.intel import Page
from ingot.web.client import WebClient
from tests.fakes.entities import NOW, make_lead
from tests.web.site import Answer, Site, running

pytestmark = pytest.mark.long

HOME = b"""<html><head><title>Millpond</title><meta name="description" content="Queues."></head><body>
<p>Millpond builds a queue for sensor data in Go.</p>
<a href="/contact#form">Write</a> <a href="/careers">Jobs</a> <a href="/about">About</a> <a href="/team">Team</a>
<a href="/team">Team again</a> <a href="/blog">Blog</a> <a href="https://elsewhere.example/team">Others</a>
<a href="mailto:hello@millpond.example">hello@millpond.example</a></body></html>"""
TEAM = b"<h2>Team</h2><div><h3>Bo Reed</h3><p>CTO</p></div>"


@pytest.fixture
def site() -> Iterator[Site]:
    answers = {"/": Answer(body=HOME), "/team": Answer(body=TEAM), "/about": Answer(body=b"<p>We build queues.")}
    with running({**answers, "/contact": Answer(status=503)}) as site:
        yield site


@pytest.fixture
async def web(site: Site) -> AsyncIterator[WebClient]:
    async with WebClient(replay=site.origin) as client:
        yield client


async def home(web: WebClient) -> Page:
    return await read_home(web, make_lead(company_website="https://millpond.example/"), now=NOW)


async def test_the_home_page_is_kept_with_its_hash_and_text(web: WebClient) -> None:
    page = await home(web)
    assert page.error == ""
    assert "Millpond builds a queue for sensor data in Go." in page.text
    assert (page.title, page.description) == ("Millpond", "Queues.")
    assert page.sha256 == hashlib.sha256(HOME).hexdigest()
    assert [item["email"] for item in page.addresses] == ["hello@millpond.example"]


async def test_only_links_of_the_same_site_that_promise_something_are_kept(web: WebClient) -> None:
    assert (await home(web)).links == [
        f"https://millpond.example/{path}" for path in ("contact", "careers", "about", "team", "blog")
    ]


async def test_more_pages_are_read_people_first(web: WebClient, site: Site) -> None:
    pages = await read_more(web, [await home(web)], now=NOW)
    assert [path for _, path, _ in site.asked if path not in {"/", "/robots.txt"}] == [
        "/team", "/about", "/careers", "/blog", "/contact",
    ]  # fmt: skip
    assert [page.kind for page in pages] == ["team", "about", "careers", "news", "contact"]
    assert {page.why for page in pages[:1]} == {"the home page links it, and it looks like the team page"}


async def test_the_first_look_reads_what_says_most_about_the_company(web: WebClient) -> None:
    assert [page.kind for page in await read_first(web, await home(web), now=NOW)] == ["about", "news"]


async def test_no_more_than_six_pages_of_a_company_are_read(web: WebClient) -> None:
    first = await home(web)
    first.links += [f"https://millpond.example/{path}" for path in ("our-team", "our-story", "product", "people")]
    early = await read_first(web, first, now=NOW)
    assert 1 + len(early) + len(await read_more(web, [first, *early], now=NOW)) == MOST_PAGES


async def test_a_page_that_fails_carries_the_reason_and_costs_no_other(web: WebClient) -> None:
    pages = await read_more(web, [await home(web)], now=NOW)
    assert [bool(page.error) for page in pages] == [False, False, True, True, True]
    assert "status" in pages[2].error
    assert pages[2].text == ""


async def test_the_brief_is_told_what_was_read_why_and_what_came_of_it(web: WebClient) -> None:
    pages = [await home(web), *await read_more(web, [await home(web)], now=NOW)]
    told = pages_read([*pages, Page(url="list:Millpond", text="the venue's record")])
    assert told[0]["why"] == "the company's website, as the venue gives it"
    assert told[1]["outcome"] == f"read, {len(pages[1].text)} characters"
    assert "status" in told[3]["outcome"]
    assert len(told) == len(pages)


async def test_usual_addresses_are_tried_where_the_home_page_links_nothing(web: WebClient, site: Site) -> None:
    site.answers["/"] = Answer(body=b"<p>Millpond builds a queue for sensor data.")
    pages = await read_more(web, [await home(web)], now=NOW)
    assert [(page.kind, bool(page.error)) for page in pages] == [("about", False), ("team", False), ("careers", True)]
    assert "tried" in pages[0].why


async def test_a_dated_post_says_when_and_a_date_in_the_future_is_none(web: WebClient, site: Site) -> None:
    words = b"<article><h1>Queues</h1><p>" + b"We opened the queue to everybody who measures water. " * 9
    for stamp, wanted in (("2026-03-05T08:00:00+02:00", datetime(2026, 3, 5, 6, tzinfo=UTC)), ("2926-01-01", None)):
        meta = f'<meta property="article:published_time" content="{stamp}">'.encode()
        site.answers["/blog"] = Answer(body=meta + words)
        blog = next(page for page in await read_more(web, [await home(web)], now=NOW) if page.kind == "news")
        assert blog.published_at == wanted
        assert "We opened the queue to everybody" in blog.text


async def test_a_run_that_was_killed_reads_only_what_is_missing(web: WebClient) -> None:
    first = await home(web)
    more = await read_more(web, [first], now=NOW)
    again = await read_more(web, [first, *more[:1]], now=NOW)
    assert [page.url for page in again] == [page.url for page in more[1:]]
    assert await read_more(web, [first, *more], now=NOW) == []


async def test_without_a_readable_home_page_nothing_more_is_read(web: WebClient, site: Site) -> None:
    assert await read_more(web, [Page(url="https://millpond.example/", error="x")], now=NOW) == []
    assert site.asked == []


@pytest.mark.parametrize(("website", "words"), [("", "no website"), ("http://127.0.0.1:1/", "could not be read")])
async def test_a_company_without_a_readable_site_gives_a_page_with_the_reason(website: str, words: str) -> None:
    async with WebClient() as web:
        page = await read_home(web, make_lead(company_website=website), now=NOW)
    assert words in page.error
    assert page.text == ""
    assert page.fetched_at == NOW
