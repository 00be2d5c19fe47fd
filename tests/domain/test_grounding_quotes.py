from __future__ import annotations

import pytest

from ingot.domain.grounding import EvidenceSpan, Grounds, check, unbacked
from ingot.domain.sentences import split_sentences
from ingot.llm.offline import phrases

pytestmark = pytest.mark.long

QUOTES = (
    "Robots, parts & RL environments - delivered in 72 hrs or pickup in SF.",
    "The 100% free coding agent.",
    "Norrmast is building self-improving software — AI that continuously experiments on key moments in the user funnel.",
    "We're building maps for our 300 clients; our team sits in Oslo.",
    "Tidewater Capital led our round of $5.5M.",
    "It ships in 5, 6 or 7 days to the US.",
)
CLAUSES = (
    "Robots, parts & RL environments - delivered in 72 hrs or pickup in SF",
    "the 100% free coding agent",
    "Norrmast is building self-improving software — AI that continuously experiments on key moments in the user funnel",
    "Norrmast is building self-improving software",
    "you are building maps for your 300 clients; your team sits in Oslo",
    "You are building maps for your 300 clients",
    "Tidewater Capital led your round of $5.5M",
    "it ships in 5, 6 or 7 days to the US",
)
CHANGES = (
    ("72", "73"), ("SF", "LA"), ("RL", "ML"), ("100%", "99%"), ("Norrmast", "Sudmast"), ("AI", "ML"), ("300", "301"), ("Oslo", "Bergen"),
    ("Tidewater", "Ebbwater"), ("5.5M", "5M"), ("or 7", "or 8"), ("clients", "banks"),
)  # fmt: skip
FRAMES = dict.fromkeys(form for told in (phrases.OPENING, phrases.SECOND) for forms in told for form in forms)
GROUNDS = Grounds(
    company_name="Norrmast",
    user_name="Mira Kovalenko",
    evidence=tuple(EvidenceSpan(evidence_id=number, quote=quote) for number, quote in enumerate(QUOTES)),
    resume_lines=("Mira Kovalenko", "Built ingestion in Python."),
)


def refused(text: str) -> list[str]:
    return [tie.claim for tie in unbacked(check(text, GROUNDS, part="body"))]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("where", "source"), [("in your profile", "Your profile"), ("on your site", "Your site")])
def test_a_quote_in_a_frame_is_backed_and_with_one_word_changed_it_is_not(frame: str, where: str, source: str) -> None:
    for clause in CLAUSES:
        sentence = frame.format(where=where, source=source, clause=clause, company="Norrmast")
        assert refused(sentence) == []
        for old, new in CHANGES:
            if old in clause:
                assert refused(sentence.replace(old, new)), sentence.replace(old, new)


@pytest.mark.parametrize(
    "text",
    [
        "I read on your site that Tidewater Capital led your round of $5",
        "I read this on your site: I built maps for 300 clients.",
    ],
)
def test_a_quote_is_cut_only_at_the_end_of_a_clause_and_never_speaks_of_the_user(text: str) -> None:
    assert refused(text)


def test_the_whole_quote_is_what_backs_it() -> None:
    (tie,) = check(f"I read this on your site: {QUOTES[0]}", GROUNDS, part="body")
    assert (tie.evidence_id, tie.quote, tie.backed) == (0, QUOTES[0], True)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Order by 5 a.m. What Acme and my résumé share: Go.", 2),
        ("Order by 5 p.m. I run it.", 2),
        ("Open until 5 p.m. and then closed.", 1),
        ("Open until 5 p.m. Pacific time.", 1),
        ("Open until 5 p.m. Berlin time.", 1),
        ("Open until 5 p.m. CET on Fridays.", 1),
        ("Open until 5 p.m. Mondays.", 1),
        ("Open until 5 p.m. 30 sites.", 1),
    ],
)
def test_a_time_of_day_ends_a_sentence_before_a_new_one(text: str, count: int) -> None:
    assert len(split_sentences(text)) == count
