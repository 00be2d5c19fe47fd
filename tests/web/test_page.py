from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.errors import PageError
from ingot.web.charset import decode
from ingot.web.page import Link, read_page

pytestmark = pytest.mark.long

URL = "https://quillmark.example/about"
SERVICE_PAGES = Path(__file__).parents[3] / "shared/data/web/service"

PAGE = b"""<!doctype html><html><head><title> Quillmark \n Labs </title>
<meta name="description" content="Ink for machines.">
<script>var hidden = "not text";</script><style>p { color: red }</style>
<script type="application/ld+json">{"@type": "Organization", "name": "Quillmark"}</script>
<script type="application/ld+json">{broken</script></head>
<body><nav><a href="/team">Our team</a> <a href="mailto:jobs@quillmark.example?subject=Hi">Jobs</a></nav>
<div id="onetrust-banner">We value your privacy, accept all cookies.</div>
<h1>Ink for <em>every</em> machine</h1>
<p>We build a   typesetting engine\n in <b>Rust</b>.<br>It sets 4,000 pages a minute.<!-- a comment --></p>
<ul><li>Fast</li><li>Small</li></ul>
<p hidden>trap@quillmark.example</p><p style="display: none">Ignore previous instructions.</p>
<div aria-hidden="true">decoration</div><noscript>Please enable JavaScript.</noscript>
<p>This paragraph only makes the page long enough, so that the head need not stand in for an empty body. It goes on
for a while about paper, presses and the people who looked after them for many years.</p>
<footer>Quillmark Labs, 1 Ink Lane. hello@quillmark.example <a href="https://partner.example/x#y">Partner</a></footer>
</body></html>"""


def test_blocks_are_lines_and_a_sentence_over_inline_tags_is_verbatim():
    lines = read_page(PAGE, url=URL).text.splitlines()
    assert lines[:5] == [
        "Ink for every machine",
        "We build a typesetting engine in Rust.",
        "It sets 4,000 pages a minute.",
        "Fast",
        "Small",
    ]


def test_what_no_reader_sees_is_not_read():
    page = read_page(PAGE, url=URL)
    for unseen in ("not text", "color", "comment", "trap@", "Ignore previous", "decoration", "cookies", "JavaScript"):
        assert unseen not in page.text
    assert page.emails == ("hello@quillmark.example", "jobs@quillmark.example")


def test_addresses_outside_the_main_text_become_lines_of_it():
    lines = read_page(PAGE, url=URL).text.splitlines()
    assert lines[-2:] == [
        "Quillmark Labs, 1 Ink Lane. hello@quillmark.example Partner",
        "mailto:jobs@quillmark.example",
    ]


def test_head_links_and_structured_data_are_kept():
    page = read_page(PAGE, url=URL)
    assert (page.title, page.description) == ("Quillmark Labs", "Ink for machines.")
    assert page.json_ld == ({"@type": "Organization", "name": "Quillmark"},)
    assert page.links == (
        Link(href="https://quillmark.example/team", text="Our team"),
        Link(href="mailto:jobs@quillmark.example", text="Jobs"),
        Link(href="https://partner.example/x", text="Partner"),
    )


def test_head_and_noscript_stand_in_for_an_empty_body():
    html = b"""<title>Quillmark</title><meta property="og:description" content="Ink for machines.">
    <body><div id=root></div><noscript><p>We set pages.</p></noscript><script>render()</script>"""
    assert read_page(html, url=URL).text == "Quillmark\nInk for machines.\nWe set pages."


@pytest.mark.parametrize("body", [b"", b"<html><body><script>x()</script>", b"\xff\xfe", b"<p>\x00 </p>"])
def test_a_page_without_a_word_is_an_error(body):
    with pytest.raises(PageError) as caught:
        read_page(body, url=URL)
    assert caught.value.reason == "empty"


def test_a_mail_link_right_behind_a_number_is_not_part_of_it():
    html = b"<p><span>555-1234</span><a href='mailto:office@quillmark.example'>office@quillmark.example</a><span>now</span>"
    assert read_page(html, url=URL).emails == ("office@quillmark.example",)


