"""Pages of Y Combinator's directory, as they are and in shapes they may take."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingot.web.contacts import every_address
from ingot.web.page import read_page
from ingot.web.yc_page import YcPage, job_line, news_line, read_yc_page

DIRECTORY_PAGES = sorted((Path(__file__).parents[3] / "shared/data/yc/pages").glob("*.html"))

FOUNDERS = [
    {
        "full_name": "Ada  Quill",
        "title": "Founder & CTO",
        "founder_bio": "Sets\r\ntype.",
        "is_active": True,
        "linkedin_url": "https://www.linkedin.com/in/ada-quill-fictional",
        "twitter_url": "",
    },
    {"full_name": "Gone Before", "title": "Founder", "is_active": False},
]
JOB = {
    "title": "Press Engineer (all levels)",
    "url": "/companies/quillmark/jobs/abc-press-engineer",
    "location": "Ghent, BE / Remote (EU)",
    "type": "Full-time",
    "prettyRole": "Engineering",
    "salaryRange": "€60K - €80K",
    "equityRange": "0.10% - 0.25%",
    "minExperience": "3+ years",
    "visa": "",
    "skills": ["Go", {"name": "Kafka"}, None],
    "createdAt": "about 1 month",
}
NEWS = {"title": "Quillmark prints the moon", "url": "https://paper.example/moon", "date": "Aug 28, 2026"}
LAUNCH = {
    "title": "Quillmark: presses that answer",
    "tagline": "Write to the press, it writes back",
    "body": "Mail us at [press@quillmark-mail.example](mailto:press@quillmark-mail.example)!",
    "created_at": "2026-02-20T02:05:17.852Z",
    "url": "https://www.ycombinator.com/launches/abc",
}


def html(data: Any, *, attribute: bool = True) -> bytes:
    text = json.dumps(data)
    if attribute:
        return f'<body><p>Quillmark</p><div data-page="{escape(text)}"></div>'.encode()
    return f'<body><p>Quillmark</p><script data-page="app" type="application/json">{text}</script>'.encode()


def page(data: Any, **how: bool) -> YcPage:
    found = read_yc_page(html(data, **how))
    assert found is not None
    return found


def props(**parts: Any) -> dict[str, Any]:
    company = {
        "name": "Quillmark",
        "slug": "quillmark",
        "team_size": 4,
        "founders": FOUNDERS,
        "github_url": "github.com/q",
    }
    return {"props": {"company": company, "jobPostings": [JOB], "newsItems": [NEWS], "launches": [LAUNCH]} | parts}


def test_founders_jobs_news_and_launches_are_read():
    found = page(props())
    assert [(f.name, f.title, f.bio, f.is_active) for f in found.founders] == [
        ("Ada Quill", "Founder & CTO", "Sets type.", True),
        ("Gone Before", "Founder", "", False),
    ]
    assert found.founders[0].links == ("https://www.linkedin.com/in/ada-quill-fictional",)
    [job] = found.jobs
    assert (job.title, job.location, job.salary, job.posted) == (
        "Press Engineer (all levels)",
        "Ghent, BE / Remote (EU)",
        "€60K - €80K",
        "about 1 month",
    )
    assert (job.job_type, job.role, job.experience, job.skills) == (
        "Full-time",
        "Engineering",
        "3+ years",
        ("Go", "Kafka"),
    )
    assert job.url == "https://www.ycombinator.com/companies/quillmark/jobs/abc-press-engineer"
    assert found.news[0].dated == datetime(2026, 8, 28, tzinfo=UTC)
    assert found.launches[0].dated == datetime(2026, 2, 20, 2, 5, 17, 852000, tzinfo=UTC)
    assert (found.team_size, found.github_url) == (4, "https://github.com/q")


@pytest.mark.parametrize(
    "data",
    [
        {"company": props()["props"]["company"] | {"job_postings": [JOB]}},
        {"props": {"page": {"company": props()["props"]["company"] | {"jobs": [JOB]}}}},
        {"Props": {"Company": {"Name": "Q", "Founders": FOUNDERS}, "JobPostings": [JOB]}},
        {"props": {"company": {"founders": FOUNDERS}, "job_postings": [JOB, "nonsense", None, {"title": ""}]}},
    ],
)
def test_other_spellings_and_places_of_the_same_data_are_read_too(data):
    assert [founder.name for founder in page(data).founders] == ["Ada Quill", "Gone Before"]
    assert [job.title for job in page(data).jobs] == ["Press Engineer (all levels)"]


def test_the_data_may_stand_in_a_script():
    assert page(props(), attribute=False).jobs


def test_parts_of_another_shape_are_left_out_and_the_rest_is_kept():
    odd = page(
        {
            "props": {
                "company": {
                    "name": "Quillmark",
                    "team_size": "12",
                    "year_founded": "last year",
                    "founders": [{"name": "Ada Quill", "title": None, "founder_bio": ["x"]}, 7, {"title": "CEO"}],
                    "website": 3,
                },
                "jobPostings": {"0": JOB},
                "newsItems": [{"title": "Undated", "date": "soon", "url": "javascript:alert(1)"}],
                "launches": None,
            }
        }
    )
    assert [(f.name, f.title) for f in odd.founders] == [("Ada Quill", "")]
    assert (odd.team_size, odd.year_founded, odd.jobs, odd.launches) == (12, None, (), ())
    assert (odd.news[0].dated, odd.news[0].url) == (None, "")


@pytest.mark.parametrize(
    "body",
    [b"<p>Hello", b"<p data-page='[1'>x", b"<p data-page='7'>x", b'<p data-page=\'{"props": {"company": []}}\'>x'],
)
def test_a_page_without_a_company_says_nothing(body):
    assert read_yc_page(body) is None


def test_lines_can_be_quoted():
    found = page(props())
    assert job_line(found.jobs[0]) == (
        "Press Engineer (all levels) (Ghent, BE / Remote (EU); Full-time; €60K - €80K; 3+ years; skills: Go, Kafka)"
    )
    assert news_line(found.launches[0]) == "Quillmark: presses that answer - Write to the press, it writes back"
    assert news_line(found.news[0]) == "Quillmark prints the moon"


def test_an_address_that_only_the_data_shows_is_found_and_the_directorys_own_are_not():
    body = html(props()) + b"<footer>hello@ycombinator.com</footer>"
    text = read_page(body, url="https://www.ycombinator.com/companies/quillmark")
    found = every_address(text, site_host="www.ycombinator.com", hosted=True)
    assert [item.email for item in found] == ["press@quillmark-mail.example"]
    assert found[0].quote in text.text


def test_a_long_text_is_cut_between_words_so_that_no_address_is_halved():
    long = props(launches=[LAUNCH | {"body": "word " * 2398 + "ada@quillmark.example.more"}])
    assert "@" not in page(long).launches[0].body


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["company", "founders", "full_name", "title", "jobPostings", "url", "name"]), inner
        )
    ),
    max_leaves=12,
)


@given(json_values)
def test_whatever_the_data_is_reading_it_does_not_fail(value):
    read_yc_page(html({"props": {"company": value, "jobPostings": value}}))


@pytest.mark.skipif(not DIRECTORY_PAGES, reason="the real pages are not part of the repository")
def test_real_pages_are_read_whole():
    for path in DIRECTORY_PAGES:
        truth = json.loads(path.with_suffix(".truth.json").read_text())
        found = read_yc_page(path.read_bytes())
        assert found is not None
        assert [(f.name, f.title) for f in found.founders] == [(f["full_name"], f["title"]) for f in truth["founders"]]
        assert [[job.title, job.location, job.salary, job.posted] for job in found.jobs] == truth["jobs"]
