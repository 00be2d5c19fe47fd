"""The ledger of stage runs: which leads a stage still has to do, and what became of the others.

A row is completed in the transaction that stores the stage's result, so a killed run leaves no result without its row
and no row without its result. Rows that were being processed when a run died are done again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from ingot.db import audit
from ingot.db.tables import job_rows
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.job import AuditLevel, AuditType, Job, JobMode, JobRow, JobStatus, RowStatus, stage_job_id
from ingot.errors import IngotError


async def open_job(
    uow: SqlAlchemyUnitOfWork,
    *,
    campaign_id: int,
    stage: str,
    mode: JobMode,
    command: str,
    inputs: Mapping[int, str],
    now: datetime,
) -> tuple[str, list[int]]:
    """Open the job of this stage, or open it again, with a row per lead.

    `inputs` maps a lead's id to the checksum of what the stage reads of it. Returns the job's id and the leads that
    are still to do: all but those that were completed with the same checksum.
    """
    job_id = stage_job_id(campaign_id, stage)
    job = await uow.session.get(Job, job_id)
    if job is None:
        job = Job(id=job_id, name=stage, campaign_id=campaign_id, original_command=command, mode=mode, started_at=now)
        uow.session.add(job)
    rows = await _rows(uow, job_id)
    for lead_id, checksum in inputs.items():
        row = rows.get(lead_id)
        if row is None:
            rows[lead_id] = row = JobRow(job_id=job_id, row_number=lead_id, row_checksum=checksum)
            uow.session.add(row)
        elif row.row_checksum != checksum or row.status is not RowStatus.completed:
            row.row_checksum, row.status, row.error_code, row.error_message = checksum, RowStatus.pending, "", ""
    todo = [lead_id for lead_id in inputs if rows[lead_id].status is not RowStatus.completed]
    job.status = JobStatus.running if todo else job.status
    job.total_rows = len(rows)
    return job_id, todo


async def start_row(uow: SqlAlchemyUnitOfWork, job_id: str, lead_id: int) -> None:
    """Say that this row is being worked on."""
    await _set(uow, job_id, lead_id, status=RowStatus.processing)


async def complete_row(uow: SqlAlchemyUnitOfWork, job_id: str, lead_id: int, *, result_ref: str, now: datetime) -> None:
    """Settle a row in the transaction that stores its result. `result_ref` names it (`email:12`)."""
    await _set(uow, job_id, lead_id, status=RowStatus.completed, result_ref=result_ref, processed_at=now)


async def fail_row(uow: SqlAlchemyUnitOfWork, job_id: str, lead_id: int, error: IngotError, *, now: datetime) -> None:
    """Settle a row that could not be done; the reason is in the audit log too."""
    code = type(error).__name__
    await _set(
        uow, job_id, lead_id, status=RowStatus.failed, error_code=code, error_message=error.message, processed_at=now
    )
    audit.note(
        uow,
        AuditType.error,
        error.message,
        level=AuditLevel.ERROR,
        job_id=job_id,
        row_number=lead_id,
        code=code,
        hint=error.hint,
    )


async def put_back_row(uow: SqlAlchemyUnitOfWork, job_id: str, lead_id: int) -> None:
    """Say that this row was not done, through no fault of its own."""
    await _set(uow, job_id, lead_id, status=RowStatus.pending)


async def pause_job(uow: SqlAlchemyUnitOfWork, job_id: str, error: IngotError) -> Job:
    """Count the rows and leave the job for a later run, with the reason."""
    job = await _counted(uow, job_id)
    job.status, job.error_code, job.error_message = JobStatus.paused, type(error).__name__, error.message
    audit.note(uow, AuditType.error, error.message, level=AuditLevel.WARNING, job_id=job_id, code=job.error_code)
    return job


async def close_job(uow: SqlAlchemyUnitOfWork, job_id: str, *, now: datetime) -> Job:
    """Count the rows and end the job: failed only when no row at all came through."""
    job = await _counted(uow, job_id)
    all_failed = 0 < job.total_rows == job.failed_rows
    job.status = JobStatus.failed if all_failed else JobStatus.completed
    job.completed_at, job.error_code, job.error_message = now, "", ""
    return job


async def _counted(uow: SqlAlchemyUnitOfWork, job_id: str) -> Job:
    job = await uow.session.get_one(Job, job_id)
    states = [row.status for row in (await _rows(uow, job_id)).values()]
    job.total_rows = len(states)
    job.successful_rows = states.count(RowStatus.completed)
    job.failed_rows = states.count(RowStatus.failed)
    job.processed_rows = job.successful_rows + job.failed_rows + states.count(RowStatus.skipped)
    return job


async def _rows(uow: SqlAlchemyUnitOfWork, job_id: str) -> dict[int, JobRow]:
    found = await uow.session.scalars(sa.select(JobRow).where(job_rows.c.job_id == job_id))
    return {row.row_number: row for row in found}


async def _set(uow: SqlAlchemyUnitOfWork, job_id: str, lead_id: int, **values: object) -> None:
    row = (
        await uow.session.scalars(
            sa.select(JobRow).where(job_rows.c.job_id == job_id, job_rows.c.row_number == lead_id)
        )
    ).one()
    for name, value in values.items():
        setattr(row, name, value)
    await uow.session.flush()
