from __future__ import annotations

import gzip
import hashlib
import threading
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot import __version__
from ingot.errors import ConfigError, PageError
from ingot.web.body import BoundedBody
from ingot.web.client import WebClient, user_agent
from ingot.web.limits import PAGE, Limits
from tests.web.site import Answer, running

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
SMALL = Limits(wire=2_000, decoded=10_000, seconds=20.0, types=PAGE.types)


def gzipped(body: bytes, **headers: str) -> Answer:
    return Answer(body=gzip.compress(body), headers={"content-encoding": "gzip", **headers})


async def reason_of(answer: Answer, *, limits: Limits = SMALL) -> str:
    with running({"/": answer}) as site:
        async with WebClient(replay=site.origin, page_limits=limits) as web:
            with pytest.raises(PageError) as caught:
                await web.get("https://site.example/")
    assert "Hello" not in str(caught.value)
    return caught.value.reason


async def test_page_comes_with_hash_time_and_final_address():
    moved = Answer(status=301, headers={"location": "https://www.site.example/about"})
    page = Answer(body="<p>Grüße".encode())
    with running({"/": moved, "/about": page}) as site:
        async with WebClient(replay=site.origin, clock=lambda: NOW) as web:
            fetched = await web.get("https://site.example/")
    assert (fetched.url, fetched.final_url) == ("https://site.example/", "https://www.site.example/about")
    assert (fetched.status, fetched.body, fetched.fetched_at) == (200, page.body, NOW)
    assert fetched.sha256 == hashlib.sha256(page.body).hexdigest()
    assert [(host, path) for host, path, _ in site.asked] == [
        ("site.example", "/robots.txt"),
        ("site.example", "/"),
        ("www.site.example", "/robots.txt"),
        ("www.site.example", "/about"),
    ]


async def test_it_names_itself_keeps_no_cookies_and_asks_for_gzip():
    with running({"/": Answer(headers={"set-cookie": "id=1"})}) as site:
        async with WebClient(replay=site.origin) as web:
            await web.get("http://site.example/")
            await web.get("http://site.example/")
    for _, _, headers in site.asked:
        assert headers["user-agent"].startswith("INGOT/")
        assert headers["accept-encoding"] == "gzip"
        assert "cookie" not in headers
        assert "authorization" not in headers


async def test_the_contact_stands_in_the_name_that_ingot_gives():
    assert user_agent("https://me.example") == f"INGOT/{__version__} (+https://me.example)"
    assert user_agent() == (
        f"INGOT/{__version__} (personal job-search assistant; reads a few public pages for one person)"
    )


async def test_user_agents_take_turns_by_site_and_a_site_sees_one():
    with running({"/": Answer()}) as site:
        async with WebClient(replay=site.origin, user_agents=["one", "two"]) as web:
            for host in ("a.example", "b.example", "a.example", "c.example"):
                await web.get(f"https://{host}/")
    shown = {(host, headers["user-agent"]) for host, _, headers in site.asked}
    assert shown == {("a.example", "one"), ("b.example", "two"), ("c.example", "one")}


async def test_a_redirect_that_cannot_be_read_is_blocked():
    assert await reason_of(Answer(status=302, headers={"location": "http://xn--/"})) == "blocked"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Answer(status=404), "status"),
        (Answer(status=500), "status"),
        (Answer(status=304), "status"),
        (Answer(content_type="application/pdf"), "type"),
        (Answer(content_type="image/png"), "type"),
        (Answer(content_type=""), "type"),
        (Answer(headers={"content-encoding": "br"}), "type"),
        (Answer(body=b"Hello" * 401), "size"),
        (gzipped(b"\0" * 10_001), "size"),
        (Answer(body=gzip.compress(b"Hello" * 100)[:-9], headers={"content-encoding": "gzip"}), "network"),
        (Answer(body=b"Hello, not gzip", headers={"content-encoding": "gzip"}), "network"),
        (Answer(status=302, headers={"location": "/"}), "redirects"),
        (Answer(status=302, headers={"location": "ftp://site.example/"}), "blocked"),
        (Answer(body=b"Hello", headers={"content-length": "50", "connection": "close"}), "network"),
    ],
)
async def test_what_cannot_be_read_says_why_in_one_word(answer, reason):
    assert await reason_of(answer) == reason


async def test_five_redirects_are_followed_and_a_sixth_is_not():
    hops: dict = {f"/{n}": Answer(status=302, headers={"location": f"/{n + 1}"}) for n in range(6)}
    with running({**hops, "/6": Answer()}) as site:
        async with WebClient(replay=site.origin) as web:
            assert (await web.get("http://site.example/1")).final_url == "http://site.example/6"
            with pytest.raises(PageError) as caught:
                await web.get("http://site.example/0")
    assert caught.value.reason == "redirects"


