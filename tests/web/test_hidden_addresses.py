from __future__ import annotations

import json

import pytest

from ingot.web.background import said_about
from ingot.web.contacts import every_address, published_addresses
from ingot.web.hidden_addresses import unveiled
from ingot.web.page import read_page

HOST = "quillmark.example"


def veiled(address: str, key: int = 0x5A) -> str:
    return bytes([key, *(byte ^ key for byte in address.encode())]).hex()


def found(html: str) -> list[str]:
    page = read_page(html.encode(), url=f"https://{HOST}/")
    addresses = every_address(page, site_host=HOST)
    assert all(item.quote in page.text for item in addresses)
    return [item.email for item in addresses]


def test_addresses_that_the_network_disguises_are_shown_as_in_a_browser():
    code, other = veiled("ada@quillmark.example"), veiled("bo@quillmark.example?subject=Hi")
    html = f"""<p>Write to <span class="__cf_email__" data-cfemail="{code}">[email&#160;protected]</span> today.</p>
    <a href="/cdn-cgi/l/email-protection#{other}">Bo</a><p data-cfemail="zz">[email protected]</p>"""
    assert found(html) == ["ada@quillmark.example", "bo@quillmark.example"]


@pytest.mark.parametrize("code", ["", "5a", "xyz", "5a5a5a5a5a", "5a" * 300])
def test_a_broken_disguise_hides_nothing(code):
    assert unveiled(code) == ""


def test_structured_data_names_the_companys_own_addresses_wherever_their_host_is():
    data = {
        "@type": "Organization",
        "email": "mailto:hi@quillmark-mail.example",
        "contactPoint": [{"@type": "ContactPoint", "email": "desk@quillmark.example"}],
        "review": {"author": {"email": "cy@third.example"}},
    }
    html = f'<p>Presses.</p><script type="application/ld+json">{json.dumps(data)}</script>'
    assert found(html) == ["desk@quillmark.example", "hi@quillmark-mail.example"]


def test_scripts_count_only_where_they_link_an_address_at_the_sites_own_host():
    html = r"""<div id=app></div><title>Quillmark prints</title><!-- mailto:old@quillmark.example -->
    <script>push("href\":\"mailto:ada@quillmark.example\",\"x\":\"mailto:help@tracker.example\"", "bo@quillmark.example")</script>"""
    assert found(html) == ["ada@quillmark.example"]


def test_a_dot_in_brackets_is_a_dot():
    assert found("<p>ada@quillmark[.]example or bo@quillmark (dot) example") == [
        "ada@quillmark.example",
        "bo@quillmark.example",
    ]


def test_mailboxes_for_something_else_are_told_apart_not_dropped():
    page = read_page(b"<p>support@quillmark.example hello@quillmark.example you@example.com", url=f"https://{HOST}/")
    every = {item.email: item.for_letters for item in every_address(page, site_host=HOST)}
    assert every == {"support@quillmark.example": False, "hello@quillmark.example": True}
    assert [item.email for item in published_addresses(page, site_host=HOST)] == ["hello@quillmark.example"]


def test_what_is_said_of_a_persons_public_work_is_the_sentence_itself():
    text = (
        "Ada Quill, CTO\nAt PressConf Ada Quill gave a talk about ink queues. We were glad.\n"
        "Ada Quill wrote our guide to slow presses.\nBo Quill gave a talk.\nAda Quillson spoke.\nAda Quill likes tea."
    )
    assert list(said_about("Ada Quill", text)) == [
        ("talk", "At PressConf Ada Quill gave a talk about ink queues."),
        ("post", "Ada Quill wrote our guide to slow presses."),
    ]
    assert list(said_about("Ada", "Ada gave a talk.")) == []
    assert list(said_about("", text)) == []
