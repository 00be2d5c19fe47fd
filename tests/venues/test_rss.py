from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.errors import VenueError
from ingot.venues.filters import Filters
from ingot.venues.rss import RSSVenue, parse_feed
from ingot.web.client import WebClient
from tests.web.site import Answer, running

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:job="https://board.example/ns" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Jobs</title><link>https://board.example/</link>
<item><title>Quillmark: Senior Engineer (Ghent)</title><link>https://board.example/1</link><guid>b-1</guid>
<category>Rust</category><category>Remote</category><pubDate>Tue, 03 Nov 2026 10:00:00 +0000</pubDate>
<description>&lt;p&gt;We set pages.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;In &lt;b&gt;Rust&lt;/b&gt; &amp;amp; Go.&lt;/p&gt;</description></item>
<item><title>Designer</title><link>javascript:alert(1)</link><dc:creator>Otherworks</dc:creator></item>
<item><title>Data Engineer</title><job:company>Tallow &amp; Reed</job:company><job:location>Oslo</job:location></item>
<item><title>Why we like ink</title><dc:creator>Ada Quill</dc:creator></item>
<item></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Posts</title><id>x</id><updated>2026-11-03T10:00:00Z</updated>
<entry><title>Quillmark is hiring an engineer</title><id>urn:1</id><updated>2026-11-04T10:00:00Z</updated>
<link href="https://board.example/1"/><content type="html">&lt;p&gt;Ink.&lt;/p&gt;</content></entry></feed>"""


def test_items_become_records_and_those_without_a_company_are_refused():
    records, refused = parse_feed(RSS.encode())
    first, second, third = records
    assert (first.company_name, first.one_liner, first.location) == ("Quillmark", "Hiring: Senior Engineer", "Ghent")
    assert first.description == "We set pages.\nIn Rust & Go."
    assert (first.url, first.published, first.tags) == ("https://board.example/1", "2026-11-03", ("Rust", "Remote"))
    assert (first.hiring, first.venue_ref) == (True, "")
    assert (second.company_name, second.url, second.published) == ("Otherworks", "", "")
    assert (third.company_name, third.location) == ("Tallow & Reed", "Oslo")
    assert refused == ["item 4 names no company", "item 5 names no company"]


def test_an_atom_feed_is_read():
    ([record], refused) = parse_feed(ATOM.encode())
    assert (record.company_name, record.description, record.published) == ("Quillmark", "Ink.", "2026-11-04")
    assert refused == []


@pytest.mark.parametrize(
    "content", [b"", b"<html><p>Hello", b"/etc/passwd", b"https://board.example/", b"\xff\xfe\x00"]
)
def test_what_is_no_feed_is_an_error_and_no_file_or_address_is_opened(content):
    with pytest.raises(VenueError):
        parse_feed(content)


def test_a_feed_with_entities_of_its_own_is_not_read():
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    content = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{bomb}]>'
    content += "<rss><channel><item><title>Quillmark: Engineer</title><description>&a11;&f;</description></item></channel></rss>"
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(VenueError, match="declares entities"):
            parse_feed(content.encode(encoding))


@given(st.binary(max_size=200))
def test_any_bytes_are_items_or_a_venue_error(content):
    try:
        parse_feed(b"<rss><channel><item><title>Quillmark: Engineer</title>" + content)
    except VenueError as error:
        assert error.hint  # noqa: PT017


async def test_a_feed_is_fetched_by_the_reader_and_filtered():
    answers = {"/feed": Answer(body=RSS.encode(), content_type="application/rss+xml")}
    with running(answers) as site:
        async with WebClient(allow_loopback_source=site.origin, delay=0) as web:
            venue = RSSVenue(f"{site.origin}/feed")
            assert [item.company_name for item in await venue.fetch(web, Filters(tags=("rust",)))] == ["Quillmark"]
            assert len(venue.refused) == 2
            with pytest.raises(VenueError, match="status"):
                await RSSVenue(f"{site.origin}/gone").fetch(web, Filters())
            with pytest.raises(VenueError, match="from its address"):
                await RSSVenue("feed.xml").fetch(web, Filters())
        assert [path for _, path, _ in site.asked if path == "/feed"] == ["/feed"]
