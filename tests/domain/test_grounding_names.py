from __future__ import annotations

import pytest

from ingot.domain.aliases import Aliases
from ingot.domain.grounding import EvidenceSpan, Grounds, check, unbacked
from ingot.llm.offline import phrases

RESUME = ("Mira Kovalenko", "Engineer, Otterbay, 2019 - 2023", "Built ingestion in Python.")
PLAIN_PARTS = (
    "Hi {} team,",
    "Hello {} team,",
    "A question for {}",
    "A question for the {} team",
    "Twenty minutes about {}?",
    "The work at {}",
    "{} builds tools.",
    "I read on your site that {} builds tools.",
    "I would like to hear what {} needs next.",
    "To {} I would bring this: at Otterbay I built ingestion in Python.",
    "For {}, my résumé has this: at Otterbay I built ingestion in Python.",
    *(wish.replace("{company}", "{}") for wish in phrases.WISHES),
)
CLAIMS = (
    "{} raised $3M.",
    "{} has 24 customers.",
    "{} builds 3 tools.",
    "{} builds 24 tools.",
    "{} builds tools in Rust.",
    "{} is the largest bank.",
    "At {} I built ingestion in Python.",
    "I worked at {}.",
    "You raised a Series A.",
    "I use Go.",
    "You write Go.",
    "Your app is written in Swift.",
    "I have worked with Swift for two years.",
    "You sell to 42 banks.",
)
NAMES = (
    "Level 3",
    "7shifts",
    "Deep24",
    "Go Labs",
    "Swift",
    "Relay 2.0",
    "Series A",
    "One Global",
    "42",
    "Acme",
    "Principal",
)


def grounds(company: str, *, person: str = "", user: str = "Mira Kovalenko") -> Grounds:
    quote = f"{company} builds tools. We sell them to banks."
    return Grounds(
        company_name=company,
        user_name=user,
        person_name=person,
        evidence=(EvidenceSpan(evidence_id=1, quote=quote),),
        resume_lines=(user, *RESUME[1:]),
    )


def refused(text: str, given: Grounds) -> list[str]:
    return [tie.claim for tie in unbacked(check(text, given, part="body"))]


@pytest.mark.parametrize("name", NAMES)
def test_a_company_is_called_by_its_name_whatever_that_name_says(name: str) -> None:
    given = grounds(name)
    assert {text: found for part in PLAIN_PARTS if (found := refused(text := part.format(name), given))} == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_backs_no_number_skill_or_round_beside_it(name: str) -> None:
    given = grounds(name)
    assert [text for claim in CLAIMS if not refused(text := claim.format(name), given)] == []


@pytest.mark.parametrize(
    ("person", "user"),
    [("Chase Head", "Ruby Lane"), ("Rust Cohle", "Ada Go"), ("April Swift", "Max Two"), ("", "Ruby")],
)
def test_people_are_called_by_their_names_and_their_names_are_no_skills(person: str, user: str) -> None:
    given = grounds("Acme", person=person, user=user)
    greetings = [f"Hi {person},", f"Dear {person.split(maxsplit=1)[0]},"] if person else []
    for text in (*greetings, user, f"Best regards,\n{user}", f"My name is {user}." if " " in user else "Hello,"):
        assert refused(text, given) == []
    for text in ("I use Ruby.", "I use Go.", "I built ingestion in Swift.", "You use Rust."):
        assert refused(text, given)


def test_a_finding_shows_the_name_as_it_is_written() -> None:
    (claim,) = refused("7shifts sells shoes in Oslo to Relay 2.0.", grounds("7shifts")) or [""]
    assert "Qx" not in claim
    (tie,) = check("7shifts builds tools.", grounds("7shifts"), part="body")
    assert (tie.claim, tie.backed) == ("7shifts builds tools.", True)


def test_only_names_that_say_something_are_hidden() -> None:
    aliases = Aliases(company="Relay 2.0", person="Ada Birk", user="")
    hidden = aliases.hide("Ada Birk of Relay 2.0 ships 2.0 parcels on relay-2.0.example")
    assert hidden == "Ada Birk of Relay Qxcb ships 2.0 parcels on relay-2.0.example"
    assert aliases.hide_name("Relay 2.0") == "Relay Qxcb"
    assert aliases.hide_name("Ada Birk") == "Ada Birk"
    assert aliases.show(hidden).startswith("Ada Birk of Relay 2.0 ships")
