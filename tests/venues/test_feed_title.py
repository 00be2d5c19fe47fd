from __future__ import annotations

import pytest

from ingot.venues.feed_title import Named, company_and_role


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Quillmark: Senior Backend Engineer", Named(company="Quillmark", role="Senior Backend Engineer")),
        ("Staff Data Scientist at Quillmark", Named(company="Quillmark", role="Staff Data Scientist")),
        (
            "Platform Engineer @ Quillmark (Ghent, Belgium)",
            Named(company="Quillmark", role="Platform Engineer", location="Ghent, Belgium"),
        ),
        ("Quillmark (YC W24) is hiring a founding engineer", Named(company="Quillmark", role="founding engineer")),
        ("Quillmark is hiring", Named(company="Quillmark")),
        ("The Mill Company is now hiring: Designers", Named(company="The Mill Company", role="Designers")),
        (
            "Tallow & Reed GmbH: Softwareentwickler (m/w/d)",
            Named(company="Tallow & Reed GmbH", role="Softwareentwickler"),
        ),
        ("Tallow & Reed GmbH: Entwickler (m/w/d)", Named(company="Tallow & Reed GmbH", role="Entwickler")),
        ("Ingénieur chez Moulin", Named(company="Moulin", role="Ingénieur")),
        ("Moulin recrute un développeur", Named(company="Moulin", role="un développeur")),
    ],
)
def test_titles_of_job_boards(title: str, named: Named):
    assert company_and_role(title) == named


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Why we moved to Rust",
        "Ask HN: Which engineer do you admire?",
        "Senior Engineer",
        "We are hiring engineers",
        "A stealth startup is hiring an engineer",
        "Confidential: Data Engineer",
        "How to work at scale",
        "News: prices went up",
        "Look at this",
        "Is Quillmark any good? : Engineer",
        f"{'Very ' * 12}Long: Engineer",
    ],
)
def test_a_title_that_names_no_company(title: str):
    assert company_and_role(title) is None


def test_an_element_of_its_own_is_believed():
    assert company_and_role("Backend Engineer", said="Quillmark") == Named(company="Quillmark", role="Backend Engineer")
    assert company_and_role("Backend Engineer at Quillmark", said="Quillmark") == Named(
        company="Quillmark", role="Backend Engineer"
    )
    assert company_and_role("Our spring news", said="Quillmark") == Named(company="Quillmark")
    assert company_and_role("Backend Engineer", said="confidential") is None


def test_the_author_is_the_company_only_of_a_title_that_is_a_role():
    assert company_and_role("Backend Engineer", author="Quillmark") == Named(
        company="Quillmark", role="Backend Engineer"
    )
    assert company_and_role("Why we moved to Rust", author="Ada Quill") is None
    assert company_and_role("What does an engineer do?", author="Ada Quill") is None
