"""The audit log: append-only, written in the transaction of what it tells."""

from __future__ import annotations

from typing import Any

from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.job import AuditLevel, AuditLog, AuditType


def note(
    uow: SqlAlchemyUnitOfWork,
    kind: AuditType,
    message: str,
    *,
    level: AuditLevel = AuditLevel.INFO,
    job_id: str | None = None,
    row_number: int | None = None,
    who: str = "ingot",
    **details: Any,
) -> None:
    """Add an entry. `details` are JSON values."""
    entry = AuditLog(
        event_type=kind, message=message, level=level, job_id=job_id, row_number=row_number, who=who, details=details
    )
    uow.session.add(entry)
