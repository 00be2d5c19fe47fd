"""Tables of what was done: stage runs, model calls, the audit log, events to relay."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, UniqueConstraint

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
from ingot.domain.job import AuditLevel, AuditType, JobMode, JobStatus, RowStatus

jobs = Table(
    "jobs",
    metadata,
    Column("id", String(36), primary_key=True),
    text("name"),
    text("description"),
    text("original_command"),
    Column("status", enum_of(JobStatus, "status"), nullable=False, default=JobStatus.pending, index=True),
    Column("mode", enum_of(JobMode, "mode"), nullable=False, default=JobMode.confirm),
    count("total_rows"),
    count("processed_rows"),
    count("successful_rows"),
    count("failed_rows"),
    count("total_cost_cents"),
    belongs_to("campaign_id", "campaign.id", nullable=True),
    created(),
    moment("started_at"),
    moment("completed_at"),
    updated(),
    text("error_code"),
    text("error_message"),
)

job_rows = Table(
    "job_rows",
    metadata,
    row_id(),
    belongs_to("job_id", "jobs.id", index=False),
    Column("row_number", Integer, nullable=False),
    text("row_checksum"),
    Column("status", enum_of(RowStatus, "status"), nullable=False, default=RowStatus.pending),
    text("result_ref"),
    count("cost_cents"),
    text("error_code"),
    text("error_message"),
    created(),
    moment("processed_at"),
    UniqueConstraint("job_id", "row_number"),
)

agentlog = Table(
    "agentlog",
    metadata,
    row_id(),
    text("agent_name"),
    text("step_description"),
    text("status"),
    count("duration_ms"),
    text("error_message"),
    count("input_tokens"),
    count("output_tokens"),
    count("cost_estimate"),
    text("model"),
    belongs_to("lead_id", "lead.id", nullable=True),
    created(),
)

audit_logs = Table(
    "audit_logs",
    metadata,
    row_id(),
    belongs_to("job_id", "jobs.id", nullable=True),
    created("timestamp"),
    Column("level", enum_of(AuditLevel, "level"), nullable=False, default=AuditLevel.INFO),
    Column("event_type", enum_of(AuditType, "event_type"), nullable=False),
    text("message"),
    json("details", dict),
    Column("row_number", Integer),
    text("who"),
)

outbox = Table(
    "outbox",
    metadata,
    row_id(),
    text("event_type"),
    text("aggregate_type"),
    text("aggregate_id"),
    text("payload"),
    created(),
    moment("processed_at"),
    moment("hooked_at"),
)
# Only what still has to be relayed is indexed: the table grows, the index does not.
Index(
    "ix_outbox_unprocessed",
    outbox.c.created_at,
    sqlite_where=outbox.c.processed_at.is_(None),
    postgresql_where=outbox.c.processed_at.is_(None),
)
Index(
    "ix_outbox_unhooked",
    outbox.c.event_type,
    outbox.c.created_at,
    sqlite_where=outbox.c.hooked_at.is_(None),
    postgresql_where=outbox.c.hooked_at.is_(None),
)
