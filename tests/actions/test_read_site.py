import hashlib
from collections.abc import AsyncIterator, Iterator

import pytest

from ingot.actions.read_site import read_home, read_more
from ingot.domain.intel import Page
from ingot.web.client import WebClient
from tests.fakes.entities import NOW, make_lead
from tests.web.site import Answer, Site, running

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


async def test_only_links_of_the_same_site_that_promise_people_or_contact_are_kept(web: WebClient) -> None:
    assert (await home(web)).links == [
        f"https://millpond.example/{path}" for path in ("contact", "careers", "about", "team")
    ]


async def test_three_more_pages_are_read_people_first(web: WebClient, site: Site) -> None:
    known = [await home(web)]
    pages = await read_more(web, known, now=NOW)
    assert [path for _, path, _ in site.asked if path not in {"/", "/robots.txt"}] == ["/team", "/about", "/contact"]
    assert [page.url.rsplit("/", 1)[1] for page in pages] == ["team", "about", "contact"]


async def test_a_page_that_fails_carries_the_reason_and_costs_no_other(web: WebClient) -> None:
    pages = await read_more(web, [await home(web)], now=NOW)
    assert [bool(page.error) for page in pages] == [False, False, True]
    assert "status" in pages[2].error
    assert pages[2].text == ""


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