async def test_a_body_that_never_ends_meets_the_deadline():
    released = threading.Event()

    def slow() -> Answer:
        released.wait(10)
        return Answer()

    try:
        limits = Limits(wire=100, decoded=100, seconds=0.05, types=PAGE.types)
        with running({"/": slow}) as site:
            async with WebClient(replay=site.origin, page_limits=limits) as web:
                with pytest.raises(PageError) as caught:
                    await web.get("http://site.example/")
            released.set()
    finally:
        released.set()
    assert caught.value.reason == "timeout"


async def test_a_name_that_does_not_resolve_is_a_network_error():
    async def nowhere(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    async with WebClient(resolver=nowhere, delay=0) as web:
        with pytest.raises(PageError) as caught:
            await web.get("http://nowhere.example/")
    assert caught.value.reason == "network"


async def test_the_venues_own_server_is_reached_for_its_data_only():
    with running({"/api/list.json": Answer(body=b"[1]", content_type="application/json")}) as site:
        async with WebClient(allow_loopback_source=f"{site.origin}/api/", delay=0) as web:
            assert await web.get_json(f"{site.origin}/api/list.json") == [1]
            for url in (f"{site.origin}/api/list.json", f"http://localhost:{site.port}/", "http://127.0.0.1/"):
                with pytest.raises(PageError) as caught:
                    await web.get(url)
                assert caught.value.reason == "blocked"
            with pytest.raises(PageError, match="port"):
                await web.get_json("http://127.0.0.1:9/api/list.json")
    assert len(site.asked) == 1


async def test_json_that_is_none_and_json_that_is_too_large_are_refused():
    answers = {
        "/html": Answer(body=b"<p>", content_type="application/json"),
        "/deep": Answer(body=b"[" * 100_000, content_type="application/json"),
        "/large": Answer(body=b"[" + b" " * 300 + b"]", content_type="application/json"),
    }
    with running(answers) as site:
        async with WebClient(allow_loopback_source=site.origin, delay=0) as web:
            for path, limit, reason in (("/html", 10**6, "type"), ("/deep", 10**6, "type"), ("/large", 300, "size")):
                with pytest.raises(PageError) as caught:
                    await web.get_json(site.origin + path, max_bytes=limit)
                assert caught.value.reason == reason


@pytest.mark.parametrize(
    "address", ["http://site.example/", "http://10.0.0.1:80/", "https://127.0.0.1/", "ftp://127.0.0.1/", "http://["]
)
def test_only_loopback_in_plain_http_serves_as_a_local_server(address):
    with pytest.raises(ConfigError):
        WebClient(replay=address)
    with pytest.raises(ConfigError):
        WebClient(allow_loopback_source=address)


@given(st.binary(max_size=3000), st.integers(1, 500), st.sampled_from(["", "gzip", "deflate", "two"]))
def test_a_body_within_bounds_arrives_whole_however_it_is_cut(body, step, coding):
    wire = {
        "": body,
        "gzip": gzip.compress(body),
        "deflate": zlib.compress(body),
        "two": gzip.compress(body[:100]) + gzip.compress(body[100:]),
    }[coding]
    reader = BoundedBody(encoding="gzip" if coding == "two" else coding, max_wire=10_000, max_decoded=3000)
    for start in range(0, len(wire), step):
        reader.feed(wire[start : start + step])
    assert reader.finish() == body


@given(st.binary(max_size=3000), st.integers(1, 500), st.integers(0, 3100), st.booleans())
def test_a_body_that_is_cut_is_a_beginning_of_the_whole(body, step, limit, packs):
    wire = gzip.compress(body) if packs else body
    reader = BoundedBody(encoding="gzip" if packs else "", max_wire=10_000, max_decoded=limit, cut=True)
    for start in range(0, len(wire), step):
        reader.feed(wire[start : start + step])
        if reader.full:
            break
    assert reader.full == (len(body) > limit)
    assert reader.finish() == body[:limit]


def test_a_bomb_is_never_unpacked_beyond_its_bound():
    bomb = gzip.compress(gzip.compress(b"\0" * 5_000_000) + b"\0" * 5_000_000)
    reader = BoundedBody(encoding="gzip", max_wire=10**6, max_decoded=1000)
    with pytest.raises(PageError) as caught:
        reader.feed(bomb)
    assert caught.value.reason == "size"
    assert len(reader._out) == 1001
