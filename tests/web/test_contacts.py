from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.web.contacts import is_for_letters, is_personal, published_addresses
from ingot.web.page import read_page

URL = "https://quillmark.example/contact"


def found(html: str, *, site_host: str = "quillmark.example") -> list[str]:
    page = read_page(html.encode(), url=URL)
    addresses = published_addresses(page, site_host=site_host)
    assert all(address.quote in page.text and address.where_url == URL for address in addresses)
    return [address.email for address in addresses]


@pytest.mark.parametrize(
    "line",
    [
        "Write to ada@quillmark.example today",
        "Write to Ada@Quillmark.example.",
        "ada [at] quillmark [dot] example",
        "ada(at)quillmark(dot)example",
        "ada{at}quillmark.example",
        "ada &lt;at&gt; quillmark.example",
        "ada-at-quillmark.example",
        "ada_AT_quillmark.example",
        "email: ada at quillmark dot example",
        "Contact ada @ quillmark.example",
        "ada AT quillmark DOT example",
        "<a href='mailto:ada@quillmark.example?subject=Hello'>Write to us</a>",
        "<a href='MAILTO:ada%40quillmark.example'>Write to us</a>",
    ],
)
def test_an_address_is_read_however_it_is_written(line):
    assert found(f"<p>{line}</p>") == ["ada@quillmark.example"]


@pytest.mark.parametrize(
    "line",
    [
        "a role at www.quillmark.example",
        "on-site @ quillmark.example",
        "find us at quillmark dot example",
        "@quillmark on social networks",
        "logo@2x.png",
        "noreply@quillmark.example",
        "no-reply@quillmark.example",
        "privacy@quillmark.example",
        "legal@quillmark.example",
        "press@quillmark.example",
        "abuse@quillmark.example",
        "jane.doe@quillmark.example",
        "you@example.com",
        "a customer, bo@another.example, says so",
        "Ada leads engineering at Quillmark",
    ],
)
def test_what_is_no_address_for_letters_is_left_out(line):
    assert found(f"<p>{line}</p>") == []


def test_a_foreign_address_counts_only_where_the_site_links_it_and_comes_last():
    html = "<p><a href='mailto:ada@quillmark-mail.example'>Ada</a> <p>bo@third.example <p>hello@quillmark.example"
    assert found(html) == ["hello@quillmark.example", "ada@quillmark-mail.example"]


def test_subdomains_and_www_are_the_same_site():
    assert found("<p>ada@quillmark.example", site_host="www.quillmark.example") == ["ada@quillmark.example"]
    assert found("<p>ada@mail.quillmark.example") == ["ada@mail.quillmark.example"]


def test_the_quote_of_a_long_line_is_the_part_around_the_address():
    page = read_page(f"<p>{'word ' * 200} ada@quillmark.example {'word ' * 200}".encode(), url=URL)
    (address,) = published_addresses(page, site_host="quillmark.example")
    assert address.email in address.quote
    assert len(address.quote) <= 300


@pytest.mark.parametrize(
    ("email", "personal"),
    [
        ("ada@q.example", True),
        ("ada.quill@q.example", True),
        ("hello@q.example", False),
        ("jobs-eu@q.example", False),
        ("customercare@q.example", False),
        ("founders@q.example", False),
        ("42@q.example", False),
    ],
)
def test_shared_mailboxes_are_told_from_personal_ones(email, personal):
    assert is_personal(email) is personal
    assert is_for_letters(email)


@given(st.text(alphabet="ab.@ [](){}-_t\n", max_size=60))
def test_nothing_is_guessed(text):
    page = read_page(f"<p>start {text}".encode(), url=URL)
    for address in published_addresses(page, site_host="a.ab"):
        assert address.quote in page.text
        assert address.email.split("@")[0] in address.quote.lower()
