from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest

from ingot.web.page import read_page
from ingot.web.people import PublishedPerson, choose_recipient, find_people
from ingot.web.roles import is_name, is_role, split_role

URL = "https://quillmark.example/"
DIRECTORY_PAGES = sorted((Path(__file__).parents[3] / "shared/data/yc/pages").glob("*.html"))


def people(html: str, *, url: str = URL) -> list[PublishedPerson]:
    body = html.encode()
    page = read_page(body, url=url)
    found = find_people(page, body)
    assert all(person.quote in page.text and person.name in person.quote for person in found)
    return found


def named(html: str, *, url: str = URL) -> list[tuple[str, str]]:
    return [(person.name, person.role) for person in people(html, url=url)]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Ada Quill, CTO</p>",
        "<p>Ada Quill — CTO</p>",
        "<p>Ada Quill - CTO</p>",
        "<p>Ada Quill | CTO</p>",
        "<p>Ada Quill (CTO)</p>",
        "<h3>Ada Quill</h3><p>CTO</p>",
        "<div><span>Ada Quill</span><div>CTO</div></div>",
        "<h4>Ada Quill, CTO</h4>",
        "<li><b>Ada Quill</b>, <i>CTO</i></li>",
    ],
)
def test_a_team_section_names_people_in_many_ways(markup):
    assert named(f"<h2>Meet the team</h2>{markup}<h2>Open roles</h2><p>Bo Lind, Engineer</p>") == [("Ada Quill", "CTO")]


def test_a_card_gives_the_background_and_the_address_that_bears_the_name():
    html = """<h2>Our founders</h2>
    <h3>Ada Quill</h3><p>Co-founder &amp; CEO</p><p>Ada built the first press at the Fictional Institute of Ink.</p>
    <h3>Bo van der Lind</h3><p>Co-founder &amp; CTO</p>
    <footer>ada@quillmark.example hello@quillmark.example</footer>"""
    ada, bo = people(html)
    assert (ada.name, ada.role, ada.email) == ("Ada Quill", "Co-founder & CEO", "ada@quillmark.example")
    assert ada.background == "Ada built the first press at the Fictional Institute of Ink."
    assert ada.quote == f"Ada Quill\nCo-founder & CEO\n{ada.background}"
    assert (bo.name, bo.role, bo.email, bo.background) == ("Bo van der Lind", "Co-founder & CTO", "", "")


@pytest.mark.parametrize(
    "html",
    [
        "<h2>What our customers say</h2><p>Great ink!</p><p>Cy Marsh, CTO</p>",
        "<h2>Our team</h2><blockquote>Great ink! <p>Cy Marsh, CTO</p></blockquote>",
        "<h2>Our team</h2><div class='Testimonials_card'><p>Cy Marsh, CTO</p></div>",
        "<h2>Our team</h2><p>Cy Marsh, CTO at Otherworks</p>",
        "<h2>Our team</h2><h3>Cy Marsh</h3><p>VP Engineering, Otherworks</p>",
        "<h2>Our team</h2><p>Text.</p><h2>Our investors</h2><p>Cy Marsh, Founder</p>",
        "<h1>Home</h1><p>Cy Marsh, CTO</p>",
        "<h2>Our team</h2><p>Read More, Engineering</p><p>San Francisco, Engineering</p>",
        "<h2>Our team</h2><p>We hired Cy Marsh, an engineer, last year, and the manager was happy.</p>",
    ],
)
def test_customers_investors_and_prose_are_not_the_team(html):
    assert named(f"<p>Welcome.</p>{html}") == []


def test_the_whole_of_an_about_page_is_about_the_team_except_its_customers():
    html = "<h1>Quillmark</h1><p>Ada Quill, Founder</p><h2>Customers</h2><p>Cy Marsh, CTO</p><h2>Offices</h2><p>Bo Lind, COO</p>"
    assert named(html, url="https://quillmark.example/about/") == [("Ada Quill", "Founder"), ("Bo Lind", "COO")]


def test_structured_data_names_the_people_of_the_organisation_and_no_reviewers():
    data = {
        "@graph": [
            {
                "@type": "Organization",
                "founder": [{"@type": "Person", "name": "Ada Quill", "description": "Printer by\n trade."}],
                "employee": {
                    "@type": ["Person"],
                    "name": "Bo Lind",
                    "jobTitle": "CTO",
                    "email": "mailto:bo@quillmark.example",
                },
                "review": {"author": {"@type": "Person", "name": "Cy Marsh", "jobTitle": "CEO"}},
            },
            {"@type": "Person", "name": "Dee Author"},
        ]
    }
    ada, bo = people(f'<p>Hello.</p><script type="application/ld+json">{json.dumps(data)}</script>')
    assert (ada.role, ada.background, ada.quote) == (
        "Founder",
        "Printer by trade.",
        "Ada Quill, Founder: Printer by trade.",
    )
    assert (bo.role, bo.email) == ("CTO", "bo@quillmark.example")


