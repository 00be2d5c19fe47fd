"""`python -m flows.campaign --estimate`: what the run would ask of the models, before anything is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingot.actions.estimate import Estimate


async def show_estimate(name: str, options: Mapping[str, Any], *, as_json: bool, only: str = "") -> None:
    """Print calls, tokens and dollars by agent and stage, or those of one stage. Asks nothing, and starts no campaign."""
    from ingot.actions.estimate import STAGES, estimate
    from ingot.cli.console import print_json
    from ingot.wiring import opened, utc_now

    name = name or f"{utc_now():%Y-%m-%d}"
    async with opened() as wiring, wiring.uow() as uow:
        known = await uow.campaigns.named(name, user_id=wiring.user_id)
        offline = options.get("offline") or (known is not None and known.options["offline"])
    async with opened(offline=bool(offline)) as wiring, wiring.uow() as uow:
        found = await estimate(
            uow,
            name=name,
            options=options,
            user_id=wiring.user_id,
            agents=wiring.agents,
            prices=wiring.prices,
            entailment_model=wiring.config.entailment_model,
            stages=STAGES[only] if only else None,
        )
    if as_json:
        print_json(found.as_json())
    else:
        _show(found)


def _show(found: Estimate) -> None:
    from ingot.cli.console import out, table, text
    from ingot.domain.budget import dollars

    def cost(micro_usd: int | None) -> str:
        return "unknown" if micro_usd is None else dollars(micro_usd)

    rows = [
        (
            row.stage,
            row.agent,
            row.model,
            row.calls,
            row.cached or None,
            row.input_tokens,
            row.output_tokens,
            cost(row.micro_usd),
            row.basis,
        )
        for row in found.rows
    ]
    columns = ("stage", "agent", "model", "calls", "stored", "in", "out", "cost", "from")
    out.print(table(f"Campaign {found.campaign}: what a run takes", columns, rows))
    out.print(
        text(
            f"In all: {cost(found.micro_usd)}, where no draft is refused: such a one is asked for again, twice at most."
        )
    )
    for model in sorted({row.model for row in found.rows if row.micro_usd is None}):
        out.print(text(f"What {model} costs is not known. Say it: ingot prices set {model} IN OUT"))
