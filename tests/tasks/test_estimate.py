"""What a run is expected to take, told before it starts; over a sample campaign that stopped on its way."""

from __future__ import annotations

from typing import Any

import pytest

from ingot.actions.estimate import Estimate, estimate
from ingot.actions.spending import spending
from ingot.db.tables import modelcall
from ingot.wiring import Wiring
from tests.fakes.paid_client import PAID, TAKES, charge
from tests.fakes.plain_stages import CAMPAIGN, calls_made
from tests.fakes.sample_fixtures import At
from tests.flows.test_campaign import run

pytestmark = pytest.mark.long


STAGES = ["research", "match", "deep research", "questions", "write"]


async def expected(wiring: Wiring, name: str = "sample", second_check: str = "", **options: Any) -> Estimate:
    async with wiring.uow() as uow:
        return await estimate(
            uow,
            name=name,
            options=options,
            user_id=wiring.user_id,
            agents=wiring.agents,
            prices=wiring.prices,
            entailment_model=second_check,
        )


async def test_a_second_check_is_one_more_call_for_each_draft(at: At) -> None:
    async with at("pinned") as wiring:
        charge(wiring)
        found = (await expected(wiring, "other", PAID, limit=4)).rows[-1]
        assert (found.stage, found.model, found.calls) == ("check", PAID, 4)
        assert found.micro_usd


async def test_a_new_campaign_is_estimated_from_its_limit(at: At) -> None:
    async with at("pinned") as wiring:
        charge(wiring)
        found = await expected(wiring, name="other", limit=4)
        assert [(row.stage, row.calls) for row in found.rows] == list(zip(STAGES, [8, 8, 4, 4, 4], strict=True))
        assert all(row.input_tokens > 0 and row.output_tokens > 0 and row.micro_usd for row in found.rows)
        assert found.micro_usd == sum(row.micro_usd or 0 for row in found.rows)
        assert {row.basis for row in found.rows} == {"usual sizes"}


async def test_a_campaign_on_its_way_is_estimated_from_where_its_leads_stand(at: At) -> None:
    async with at("known") as wiring:
        charge(wiring)
        found = await expected(wiring)
        assert [row.calls for row in found.rows] == [0, 0, 0, 10, 10]
        by_stage = {row.stage: row for row in found.rows}
        assert by_stage["match"].basis == "12 texts"
        assert by_stage["write"].micro_usd


@pytest.mark.long  # two and a half seconds
async def test_what_is_asked_then_is_what_was_expected_and_averages_take_the_place_of_sizes(at: At) -> None:
    async with at("scouted") as wiring:
        client = charge(wiring)
        before = await expected(wiring)
        await run()
        assert len(client.asked) == sum(row.calls for row in before.rows)
        after = await expected(wiring, name="next", limit=2)
        assert [row.basis for row in after.rows] == ["12 calls", "12 calls", "10 calls", "10 calls", "10 calls"]
        assert [row.input_tokens for row in after.rows] == [TAKES.input_tokens * row.calls for row in after.rows]
        async with wiring.uow() as uow:
            report = await spending(uow, campaign_id=CAMPAIGN)
        assert (report.leads, report.drafts, report.positive) == (12, 10, 0)
        assert report.micro_usd == 54 * TAKES.cost_micro_usd
        assert (report.per(report.drafts), report.per(report.positive)) == (54_000, None)
        assert [(row.agent, row.model, row.calls) for row in report.agents] == [
            ("matcher", PAID, 12),
            ("research", PAID, 22),
            ("writer", PAID, 20),
        ]


async def test_an_answer_that_is_stored_costs_nothing(at: At) -> None:
    async with at("written") as wiring:
        charge(wiring)
        async with wiring.uow() as uow:
            await uow.session.execute(modelcall.update().values(model=PAID))
            for lead in await uow.leads.of_campaign(CAMPAIGN):
                lead.status = type(lead.status).discovered
            await uow.commit()
        found = await expected(wiring)
        assert [(row.calls, row.cached) for row in found.rows[:2]] == [(12, 12), (12, 12)]
        assert [row.micro_usd for row in found.rows[:2]] == [0, 0]


async def test_an_unknown_price_is_said_and_makes_the_sum_unknown(at: At) -> None:
    async with at("scouted") as wiring:
        wiring.agents._models = {**wiring.agents._models, "matcher": "openai/next"}
        found = await expected(wiring)
        assert [row.micro_usd for row in found.rows] == [0, None, 0, 0, 0]
        assert found.micro_usd is None
        assert found.as_json()["micro_usd"] is None


async def test_the_embedded_engine_is_estimated_as_free_and_an_estimate_asks_and_changes_nothing(at: At) -> None:
    async with at("scouted") as wiring:
        before = await calls_made(wiring)
        found = await expected(wiring, limit=3)
        assert (found.micro_usd, {row.basis for row in found.rows}) == (0, {"no model"})
        assert await calls_made(wiring) == before
        async with wiring.uow() as uow:
            campaign = await uow.campaigns.get(CAMPAIGN)
        assert campaign.options["limit"] == 10
        assert found.as_json()["calls"] == sum(row.calls for row in found.rows)
