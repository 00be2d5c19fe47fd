from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.replay_server import ReplayServer
from ingot.errors import ValidationError, VenueError
from ingot.venues.filters import Filters
from ingot.venues.hacker_news import HackerNewsVenue, records_of
from ingot.venues.hn_thread import ALGOLIA, Comment, firebase_comment, newest_thread, place_of
from ingot.venues.record import VenueRecord, record_text
from ingot.venues.registry import open_venue
from ingot.web.client import WebClient
from tests.web.site import Answer, Site, running

pytestmark = pytest.mark.long

POSTS = {
    11: "Fernhollow | Rust Engineer | Leeds, UK | ONSITE | https://fernhollow.io<p>Write to ada (at) fernhollow (dot) io",
    12: "Mossgate | Python Developer | Oslo, Norway | REMOTE, ONSITE | https://mossgate.io<p>We grow moss with Python.",
    13: "META<p>Could the top text ask for salaries, please? That would help many.",
    14: "Fernhollow | QA Analyst | Leeds, UK | https://fernhollow.io<p>A second post of ours about another role.",
    15: None,
}
SEARCH = "/api/v1/search_by_date?tags=story,author_whoishiring&hitsPerPage=12"
HITS = {
    "hits": [
        {"objectID": "9", "title": "Ask HN: Who wants to be hired? (May)"},
        {"objectID": "8", "title": "Ask HN: Who is hiring? (May)"},
        {"objectID": "3", "title": "Ask HN: Who is hiring? (April)"},
    ]
}


def as_json(value: object) -> Answer:
    return Answer(body=json.dumps(value).encode(), content_type="application/json")


def algolia() -> dict[str, Any]:
    children = [
        {
            "id": number,
            "parent_id": 8,
            "author": "a",
            "text": text,
            "created_at": "2031-05-01T15:00:00Z",
            "children": [],
        }
        for number, text in POSTS.items()
    ]
    return {SEARCH: as_json(HITS), "/api/v1/items/8": as_json({"id": 8, "children": children})}


def firebase() -> dict[str, Any]:
    items = {
        f"/v0/item/{number}.json": as_json(
            {"id": number, "parent": 8, "text": text, "time": 1935414000}
            if text
            else {"id": number, "parent": 8, "deleted": True}
        )
        for number, text in POSTS.items()
    }
    return items | {
        "/v0/user/whoishiring.json": as_json({"submitted": [9, 8]}),
        "/v0/item/9.json": as_json({"id": 9, "title": "Ask HN: Who wants to be hired? (May)"}),
        "/v0/item/8.json": as_json({"id": 8, "title": "Ask HN: Who is hiring? (May)", "kids": list(POSTS)}),
    }


async def fetch(
    site: Site, filters: Filters | None = None, *, tail: str = ""
) -> tuple[list[VenueRecord], HackerNewsVenue]:
    venue = HackerNewsVenue(f"{site.origin}/{tail}")
    async with WebClient(allow_loopback_source=site.origin, delay=0) as web:
        return await venue.fetch(web, filters or Filters()), venue


async def test_the_newest_thread_is_read_in_two_requests():
    with running(algolia()) as site:
        found, venue = await fetch(site)
    assert [record.company_name for record in found] == ["Fernhollow", "Mossgate"]
    assert site.pages == [SEARCH, "/api/v1/items/8"]
    assert venue.refused == [
        "post 13 is about the thread",
        "post 14 is of the same company as post 11",
        "post 15 was deleted or could not be read",
    ]


@pytest.mark.parametrize("broken", [Answer(status=503), as_json({"hits": []}), as_json([]), Answer(body=b"<html>")])
async def test_firebase_answers_where_the_search_is_down(broken):
    with running({SEARCH: broken} | firebase()) as site:
        found, venue = await fetch(site)
    assert [record.venue_ref for record in found] == ["11", "12"]
    assert [record.published for record in found] == ["2031-05-01", "2031-05-01"]
    assert "post 15 was deleted or could not be read" in venue.refused


async def test_a_single_post_that_cannot_be_read_does_not_lose_the_others():
    with running({SEARCH: Answer(status=404)} | firebase() | {"/v0/item/11.json": Answer(status=404)}) as site:
        found, venue = await fetch(site)
    assert [record.venue_ref for record in found] == ["12", "14"]
    assert "post 11 was deleted or could not be read" in venue.refused


async def test_both_apis_down_is_an_error_with_a_hint():
    with running({}) as site, pytest.raises(VenueError) as caught:
        await fetch(site)
    assert caught.value.hint
    assert caught.value.agent == "scout"


