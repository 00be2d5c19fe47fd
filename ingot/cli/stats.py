"""`ingot stats`: what the models took, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ingot.cli.opening import with_wiring

if TYPE_CHECKING:
    from ingot.actions.spending import SpendingReport
    from ingot.wiring import Wiring


def stats(
    *,
    campaign: Annotated[str, typer.Option(help="Only the leads of the campaign of this name.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Show what models cost: by agent and model, and for each lead, draft and positive reply."""
    from ingot.cli.console import clean, print_json

    async def deed(wiring: Wiring) -> SpendingReport:
        from ingot.actions.spending import spending

        async with wiring.uow() as uow:
            chosen = await uow.campaigns.named(campaign, user_id=wiring.user_id) if campaign else None
            if campaign and chosen is None:
                raise typer.BadParameter(f"there is no campaign named {clean(campaign)!r}", param_hint="--campaign")
            return await spending(uow, campaign_id=chosen.id if chosen else None)

    report = with_wiring(deed)
    if as_json:
        print_json(report.as_json())
    else:
        _show(report)


def _show(report: SpendingReport) -> None:
    from ingot.cli.console import out, table, text
    from ingot.domain.budget import dollars

    if not report.agents:
        out.print("No model was asked yet. Start a search: python -m flows.campaign --help")
        return
    rows = [
        (
            row.agent,
            row.model,
            row.calls,
            row.failed or None,
            row.input_tokens,
            row.output_tokens,
            f"{row.seconds:.0f} s",
            dollars(row.micro_usd),
        )
        for row in report.agents
    ]
    out.print(table("Model calls", ("agent", "model", "calls", "failed", "in", "out", "time", "cost"), rows))
    out.print(text(f"In all: {dollars(report.micro_usd)}"))
    for noun, count in (("lead", report.leads), ("draft", report.drafts), ("positive reply", report.positive)):
        each = report.per(count)
        told = "none yet" if each is None else f"{dollars(each)} ({count} in all)"
        out.print(text(f"For each {noun}: {told}"))
