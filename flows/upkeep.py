"""Upkeep: starts what a decision should have started.

python -m flows.upkeep
"""

from __future__ import annotations

from prefect import flow

from tasks.opening import opened_for_mail
from tasks.upkeep import continue_campaigns


@flow(name="upkeep", flow_run_name="upkeep")
async def upkeep() -> dict[str, int]:
    """Start a run for every campaign with a yes that no run has taken up."""
    async with opened_for_mail():
        return {"campaigns_started": await continue_campaigns()}


if __name__ == "__main__":
    from ingot.cli.passes import main

    main(upkeep, "Start what a decision should have started, where a Prefect server is configured.")
