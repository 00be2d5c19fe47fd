from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import NoResultFound

from ingot.db import ledger
from ingot.db.models import AuditLog, Job, JobRow
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.job import AuditLevel, AuditType, JobMode, JobStatus, RowStatus, stage_job_id
from ingot.errors import LLMUnavailable
from tests.fakes.entities import NOW, add_campaign

UOW = Callable[[], SqlAlchemyUnitOfWork]


@pytest.fixture
async def campaign_id(uow: UOW) -> int:
    async with uow() as work:
        campaign = await add_campaign(work)
        await work.commit()
    return campaign.id or 0


async def reopen(uow: UOW, campaign_id: int, inputs: dict[int, str]) -> tuple[str, list[int]]:
    async with uow() as work:
        opened = await ledger.open_job(
            work, campaign_id=campaign_id, stage="match", mode=JobMode.confirm, command="run", inputs=inputs, now=NOW
        )
        await work.commit()
    return opened


async def settle(uow: UOW, job_id: str, *, done: tuple[int, ...] = (), failed: tuple[int, ...] = ()) -> Job:
    async with uow() as work:
        for lead_id in done:
            await ledger.complete_row(work, job_id, lead_id, result_ref=f"match:{lead_id}", now=NOW)
        for lead_id in failed:
            error = LLMUnavailable("The model was away.", hint="Start it.")
            await ledger.fail_row(work, job_id, lead_id, error, now=NOW)
        job = await ledger.close_job(work, job_id, now=NOW)
        await work.commit()
    return job


async def rows(uow: UOW) -> dict[int, JobRow]:
    async with uow() as work:
        return {row.row_number: row for row in await work.session.scalars(sa.select(JobRow))}


async def test_a_new_job_has_a_row_for_each_lead(uow: UOW, campaign_id: int):
    job_id, todo = await reopen(uow, campaign_id, {7: "a", 4: "b"})
    assert (job_id, todo) == (stage_job_id(campaign_id, "match"), [7, 4])
    async with uow() as work:
        job = await work.session.get_one(Job, job_id)
    assert (job.status, job.mode, job.total_rows, job.original_command) == (
        JobStatus.running,
        JobMode.confirm,
        2,
        "run",
    )
    assert {number: row.status for number, row in (await rows(uow)).items()} == dict.fromkeys((4, 7), RowStatus.pending)


async def test_rows_completed_with_the_same_inputs_are_not_done_again(uow: UOW, campaign_id: int):
    job_id, _ = await reopen(uow, campaign_id, {1: "a", 2: "b"})
    await settle(uow, job_id, done=(1,))
    assert await reopen(uow, campaign_id, {1: "a", 2: "b", 3: "c"}) == (job_id, [2, 3])
    assert (await rows(uow))[1].result_ref == "match:1"


async def test_rows_whose_inputs_changed_are_done_again(uow: UOW, campaign_id: int):
    job_id, _ = await reopen(uow, campaign_id, {1: "a"})
    await settle(uow, job_id, done=(1,))
    assert (await reopen(uow, campaign_id, {1: "changed"}))[1] == [1]
    assert (await rows(uow))[1].row_checksum == "changed"


async def test_rows_that_were_being_done_when_a_run_died_are_done_again(uow: UOW, campaign_id: int):
    job_id, _ = await reopen(uow, campaign_id, {1: "a"})
    async with uow() as work:
        await ledger.start_row(work, job_id, 1)
        await work.commit()
    assert (await rows(uow))[1].status is RowStatus.processing
    assert (await reopen(uow, campaign_id, {1: "a"}))[1] == [1]
    assert (await rows(uow))[1].status is RowStatus.pending


async def test_a_row_settled_in_a_transaction_that_is_left_is_not_settled(uow: UOW, campaign_id: int):
    job_id, _ = await reopen(uow, campaign_id, {1: "a"})
    async with uow() as work:
        await ledger.complete_row(work, job_id, 1, result_ref="match:1", now=NOW)
    assert (await reopen(uow, campaign_id, {1: "a"}))[1] == [1]


async def test_a_failed_row_says_why_and_so_does_the_audit_log(uow: UOW, campaign_id: int):
    job_id, _ = await reopen(uow, campaign_id, {1: "a"})
    await settle(uow, job_id, failed=(1,))
    row = (await rows(uow))[1]
    assert (row.status, row.error_code, row.error_message) == (
        RowStatus.failed,
        "LLMUnavailable",
        "The model was away.",
    )
    assert row.processed_at == NOW
    async with uow() as work:
        entry = (await work.session.scalars(sa.select(AuditLog))).one()
    assert (entry.event_type, entry.level, entry.job_id, entry.row_number) == (
        AuditType.error,
        AuditLevel.ERROR,
        job_id,
        1,
    )
    assert entry.message == "The model was away."
    assert entry.details == {"code": "LLMUnavailable", "hint": "Start it."}


async def test_a_failed_row_is_tried_again_without_its_old_error(uow: UOW, campaign_id: int):
    job_id, _ = await reopen(uow, campaign_id, {1: "a"})
    await settle(uow, job_id, failed=(1,))
    assert (await reopen(uow, campaign_id, {1: "a"}))[1] == [1]
    row = (await rows(uow))[1]
    assert (row.status, row.error_code, row.error_message) == (RowStatus.pending, "", "")


async def test_closing_a_job_counts_its_rows(uow: UOW, campaign_id: int):
    job_id, _ = await reopen(uow, campaign_id, {1: "a", 2: "b", 3: "c"})
    job = await settle(uow, job_id, done=(1,), failed=(2,))
    counted = (job.total_rows, job.processed_rows, job.successful_rows, job.failed_rows)
    assert counted == (3, 2, 1, 1)
    assert (job.status, job.completed_at) == (JobStatus.completed, NOW)


async def test_a_job_of_which_nothing_came_through_has_failed(uow: UOW, campaign_id: int):
    job_id, _ = await reopen(uow, campaign_id, {1: "a", 2: "b"})
    assert (await settle(uow, job_id, failed=(1, 2))).status is JobStatus.failed


async def test_a_job_without_rows_is_completed_and_stays_so(uow: UOW, campaign_id: int):
    job_id, todo = await reopen(uow, campaign_id, {})
    assert todo == []
    assert (await settle(uow, job_id)).status is JobStatus.completed
    await reopen(uow, campaign_id, {})
    async with uow() as work:
        assert (await work.session.get_one(Job, job_id)).status is JobStatus.completed


async def test_a_row_that_was_never_opened_cannot_be_settled(uow: UOW, campaign_id: int):
    job_id, _ = await reopen(uow, campaign_id, {1: "a"})
    async with uow() as work:
        with pytest.raises(NoResultFound):
            await ledger.complete_row(work, job_id, 2, result_ref="", now=NOW)