async def test_a_thread_without_a_single_post_is_an_error():
    children = [{"id": 13, "parent_id": 8, "text": POSTS[13], "children": []}]
    with running({"/api/v1/items/8": as_json({"id": 8, "children": children})}) as site, pytest.raises(VenueError):
        await fetch(site, tail="item?id=8")


@pytest.mark.parametrize(
    ("filters", "companies"),
    [
        (Filters(region="remote"), ["Mossgate"]),
        (Filters(region="leeds"), ["Fernhollow"]),
        (Filters(tags=("python",)), ["Mossgate"]),
        (Filters(tags=("cobol",)), []),
    ],
)
async def test_filters_choose_among_the_posts(filters, companies):
    with running(algolia()) as site:
        found, _ = await fetch(site, filters)
    assert [record.company_name for record in found] == companies


async def test_a_record_holds_what_the_post_says():
    with running(algolia()) as site:
        found, _ = await fetch(site, tail="item?id=8")
    record = found[0]
    assert (record.person_email, record.website, record.roles) == (
        "ada@fernhollow.io",
        "https://fernhollow.io/",
        ("Rust Engineer",),
    )
    assert (record.url, record.hiring, record.published) == (
        "https://news.ycombinator.com/item?id=11",
        True,
        "2031-05-01",
    )
    assert "Roles: Rust Engineer" in record_text(record)
    assert "ada (at) fernhollow (dot) io" in record.raw["addresses"]["ada@fernhollow.io"]


def test_of_two_posts_of_a_company_the_one_with_an_address_is_kept():
    records, refused = records_of(
        Comment(id=str(number), parent="8", html=str(POSTS[number]), published="") for number in (14, 11)
    )
    assert [record.venue_ref for record in records] == ["11"]
    assert refused == ["post 14 is of the same company as post 11"]


@pytest.mark.parametrize(
    ("source", "thread", "is_loopback"),
    [
        (None, "", False),
        ("22225314", "22225314", False),
        ("https://news.ycombinator.com/item?id=22225314", "22225314", False),
        ("https://hn.algolia.com/api/v1/items/22225314", "22225314", False),
        ("https://hacker-news.firebaseio.com/v0/item/22225314.json", "22225314", False),
        ("http://127.0.0.1:8123/", "", True),
        ("http://[::1]:8123/item?id=7", "7", True),
    ],
)
def test_a_source_is_a_thread_or_a_replay(source, thread, is_loopback):
    place = place_of(source)
    assert (place.thread, place.algolia != ALGOLIA) == (thread, is_loopback)


@pytest.mark.parametrize(
    "source", ["https://fernhollow.io/item?id=7", "nonsense", "http://[", "https://news.ycombinator.com/", "file:///x"]
)
def test_any_other_source_is_refused(source):
    with pytest.raises(ValidationError):
        place_of(source)


@pytest.mark.parametrize("found", [None, [], {}, {"hits": None}, {"hits": [1, {"title": None}]}])
def test_a_search_that_found_nothing_names_no_thread(found):
    assert newest_thread(found) == ""


@pytest.mark.parametrize("found", [None, [], {}, {"id": "x"}])
def test_an_item_that_is_none_is_no_comment(found):
    assert firebase_comment(found) is None


def test_the_venue_is_opened_by_its_kind():
    assert open_venue("hn").name == "hn"


@pytest.mark.parametrize("recorded", [{"algolia_items_8.json"}, {"algolia_items_8.json", "no_search"}])
async def test_a_replay_of_recordings_is_a_source(tmp_path, recorded):
    (tmp_path / "yc" / "companies").mkdir(parents=True)
    for name in ("hiring_recent_300.json", "odd_records_60.json"):
        (tmp_path / "yc" / "companies" / name).write_text("[]", encoding="utf-8")
    (tmp_path / "hn").mkdir()
    children = [{"id": 11, "parent_id": 8, "text": POSTS[11], "children": []}]
    title = "Ask HN: Who is hiring? (May)"
    thread = {"id": 8, "title": title, "children": [] if "no_search" in recorded else children}
    items = {8: {"id": 8, "title": title, "kids": [11]}, 11: {"id": 11, "parent": 8, "text": POSTS[11]}}
    (tmp_path / "hn" / "algolia_items_8.json").write_text(json.dumps(thread), encoding="utf-8")
    for number, item in items.items():
        (tmp_path / "hn" / f"firebase_item_{number}.json").write_text(json.dumps(item), encoding="utf-8")
    with ReplayServer(tmp_path) as server:
        async with WebClient(allow_loopback_source=server.url, delay=0) as web:
            found = await HackerNewsVenue(server.url).fetch(web, Filters())
    assert [record.company_name for record in found] == ["Fernhollow"]
