"""Invented companies and résumés of several kinds: what the offline engine is tried on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ingot.domain.grounding import EvidenceSpan, Grounds
from ingot.domain.tone import max_words, tone_for
from ingot.domain.user import Experience, UserProfile


@dataclass(frozen=True, kw_only=True)
class Company:
    """`facts` are (kind, quote, stands in the venue's record)."""

    name: str
    facts: tuple[tuple[str, str, bool], ...]
    open_role: str = ""
    person_name: str = ""
    person_role: str = ""


COMPANIES = (
    Company(
        name="Millpond",
        facts=(
            ("product", "Millpond builds a queue for sensor data in Go.", True),
            ("signal", "In March 2026 we moved 200 customers from Kafka to our own queue.", False),
            ("signal", "The largest of them sends us 3.5 million readings a minute.", False),
        ),
        person_name="Bo Reed",
        person_role="CTO",
    ),
    Company(
        name="Sedge & Sons",
        facts=(
            ("product", "Sedge & Sons checks invoices of hospitals before they are paid.", True),
            ("signal", "We're hiring because our clinics grew from 12 to 31 this year.", False),
            ("role", "We are looking for a Senior Backend Engineer who knows Python and Postgres.", False),
        ),
        open_role="Senior Backend Engineer",
        person_name="Ana María Ortega",
        person_role="Head of People",
    ),
    Company(
        name="Tinderlight",
        facts=(
            ("product", "Tinderlight gives restaurants a forecast of what guests will order tomorrow.", True),
            ("signal", "Forecasts are retrained every night on Kubernetes and reach 410 kitchens by 5 a.m.", False),
            ("signal", "Our team raised €2.4 million in May 2025.", False),
        ),
        person_name="Per Holm",
        person_role="Founder and CEO",
    ),
    Company(
        name="Oakum",
        facts=(
            ("product", "Oakum is a database for ship logs, written in Rust.", True),
            ("signal", "January 2026: Oakum was open-sourced under the Apache licence.", False),
            ("fact", "Customers in the US and Norway use it on 90 vessels; most of them are ferries.", False),
        ),
    ),
)  # fmt: skip

RESUMES = (
    ("Imre Valk", "Backend Engineer", "Tallow & Reed", (
        "Moved 40 services from Heroku to Kubernetes.",
        "Cut the p99 latency of the search API from 900 ms to 210 ms.",
        "Wrote an importer for customs forms in Python.",
        "Built a Kafka pipeline in Go for truck positions.",
    )),
    ("Noor Haddad", "Data Engineer | Python, Postgres", "Lantern Freight", (
        "Led a team of three that rebuilt the billing reports in dbt.",
        "Reduced nightly batch time by 62 % with Airflow and Postgres partitioning.",
        "Trained a forecast model for 1,200 delivery routes.",
        "Responsible for the data warehouse.",
    )),
    ("Sol Park", "", "", ("Designed and ran a home-built weather station network with 14 sensors.",
        "Taught an evening course in Rust for 25 beginners.")),
)  # fmt: skip

ANSWERS: tuple[dict[str, int], ...] = ({}, {"angle": 1}, {"experience": 1}, {"ask": 1}, {"ask": 2})


def profile(index: int) -> UserProfile:
    name, headline, employer, lines = RESUMES[index]
    head = [name, headline, "", f"Engineer, {employer}, 2021 - 2024" if employer else "Projects"]
    raw = "\n".join([*head, *(f"• {line}" for line in lines)])
    job = Experience(title="Engineer", company=employer, start="2021", end="2024", lines=lines)
    return UserProfile(
        name=name, headline=headline, experience=[job], resume_raw_text=raw, github_url="https://github.com/x"
    )


def inputs(
    company: Company, user: UserProfile, *, variant: int = 0, answers: tuple[tuple[str, str], ...] = ()
) -> dict[str, Any]:
    """The inputs of `write_letter`, as the writer's action makes them."""
    tone = tone_for(company.person_role)
    lines = [{"no": item.line, "text": item.text, "employer": item.employer} for item in user.achievements()]
    return {
        "user": {"name": user.name, "headline": user.headline, "location": "", "github_url": user.github_url},
        "company_name": company.name, "person_name": company.person_name, "person_role": company.person_role,
        "tone": tone.value, "max_words": max_words(tone), "open_role": company.open_role, "product": company.facts[0][1],
        "evidence": [
            {"id": number, "kind": kind, "quote": quote, "origin": "profile" if record else "site"}
            for number, (kind, quote, record) in enumerate(company.facts, start=1)
        ],
        "talking_points": [], "resume_lines": lines, "lead_line": {"no": lines[0]["no"], "use": 1}, "value_proposition": "",
        "answers": [{"question": topic, "answer": answer, "topic": topic} for topic, answer in answers],
        "preferences": {"never": [], "openings": [], "greeting": "", "closing": "", "angle": ""},
        "problems": [], "variant": variant,
    }  # fmt: skip


def grounds(company: Company, user: UserProfile, *, chosen: tuple[str, ...] = ()) -> Grounds:
    """What may back the letter, as the writer's action gives it to the gate."""
    spans = tuple(EvidenceSpan(evidence_id=n, quote=quote) for n, (_, quote, _) in enumerate(company.facts, start=1))
    return Grounds(
        company_name=company.name, user_name=user.name, evidence=spans, resume_lines=tuple(user.lines()),
        person_name=company.person_name, person_role=company.person_role, own_values=(user.github_url,), chosen=chosen,
        line_headings=tuple(user.line_headings().items()),
    )  # fmt: skip
