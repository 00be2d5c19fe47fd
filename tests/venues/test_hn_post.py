from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.venues.hn_post import parse_post
from ingot.venues.hn_text import readable

pytestmark = pytest.mark.long

BODY = "<p>Fernhollow is a maker of quiet pumps for greenhouses.<p>We look after 400 growers."


@pytest.mark.parametrize(
    ("line", "company", "role"),
    [
        ("Fernhollow | Senior Backend Engineer | Leeds, UK | ONSITE", "Fernhollow", "Senior Backend Engineer"),
        ("Fernhollow | Leeds | REMOTE | Full-time | Data Engineers", "Fernhollow", "Data Engineer"),
        ("Fernhollow (YC W19) | https://fernhollow.io | iOS Developer | SF", "Fernhollow", "iOS Developer"),
        ("Fernhollow (https://fernhollow.io) | Berlin, Germany | SRE", "Fernhollow", "SRE"),
        ("Fernhollow, Inc. | Staff Engineer, Billing | Toronto", "Fernhollow, Inc.", "Staff Engineer"),
        ("Fernhollow - Leeds, UK - Frontend Developer - Onsite", "Fernhollow", "Frontend Developer"),
        ("FERNHOLLOW -- LEEDS, UK -- BACKEND ENGINEER -- ONSITE", "FERNHOLLOW", "BACKEND ENGINEER"),
        ("Fernhollow / Haskell Engineer / Remote", "Fernhollow", "Haskell Engineer"),
        ("Fernhollow, Leeds and REMOTE (UK only)", "Fernhollow", ""),
        ("Platform Engineer @ Fernhollow | Leeds, UK | Full-time", "Fernhollow", "Platform Engineer"),
        ("REMOTE | Full stack engineer | Fernhollow News", "Fernhollow News", "Full stack engineer"),
        ("Control Engineers | Fernhollow | Netherlands | Visa", "Fernhollow", "Control Engineer"),
        ("Boston Ferns | Boston, MA | Product Manager", "Boston Ferns", "Product Manager"),
        ("Fernhollow, growing ferns | Leeds | Rust Developer", "Fernhollow", "Rust Developer"),
        ("Fernhollow | VP, Engineering | Leeds", "Fernhollow", "VP, Engineering"),
        ("Fernhollow | 3 Full-time Software Engineers (Go) x 2 | Leeds", "Fernhollow", "Software Engineer"),
        ("Fernhollow is hiring a backend developer in Leeds.", "Fernhollow", "backend developer"),
    ],
)
def test_the_first_line_is_read_in_any_order(line, company, role):
    post = parse_post(f"{line}{BODY}")
    assert (post.company, (*post.roles, "")[0], post.refusal) == (company, role, "")


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Data Engineers, SRE, and Product Managers", ("Data Engineer", "SRE", "Product Manager")),
        ("Senior Developer/Engineering Coach", ("Senior Developer", "Engineering Coach")),
        ("Frontend, Backend and Data Engineers", ("Frontend, Backend and Data Engineer",)),
        ("ML/Vision Engineer", ("ML/Vision Engineer",)),
        ("Backend, iOS, Android", ("Backend", "iOS", "Android")),
        ("C++ Engineers, C# Developers", ("C++ Engineer", "C# Developer")),
        ("Software Engineer - Junior, Mid or Senior", ("Software Engineer",)),
        ("Backend Engineers and more!", ("Backend Engineer",)),
        ("Multiple Positions", ()),
        ("All engineering roles", ()),
    ],
)
def test_roles_are_taken_apart_where_each_can_stand_alone(text, roles):
    assert parse_post(f"Fernhollow | {text} | Leeds, UK{BODY}").roles == roles


@pytest.mark.parametrize(
    ("body", "roles"),
    [
        (
            "<p>Roles:<p>- Senior Pump Engineer - https://x.example/1<p>- QA Analyst (Leeds)",
            ("Senior Pump Engineer", "QA Analyst"),
        ),
        ("<p>Firmware Engineer: C, some Rust<p>Designer: https://x.example/2", ("Firmware Engineer", "Designer")),
        ("<p>We are looking for talented software engineers who like moss.", ("software engineer",)),
        ("<p>As a Pump Designer, you will draw pumps.", ("Pump Designer",)),
        ("<p>We like moss. Our engineers like ferns.", ()),
        ("<p>Founded by former engineers of Mossgate.", ()),
    ],
)
def test_roles_come_from_the_body_where_the_first_line_names_none(body, roles):
    assert parse_post(f"Fernhollow | Leeds, UK | Multiple positions{body}").roles == roles


