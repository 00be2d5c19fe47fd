"""A budget that runs out in the middle of a stage or a campaign: no lead fails, nothing is lost, a later run goes on."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

import tasks.match
import tasks.research
from flows.campaign import campaign
from ingot.actions.campaign import summary
from ingot.actions.undone import undone
from ingot.db.tables import audit_logs, jobs
from ingot.domain.job import JobStatus, RowStatus
from ingot.errors import BudgetExceeded, PriceUnknown
from ingot.wiring import Wiring
from tests.fakes.paid_client import allow, charge
from tests.fakes.plain_stages import CAMPAIGN, Shelf, rows_of
from tests.fakes.sample_fixtures import At

pytestmark = pytest.mark.long


# Room for five calls of 2,500 tokens and for what a sixth is expected to take at least, not for seven.
FIVE_CALLS = 5 * 2_500 + 100


async def counts(wiring: Wiring) -> dict[str, int]:
    async with wiring.uow() as uow:
        return await summary(uow, CAMPAIGN)


async def test_a_stage_stops_where_the_budget_ends_and_no_lead_fails(at: At) -> None:
    async with at("scouted") as wiring:
        client = charge(wiring, campaign_tokens=FIVE_CALLS)
        with pytest.raises(BudgetExceeded, match="budget of the campaign is used up"):
            await tasks.research.research(CAMPAIGN)
        made = len(client.asked)
        assert 1 <= made <= 5
        told = await counts(wiring)
        assert (told["researching"], told["discovered"]) == (made, 12 - made)
        assert "failed" not in told
        states = [row.status for row in (await rows_of(wiring, "research")).values()]
        assert (states.count(RowStatus.completed), states.count(RowStatus.pending)) == (made, 12 - made)
        async with wiring.uow() as uow:
            [job] = (await uow.session.execute(sa.select(jobs).where(jobs.c.name == "research"))).all()
            [note] = (await uow.session.execute(sa.select(audit_logs).where(audit_logs.c.job_id == job.id))).all()
        assert (job.status, job.error_code) == (JobStatus.paused, "BudgetExceeded")
        assert note.details["code"] == "BudgetExceeded"


async def test_after_the_budget_is_raised_a_stage_goes_on_and_asks_nothing_again(at: At) -> None:
    async with at("scouted") as wiring:
        client = charge(wiring, campaign_tokens=FIVE_CALLS)
        with pytest.raises(BudgetExceeded):
            await tasks.research.research(CAMPAIGN)
        allow(wiring, campaign_tokens=1_000_000)
        assert await tasks.research.research(CAMPAIGN) == 0
        assert sorted(prompt.lead_id or 0 for prompt in client.asked) == list(range(1, 13))
        assert (await counts(wiring))["researching"] == 12
        async with wiring.uow() as uow:
            [job] = (await uow.session.execute(sa.select(jobs).where(jobs.c.name == "research"))).all()
        assert (job.status, job.error_code, job.successful_rows) == (JobStatus.completed, "", 12)


async def test_a_campaign_ends_with_what_is_left_undone_and_its_report(at: At, plain: Shelf) -> None:
    async with at("approved") as wiring:
        charge(wiring, day_usd=0.055)
        with pytest.raises(BudgetExceeded, match="Left undone, in leads: deep research") as caught:
            await campaign.fn(name="sample")
        undone_leads = caught.value.fields["undone"]
        assert set(undone_leads) == {"deep research", "questions", "write"}
        assert undone_leads["questions"] == undone_leads["write"] == 10
        assert "ingot config set budget.day_usd" in caught.value.hint
        assert "campaign-1-summary" in plain.artifacts
        allow(wiring, day_usd=50)
        assert (await campaign.fn(name="sample"))["drafted"] == 10


async def test_a_model_of_unknown_price_stops_the_stage_before_anything_is_asked(at: At) -> None:
    async with at("researched") as wiring:
        client = charge(wiring, day_usd=5)
        wiring.agents._models = {**wiring.agents._models, "matcher": "openai/next"}
        with pytest.raises(PriceUnknown):
            await tasks.match.match(CAMPAIGN)
        assert client.asked == []
        assert await counts(wiring) == {"leads": 12, "researching": 12, "open_gates": 0}


async def test_what_waits_for_each_stage_is_counted(at: At) -> None:
    async with at("scouted") as wiring, wiring.uow() as uow:
        waiting = {stage: len(leads) for stage, leads in (await undone(uow, CAMPAIGN)).items()}
        assert waiting == {"research": 12, "match": 12, "deep research": 0, "questions": 0, "write": 0}
    async with at("known") as wiring, wiring.uow() as uow:
        waiting = {stage: len(leads) for stage, leads in (await undone(uow, CAMPAIGN)).items()}
        assert waiting == {"research": 0, "match": 0, "deep research": 0, "questions": 10, "write": 10}
