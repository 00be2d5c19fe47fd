from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.web.dates import believable, read_date
from ingot.web.page import read_page

pytestmark = pytest.mark.long

URL = "https://quillmark.example/about"
DAY = datetime(2026, 3, 5, tzinfo=UTC)


def dated(html: str, url: str = URL) -> datetime | None:
    return read_page(f"<body>{html}<p>Ink for machines.".encode(), url=url).published_at


@pytest.mark.parametrize(
    "html",
    [
        '<script type="application/ld+json">{"@type": "BlogPosting", "datePublished": "2026-03-05"}</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": ["NewsArticle"], "datePublished": "2026-03-05"}]}</script>',
        '<meta property="article:published_time" content="2026-03-05T01:00:00+01:00">',
        '<meta name="date" content="Thu, 05 Mar 2026 00:00:00 +0000">',
        '<time datetime="2026-03-05">5 March</time>',
        '<time datetime="2024-01-01">old</time><time datetime="2026-03-05" itemprop="datePublished">new</time>',
    ],
)
def test_the_date_is_read_wherever_a_page_gives_it(html: str) -> None:
    assert dated(html) == DAY


def test_the_address_dates_a_post() -> None:
    assert dated("", "https://quillmark.example/blog/2026/03/05/ink") == DAY
    assert dated("", "https://quillmark.example/2026-03/ink") == datetime(2026, 3, 1, tzinfo=UTC)
    assert dated("", "https://quillmark.example/2026/02/31/ink") is None


def test_a_list_of_posts_and_a_product_have_no_date() -> None:
    assert dated('<time datetime="2026-03-05">a</time><time datetime="2026-01-05">b</time>') is None
    product = '{"@type": "Product", "datePublished": "2026-03-05"}'
    assert dated(f'<script type="application/ld+json">{product}</script>') is None


@pytest.mark.parametrize("text", ["", "soon", "0001-01-01T00:00:00+14:00", "1970-01-01", "2026-13-45", "Thu, 99 Foo"])
def test_an_absurd_date_is_none(text: str) -> None:
    assert read_date(text) is None


def test_a_date_with_words_behind_it_is_read() -> None:
    assert read_date("2026-03-05 by the press team") == DAY


def test_a_date_in_the_future_is_not_believed() -> None:
    assert believable(datetime(2027, 1, 1, tzinfo=UTC), now=DAY) is None
    assert believable(DAY, now=DAY) == DAY
    assert believable(None, now=DAY) is None


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none(text: str) -> None:
    when = read_date(text)
    assert when is None or when.tzinfo is UTC
