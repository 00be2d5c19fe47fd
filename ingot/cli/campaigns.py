"""`ingot campaign`: what was started, how far it has come, and stopping it for a while."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ingot.cli.opening import with_wiring

if TYPE_CHECKING:
    from ingot.actions.funnel import Funnel
    from ingot.wiring import Wiring

campaign_app = typer.Typer(
    help="Campaigns: how far each has come, pausing and going on.", no_args_is_help=True, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="A campaign, as `ingot campaign list` names it.")]

_BAR = 30


@campaign_app.command("list", epilog="Example: ingot campaign list --json | jq '.[].positive'")
def list_(*, as_json: AsJson = False) -> None:
    """List campaigns, the newest first."""
    from ingot.cli.console import counted, out, print_json, table

    async def deed(wiring: Wiring) -> list[Funnel]:
        from ingot.actions.funnel import funnels

        async with wiring.uow() as uow:
            return await funnels(uow, user_id=wiring.user_id)

    found = with_wiring(deed)
    if as_json:
        print_json([funnel.as_json() for funnel in found])
        return
    if not found:
        out.print("No campaign yet. Start one: python -m flows.campaign --help")
        return
    columns = ("campaign", "status", "leads", "decide", "review", "sent", "answers", "positive")
    rows = [
        (item.name, item.status, item.leads, item.waiting or None, item.to_review or None, item.sent, item.replied, item.positive)
        for item in found
    ]  # fmt: skip
    out.print(table(counted(len(found), "campaign"), columns, rows))


@campaign_app.command(epilog="Example: ingot campaign show autumn")
def show(name: Name, *, as_json: AsJson = False) -> None:
    """Show how far one campaign has come, and what it waits for."""
    from ingot.cli.console import out, print_json, text

    async def deed(wiring: Wiring) -> Funnel:
        from ingot.actions.funnel import funnel_named

        async with wiring.uow() as uow:
            return await funnel_named(uow, name, user_id=wiring.user_id)

    funnel = with_wiring(deed)
    if as_json:
        print_json(funnel.as_json())
        return
    started = f", started {funnel.started_at:%Y-%m-%d}" if funnel.started_at else ""
    out.print(text(f"{funnel.name}: {funnel.status}{started}", "bold"))
    steps = (
        ("leads", funnel.leads),
        ("drafted", funnel.drafted),
        ("sent", funnel.sent),
        ("answered", funnel.replied),
        ("positive", funnel.positive),
    )
    most = max(1, funnel.leads)
    for step, count in steps:
        out.print(text(f"{step:>9}  {count:>6}  {'█' * round(_BAR * count / most)}"))
    if funnel.bounced:
        out.print(text(f"Bounced: {funnel.bounced}"))
    for line in _next(funnel):
        out.print(text(line, "dim"))


def _next(funnel: Funnel) -> list[str]:
    told = []
    if funnel.waiting:
        told.append(
            f"{funnel.waiting} wait for your decision: ingot leads list --status matched --campaign {funnel.name}"
        )
    if funnel.to_review:
        told.append(f"{funnel.to_review} drafts wait for your review: ingot mail pending")
    if funnel.status == "paused":
        told.append(f"It is paused. To go on: ingot campaign resume {funnel.name}")
    return told


@campaign_app.command(epilog="Example: ingot campaign pause autumn")
def pause(name: Name) -> None:
    """Hold a campaign's letters until you resume it."""
    from ingot.cli.console import out, text

    async def deed(wiring: Wiring) -> None:
        from ingot.actions.pause import pause_campaign

        async with wiring.uow() as uow:
            await pause_campaign(uow, name, user_id=wiring.user_id, who="cli")

    with_wiring(deed)
    out.print(text(f"Paused: {name}. To go on: ingot campaign resume {name}"))


@campaign_app.command(epilog="Example: ingot campaign resume autumn")
def resume(name: Name) -> None:
    """Let a paused campaign's letters go again."""
    from ingot.cli.console import out, text

    async def deed(wiring: Wiring) -> None:
        from ingot.actions.pause import resume_campaign

        async with wiring.uow() as uow:
            await resume_campaign(uow, name, user_id=wiring.user_id, who="cli")

    with_wiring(deed)
    out.print(text(f"{name} goes on."))