def test_the_directory_page_carries_its_founders_as_data():
    founders = [
        {"full_name": "Ada Quill", "title": "Founder & CTO", "founder_bio": "Sets\n\ntype.", "is_active": True},
        {"full_name": "Bo Lind", "title": "", "founder_bio": None},
        {"full_name": "Gone Before", "title": "Founder", "is_active": False},
        "nonsense",
    ]
    attribute = escape(json.dumps({"props": {"company": {"founders": founders}}}))
    assert named(f'<div data-page="{attribute}">Quillmark</div>') == [
        ("Ada Quill", "Founder & CTO"),
        ("Bo Lind", "Founder"),
    ]


@pytest.mark.parametrize(
    "markup",
    ['<p data-page="[1">x', "<p data-page='{\"props\": []}'>x", '<script type="application/ld+json">7</script>x'],
)
def test_broken_data_says_nothing(markup):
    assert people(markup) == []


@pytest.mark.skipif(not DIRECTORY_PAGES, reason="the real pages are not part of the repository")
def test_founders_of_real_directory_pages_are_all_found():
    for path in DIRECTORY_PAGES:
        truth = json.loads(path.with_suffix(".truth.json").read_text())
        body = path.read_bytes()
        found = find_people(read_page(body, url=f"https://www.ycombinator.com/companies/{truth['slug']}"), body)
        assert [person.name for person in found] == [founder["full_name"] for founder in truth["founders"]]


@pytest.mark.parametrize("text", ["Ada Quill", "Bo van der Lind", "J. R. Marsh", "Zoë O’Hara", "Łucja Żak-Nowak"])
def test_names_are_recognised(text):
    assert is_name(text)


@pytest.mark.parametrize(
    "text",
    ["Ada", "Our Team", "Customer Success", "ada quill", "Read More", "San Francisco", "ACME CORP", "Ada Quill 2"],
)
def test_other_words_are_not_names(text):
    assert not is_name(text)


def test_a_role_elsewhere_is_no_role_here():
    assert is_role("CTO")
    assert is_role("VP, Engineering")
    assert is_role("CTO at Quillmark", own="quillmark")
    assert not is_role("CTO at Otherworks", own="quillmark")
    assert not is_role("Engineer, Otherworks", own="quillmark")
    assert not is_role("We are hiring an engineer.")


@pytest.mark.parametrize(
    ("text", "role", "background"),
    [
        ("CTO", "CTO", ""),
        ("CTO. Built the press.", "CTO", "Built the press."),
        ("Head of Compliance.", "Head of Compliance", ""),
        (
            "Chief Executive and co-founder. Dr. Quill set type.",
            "Chief Executive and co-founder",
            "Dr. Quill set type.",
        ),
        ("We thank our manager. She set type.", "", ""),
        ("CTO at Otherworks. She set type.", "", ""),
        ("", "", ""),
    ],
)
def test_a_role_may_be_followed_by_sentences_about_the_person(text, role, background):
    assert split_role(text, own="quillmark") == (role, background)


def test_a_card_whose_paragraph_begins_with_the_role_is_read():
    html = "<h1>The people behind it</h1><h3>Ada Quill</h3><p>CTO. Built the press.</p><p>Dr. Bo Lind, Co-founder. Set type.</p>"
    ada, bo = people(html)
    assert (ada.role, ada.background, ada.quote) == ("CTO", "Built the press.", "Ada Quill\nCTO. Built the press.")
    assert (bo.name, bo.role, bo.background) == ("Dr. Bo Lind", "Co-founder", "Set type.")


def person(name: str, role: str) -> PublishedPerson:
    return PublishedPerson(name=name, role=role)


CEO, CTO, EM, HR, DESIGN = (
    person("Ada Quill", "Founder & CEO"),
    person("Bo Lind", "Co-founder & CTO"),
    person("Cy Marsh", "Engineering Manager"),
    person("Dee Vale", "Head of Talent"),
    person("Eli Fern", "Head of Design"),
)


@pytest.mark.parametrize(
    ("team", "role_hint", "team_size", "chosen"),
    [
        ([CEO, CTO, HR], "backend engineer", 4, CTO),
        ([CEO, HR], "backend engineer", 4, CEO),
        ([CEO, CTO, HR], "sales", 4, CEO),
        ([CEO, EM, HR], "backend engineer", 40, EM),
        ([CEO, HR], "backend engineer", 40, HR),
        ([CEO, DESIGN, HR], "product designer", 40, DESIGN),
        ([CEO, HR], "sales", 200, HR),
        ([CEO], "backend engineer", None, CEO),
        ([CEO], "backend engineer", 30, CEO),
        ([CEO], "backend engineer", 400, None),
        ([], "backend engineer", 4, None),
    ],
)
def test_the_letter_goes_to_whoever_would_work_with_you(team, role_hint, team_size, chosen):
    recipient, reason = choose_recipient(team, role_hint=role_hint, team_size=team_size)
    assert recipient == chosen
    assert reason.endswith(".")
