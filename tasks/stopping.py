"""How a run ends that may not ask its models any more: with what is left undone."""

from __future__ import annotations

from ingot.actions.undone import undone
from ingot.errors import BudgetExceeded
from ingot.wiring import current


async def hard_stop(campaign_id: int, stop: BudgetExceeded) -> BudgetExceeded:
    """The same stop, telling how many leads each stage has still to work on."""
    async with current().uow() as uow:
        counts = {stage: len(leads) for stage, leads in (await undone(uow, campaign_id)).items() if leads}
    told = ", ".join(f"{stage} {count}" for stage, count in counts.items()) or "nothing"
    fields = {**stop.fields, "undone": counts}
    return type(stop)(f"{stop.message} Left undone, in leads: {told}.", hint=stop.hint, **fields)
