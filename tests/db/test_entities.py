from dataclasses import fields, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from ingot.db.mapping import CLASSES
from ingot.db.models import (
    AuditLog,
    Email,
    EncryptedSecret,
    FollowUp,
    IntelBrief,
    JobRow,
    Lead,
    Match,
    UserProfile,
    Venue,
)
from ingot.db.tables import metadata
from ingot.domain.intel import TalkingPoint, TalkingPointKind
from ingot.domain.job import AuditType
from ingot.domain.user import Experience
from tests.db.examples import EXAMPLES, WHEN_UTC, Parents
from tests.fakes.entities import make_evidence, make_lead, make_letter, make_profile

pytestmark = pytest.mark.long


Sessions = async_sessionmaker[AsyncSession]


async def store(session_factory: Sessions, kind: type[Any], **changes: Any) -> Any:
    async with session_factory() as session:
        item = EXAMPLES[kind](await Parents.store(session))
        if kind is Email:  # a letter needs a lead that has none yet
            session.add(lead := make_lead(1))
            await session.flush()
            item.lead_id = lead.id
        for name, value in changes.items():
            setattr(item, name, value)
        session.add(item)
        await session.commit()
        return item


def test_the_seventeen_entities_have_examples():
    assert len(EXAMPLES) == 17
    assert EXAMPLES.keys() <= CLASSES.keys()


@pytest.mark.parametrize("kind", EXAMPLES, ids=lambda kind: kind.__name__)
async def test_an_entity_is_read_back_as_it_was_stored(session_factory: Sessions, kind: type[Any]):
    stored = await store(session_factory, kind)
    async with session_factory() as session:
        found = await session.get_one(kind, stored.id)
    assert found is not stored
    for field in fields(kind):
        before, after = getattr(stored, field.name), getattr(found, field.name)
        assert (type(after), after) == (type(before), before), field.name
        if isinstance(after, datetime):
            assert after.tzinfo is UTC or after.utcoffset() == UTC.utcoffset(None)
            assert after == WHEN_UTC


async def test_value_objects_keep_their_types_inside_lists(session_factory: Sessions):
    profile = await store(session_factory, UserProfile)
    async with session_factory() as session:
        job = (await session.get_one(UserProfile, profile.id)).experience[0]
    assert isinstance(job, Experience)
    assert isinstance(job.lines, tuple)
    async with session_factory() as session:
        session.add(lead := make_lead(5))
        await session.flush()
        point = TalkingPoint(kind=TalkingPointKind.connection, text="Both queue.", evidence_id=1)
        session.add(IntelBrief(company_name="Millpond", lead_id=lead.id, talking_points=[point]))
        await session.commit()
    async with session_factory() as session:
        [found] = (await session.scalars(sa.select(IntelBrief))).one().talking_points
    assert found == point
    assert found.kind is TalkingPointKind.connection


async def test_a_naive_timestamp_is_refused(session_factory: Sessions):
    for kind in EXAMPLES:
        moments = [field.name for field in fields(kind) if "datetime" in str(field.type)]
        assert moments
        with pytest.raises(StatementError, match="naive datetime"):
            await store(session_factory, kind, **{moments[-1]: datetime(2026, 1, 1)})  # noqa: DTZ001 - naive on purpose


async def test_timestamps_are_set_on_storing_and_moved_on_changing(session_factory: Sessions):
    async with session_factory() as session:
        session.add(lead := make_lead())
        await session.commit()
        created, first = lead.created_at, lead.updated_at
        lead.location = "Ghent"
        await session.commit()
        await session.refresh(lead)
    assert created is not None
    assert created.utcoffset() == UTC.utcoffset(None)
    assert lead.created_at == created
    assert lead.updated_at > first


@pytest.mark.parametrize(
    "orphan",
    [
        JobRow(job_id="none", row_number=1, row_checksum=""),
        AuditLog(job_id="none", event_type=AuditType.error, message=""),
        Match(lead_id=999, match_score=1),
        FollowUp(parent_email_id=999, scheduled_for_day=3, body=""),
        EncryptedSecret(user_id="none", secret_type="", encrypted_value=""),
        make_lead(campaign_id=999),
        make_letter(lead_id=999),
        make_letter(lead_id=None),
    ],
    ids=lambda item: type(item).__name__,
)
async def test_an_entity_without_its_parent_is_refused(session_factory: Sessions, orphan: Any):
    async with session_factory() as session:
        sa.orm.make_transient(orphan)
        session.add(orphan)
        with pytest.raises(IntegrityError):
            await session.flush()


