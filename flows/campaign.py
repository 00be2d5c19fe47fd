"""The main job: from a résumé and a venue to drafts in the review queue.

    python -m flows.campaign --sample --offline --review auto

Driven by status: it takes every lead as far as the next human gate and ends. Run again, it goes on from there.
"""

from __future__ import annotations

from typing import Literal

from prefect import flow

from ingot.errors import BudgetExceeded
from tasks.deep_research import deep_research
from tasks.gates import gate, questions
from tasks.match import match
from tasks.opening import at_work
from tasks.profile import pin_profile
from tasks.report import report
from tasks.research import research
from tasks.scout import scout
from tasks.steps import Stage, Steps
from tasks.stopping import hard_stop
from tasks.write import write


@flow(name="campaign", flow_run_name="campaign {name}")
async def campaign(
    name: str = "",
    limit: int | None = None,
    min_score: int | None = None,
    review: Literal["queue", "auto"] | None = None,
    only: Stage | None = None,
) -> dict[str, int]:
    """Scout, research, match, gate, deep research, questions, write, review queue.

    Args:
        name: the campaign to start or to go on with; empty is today's date.
        limit: how many letters to write at most (10 for a new campaign).
        min_score: the lowest match score, 0-100, that is worth a letter (40 for a new campaign).
        review: `queue` leaves the leads waiting for a decision, `auto` takes the best.
        only: this stage alone: scout, research, match (and the gate), or write (with what a letter needs).

    Raises `BudgetExceeded` where a limit of the budget stops it, with what is left undone; run again, it goes on.

    """
    async with at_work(name, {"limit": limit, "min_score": min_score, "review": review}) as campaign_id:
        steps = Steps(campaign_id, only)
        try:
            await pin_profile(campaign_id)
            if await steps.take("scout"):
                await scout(campaign_id)
            if await steps.take("research"):
                await research(campaign_id)
            if await steps.take("match"):
                await match(campaign_id)
            # Again, as long as drafts that failed leave room for the next best leads.
            while await steps.take("decide") and await gate(campaign_id) and await steps.take("write"):
                await _letters(campaign_id)
            if only == "write" and await steps.take("write"):
                await _letters(campaign_id)
        except BudgetExceeded as stop:
            await report(campaign_id)
            raise await hard_stop(campaign_id, stop) from None
        return await report(campaign_id)


async def _letters(campaign_id: int) -> None:
    await deep_research(campaign_id)
    await questions(campaign_id)
    await write(campaign_id)


if __name__ == "__main__":
    from ingot.cli.campaign import main

    main(campaign)