def test_terms_are_read_from_the_first_line():
    post = parse_post(
        "Fernhollow | Engineer | San Francisco (Mission) or REMOTE (US) | Full-time, Interns | VISA | $120k - $150k"
        + BODY
    )
    terms = post.terms
    assert (terms.remote, terms.onsite, terms.visa) == (True, False, True)
    assert terms.employment == ("full-time", "internship")
    assert terms.salary == "$120k - $150k"
    assert terms.location == "San Francisco (Mission)"


@pytest.mark.parametrize(
    ("field", "remote", "onsite", "visa"),
    [
        ("ONSITE only, no remote", False, True, None),
        ("Onsite or Remote", True, True, None),
        ("Cannot sponsor visas", False, False, False),
        ("fully distributed", True, False, None),
    ],
)
def test_what_is_excluded_is_not_offered(field, remote, onsite, visa):
    terms = parse_post(f"Fernhollow | Engineer | Leeds, UK | {field}{BODY}").terms
    assert (terms.remote, terms.onsite, terms.visa) == (remote, onsite, visa)


def test_the_site_is_the_company_s_own_and_the_job_board_is_where_to_apply():
    post = parse_post(
        "Fernhollow | Engineer | Leeds | https://jobs.lever.co/fernhollow"
        "<p>Read https://news.example/pumps and https://careers.fernhollow.io/open?x=1."
    )
    assert post.website == "https://fernhollow.io/"
    assert post.apply_url == "https://jobs.lever.co/fernhollow"


def test_a_shared_host_is_never_the_company_s_site():
    assert parse_post("Fernhollow | Engineer | Leeds | https://angel.co/fernhollow" + BODY).website == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "has no text"),
        ("META<p>Could the top text ask for salaries, please? It would help.", "is about the thread"),
        ("Here is a tool to search this thread by language: https://x.example/hn", "is about the thread"),
        ("Does anybody know whether pump makers pay well in this region of the country?", "is a question"),
        ("SEEKING WORK | Remote | Rust, Go<p>Willing to relocate: yes<p>Résumé/CV: on request", "looks for work"),
        ("Leeds, UK | ONSITE | Full-time | Engineer<p>A young firm with no name yet.", "names no company"),
        ("Ferns are green and moss is soft, as everybody knows who walked there.", "offers no job"),
    ],
)
def test_what_is_no_job_post_says_why(text, reason):
    assert reason in parse_post(text).refusal


def test_html_becomes_readable_lines_with_whole_links():
    text = readable(
        'Fernhollow &#x2F; Moss | R&amp;D<p>See <a href="https:&#x2F;&#x2F;x.example&#x2F;a-long-path" rel="nofollow">'
        "https:&#x2F;&#x2F;x.example&#x2F;a-lo...</a> and <i>write</i> to ada &lt;at&gt; x.example"
        "<pre><code>  one\n  two\n</code></pre>a line that was\nbroken by hand\u202e\x00"
    )
    assert text.splitlines() == [
        "Fernhollow / Moss | R&D",
        "See https://x.example/a-long-path and write to ada <at> x.example",
        "one two",
        "a line that was broken by hand",
    ]


def test_the_sentence_about_the_company_is_verbatim():
    post = parse_post("Fernhollow | Engineer | Leeds" + BODY)
    assert post.about == "Fernhollow is a maker of quiet pumps for greenhouses."
    assert post.about in post.text


WORDS = st.sampled_from(
    (
        "Fernhollow Engineer Leeds REMOTE | - , / ( ) <p> </a> &lt; &#x2F; is hiring a $100k jobs@x.io * : www.x.io é + META "
        '<a href="https://x.example"> \n'
    ).split(" ")
)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_post_is_read_without_an_error(comment):
    post = parse_post(comment)
    assert all(address.quote in post.text for address in post.addresses)
    assert all(role.strip() for role in post.roles)
