import pytest

from ingot.domain.user import Education
from ingot.errors import ResumeError
from ingot.resume.extract import extract_profile
from ingot.resume.read import read_pasted
from tests.resume.samples import PLAIN


def test_a_plain_resume_fills_every_field() -> None:
    profile = extract_profile(read_pasted(PLAIN))

    assert (profile.name, profile.headline) == ("Orla Testwell", "Senior Backend Engineer")
    assert (profile.email, profile.phone) == ("orla.testwell@example.com", "+49 30 5550 1234")
    assert profile.location == "Berlin, Germany"
    assert profile.github_url == "https://github.com/orlatest"
    assert profile.linkedin_url == "https://www.linkedin.com/in/orla-testwell"
    assert profile.skills == ["Go", "Python", "SQL", "PostgreSQL", "Kubernetes", "Terraform"]
    assert profile.education == [
        Education(school="University of Nowhere", degree="BSc Computer Science", start="2014", end="2017")
    ]
    assert [(project.name, project.url) for project in profile.projects] == [
        ("tinyledger", "https://github.com/orlatest/tinyledger")
    ]
    assert profile.filled_share() == 1


def test_jobs_have_title_company_dates_and_their_own_bullets() -> None:
    first, second = extract_profile(read_pasted(PLAIN)).experience

    assert (first.title, first.company) == ("Senior Backend Engineer", "Fernglow Systems")
    assert (first.start, first.end) == ("March 2021", "Present")
    assert first.lines == (
        "Cut the nightly import of 40 million rows from six hours to fifty minutes by partitioning the ledger table",
        "Ran the on-call rota for four teams",
    )
    assert (second.title, second.company, second.start, second.end) == (
        "Software Engineer",
        "Quillmark GmbH",
        "2017",
        "2021",
    )
    assert second.lines == ("Wrote the billing service in Go",)


def test_every_bullet_is_a_line_of_the_raw_text() -> None:
    profile = extract_profile(read_pasted(PLAIN))

    lines = {line.removeprefix("• ") for line in profile.lines()}
    assert {bullet for job in profile.experience for bullet in job.lines} <= lines


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Data Analyst at Mosswick\nJan 2020 - Feb 2021", ("Data Analyst", "Mosswick")),
        ("Mosswick, Springfield, IL\t01/2020 - 02/2021\nData Analyst", ("Data Analyst", "Mosswick")),
        ("2020-01 – 2021-02\tData Analyst, Mosswick – Remote", ("Data Analyst", "Mosswick")),
        ("Mosswick, Inc.\nData Analyst | Jan. 2020 — Feb. 2021", ("Data Analyst", "Mosswick, Inc.")),
        ("Data Analyst\nMosswick · A maker of moss\nJan 2020 to Feb 2021", ("Data Analyst", "Mosswick")),
    ],
)
def test_the_usual_ways_to_write_a_job_are_told_apart(head: str, expected: tuple[str, str]) -> None:
    text = f"Orla Testwell\norla.testwell@example.com\n\nEXPERIENCE\n\n{head}\n- Counted the moss\n\nSKILLS\nSQL"

    (job,) = extract_profile(read_pasted(text)).experience

    assert (job.title, job.company) == expected
    assert "2020" in job.start
    assert "2021" in job.end
    assert job.lines == ("Counted the moss",)


@pytest.mark.parametrize(
    ("top", "name"),
    [
        ("ORLA TESTWELL\norla.testwell@example.com", "Orla Testwell"),
        ("Curriculum Vitae\nOrla van der Testwell, PhD\norla.testwell@example.com", "Orla van der Testwell"),
        ("Name: Orla Testwell\nEmail: orla.testwell@example.com", "Orla Testwell"),
        ("Orla Testwell orla.testwell@example.com +49 30 5550 1234", "Orla Testwell"),
        ("ORLA\nTESTWELL\nData Analyst\norla.testwell@example.com", "Orla Testwell"),
        ("# Orla Testwell\n**Data Analyst**\n[mail](mailto:orla.testwell@example.com)", "Orla Testwell"),
        ("Contact\norla.testwell@example.com\nBerlin, Germany\n\nOrla Testwell\nData Analyst", "Orla Testwell"),
    ],
)
def test_the_name_is_found_where_it_stands(top: str, name: str) -> None:
    profile = extract_profile(read_pasted(f"{top}\n\nSKILLS\nSQL, Python"))

    assert profile.name == name
    assert profile.email == "orla.testwell@example.com"


@pytest.mark.parametrize("text", ["lorem ipsum dolor sit amet", "Orla Testwell", "42\n\n17", "SKILLS\nPython, SQL"])
def test_too_little_is_refused_and_no_person_invented(text: str) -> None:
    with pytest.raises(ResumeError):
        extract_profile(read_pasted(text))


def test_a_name_and_an_address_alone_are_nothing_to_write_from() -> None:
    with pytest.raises(ResumeError, match="too little"):
        extract_profile(read_pasted("Orla Testwell\norla.testwell@example.com"))


def test_jobs_are_found_without_any_heading_and_the_person_is_no_employer() -> None:
    text = "Orla Testwell\nEngineer\n\nTallow & Reed, 2021 - present\n• Moved 40 services to Kubernetes.\n• Cut latency in half."
    (job,) = extract_profile(read_pasted(text)).experience
    assert (job.company, job.start, job.end) == ("Tallow & Reed", "2021", "present")
    assert job.lines == ("Moved 40 services to Kubernetes.", "Cut latency in half.")


def test_what_the_text_does_not_say_stays_empty() -> None:
    profile = extract_profile(read_pasted("Orla Testwell\norla.testwell@example.com\n\nSKILLS\nPython, Go"))

    assert (profile.headline, profile.phone, profile.location, profile.github_url, profile.linkedin_url) == ("",) * 5
    assert profile.experience == profile.education == profile.projects == []
