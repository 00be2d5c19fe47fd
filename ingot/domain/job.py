"""The ledger: a stage run is a job, each lead in it a row. It is what makes a killed run go on."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class JobStatus(StrEnum):
    """Where a stage run stands."""

    pending = "pending"
    running = "running"
    paused = "paused"
    completed = "completed"
    failed = "failed"
    cancelled = "cancelled"


class JobMode(StrEnum):
    """Whether a person confirms at the gates, or chose not to."""

    confirm = "confirm"
    auto = "auto"


class RowStatus(StrEnum):
    """Where one lead stands in a stage run."""

    pending = "pending"
    processing = "processing"
    completed = "completed"
    failed = "failed"
    skipped = "skipped"


class AuditLevel(StrEnum):
    """How loud an audit entry is."""

    INFO = "INFO"
    WARNING = "WARNING"
    ERROR = "ERROR"


class AuditType(StrEnum):
    """What an audit entry tells."""

    state_change = "state_change"
    api_call = "api_call"
    row_event = "row_event"
    error = "error"


@dataclass(kw_only=True, eq=False)
class Job:
    """One stage of one campaign, over all reruns."""

    id: str
    name: str
    description: str = ""
    original_command: str = ""
    status: JobStatus = JobStatus.pending
    mode: JobMode = JobMode.confirm
    total_rows: int = 0
    processed_rows: int = 0
    successful_rows: int = 0
    failed_rows: int = 0
    total_cost_cents: int = 0
    campaign_id: int | None = None
    created_at: datetime | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    updated_at: datetime | None = None
    error_code: str = ""
    error_message: str = ""


@dataclass(kw_only=True, eq=False)
class JobRow:
    """One lead in a stage run. `row_number` is the lead's id: stable over reruns. `row_checksum` covers its inputs."""

    job_id: str
    row_number: int
    row_checksum: str
    status: RowStatus = RowStatus.pending
    result_ref: str = ""
    cost_cents: int = 0
    error_code: str = ""
    error_message: str = ""
    id: int | None = None
    created_at: datetime | None = None
    processed_at: datetime | None = None


@dataclass(kw_only=True, eq=False)
class AuditLog:
    """Append-only: what INGOT or a person did."""

    event_type: AuditType
    message: str
    level: AuditLevel = AuditLevel.INFO
    job_id: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    row_number: int | None = None
    who: str = "ingot"
    id: int | None = None
    timestamp: datetime | None = None


@dataclass(kw_only=True, eq=False)
class AgentLog:
    """One model call: who asked, how long it took, what it cost (`cost_estimate` in micro-dollars)."""

    agent_name: str
    step_description: str
    status: str
    duration_ms: int = 0
    error_message: str = ""
    input_tokens: int = 0
    output_tokens: int = 0
    cost_estimate: int = 0
    model: str = ""
    lead_id: int | None = None
    id: int | None = None
    created_at: datetime | None = None


def stage_job_id(campaign_id: int, stage: str) -> str:
    """The only author of job ids: the same campaign and stage are the same job, whenever they run."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"ingot:{campaign_id}:{stage}"))


def checksum(*inputs: Any) -> str:
    """SHA-256 (hex) over the inputs of one row; a rerun skips a row that was completed with the same one."""
    text = json.dumps(inputs, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
