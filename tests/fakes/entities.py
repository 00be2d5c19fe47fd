"""Invented people, companies and letters, and a campaign stocked with them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ingot.actions.campaign import DEFAULTS
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Campaign, Gate
from ingot.domain.email import Email
from ingot.domain.intel import Evidence, EvidenceKind, IntelBrief, TalkingPoint, TalkingPointKind
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.match import Confidence, Match
from ingot.domain.user import Education, Experience, Project, UserProfile

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
USER = "user_local"

RESUME = """Imre Valk
Backend Engineer

Tallow & Reed, 2021 - present
• Moved 40 services from Heroku to Kubernetes.
• Cut the p99 latency of the search API from 900 ms to 210 ms.
• Wrote an importer for customs forms in Python.

Lantern Freight, 2018 - 2021
• Built a Kafka pipeline in Go for truck positions.
• Ran the on-call rota of the billing team."""

PRODUCT = "Millpond builds a queue for sensor data in Go."


def make_profile(**changes: Any) -> UserProfile:
    lines = RESUME.splitlines()
    given = {
        "name": "Imre Valk",
        "headline": "Backend Engineer",
        "skills": ["Python", "Go", "Kafka"],
        "experience": [
            Experience(title="Engineer", company="Tallow & Reed", start="2021", end="present", lines=tuple(lines[4:7])),
            Experience(title="Developer", company="Lantern Freight", start="2018", end="2021", lines=tuple(lines[9:])),
        ],
        "education": [Education(school="Sedge College", degree="BSc", start="2015", end="2018")],
        "projects": [Project(name="Otter", description="A log viewer.", url="https://otter.example")],
        "email": "imre@valk.example",
        "resume_raw_text": RESUME,
    }
    return UserProfile(**{**given, **changes})


def make_lead(number: int = 1, **changes: Any) -> Lead:
    given = {
        "company_name": f"Millpond {number}",
        "source_venue": "yc",
        "venue_ref": str(number),
        "company_website": f"https://millpond{number}.example",
        "initial_score": 0.5,
    }
    return Lead(**{**given, **changes})


def make_letter(lead_id: int | None = None, **changes: Any) -> Email:
    given = {
        "subject_a": "Sensor data in Go",
        "subject_b": "Your queue for sensor data",
        "body": "Hello Bo,\n\nMillpond builds a queue for sensor data in Go. I built a Kafka pipeline in Go for truck positions.\n\nBest regards\nImre Valk",
        "lead_id": lead_id,
    }
    return Email(**{**given, **changes})


async def add_campaign(uow: SqlAlchemyUnitOfWork, name: str = "autumn", **options: Any) -> Campaign:
    profile = await uow.profiles.add_version(make_profile())
    return await uow.campaigns.add(
        Campaign(campaign_name=name, profile_id=profile.id, started_at=NOW, options={**DEFAULTS, **options})
    )


async def add_matched(
    uow: SqlAlchemyUnitOfWork, campaign: Campaign, number: int = 1, *, score: int = 70, quote: str = PRODUCT
) -> Lead:
    """A lead that was researched in both phases and matched."""
    lead = await uow.leads.add(make_lead(number, campaign_id=campaign.id, status=LeadStatus.matched))
    [evidence] = await uow.evidence.keep(lead.id or 0, [make_evidence(quote)])
    point = TalkingPoint(kind=TalkingPointKind.achievement, text=quote, evidence_id=evidence.id or 0)
    await uow.briefs.add(
        IntelBrief(
            company_name=lead.company_name, lead_id=lead.id, depth=2, talking_points=[point], person_name="Bo Reed"
        )
    )
    await uow.matches.add(Match(lead_id=lead.id, match_score=score, confidence_level=Confidence.high))
    return lead


def make_evidence(quote: str = PRODUCT, **changes: Any) -> Evidence:
    given = {
        "kind": EvidenceKind.product,
        "source_url": "https://millpond.example/",
        "quote": quote,
        "page_sha256": "0" * 64,
        "fetched_at": NOW,
    }
    return Evidence(**{**given, **changes})


async def add_drafted(uow: SqlAlchemyUnitOfWork, campaign: Campaign, number: int = 1, **changes: Any) -> Email:
    """A matched lead with a letter that waits for review."""
    lead = await add_matched(uow, campaign, number)
    lead.status = LeadStatus.drafted
    lead.person_email, lead.location = f"bo@millpond{number}.example", "Portland, OR, USA"
    await uow.gates.add(Gate(campaign_id=campaign.id or 0, lead_id=lead.id or 0))
    return await uow.letters.add(make_letter(lead.id, **changes))
