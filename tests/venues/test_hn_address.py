from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.venues.hn_address import MAX_QUOTE, addresses_in

pytestmark = pytest.mark.long


def emails(text: str, **known: object) -> list[str]:
    return [address.email for address in addresses_in(text, **known)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "email"),
    [
        ("Write to ada@fernhollow.io.", "ada@fernhollow.io"),
        ("Mail Ada+HN@Fernhollow.io", "ada+hn@fernhollow.io"),
        ("mailto:ada@fernhollow.io", "ada@fernhollow.io"),
        ("please email ada (at) fernhollow (dot) io", "ada@fernhollow.io"),
        ("please email ada(at)fernhollow(dot)io now", "ada@fernhollow.io"),
        ("Contact: ada [at] fernhollow.io", "ada@fernhollow.io"),
        ("Contact: ada[ at ]fernhollow [.] co.uk", "ada@fernhollow.co.uk"),
        ("resumes to ada {at} fernhollow.io.", "ada@fernhollow.io"),
        ("ada <at> fernhollow <dot> io", "ada@fernhollow.io"),
        ("ada (@) fernhollow.io", "ada@fernhollow.io"),
        ("Contact me @ ada _AT_ fernhollow.io about this", "ada@fernhollow.io"),
        ("drop me an email at ada -at- fernhollow -dot- io", "ada@fernhollow.io"),
        ("reach me, ada .at. fernhollow.io (no agencies)", "ada@fernhollow.io"),
        ("ping me directly ada.lake @ fernhollow.io.", "ada.lake@fernhollow.io"),
        ("adalake @ fernhollow.io", "adalake@fernhollow.io"),
        ("Email me at ada dot lake at fernhollow dot io for more", "ada.lake@fernhollow.io"),
        ("you can reach me at ada at fernhollow.io or apply", "ada@fernhollow.io"),
        ("Questions? ada at fernhollow dot io", "ada@fernhollow.io"),
        ("I'm ada.lake AT fernhollow.io and will answer mail", "ada.lake@fernhollow.io"),
        ("Email jobs at fernhollow dot io, or me", "jobs@fernhollow.io"),
        ("email work at fernhollow.io", "work@fernhollow.io"),
        ("jobs at fernhollow.io", "jobs@fernhollow.io"),
        ("Email me at ada dot lake at gmail. Thanks", "ada.lake@gmail.com"),
    ],
)
def test_an_address_is_read_however_it_is_disguised(text, email):
    assert emails(text) == [email]


@pytest.mark.parametrize(
    "text",
    [
        "Apply for the role at www.fernhollow.io",
        "We work on-site @ fernhollow.io in Leeds",
        "I am an iOS developer at Fernhollow.io and can answer email",
        "The engineers at fernhollow.io write about their work",
        "Email us if you want to work at fernhollow.io",
        "contact me at fernhollow.io",
        "Read more at fernhollow.io",
        "Ada Lake, VP of Product @ Fernhollow",
        "23 days of holiday @ 36 h/week",
        "Open house on Thursday @ 6 PM",
        "Follow me at @adalake or https://medium.com/@adalake",
        "https://fernhollow.io/apply?mail=ada@fernhollow.io",
        "chat with me on matrix: @ada:fernhollow.io",
        "git clone git@fernhollow.io:team/app.git",
        "write to first.last@fernhollow.io",
        "write to you@company.com",
        "write to ada@example.com",
        "diversity is a driver of success at our company, email us",
        "an address like io.fernhollow@{{name}}",
        "ada@fernhollow",
    ],
)
def test_what_only_looks_like_an_address_is_none(text):
    assert emails(text, company="Fernhollow", own_host="fernhollow.io") == []


@pytest.mark.parametrize(
    "text",
    [
        "apply via email: jobs @ our domain",
        "send it to jobs@[our domain]",
        "a resume to jobs@(our domain).",
        "email me at jobs@<our domain> please",
        "Email us at jobs at <company name>.io",
        "Email me: jobs at (company name) dot io",
        "or email jobs@ and say hello",
    ],
)
def test_our_domain_means_the_company_s_own_host(text):
    assert emails(text, company="Fern Hollow", own_host="fernhollow.io") == ["jobs@fernhollow.io"]


def test_our_domain_is_nothing_where_no_host_is_known():
    assert emails("apply via email: jobs @ our domain") == []


def test_two_words_before_the_dot_count_only_where_a_link_joins_them():
    text = "ping me at ada dot lake at fern hollow dot io for questions"
    assert emails(text, hosts={"fernhollow.io"}) == ["ada.lake@fernhollow.io"]
    assert emails(text, hosts={"mossgate.io"}) == []


def test_each_address_is_told_once_in_the_order_of_the_text():
    text = "Email jobs@fernhollow.io or ada at fernhollow dot io.\nAgain: jobs@fernhollow.io"
    assert emails(text) == ["jobs@fernhollow.io", "ada@fernhollow.io"]


def test_the_quote_is_a_verbatim_piece_of_the_line_with_the_address_in_it():
    line = f"{'We like moss. ' * 60}Please email ada (at) fernhollow (dot) io soon. {'We like ferns. ' * 60}"
    (found,) = addresses_in(line)
    assert found.quote in line
    assert "ada (at) fernhollow (dot) io" in found.quote
    assert len(found.quote) <= MAX_QUOTE


PIECES = st.sampled_from(
    [
        *"ada jobs me lake fernhollow io com www email contact role our @ at (at) [at] {at} <at> -at- _AT_ . (dot)".split(),
        *": / - , ( ) é https:// |".split(),
        *("our domain", " at ", " @ ", " dot ", " ", "\n", "\0"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_no_address_is_invented(text):
    squashed = re.sub(r"[^a-z0-9]", "", text.lower())
    for address in addresses_in(text):
        local, _, host = address.email.partition("@")
        assert address.quote in text
        assert re.fullmatch(r"[a-z0-9._+%-]+", local)
        for part in (*re.split(r"[^a-z0-9]+", local), *host.split(".")):
            assert part in squashed or address.email.endswith("@gmail.com")


@given(st.text(max_size=400), st.text(max_size=20))
def test_any_text_is_read_without_an_error(text, company):
    for address in addresses_in(text, company=company, own_host="fernhollow.io"):
        assert address.quote in text
