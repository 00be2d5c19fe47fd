from datetime import timedelta

import pytest

from ingot.db.repositories.web_cache import DatabaseCache, WebCacheRepository
from ingot.domain.cached_page import CachedPage
from tests.fakes.entities import NOW


def page(**changes) -> CachedPage:
    given = {
        "url": "https://site.example/",
        "final_url": "https://www.site.example/",
        "status": 200,
        "content_type": "text/html; charset=utf-8",
        "body": "<p>Grüße".encode() * 500,
        "sha256": "0" * 64,
        "fetched_at": NOW,
        "expires_at": NOW + timedelta(hours=1),
        "etag": '"v1"',
        "last_modified": "Sun, 01 Nov 2026 08:00:00 GMT",
    }
    return CachedPage(**given | changes)


def facts(found: CachedPage) -> dict:
    return {name: getattr(found, name) for name in CachedPage.__dataclass_fields__ if name != "id"}


@pytest.fixture
def cache(uow) -> DatabaseCache:
    return DatabaseCache(uow)


async def test_a_page_comes_back_as_it_was_kept(cache):
    given = page()
    before = facts(given)
    await cache.save(given)
    assert facts(given) == before
    assert facts(await cache.load(given.url)) == before
    assert await cache.load("https://other.example/") is None


async def test_a_later_answer_takes_the_place_of_the_earlier_one(cache, uow):
    await cache.save(page())
    kept = await cache.load("https://site.example/")
    kept.body, kept.etag, kept.fetched_at = b"<p>New", "", NOW + timedelta(days=1)
    await cache.save(kept)
    assert facts(await cache.load(kept.url)) == facts(kept)
    async with uow() as work:
        assert len(await WebCacheRepository(work.session).list()) == 1


async def test_bodies_take_less_room_than_they_are_long(cache, uow):
    await cache.save(page())
    async with uow() as work:
        (row,) = await WebCacheRepository(work.session).list()
    assert len(row.body) < len(page().body) / 5


async def test_what_is_forgotten_is_gone_and_nothing_else(cache, uow):
    for name, days in (("a", 0), ("b", 31), ("c", 29)):
        await cache.save(page(url=f"https://{name}.example/", fetched_at=NOW - timedelta(days=days)))
    async with uow() as work:
        assert await WebCacheRepository(work.session).forget_before(NOW - timedelta(days=30)) == 1
        await work.commit()
    await cache.forget("https://a.example/")
    left = [await cache.load(f"https://{name}.example/") is not None for name in "abc"]
    assert left == [False, False, True]
