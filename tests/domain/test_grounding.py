from __future__ import annotations

import importlib.util
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingot.domain.grounding import EvidenceSpan, Grounds, check, reason, unbacked

pytestmark = pytest.mark.long

ROOT = Path(__file__).resolve().parents[2]

GROUNDS = Grounds(
    company_name="Harbourline",
    user_name="Mira Kovalenko",
    person_name="Jonas Eklund",
    person_role="CTO",
    evidence=(
        EvidenceSpan(evidence_id=7, quote="Harbourline builds a live map of container freight for importers."),
        EvidenceSpan(evidence_id=8, quote="We raised a $12M Series A in March 2025 led by Tidewater Capital."),
        EvidenceSpan(
            evidence_id=9, quote="The team grew from 7 to 21 people. We bought Parcelwise. 5M documents a month."
        ),
        EvidenceSpan(evidence_id=10, quote="Harbourline | Lisbon | Backend Engineer | Python, Kafka"),
        EvidenceSpan(evidence_id=11, quote="Tidewater Capital raised a fund of $900M. Up to 40 ports are covered."),
    ),
    resume_lines=(
        "Mira Kovalenko",
        "Experience",
        "Senior Software Engineer",
        "Brightloom",
        "Mar 2020 - present",
        "- Cut p99 latency of the tracking API from 900 ms to 540 ms (40 %)",
        "by moving hot reads to Redis.",
        "- Helped run the on-call rota.",
        "Software Engineer, Otterbay Systems, 06/2016 - 02/2020",
        "- Built an ingestion service in Python that handled 30,000 events per second.",
        "",
        "Projects",
        "tidyrail: an open-source timetable parser",
        "Skills: Python, Redis, Next.js",
        "Tools: Docker",
        "Nordic Rail Award 2019",
    ),
    own_values=("mira@kovalenko.example", "+351 900 000 000"),
    chosen=("I prefer four days a week and $90k",),
)


def wrong(text: str, grounds: Grounds = GROUNDS) -> list[str]:
    return [tie.claim_kind for tie in unbacked(check(text, grounds, part="body"))]


@pytest.mark.parametrize(
    "text",
    [
        "I read on your site that Harbourline builds a live map of container freight for importers.",
        "Congratulations on the $12 million Series A led by Tidewater Capital.",
        "Your team tripled.",
        "You are looking for a backend engineer with Python and Kafka.",
        "You bought Parcelwise.",
        "At Brightloom I cut p99 latency of the tracking API by 40 % by moving hot reads to Redis.",
        "I cut p99 latency of the tracking API from 900 ms to 540 ms (40 %) by moving hot reads to Redis.",
        "As a Senior Software Engineer at Brightloom, I helped run the on-call rota.",
        "I wrote tidyrail, an open-source timetable parser.",
        "I use Python, Redis, React and Docker.",
        "I won the Nordic Rail Award in 2019.",
        "I have almost four years of experience at Otterbay Systems.",
        "I have not worked with Rust.",
        "I would like $90k.",
        "Would you be open to a 20-minute call on 12 March at 15:30 CET?",
        "You can reach me at mira@kovalenko.example or +351 900 000 000.",
        "Hi Jonas,",
        "Best regards,\nMira Kovalenko",
        "As an engineer, I would love to help.",
        "Freight data is messy.",
    ],
)
def test_what_the_sources_say_is_backed(text: str) -> None:
    assert wrong(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I cut p99 latency of the tracking API by 60 %.", "number"),
        ("I built an ingestion service that handled 30,000 events per minute.", "number"),
        ("More than 40 ports are covered by you.", "number"),
        ("You raised a $12M Series A in March 2022.", "year"),
        ("At Parcelwise I built an ingestion service in Python.", "name"),
        ("I built an ingestion service in Rust.", "skill"),
        ("I am a Staff Engineer at Brightloom.", "title"),
        ("I cut the p99 latency of every tracking API.", "scope"),
        ("You opened a new office.", "event"),
        ("Harbourline led a $12M Series A in Tidewater Capital.", "event"),
        ("You were acquired.", "event"),
        ("I led the on-call rota.", "verb"),
        ("I ran the on-call rota.", "verb"),
        ("Harbourline does not build a live map of container freight.", "negation"),
        ("You never raised a $12M Series A.", "negation"),
        ("I have never worked with Redis.", "negation"),
        ("Otterbay Systems builds maps for everyone.", "company"),
        ("Tidewater Capital has offices.", "company"),
        ("I cut latency by 4О %.", "characters"),
        ("You raised $l2M.", "characters"),
        ("You sell shoes.", "statement"),
        ("Zebrafold makes the sales call itself the enablement surface.", "company"),
        ("Next-generation truck software to automate back-office operations.", "statement"),
        ("Importers love Harbourline.", "statement"),
        ("You raised a fund of $900M.", "number"),
        ("I have twelve years of experience.", "number"),
        ("Would you talk about your recent acquisition of Zebrafold?", "name"),
        ("How was your recent IPO?", "event"),
        ("I would love to bring my deep Rust knowledge.", "skill"),
        ("I would love to bring my proven method.", "scope"),
        ("I would be glad to show how I cut 80 % of costs.", "number"),
        ("Could I cut your latency by 77 %?", "number"),
        ("As a surgeon, I would love to help.", "statement"),
        ("I built Kafka and Rust.", "skill"),
        ("Dear Petra,", "name"),
    ],
)
def test_what_they_do_not_say_is_refused_with_its_kind_and_a_reason(text: str, kind: str) -> None:
    ties = check(text, GROUNDS, part="body")
    refused = unbacked(ties)
    assert kind in [tie.claim_kind for tie in refused]
    for tie in refused:
        assert (tie.source, tie.evidence_id, tie.resume_line) == ("none", None, None)
        assert tie.claim in reason(tie)
        assert reason(tie).endswith(".")