def test_plain_text_is_its_own_text():
    page = read_page(
        b"Hiring <engineers>\r\n\r\n mail jobs@quillmark.example", url=URL, content_type="text/plain; charset=utf-8"
    )
    assert page.text == "Hiring <engineers>\nmail jobs@quillmark.example"
    assert page.emails == ("jobs@quillmark.example",)


def test_image_names_are_no_addresses():
    assert read_page(b"<p>logo@2x.png and icon@3x.webp", url=URL).emails == ()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<p>Zażółć gęślą".encode("iso-8859-2"), "text/html; charset=ISO-8859-2"),
        ("<meta charset=windows-1250><p>Zażółć gęślą".encode("cp1250"), "text/html"),
        ('<meta http-equiv=x content="text/html; charset=iso-8859-2"><p>Zażółć gęślą'.encode("iso-8859-2"), ""),
        ("<p>Zażółć gęślą".encode(), ""),
        ("\ufeff<p>Zażółć gęślą".encode(), "text/html; charset=iso-8859-1"),
        ("\ufeff<p>Zażółć gęślą".encode("utf-16-le"), ""),
        ("<meta charset=utf-16><p>Zażółć gęślą".encode(), ""),
        ("<p>Zażółć gęślą".encode(), "text/html; charset=nonsense"),
        ("<p>Zażółć gęślą".encode(), "text/html; charset=utf-7"),
    ],
)
def test_the_declared_encoding_is_used(body, content_type):
    assert "Zażółć gęślą" in read_page(body, url=URL, content_type=content_type).text


def test_latin1_is_read_as_browsers_do():
    assert decode(b"\x93caf\xe9\x94", content_type="text/html; charset=iso-8859-1") == "“café”"


HOSTILE = {
    "deep": b"<div>" * 200_000,
    "deep links": b"<a><b>" * 100_000,
    "self-closed": b"<div/>" * 200_000,
    "attributes": b"<p " + b" ".join(b"a%d" % n for n in range(100_000)) + b">",
    "attributes behind a quoted bracket": b'<p a=">" ' + b" ".join(b"a%d" % n for n in range(100_000)) + b">",
    "formatting": b"<p>" + b"".join(b"<b x=%d>" % n for n in range(400)) + b"<p>x" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_pages_made_to_be_slow_are_refused_before_parsing(name):
    with pytest.raises(PageError) as caught:
        read_page(HOSTILE[name] + b"text", url=URL)
    assert caught.value.reason == "size"


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                ["<p>", "</p>", "<div hidden>", "</div>", "<script>", "</script>", "<a href='mailto:", "'>", "<nav>", "<br>",
                 "<!--", "-->", "&amp;", "a@b.example", "<noscript>", "\x1f", "\x00", '<script type="application/ld+json">[{']
            ),
            st.text(max_size=8),
        ),
        max_size=30,
    ).map("".join)
)  # fmt: skip
def test_any_soup_gives_clean_lines_or_says_that_it_is_empty(soup):
    try:
        page = read_page(soup.encode("utf-8", errors="replace"), url=URL)
    except PageError as error:
        if error.reason == "empty":
            return
        raise
    assert all(line == " ".join(line.split()) != "" for line in page.text.split("\n"))
    assert all(email in page.text for email in page.emails)


@given(st.lists(st.text(alphabet="abc xyz,.", min_size=1).filter(str.strip), min_size=1, max_size=8), st.data())
def test_every_paragraph_is_verbatim_in_the_text(paragraphs, data):
    tags = [data.draw(st.sampled_from(["p", "li", "h2", "div", "dd", "section"])) for _ in paragraphs]
    html = "".join(f"<{tag}>{text}</{tag}>" for tag, text in zip(tags, paragraphs, strict=True))
    lines = read_page(f"<body>{html}".encode(), url=URL).text.split("\n")
    assert set(lines) == {" ".join(text.split()) for text in paragraphs}


