"""The directory's page of a company, and the two files in which a site says how to reach people."""

from __future__ import annotations

import json
from datetime import timedelta
from html import escape

import pytest

from ingot.actions.read_contact_files import HUMANS, SECURITY, read_contact_files
from ingot.actions.read_yc import directory_url, read_directory
from ingot.actions.recipient import person_evidence, published_address, recipient
from ingot.domain.intel import EvidenceKind, Page
from ingot.domain.lead_source import LeadSource
from ingot.web.client import WebClient
from tests.fakes.entities import NOW, make_lead, make_profile
from tests.web.site import Answer, running

pytestmark = pytest.mark.long

URL = "https://www.ycombinator.com/companies/quillmark"
PROPS = {
    "company": {
        "name": "Quillmark",
        "founders": [
            {
                "full_name": "Ada Quill",
                "title": "Founder",
                "founder_bio": "Sold ink.",
                "linkedin_url": "https://li.example/a",
            },
            {"full_name": "Bo Lind", "title": "Founder", "founder_bio": "Was a software engineer at Press & Co."},
        ],
    },
    "jobPostings": [{"title": "Press Engineer", "location": "Ghent", "skills": ["Go"]}],
    "newsItems": [
        {"title": "Quillmark prints the moon", "date": f"{NOW - timedelta(days=40):%b %d, %Y}"},
        {"title": "Quillmark was founded", "date": "Jan 02, 2019"},
        {"title": "Nobody knows when"},
    ],
    "launches": [{"title": "Launch", "body": "Mail bo@quillmark.example", "created_at": "2019-01-02T00:00:00Z"}],
}
BODY = f'<p>Quillmark</p><div data-page="{escape(json.dumps({"props": PROPS}))}"></div>'.encode()


@pytest.mark.parametrize(
    ("given", "url"),
    [
        (URL, URL),
        ("http://ycombinator.com/companies/quillmark/", URL),
        ("https://www.ycombinator.com/companies?query=quillmark", ""),
        ("https://www.ycombinator.com.evil.example/companies/quillmark", ""),
        ("https://www.ycombinator.com/companies/quillmark/jobs", ""),
        (None, ""),
    ],
)
def test_only_a_companys_own_page_there_is_read(given, url):
    assert directory_url(make_lead(record={"url": given}), []) == url
    assert directory_url(make_lead(), [LeadSource(lead_id=1, venue_name="yc", url=given or "")]) == url


async def test_founders_jobs_and_fresh_news_become_a_page_whose_text_holds_every_quote():
    with running({"/companies/quillmark": Answer(body=BODY)}) as site:
        async with WebClient(replay=site.origin) as web:
            read = await read_directory(web, URL, now=NOW)
    page = read.page
    assert [(item["name"], item["profiles"]) for item in page.people] == [
        ("Ada Quill", "https://li.example/a"),
        ("Bo Lind", ""),
    ]
    assert [item["email"] for item in page.addresses] == ["bo@quillmark.example"]
    told = [(item.kind, item.quote, item.topic) for item in read.evidence]
    assert told == [
        (EvidenceKind.hiring, "Press Engineer (Ghent; skills: Go)", "hiring"),
        (EvidenceKind.signal, "Quillmark prints the moon", "product"),
    ]
    chosen, reason = recipient(make_lead(team_size=2), [page], make_profile())
    assert (chosen.name, reason) == (
        "Bo Lind",
        "Founder: is a founder of a small team, with a background in engineering.",
    )
    address, kept = published_address(make_lead(), [page], chosen)
    assert address == "bo@quillmark.example"
    for item in (*read.evidence, *kept, *person_evidence(chosen, [page])):
        assert item.quote in page.text
        assert (item.source_url, item.page_sha256) == (URL, page.sha256)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=404),
        Answer(body=b"<p>No company here."),
        Answer(status=302, headers={"location": "https://third.example/"}),
    ],
)
async def test_a_page_that_is_not_there_is_an_error_not_a_failure(answer):
    with running({"/companies/quillmark": answer, "/": Answer(body=BODY)}) as site:
        async with WebClient(replay=site.origin) as web:
            read = await read_directory(web, URL, now=NOW)
    assert read.page.error
    assert list(read.evidence) == []


def home() -> Page:
    url = "https://quillmark.example/start"
    return Page(url=url, final_url=url, kind="home", text="Quillmark", fetched_at=NOW)


def plain(text: str) -> Answer:
    return Answer(body=text.encode(), content_type="text/plain; charset=utf-8")


async def read_files(answers: dict[str, Answer], known: list[Page]) -> tuple[list[Page], list[str]]:
    with running(answers) as site:
        async with WebClient(replay=site.origin) as web:
            return await read_contact_files(web, known, now=NOW), site.pages


async def test_who_takes_security_reports_is_known_and_never_written_to():
    pages, _ = await read_files(
        {
            "/humans.txt": plain("Press: Ada Quill\nContact: hello [at] quillmark.example\nSite by web@agency.example"),
            "/.well-known/security.txt": plain("Contact: mailto:ada@quillmark.example\nExpires: 2027-01-01T00:00:00z"),
        },
        [home()],
    )
    assert [(page.kind, [item["email"] for item in page.addresses]) for page in pages] == [
        (HUMANS, ["hello@quillmark.example"]),
        (SECURITY, ["ada@quillmark.example"]),
    ]
    assert all(item["quote"] in page.text for page in pages for item in page.addresses)
    chosen, _ = recipient(make_lead(person_name="Ada Quill"), pages, make_profile())
    assert published_address(make_lead(), pages, chosen)[0] == "hello@quillmark.example"
    assert published_address(make_lead(), pages[1:], chosen) == ("", [])


async def test_a_home_page_in_place_of_the_file_is_no_file():
    pages, asked = await read_files({"/humans.txt": Answer(body=b"<p>hello@quillmark.example")}, [home()])
    assert pages == []
    assert asked == ["/humans.txt", "/.well-known/security.txt"]


async def test_nothing_is_asked_twice_or_without_a_home_page():
    seen = Page(url="x", kind=HUMANS, fetched_at=NOW)
    assert (await read_files({}, [home(), seen]))[1] == ["/.well-known/security.txt"]
    assert (await read_files({}, []))[1] == []
