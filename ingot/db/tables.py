"""Every table. Names and columns of the first seventeen are fixed; the rest is what the work needs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from ingot.db.columns import UTCDateTime, ValueList, enum_of
from ingot.domain.campaign import CampaignStatus, GateDecision
from ingot.domain.email import EmailStatus, Tone
from ingot.domain.follow_up import FollowUpStatus
from ingot.domain.intel import EvidenceKind, TalkingPoint
from ingot.domain.job import AuditLevel, AuditType, JobMode, JobStatus, RowStatus
from ingot.domain.lead_state import LeadStatus
from ingot.domain.match import Confidence
from ingot.domain.user import Education, Experience, Project

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _now() -> datetime:
    return datetime.now(UTC)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _text(name: str) -> Column[str]:
    """Without a length: pages and venues send titles and names of any, and Postgres would refuse the whole row."""
    return Column(name, Text, nullable=False, default="")


def _json(name: str, default: type[Any]) -> Column[Any]:
    return Column(name, sa.JSON, nullable=False, default=default)


def _count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, default=0)


def _created(name: str = "created_at") -> Column[Any]:
    return Column(name, UTCDateTime, nullable=False, default=_now)


def _updated() -> Column[Any]:
    return Column("updated_at", UTCDateTime, nullable=False, default=_now, onupdate=_now)


def _moment(name: str) -> Column[Any]:
    return Column(name, UTCDateTime)


def _to(name: str, target: str, *, nullable: bool = False, index: bool = True, **options: Any) -> Column[Any]:
    return Column(name, ForeignKey(target, ondelete="CASCADE", **options), nullable=nullable, index=index)


def _user(*, index: bool = True) -> Column[str]:
    return Column("user_id", String(64), nullable=False, default="user_local", index=index)


userprofile = Table(
    "userprofile",
    metadata,
    _id(),
    _text("name"),
    _text("headline"),
    _json("skills", list),
    Column("experience", ValueList(Experience), nullable=False, default=list),
    Column("education", ValueList(Education), nullable=False, default=list),
    Column("projects", ValueList(Project), nullable=False, default=list),
    _text("github_url"),
    _text("linkedin_url"),
    _text("email"),
    _text("phone"),
    _text("location"),
    _text("resume_raw_text"),
    _user(index=False),
    Column("version", Integer, nullable=False, default=1),
    Column("active", sa.Boolean, nullable=False, default=True),
    _text("source_name"),
    _created(),
    _updated(),
    UniqueConstraint("user_id", "version"),
)

lead = Table(
    "lead",
    metadata,
    _id(),
    _text("company_name"),
    _text("person_name"),
    _text("person_email"),
    _text("person_role"),
    _text("company_website"),
    _text("source_venue"),
    Column("status", enum_of(LeadStatus, "status"), nullable=False, default=LeadStatus.discovered),
    Column("initial_score", sa.Float, nullable=False, default=0.0),
    _json("score_parts", dict),
    _text("venue_ref"),
    _text("location"),
    _text("industry"),
    Column("team_size", Integer),
    _json("tags", list),
    _json("record", dict),
    _text("status_reason"),
    _user(),
    # A campaign may be deleted; whom the user wrote to is not forgotten with it.
    Column("campaign_id", ForeignKey("campaign.id", ondelete="SET NULL")),
    _created(),
    _updated(),
    Index("ix_lead_campaign_id_status", "campaign_id", "status"),
    Index("ix_lead_pool", "user_id", "status", "campaign_id", "initial_score"),
)

lead_key = Table(
    "lead_key",
    metadata,
    _id(),
    Column("key", Text, nullable=False),
    _user(index=False),
    _to("lead_id", "lead.id"),
    UniqueConstraint("user_id", "key"),
)

intelbrief = Table(
    "intelbrief",
    metadata,
    _id(),
    _text("company_name"),
    _json("company_signals", list),
    _text("person_name"),
    _text("person_role"),
    _text("company_website"),
    _text("person_background"),
    Column("talking_points", ValueList(TalkingPoint), nullable=False, default=list),
    _text("company_product_description"),
    Column("lead_id", ForeignKey("lead.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("depth", Integer, nullable=False, default=1),
    Column("from_record_only", sa.Boolean, nullable=False, default=False),
    _text("note"),
    _text("engine"),
    Column("lead_line", Integer),
    Column("lead_line_use", Integer, nullable=False, default=1),
    _created(),
    _updated(),
)

evidence = Table(
    "evidence",
    metadata,
    _id(),
    Column("kind", enum_of(EvidenceKind, "kind"), nullable=False),
    _text("source_url"),
    _text("quote"),
    _text("statement"),
    _text("page_sha256"),
    _moment("fetched_at"),
    _to("lead_id", "lead.id"),
)

page = Table(
    "page",
    metadata,
    _id(),
    _text("url"),
    _text("final_url"),
    _text("text"),
    _text("title"),
    _text("description"),
    _json("people", list),
    _json("addresses", list),
    _json("links", list),
    _text("sha256"),
    _text("error"),
    _moment("fetched_at"),
    _to("lead_id", "lead.id"),
)

match = Table(
    "match",
    metadata,
    _id(),
    Column("match_score", Integer, nullable=False),
    _text("value_proposition"),
    Column("confidence_level", enum_of(Confidence, "confidence_level"), nullable=False, default=Confidence.medium),
    _json("breakdown", list),
    _text("engine"),
    Column("lead_id", ForeignKey("lead.id", ondelete="CASCADE"), nullable=False, unique=True),
    _created(),
    sa.CheckConstraint("match_score BETWEEN 0 AND 100", name="match_score"),
)

email = Table(
    "email",
    metadata,
    _id(),
    _text("subject_a"),
    _text("subject_b"),
    _text("body"),
    Column("tone_adapted_for", enum_of(Tone, "tone_adapted_for"), nullable=False, default=Tone.general),
    _json("mcq_answers_json", dict),
    Column("status", enum_of(EmailStatus, "status"), nullable=False, default=EmailStatus.drafted),
    # One letter per lead: a second draft replaces the first, so nobody can be written to twice by accident.
    Column("lead_id", ForeignKey("lead.id", ondelete="CASCADE"), nullable=False, unique=True),
    _text("footer"),
    _text("engine"),
    _text("prompt_hash"),
    Column("attempts", Integer, nullable=False, default=1),
    Column("generation", Integer, nullable=False, default=1),
    _json("insisted_claims", list),
    _text("reject_reason"),
    _created(),
    _updated(),
    _moment("approved_at"),
    Index("ix_email_status", "status"),
)

email_edit = Table(
    "email_edit",
    metadata,
    _id(),
    _json("before", dict),
    _json("after", dict),
    _to("email_id", "email.id"),
    _json("insisted_claims", list),
    _created(),
)

tie = Table(
    "tie",
    metadata,
    _id(),
    _text("part"),
    _count("sentence_no"),
    _text("sentence"),
    _text("claim"),
    _text("claim_kind"),
    _text("source"),
    _text("quote"),
    Column("evidence_id", ForeignKey("evidence.id", ondelete="SET NULL")),
    Column("resume_line", Integer),
    Column("backed", sa.Boolean, nullable=False, default=True),
    _to("email_id", "email.id"),
)

question = Table(
    "question",
    metadata,
    _id(),
    _text("text"),
    _json("options", list),
    _count("position"),
    _text("topic"),
    _text("answer"),
    _json("details", dict),
    _to("lead_id", "lead.id", index=False),
    UniqueConstraint("lead_id", "position"),
)

followup = Table(
    "followup",
    metadata,
    _id(),
    _to("parent_email_id", "email.id", index=False),
    _count("scheduled_for_day"),
    _text("body"),
    Column("status", enum_of(FollowUpStatus, "status"), nullable=False, default=FollowUpStatus.queued),
    _moment("sent_at"),
    UniqueConstraint("parent_email_id", "scheduled_for_day"),
)

campaign = Table(
    "campaign",
    metadata,
    _id(),
    _text("campaign_name"),
    _created("started_at"),
    _moment("ended_at"),
    _count("total_leads"),
    _count("total_sent"),
    _count("total_replied"),
    Column("status", enum_of(CampaignStatus, "status"), nullable=False, default=CampaignStatus.active),
    _json("options", dict),
    _user(index=False),
    Column("profile_id", ForeignKey("userprofile.id")),
    UniqueConstraint("user_id", "campaign_name"),
)

gate = Table(
    "gate",
    metadata,
    _id(),
    _to("campaign_id", "campaign.id"),
    Column("lead_id", ForeignKey("lead.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("decision", enum_of(GateDecision, "decision")),
    _text("decided_by"),
    _text("reason"),
    _created("opened_at"),
    _moment("decided_at"),
)

agentlog = Table(
    "agentlog",
    metadata,
    _id(),
    _text("agent_name"),
    _text("step_description"),
    _text("status"),
    _count("duration_ms"),
    _text("error_message"),
    _count("input_tokens"),
    _count("output_tokens"),
    _count("cost_estimate"),
    _text("model"),
    _to("lead_id", "lead.id", nullable=True),
    _created(),
)

modelcall = Table(
    "modelcall",
    metadata,
    _id(),
    Column("call_key", String(64), nullable=False, unique=True),
    _text("agent_name"),
    _text("model"),
    _text("answer"),
    _created(),
)

venue = Table(
    "venue",
    metadata,
    _id(),
    Column("venue_name", String(200), nullable=False, unique=True),
    _text("venue_type"),
    _json("config_json", dict),
    _moment("last_run_at"),
    _count("lead_count_discovered"),
    _text("last_error"),
)

outreachmetric = Table(
    "outreachmetric",
    metadata,
    _id(),
    Column("user_id", String(64), nullable=False, unique=True),
    _count("sent_today"),
    _count("sent_this_hour"),
    _count("bounce_count"),
    Column("bounce_rate", sa.Float, nullable=False, default=0.0),
    _moment("last_sent_at"),
)

unsubscribedemail = Table(
    "unsubscribedemail",
    metadata,
    _id(),
    Column("email_address", String(320), nullable=False, index=True),
    _text("unsubscribe_reason"),
    _created("unsubscribed_at"),
)

users = Table(
    "users",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("email", String(320), nullable=False, unique=True),
    Column("email_verified", sa.Boolean, nullable=False, default=False),
    _created(),
    _updated(),
)

encrypted_secrets = Table(
    "encrypted_secrets",
    metadata,
    _id(),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    _text("secret_type"),
    _text("encrypted_value"),
    _created(),
    _updated(),
    Index("ix_encrypted_secrets_user_type", "user_id", "secret_type", unique=True),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(36), primary_key=True),
    _text("name"),
    _text("description"),
    _text("original_command"),
    Column("status", enum_of(JobStatus, "status"), nullable=False, default=JobStatus.pending, index=True),
    Column("mode", enum_of(JobMode, "mode"), nullable=False, default=JobMode.confirm),
    _count("total_rows"),
    _count("processed_rows"),
    _count("successful_rows"),
    _count("failed_rows"),
    _count("total_cost_cents"),
    _to("campaign_id", "campaign.id", nullable=True),
    _created(),
    _moment("started_at"),
    _moment("completed_at"),
    _updated(),
    _text("error_code"),
    _text("error_message"),
)

job_rows = Table(
    "job_rows",
    metadata,
    _id(),
    _to("job_id", "jobs.id", index=False),
    Column("row_number", Integer, nullable=False),
    _text("row_checksum"),
    Column("status", enum_of(RowStatus, "status"), nullable=False, default=RowStatus.pending),
    _text("result_ref"),
    _count("cost_cents"),
    _text("error_code"),
    _text("error_message"),
    _created(),
    _moment("processed_at"),
    UniqueConstraint("job_id", "row_number"),
)

audit_logs = Table(
    "audit_logs",
    metadata,
    _id(),
    _to("job_id", "jobs.id", nullable=True),
    _created("timestamp"),
    Column("level", enum_of(AuditLevel, "level"), nullable=False, default=AuditLevel.INFO),
    Column("event_type", enum_of(AuditType, "event_type"), nullable=False),
    _text("message"),
    _json("details", dict),
    Column("row_number", Integer),
    _text("who"),
)

outbox = Table(
    "outbox",
    metadata,
    _id(),
    _text("event_type"),
    _text("aggregate_type"),
    _text("aggregate_id"),
    _text("payload"),
    _created(),
    _moment("processed_at"),
)
# Only what still has to be relayed is indexed: the table grows, the index does not.
Index(
    "ix_outbox_unprocessed",
    outbox.c.created_at,
    sqlite_where=outbox.c.processed_at.is_(None),
    postgresql_where=outbox.c.processed_at.is_(None),
)
