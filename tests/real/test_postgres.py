"""What is different on Postgres, where several writers are at work at once. Everything else: tests/db with `-m real`."""

import asyncio
from collections.abc import Callable

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from ingot.db.engine import create_engine, init_db
from ingot.db.models import Lead, ModelCall, User
from ingot.db.tables import metadata
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.llm.outputs import TalkingPoints
from tests.fakes.entities import USER, add_campaign, make_lead
from tests.fakes.model_client import ScriptedAgents
from tests.fakes.postgres_server import Postgres
from tests.llm.samples import TALKING_POINTS, prompt

UOW = Callable[[], SqlAlchemyUnitOfWork]
pytestmark = pytest.mark.real


@pytest.fixture
def database_url(postgres_url: str) -> str:
    return postgres_url


async def test_a_claim_does_not_wait_for_another_and_takes_other_leads(uow: UOW):
    async with uow() as work:
        campaigns = [(await add_campaign(work, name)).id or 0 for name in ("first", "second")]
        work.session.add_all(make_lead(number, initial_score=1 - number / 10) for number in range(6))
        await work.commit()
    async with uow() as first, uow() as second:
        assert await first.leads.claim_for(campaigns[0], user_id=USER, count=2) == 2
        assert await second.leads.claim_for(campaigns[1], user_id=USER, count=2) == 2
        await second.commit()
        await first.commit()
    async with uow() as work:
        owned = [[lead.venue_ref for lead in await work.leads.of_campaign(campaign)] for campaign in campaigns]
    assert owned == [["0", "1"], ["2", "3"]]


async def test_timestamps_carry_their_zone_in_the_database(engine: AsyncEngine):
    moments = {
        f"{table.name}.{c.name}" for table in metadata.tables.values() for c in table.columns if c.name.endswith("_at")
    }
    query = "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE data_type = 'timestamp with time zone'"
    async with engine.connect() as connection:
        assert moments <= set((await connection.exec_driver_sql(query)).scalars())


async def test_the_open_outbox_has_a_partial_index(engine: AsyncEngine):
    query = "SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_outbox_unprocessed'"
    async with engine.connect() as connection:
        definition = (await connection.exec_driver_sql(query)).scalar_one()
    assert "WHERE (processed_at IS NULL)" in definition


async def test_an_error_does_not_hold_what_was_to_be_stored(uow: UOW):
    async with uow() as work:
        work.session.add_all([User(id=f"user_{number}", email="secret@valk.example") for number in range(2)])
        with pytest.raises(sa.exc.IntegrityError) as caught:
            await work.session.flush()
    assert "secret@valk.example" not in str(caught.value)


async def test_init_db_makes_every_table(postgres_server: Postgres):
    with postgres_server.database() as url:
        engine = create_engine(url)
        await init_db(engine)
        async with engine.connect() as connection:
            found = set(await connection.run_sync(lambda c: sa.inspect(c).get_table_names()))
        await engine.dispose()
    assert found == metadata.tables.keys()


async def test_the_same_question_asked_at_once_is_remembered_once(uow: UOW):
    agents = ScriptedAgents([TalkingPoints.model_validate(TALKING_POINTS)], uow=uow)
    agents.client.go_on.clear()
    asking = asyncio.gather(*(agents.ask(prompt("talking_points")) for _ in range(3)))
    await agents.client.until_running(1)
    agents.client.go_on.set()
    answers = await asking
    async with uow() as work:
        assert await work.session.scalar(sa.select(sa.func.count()).select_from(ModelCall)) == 1
    assert len({answer.value.model_dump_json() for answer in answers}) == 1


async def test_the_same_company_found_by_two_runs_at_once_is_stored_once(uow: UOW):
    async def discover() -> int:
        async with uow() as work:
            stored = await work.leads.add_discovered([(make_lead(1), ("yc:1",))], user_id=USER)
            await work.commit()
            return len(stored.added)

    found = await asyncio.gather(*(discover() for _ in range(4)))
    async with uow() as work:
        assert await work.session.scalar(sa.select(sa.func.count()).select_from(Lead)) == 1
    assert sorted(found) == [0, 0, 0, 1]
