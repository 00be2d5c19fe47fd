"""One example of each stored entity with every field set, and the rows it refers to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from ingot.db.models import (
    AgentLog,
    AuditLog,
    Campaign,
    Email,
    EncryptedSecret,
    FollowUp,
    IntelBrief,
    Job,
    JobRow,
    Lead,
    Match,
    OutboxEvent,
    OutreachMetric,
    UnsubscribedEmail,
    User,
    UserProfile,
    Venue,
)
from ingot.domain.campaign import CampaignStatus
from ingot.domain.email import EmailStatus, Tone
from ingot.domain.follow_up import FollowUpStatus
from ingot.domain.intel import TalkingPoint, TalkingPointKind
from ingot.domain.job import AuditLevel, AuditType, JobMode, JobStatus, RowStatus
from ingot.domain.lead_state import LeadStatus
from ingot.domain.match import Confidence
from ingot.domain.user import Education, Experience, Project
from tests.fakes.entities import make_lead, make_letter, make_profile

# Given in another zone than UTC, with microseconds: both must survive as a moment.
WHEN = datetime(2026, 3, 29, 2, 30, 15, 123456, tzinfo=timezone(timedelta(hours=2)))
WHEN_UTC = datetime(2026, 3, 29, 0, 30, 15, 123456, tzinfo=UTC)


@dataclass(frozen=True)
class Parents:
    """Rows that the examples refer to."""

    profile: int
    campaign: int
    lead: int
    letter: int
    user: str
    job: str

    @classmethod
    async def store(cls, session: AsyncSession, number: int = 1) -> Parents:
        profile = make_profile(user_id=f"user_parent_{number}")
        session.add(profile)
        await session.flush()
        campaign = Campaign(campaign_name=f"parent {number}", profile_id=profile.id, started_at=WHEN)
        session.add_all([campaign, user := User(id=f"user_parent_{number}", email=f"parent{number}@valk.example")])
        await session.flush()
        lead = make_lead(99, campaign_id=campaign.id)
        job = Job(id=f"job-parent-{number}", name="parent", campaign_id=campaign.id)
        session.add_all([lead, job])
        await session.flush()
        letter = make_letter(lead.id)
        session.add(letter)
        await session.flush()
        return cls(profile.id, campaign.id, lead.id, letter.id, user.id, job.id)


def _times(*names: str) -> dict[str, datetime]:
    return dict.fromkeys(names, WHEN)


EXAMPLES: dict[type[Any], Callable[[Parents], Any]] = {
    UserProfile: lambda _: UserProfile(
        name="Imre Válk", headline="Engineer", skills=["Go", "C++"],
        experience=[Experience(title="Engineer", company="Tallow", start="2021", end="present", lines=("Moved it.", "Cut it."))],
        education=[Education(school="Sedge College", degree="BSc", start="2015", end="2018")],
        projects=[Project(name="Otter", description="A log viewer.", url="https://otter.example")],
        github_url="https://github.com/imre", linkedin_url="https://linkedin.com/in/imre", email="imre@valk.example",
        phone="+32 1", location="Ghent", resume_raw_text="Imre Válk\n\tEngineer", user_id="user_1", version=3, active=False,
        source_name="cv.pdf", **_times("created_at", "updated_at"),
    ),
    Lead: lambda p: Lead(
        company_name="Millpond", source_venue="yc", person_name="Bo Reed", person_email="bo@millpond.example", person_role="CTO",
        company_website="https://millpond.example", status=LeadStatus.matched, initial_score=0.25, score_parts={"hiring": 0.2},
        venue_ref="17", location="Ghent", industry="B2B", team_size=8, tags=["queues", "sensors"],
        record={"url": "https://venue.example/17", "regions": ["EU"]}, status_reason="why", user_id="user_1",
        campaign_id=p.campaign, **_times("created_at", "updated_at"),
    ),
    IntelBrief: lambda p: IntelBrief(
        company_name="Millpond", lead_id=p.lead, company_signals=["Raised.", "Hires."], person_name="Bo", person_role="CTO",
        company_website="https://millpond.example", person_background="Ran a mill.",
        talking_points=[TalkingPoint(kind=TalkingPointKind.value, text="A queue.", evidence_id=4)],
        company_product_description="A queue.", depth=2, from_record_only=True, note="No site.", engine="offline/extractive",
        lead_line=7, lead_line_use=2, **_times("created_at", "updated_at"),
    ),
    Match: lambda p: Match(
        match_score=73, lead_id=p.lead, value_proposition="A broker.", confidence_level=Confidence.low,
        breakdown=[{"part": "skills", "points": 30, "of": 40}], engine="offline/extractive", **_times("created_at"),
    ),
    Email: lambda p: Email(
        subject_a="One", subject_b="Two", body="Hello.\n\nImre", lead_id=None, tone_adapted_for=Tone.founder,
        mcq_answers_json={"What?": "That."}, status=EmailStatus.approved, footer="--\nImre", engine="offline/extractive",
        prompt_hash="a" * 64, attempts=2, generation=3, insisted_claims=["ten years"], reject_reason="dull",
        **_times("created_at", "updated_at", "approved_at"),
    ),
    FollowUp: lambda p: FollowUp(
        scheduled_for_day=3, body="Again.", parent_email_id=p.letter, status=FollowUpStatus.skipped, sent_at=WHEN
    ),
    Campaign: lambda p: Campaign(
        campaign_name="autumn", total_leads=3, total_sent=2, total_replied=1, status=CampaignStatus.paused,
        options={"limit": 10, "venues": [{"kind": "yc", "source": None}]}, user_id="user_1", profile_id=p.profile,
        **_times("started_at", "ended_at"),
    ),
    AgentLog: lambda p: AgentLog(
        agent_name="writer", step_description="write_letter", status="failed", duration_ms=12, error_message="LLMError: no.",
        input_tokens=3, output_tokens=4, cost_estimate=5, model="offline/extractive", lead_id=p.lead, **_times("created_at"),
    ),
    Venue: lambda _: Venue(
        venue_name="yc", venue_type="yc", config_json={"batch": "Winter 2025"}, last_run_at=WHEN, lead_count_discovered=9,
        last_error="away",
    ),
    OutreachMetric: lambda _: OutreachMetric(
        user_id="user_1", sent_today=3, sent_this_hour=1, bounce_count=2, bounce_rate=0.125, last_sent_at=WHEN
    ),
    UnsubscribedEmail: lambda _: UnsubscribedEmail(
        email_address="bo@millpond.example", unsubscribe_reason="asked", unsubscribed_at=WHEN
    ),
    User: lambda _: User(
        id="user_1", email="imre@valk.example", email_verified=True, **_times("created_at", "updated_at")
    ),
    EncryptedSecret: lambda p: EncryptedSecret(
        user_id=p.user, secret_type="imap_password", encrypted_value="gAAAA", **_times("created_at", "updated_at")
    ),
    Job: lambda p: Job(
        id="job-1", name="match", description="Scores.", original_command="python -m flows.campaign", status=JobStatus.paused,
        mode=JobMode.auto, total_rows=5, processed_rows=4, successful_rows=3, failed_rows=1, total_cost_cents=2,
        campaign_id=p.campaign, error_code="LLMError", error_message="no", **_times("created_at", "started_at", "completed_at", "updated_at"),
    ),
    JobRow: lambda p: JobRow(
        job_id=p.job, row_number=4, row_checksum="b" * 64, status=RowStatus.failed, result_ref="match:70", cost_cents=1,
        error_code="LLMError", error_message="no", **_times("created_at", "processed_at"),
    ),
    AuditLog: lambda p: AuditLog(
        event_type=AuditType.api_call, message="Asked.", level=AuditLevel.WARNING, job_id=p.job,
        details={"claims": [{"claim": "ten years"}]}, row_number=4, who="cli", **_times("timestamp"),
    ),
    OutboxEvent: lambda _: OutboxEvent(
        event_type="LeadMatched", aggregate_type="lead", aggregate_id="4", payload='{"to": "matched"}',
        **_times("created_at", "processed_at"),
    ),
}  # fmt: skip
