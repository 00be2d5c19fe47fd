"""What the next step of a campaign is about to do: to how many leads, with which models, at what cost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ingot.actions.campaign import POOL_PER_LETTER
from ingot.actions.estimate import STAGES, EstimateRow, estimate
from ingot.agents import Agents
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Campaign
from ingot.llm.prices import Prices


@dataclass(frozen=True, kw_only=True)
class Ahead:
    """One step before it is taken. `leads` is how many it works on; with none it does nothing. `calls` are questions to models.

    `micro_usd` is None where a price is not known. `review` and `venues` are the campaign's own options.
    """

    step: str
    campaign: str
    leads: int
    limit: int
    review: str
    venues: tuple[str, ...]
    calls: int = 0
    stored: int = 0
    models: tuple[str, ...] = ()
    tokens: int = 0
    micro_usd: int | None = 0


async def ahead(
    uow: SqlAlchemyUnitOfWork,
    step: str,
    campaign_id: int,
    *,
    user_id: str,
    agents: Agents,
    prices: Prices,
    entailment_model: str = "",
) -> Ahead:
    """Look at the step (`scout`, `research`, `match`, `decide` or `write`). Asks nothing and changes nothing."""
    campaign = await uow.campaigns.get(campaign_id)
    found = await estimate(
        uow,
        name=campaign.campaign_name,
        options={},
        user_id=user_id,
        agents=agents,
        prices=prices,
        entailment_model=entailment_model,
        stages=STAGES[step],
    )
    return Ahead(
        step=step,
        campaign=campaign.campaign_name,
        leads=await _leads(uow, step, campaign, found.rows),
        limit=campaign.options["limit"],
        review=campaign.options["review"],
        venues=tuple(venue["kind"] for venue in campaign.options["venues"]),
        calls=sum(row.calls for row in found.rows),
        stored=sum(row.cached for row in found.rows),
        models=tuple(dict.fromkeys(row.model for row in found.rows)),
        tokens=sum(row.input_tokens + row.output_tokens for row in found.rows),
        micro_usd=found.micro_usd,
    )


async def _leads(uow: SqlAlchemyUnitOfWork, step: str, campaign: Campaign, rows: Collection[EstimateRow]) -> int:
    assert campaign.id is not None
    if step == "scout":
        have = sum((await uow.leads.count_by_status(campaign_id=campaign.id)).values())
        limit = campaign.options["limit"]
        return 0 if campaign.options["scouted_for"] >= limit else max(0, POOL_PER_LETTER * limit - have)
    if step == "decide":
        unasked = await uow.leads.matched_without_gate(campaign.id, min_score=campaign.options["min_score"])
        return len(unasked) + len(await uow.gates.open_in(campaign.id))
    return next((row.calls for row in reversed(list(rows)) if row.stage == step), 0)
