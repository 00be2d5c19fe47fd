from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.domain.cached_page import CachedPage
from ingot.errors import PageError
from ingot.web.cache import LEAST, LONGEST, expires
from ingot.web.client import WebClient
from tests.web.fake_time import START, FakeTime
from tests.web.site import Answer, Site, running

pytestmark = pytest.mark.long

URL = "https://site.example/"
HOUR = 3600


class Shelf:
    """A store in memory."""

    def __init__(self) -> None:
        self.pages: dict[str, CachedPage] = {}

    async def load(self, url: str) -> CachedPage | None:
        page = self.pages.get(url)
        return replace(page) if page else None

    async def save(self, page: CachedPage) -> None:
        self.pages[page.url] = page

    async def forget(self, url: str) -> None:
        self.pages.pop(url, None)


def reader(site: Site, shelf: Shelf, time: FakeTime) -> WebClient:
    return WebClient(replay=site.origin, store=shelf, clock=time.now)


def page(**headers: str) -> Answer:
    return Answer(headers={name.replace("_", "-"): value for name, value in headers.items()})


async def test_a_page_is_read_once_within_the_hour_also_by_the_next_run():
    shelf, time = Shelf(), FakeTime()
    with running({"/": page(cache_control="no-cache, max-age=0")}) as site:
        async with reader(site, shelf, time) as web:
            first = await web.get(URL)
        time.seconds += HOUR - 1
        async with reader(site, shelf, time) as web:
            assert await web.get(f"{URL}#team") == replace(first, url=f"{URL}#team")
        assert site.pages == ["/"]
        time.seconds += 1
        async with reader(site, shelf, time) as web:
            assert (await web.get(URL)).fetched_at == time.now()
        assert site.pages == ["/", "/"]


async def test_a_page_that_did_not_change_is_not_sent_again():
    shelf, time = Shelf(), FakeTime()
    answers = {"/": page(etag='"v1"', last_modified="Sun, 01 Nov 2026 08:00:00 GMT")}
    with running(answers) as site:
        async with reader(site, shelf, time) as web:
            first = await web.get(URL)
            time.seconds += HOUR
            site.answers["/"] = Answer(status=304, headers={"etag": '"v2"', "cache-control": "max-age=7200"}, body=b"")
            again = await web.get(URL)
            time.seconds += 2 * HOUR - 1
            await web.get(URL)
    assert again == replace(first, fetched_at=START + timedelta(hours=1))
    assert site.pages == ["/", "/"]
    sent = site.asked[-1][2]
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('"v1"', "Sun, 01 Nov 2026 08:00:00 GMT")
    assert shelf.pages[URL].etag == '"v2"'


async def test_the_mark_of_a_page_is_shown_only_to_the_address_that_gave_it():
    shelf, time = Shelf(), FakeTime()
    moved = Answer(status=302, headers={"location": "https://www.site.example/home"})
    with running({"/": moved, "/home": page(etag='"v1"')}) as site:
        async with reader(site, shelf, time) as web:
            for _ in range(2):
                assert (await web.get(URL)).final_url == "https://www.site.example/home"
                time.seconds += HOUR
    marks = [(path, headers.get("if-none-match")) for _, path, headers in site.asked if path != "/robots.txt"]
    assert marks == [("/", None), ("/home", None), ("/", None), ("/home", '"v1"')]


async def test_a_304_that_nobody_asked_for_is_an_error():
    shelf, time = Shelf(), FakeTime()
    with running({"/": page()}) as site:
        async with reader(site, shelf, time) as web:
            await web.get(URL)
            time.seconds += HOUR
            site.answers["/"] = Answer(status=304, body=b"")
            with pytest.raises(PageError) as caught:
                await web.get(URL)
    assert caught.value.fields["status"] == 304


async def test_what_must_not_be_stored_is_not_and_takes_the_old_one_with_it():
    shelf, time = Shelf(), FakeTime()
    with running({"/": page(etag='"v1"')}) as site:
        async with reader(site, shelf, time) as web:
            await web.get(URL)
            time.seconds += HOUR
            site.answers["/"] = page(cache_control="private, No-Store")
            await web.get(URL)
            await web.get(URL)
    assert shelf.pages == {}
    assert site.pages == ["/", "/", "/"]


@pytest.mark.parametrize("answer", [Answer(status=404), Answer(status=500), Answer(content_type="image/png")])
async def test_errors_are_never_kept(answer):
    shelf = Shelf()
    with running({"/": answer}) as site:
        async with reader(site, shelf, FakeTime()) as web:
            for _ in range(2):
                with pytest.raises(PageError):
                    await web.get(URL)
    assert shelf.pages == {}
    assert site.pages == ["/", "/"]


async def test_the_rules_of_a_site_are_kept_for_a_day_at_most():
    shelf, time = Shelf(), FakeTime()
    rules = Answer(body=b"User-agent: *\nDisallow: /b", headers={"cache-control": "max-age=900000"})
    with running({"/": page(cache_control="no-store"), "/robots.txt": rules}) as site:
        for hours in (0, 23, 2):
            time.seconds += hours * HOUR
            async with reader(site, shelf, time) as web:
                await web.get(URL)
                with pytest.raises(PageError):
                    await web.get(f"{URL}b")
    assert [path for _, path, _ in site.asked] == ["/robots.txt", "/", "/", "/robots.txt", "/"]


@pytest.mark.parametrize(
    ("url", "final_url"),
    [
        ("http://127.0.0.1/", "http://127.0.0.1/"),
        ("http://10.1.2.3/", "http://10.1.2.3/"),
        ("http://site.example:6379/", "http://site.example:6379/"),
        ("https://site.example/", "http://[::1]/"),
    ],
)
async def test_what_is_kept_of_a_private_address_is_not_given_out(url, final_url):
    shelf, time = Shelf(), FakeTime()
    await shelf.save(
        CachedPage(
            url=url, final_url=final_url, status=200, content_type="text/html", body=b"<p>inside", sha256="",
            fetched_at=START, expires_at=START + LONGEST,
        )
    )  # fmt: skip
    async with WebClient(store=shelf, clock=time.now) as web:
        with pytest.raises(PageError) as caught:
            await web.get(url)
    assert caught.value.reason == "blocked"


@pytest.mark.parametrize(
    ("headers", "hours"),
    [
        ({}, 1),
        ({"cache-control": "max-age=86400"}, 24),
        ({"cache-control": 'public, Max-Age="7200"'}, 2),
        ({"cache-control": "max-age=86400", "age": "43200"}, 12),
        ({"cache-control": "max-age=31536000"}, 168),
        ({"cache-control": "max-age=" + "9" * 5000}, 1),
        ({"cache-control": "max-age=-5"}, 1),
        ({"cache-control": "no-cache", "expires": "Mon, 02 Nov 2026 14:00:00 GMT"}, 5),
        ({"expires": "Mon, 02 Nov 2026 14:00:00 GMT", "date": "Mon, 02 Nov 2026 10:00:00 GMT"}, 4),
        ({"cache-control": "max-age=7200", "expires": "0"}, 2),
        ({"expires": "0"}, 1),
        ({"expires": "-1"}, 1),
    ],
)
def test_how_long_a_page_is_good_for(headers, hours):
    assert expires(headers, now=START) == START + timedelta(hours=hours)


@given(st.dictionaries(st.sampled_from(["cache-control", "expires", "date", "age"]), st.text(max_size=30)))
def test_no_header_makes_a_page_good_for_too_long_or_too_short(headers):
    assert LEAST <= expires(headers, now=START) - START <= LONGEST