def test_a_backed_claim_names_its_quote_or_line() -> None:
    company, user, plain = check(
        "Harbourline builds a live map of container freight.\n\nI helped run the on-call rota. Hello there.",
        GROUNDS,
        part="followup_3",
    )
    assert (company.source, company.evidence_id, company.sentence_no, company.part) == ("evidence", 7, 0, "followup_3")
    assert (user.source, user.resume_line, user.quote) == ("resume", 7, "- Helped run the on-call rota.")
    assert reason(user) == "Backed by: - Helped run the on-call rota."
    assert (plain.claim, plain.source, plain.backed) == ("", "none", True)
    assert reason(plain) == "The sentence claims nothing that needs backing."


def test_each_skill_of_a_list_names_its_own_line() -> None:
    ties = check("I use Next.js and Docker.", GROUNDS, part="body")
    assert [tie.resume_line for tie in ties] == [13, 14]


def test_an_open_job_counts_years_only_up_to_a_known_day() -> None:
    text = "I have nine years of experience as a software engineer."
    assert wrong(text) == ["number"]
    known = Grounds(**{**GROUNDS.__dict__, "today": date(2025, 6, 1)})
    assert wrong(text, known) == []
    assert wrong("I have over ten years of experience as a software engineer.", known) == ["number"]


def test_without_any_ground_every_claim_is_refused() -> None:
    nothing = Grounds(company_name="", user_name="", evidence=(), resume_lines=())
    assert wrong("You build maps. I built maps. Hello. It serves 40 ports.", nothing) == [
        "company",
        "company",
        "company",
    ]
    assert check("", nothing, part="body") == []


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    path = ROOT / "benchmarks" / "grounding.py"
    spec = importlib.util.spec_from_file_location("grounding_benchmark", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    measure: Callable[[], dict[str, Any]] = module.measure
    return measure()


@pytest.mark.parametrize("split", ["tune", "held_out"])
def test_inventions_are_caught_and_true_sentences_mostly_pass(figures: dict[str, Any], split: str) -> None:
    kinds = figures[split]["kinds"]
    assert figures[split]["recall"] >= 0.95
    assert figures[split]["precision"] >= 0.9
    assert kinds["verbatim"]["refused"] == 0
    assert kinds["paraphrase"]["refused"] / kinds["paraphrase"]["count"] < 0.15


@pytest.mark.parametrize("frame", ["On my side, {}", "From my own work: {}", "My résumé has this: {}"])
def test_words_that_lead_up_to_the_users_side_claim_nothing_and_back_nothing(frame: str) -> None:
    assert wrong(frame.format("at Brightloom I helped run the on-call rota.")) == []
    assert wrong(frame.format("at Brightloom I ran the on-call rota.")) == ["verb"]