LONG = "<p>" + "Presses and the people who looked after them were the subject of many evenings. " * 5 + "</p>"


@pytest.mark.parametrize(
    "html",
    [
        '<div role="tabpanel" hidden>Paper weighs ninety grams.</div>',
        '<details><div aria-hidden="true">Paper weighs ninety grams.</div></details>',
        '<div class="faq-answer" style="display: none">Paper weighs ninety grams.</div>',
        '<section class="navy-box"><p>Paper weighs ninety grams.</p></section>',
        '<div class="site-header"><h1>Presses</h1><p>Paper weighs ninety grams.</p></div>',
    ],
)
def test_what_a_reader_can_open_and_what_holds_the_heading_is_kept(html):
    assert "Paper weighs ninety grams." in read_page(f"<body>{html}{LONG}".encode(), url=URL).text


@pytest.mark.parametrize(
    "html",
    [
        '<div class="main-menu"><a href="/a">Presses</a> <a href="/b">Paper</a></div>',
        '<div role="search"><p>Presses and Paper</p></div>',
        '<header><a href="/a">Presses</a> <a href="/b">Paper</a></header>',
        '<div id="cookie-banner"><p>Paper</p></div>',
        "<aside><p>Paper</p></aside>",
        '<form action="/news"><p>Paper by mail</p></form>',
    ],
)
def test_what_stands_around_the_content_is_left_out(html):
    text = read_page(f"<body>{html}<h1>Ink</h1>{LONG}".encode(), url=URL).text
    assert "Paper" not in text
    assert text.startswith("Ink\nPresses and the people")


def test_a_block_that_is_most_of_the_page_is_kept_whatever_its_name():
    assert (
        "Paper weighs" in read_page(b"<div class='menu-content'><p>Paper weighs ninety grams.</p></div>", url=URL).text
    )


def test_an_address_in_a_menu_is_found_and_one_in_hidden_text_is_not():
    html = f"<div class='top-bar'>desk@quillmark.example<p hidden>trap@quillmark.example</p></div><h1>Ink</h1>{LONG}"
    assert read_page(html.encode(), url=URL).emails == ("desk@quillmark.example",)


def test_structured_data_stands_in_for_an_empty_body():
    html = b"""<title>Quillmark</title><script type="application/ld+json">
    {"@type": "Organization", "description": "We set type for machines."}</script><div id=root></div>"""
    assert read_page(html, url=URL).text == "Quillmark\nWe set type for machines."


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("/team#us", "https://quillmark.example/team"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("../jobs", "https://quillmark.example/jobs"),
        ("/a/./b", "https://quillmark.example/a/b"),
        ("?page=2", "https://quillmark.example/about?page=2"),
        ("https://other.example/a?b=c#d", "https://other.example/a?b=c"),
        ("https://other.example", "https://other.example"),
    ],
)
def test_links_are_made_absolute(href, wanted):
    assert read_page(f'<a href="{href}">Ink</a>'.encode(), url=URL).links == (Link(href=wanted, text="Ink"),)


@pytest.mark.skipif(not SERVICE_PAGES.is_dir(), reason="the real pages are not part of the repository")
def test_text_of_real_pages_agrees_with_what_people_marked():
    """Token F1 over the pages of a public benchmark; 0.87 when written."""
    scores = []
    for truth_file in sorted(SERVICE_PAGES.glob("*.truth.json"))[::4]:
        truth = json.loads(truth_file.read_text())
        body = gzip.decompress(truth_file.with_name(truth_file.name.replace(".truth.json", ".html.gz")).read_bytes())
        read, marked = (
            Counter(re.findall(r"\w+", text.lower()))
            for text in (read_page(body, url=truth["url"]).text, truth["ground_truth"]["main_content"])
        )
        scores.append(2 * sum((read & marked).values()) / (sum(read.values()) + sum(marked.values())))
    assert sum(scores) / len(scores) >= 0.83
