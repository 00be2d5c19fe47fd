from datetime import date

import pytest

from ingot.domain.grounding import EvidenceSpan, Grounds, check, unbacked
from ingot.domain.tense import has_ended, says_present

TODAY = date(2026, 11, 24)
LINES = (
    "Ada Quill",
    "Backend engineer",
    "EXPERIENCE",
    "Staff engineer, Weirhead, 2022 - present",
    "- Lead a team of four that runs the billing service in Go",
    "Engineer, Holmlog, 2018 - 2022",
    "- Wrote the order service in Java and RabbitMQ",
    "- Led a team of nine",
    "SKILLS",
    "Go, Terraform",
)
GROUNDS = Grounds(
    company_name="Lunchpost",
    user_name="Ada Quill",
    evidence=(
        EvidenceSpan(evidence_id=1, quote="Lunchpost is built with Java and RabbitMQ. Our planner is written in Go."),
    ),
    resume_lines=LINES,
    today=TODAY,
)


@pytest.mark.parametrize(
    "sentence",
    [
        "You work with Java at Lunchpost; so do I.",
        "I work with Java.",
        "I use Java and RabbitMQ.",
        "I use Go and Java.",
        "I'm writing the order service in Java.",
        "I lead a team of nine.",
        "I currently write the order service in Java.",
        "We both use Java.",
        "These days I have a team of nine.",
    ],
)
def test_what_ended_is_not_said_of_today(sentence: str) -> None:
    assert unbacked(check(sentence, GROUNDS, part="body")), sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "I wrote the order service in Java and RabbitMQ.",
        "I have worked with Java.",
        "You work with Java at Lunchpost; so did I.",
        "Java is in the work at Lunchpost and on my résumé.",
        "You use Go at Lunchpost; so do I.",
        "I use Go and Terraform.",
        "I lead a team of four.",
        "I led a team of nine.",
    ],
)
def test_what_was_is_said_of_the_past_and_what_goes_on_of_today(sentence: str) -> None:
    assert not unbacked(check(sentence, GROUNDS, part="body")), sentence


@pytest.mark.parametrize(
    ("heading", "ended"),
    [
        ("Engineer, Holmlog\n2018 - 2022", True),
        ("Engineer, Holmlog\nMar 2020 - Oct 2026", True),
        ("Engineer, Holmlog\nMar 2020 - Nov 2026", False),
        ("Engineer, Weirhead\n2022 - present", False),
        ("SKILLS", False),
    ],
)
def test_a_job_has_ended_when_its_last_month_is_over(heading: str, ended: bool) -> None:
    assert has_ended(heading, TODAY) is ended


def test_without_a_today_every_end_is_past() -> None:
    assert has_ended("Engineer\n2020 - 2099", None)
    assert not says_present("I wrote it in Go")
