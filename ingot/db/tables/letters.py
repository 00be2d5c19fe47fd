"""Tables of letters, what backs each sentence, what steers and follows them, and who must not get one."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from ingot.db.columns import enum_of
from ingot.db.tables.base import (
    belongs_to,
    count,
    created,
    json,
    metadata,
    moment,
    row_id,
    text,
    updated,
)
from ingot.domain.email import EmailStatus, Tone
from ingot.domain.follow_up import FollowUpStatus

email = Table(
    "email",
    metadata,
    row_id(),
    text("subject_a"),
    text("subject_b"),
    text("body"),
    Column("tone_adapted_for", enum_of(Tone, "tone_adapted_for"), nullable=False, default=Tone.general),
    json("mcq_answers_json", dict),
    Column("status", enum_of(EmailStatus, "status"), nullable=False, default=EmailStatus.drafted),
    # One letter per lead: a second draft replaces the first, so nobody can be written to twice by accident.
    Column("lead_id", ForeignKey("lead.id", ondelete="CASCADE"), nullable=False, unique=True),
    text("footer"),
    text("engine"),
    text("prompt_hash"),
    Column("attempts", Integer, nullable=False, default=1),
    Column("generation", Integer, nullable=False, default=1),
    json("insisted_claims", list),
    text("reject_reason"),
    text("basis"),
    created(),
    updated(),
    moment("approved_at"),
    Index("ix_email_status", "status"),
)

email_edit = Table(
    "email_edit",
    metadata,
    row_id(),
    json("before", dict),
    json("after", dict),
    belongs_to("email_id", "email.id"),
    json("insisted_claims", list),
    created(),
)

tie = Table(
    "tie",
    metadata,
    row_id(),
    text("part"),
    count("sentence_no"),
    text("sentence"),
    text("claim"),
    text("claim_kind"),
    text("source"),
    text("quote"),
    Column("evidence_id", ForeignKey("evidence.id", ondelete="SET NULL")),
    Column("resume_line", Integer),
    Column("backed", sa.Boolean, nullable=False, default=True),
    belongs_to("email_id", "email.id"),
)

question = Table(
    "question",
    metadata,
    row_id(),
    text("text"),
    json("options", list),
    count("position"),
    text("topic"),
    text("answer"),
    json("details", dict),
    belongs_to("lead_id", "lead.id", index=False),
    UniqueConstraint("lead_id", "position"),
)

followup = Table(
    "followup",
    metadata,
    row_id(),
    belongs_to("parent_email_id", "email.id", index=False),
    count("scheduled_for_day"),
    text("body"),
    Column("status", enum_of(FollowUpStatus, "status"), nullable=False, default=FollowUpStatus.queued),
    moment("sent_at"),
    UniqueConstraint("parent_email_id", "scheduled_for_day"),
)

unsubscribedemail = Table(
    "unsubscribedemail",
    metadata,
    row_id(),
    Column("email_address", String(320), nullable=False, index=True),
    text("unsubscribe_reason"),
    created("unsubscribed_at"),
)

outreachmetric = Table(
    "outreachmetric",
    metadata,
    row_id(),
    Column("user_id", String(64), nullable=False, unique=True),
    count("sent_today"),
    count("sent_this_hour"),
    count("bounce_count"),
    Column("bounce_rate", sa.Float, nullable=False, default=0.0),
    moment("last_sent_at"),
)