async def test_a_value_that_no_enum_knows_is_refused_by_the_database(session_factory: Sessions):
    await store(session_factory, Email)
    async with session_factory() as session:
        parents = await Parents.store(session, number=2)
        lead = make_lead(3)
        session.add(lead)
        await session.flush()
        session.add_all(EXAMPLES[kind](replace(parents, lead=lead.id)) for kind in EXAMPLES if kind is not Email)
        await session.commit()
        for column in [c for kind in EXAMPLES for c in CLASSES[kind].columns if isinstance(c.type, sa.Enum)]:
            statement = f'UPDATE "{column.table.name}" SET "{column.name}" = \'nonsense\''
            with pytest.raises(IntegrityError, match=f"ck_{column.table.name}_{column.name}"):
                await session.execute(sa.text(statement))
            await session.rollback()


def test_every_enum_column_is_checked():
    unchecked = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, sa.Enum)
        and f"ck_{table.name}_{column.name}" not in {str(constraint.name) for constraint in table.constraints}
    }
    assert unchecked == set()
    assert all(
        issubclass(c.type.enum_class, StrEnum)
        for t in metadata.tables.values()
        for c in t.columns
        if isinstance(c.type, sa.Enum)
    )


async def test_an_unknown_value_is_refused_before_it_reaches_the_database(session_factory: Sessions):
    async with session_factory() as session:
        session.add(make_lead(status="nonsense"))
        with pytest.raises(StatementError, match="nonsense"):
            await session.flush()


@pytest.mark.parametrize("score", [-1, 101])
async def test_a_match_score_stands_between_0_and_100(session_factory: Sessions, score: int):
    with pytest.raises(IntegrityError, match="ck_match_match_score"):
        await store(session_factory, Match, match_score=score)


async def count(session: AsyncSession, name: str) -> int:
    return await session.scalar(sa.select(sa.func.count()).select_from(metadata.tables[name])) or 0


async def test_a_deleted_job_takes_its_rows_and_logs_along(session_factory: Sessions):
    row = await store(session_factory, JobRow)
    async with session_factory() as session:
        session.add(AuditLog(job_id=row.job_id, event_type=AuditType.error, message="of the job"))
        session.add(AuditLog(event_type=AuditType.error, message="of nobody"))
        await session.commit()
        await session.execute(sa.delete(metadata.tables["jobs"]))
        await session.commit()
        assert (await count(session, "job_rows"), await count(session, "audit_logs")) == (0, 1)


async def test_a_deleted_lead_takes_what_is_known_of_it_along(session_factory: Sessions):
    await store(session_factory, FollowUp)
    async with session_factory() as session:
        lead = (await session.scalars(sa.select(Lead))).one()
        session.add_all([make_evidence(lead_id=lead.id), Match(lead_id=lead.id, match_score=1)])
        session.add(EXAMPLES[IntelBrief](Parents(0, 0, lead.id, 0, "", "")))
        await session.commit()
        await session.delete(lead)
        await session.commit()
        left = {name: await count(session, name) for name in ("intelbrief", "evidence", "match", "email", "followup")}
    assert left == dict.fromkeys(left, 0)


async def test_a_deleted_campaign_leaves_its_leads_known(session_factory: Sessions):
    lead = await store(session_factory, Lead)
    async with session_factory() as session:
        await session.execute(sa.delete(metadata.tables["campaign"]))
        await session.commit()
        assert (await session.get_one(Lead, lead.id)).campaign_id is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Venue(venue_name="yc", venue_type="yc"), Venue(venue_name="yc", venue_type="yc")),
        (make_profile(), make_profile()),
    ],
    ids=["venue", "profile version"],
)
async def test_what_must_be_unique_is(session_factory: Sessions, first: Any, second: Any):
    async with session_factory() as session:
        for item in (first, second):
            sa.orm.make_transient(item)
            item.id = None
        session.add_all([first, second])
        with pytest.raises(IntegrityError):
            await session.flush()
