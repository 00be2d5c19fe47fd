"""`ingot leads`: who was found, how well they fit, and what you decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.opening import an_id, with_wiring
from ingot.domain.lead_state import LeadStatus

if TYPE_CHECKING:
    from ingot.domain.campaign import GateDecision
    from ingot.domain.lead import Lead
    from ingot.wiring import Wiring

leads_app = typer.Typer(
    help="Companies found, and your decisions about them.", no_args_is_help=True, rich_markup_mode=None
)

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
LeadId = Annotated[int, typer.Argument(parser=an_id, metavar="ID", help="A lead's id.")]
Ids = Annotated[
    list[int], typer.Argument(parser=an_id, metavar="ID", help="Lead ids, as `ingot leads list` shows them.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why; kept with the decision.")]


@leads_app.command("list", epilog="Example: ingot leads list --status matched")
def list_(
    *,
    status: Annotated[LeadStatus | None, typer.Option(help="Only leads that stand here.")] = None,
    campaign: Annotated[str, typer.Option(help="Only leads of the campaign of this name.")] = "",
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List leads, best match first."""

    async def deed(wiring: Wiring) -> list[tuple[Lead, int | None]]:
        async with wiring.uow() as uow:
            chosen = await uow.campaigns.named(campaign, user_id=wiring.user_id) if campaign else None
            if campaign and chosen is None:
                raise typer.BadParameter(f"there is no campaign named {clean(campaign)!r}", param_hint="--campaign")
            return await uow.leads.shown(
                user_id=wiring.user_id, status=status, campaign_id=chosen.id if chosen else None, limit=limit
            )

    from ingot.cli.console import clean, counted, out, print_json, table

    found = with_wiring(deed)
    rows = [
        {
            "id": lead.id,
            "company": lead.company_name,
            "match": score,
            "status": lead.status.value,
            "location": lead.location,
            "why": lead.status_reason,
        }
        for lead, score in found
    ]
    if as_json:
        print_json(rows)
    elif rows:
        out.print(table(counted(len(rows), "lead"), tuple(rows[0]), [tuple(row.values()) for row in rows]))
    elif status or campaign:
        out.print("No lead stands there. See all: ingot leads list")
    else:
        out.print("No lead here yet. Start a search: python -m flows.campaign --help")


@leads_app.command(epilog="Example: ingot leads show 12")
def show(lead_id: LeadId, *, as_json: AsJson = False) -> None:
    """Show one lead: match breakdown, brief, evidence, questions, and what a refused draft claimed."""

    async def deed(wiring: Wiring) -> dict[str, Any]:
        from ingot.actions.inspect import lead_page

        async with wiring.uow() as uow:
            return await lead_page(uow, lead_id)

    from ingot.cli.console import out, print_json, table, text

    page = with_wiring(deed)
    if as_json:
        print_json(page)
        return
    out.print(
        table(
            page["lead"]["company_name"],
            ("field", "value"),
            [(name, value) for name, value in page["lead"].items() if value],
        )
    )
    for title, rows in page["tables"].items():
        if rows:
            out.print(table(title, tuple(rows[0]), [tuple(map(_cell, row, row.values())) for row in rows]))
    for note in page["notes"]:
        out.print(text(note))


def _cell(name: str, value: Any) -> Any:
    if name == "options":  # by these numbers `ingot mail regenerate --answer` names them
        return "\n".join(f"{number}  {option}" for number, option in enumerate(value, start=1))
    return value[: len("2026-11-22")] if name == "fetched" else value


@leads_app.command(epilog="Example: ingot leads approve 3 7 12")
def approve(lead_ids: Ids, *, reason: Reason = "") -> None:
    """Approve leads: they are researched further and written to."""
    from ingot.domain.campaign import GateDecision

    _decide(lead_ids, GateDecision.approve, reason)


@leads_app.command(epilog="Example: ingot leads reject 4 --reason 'no remote work'")
def reject(lead_ids: Ids, *, reason: Reason = "") -> None:
    """Reject leads: nothing more is spent on them."""
    from ingot.domain.campaign import GateDecision

    _decide(lead_ids, GateDecision.reject, reason)


@leads_app.command(epilog="Example: ingot leads defer 5 --reason 'after the summer'")
def defer(lead_ids: Ids, *, reason: Reason = "") -> None:
    """Defer leads: they wait until you approve or reject them."""
    from ingot.domain.campaign import GateDecision

    _decide(lead_ids, GateDecision.defer, reason)


@leads_app.command(epilog="Example: ingot leads address 3 kim@acme.example")
def address(
    lead_id: Annotated[int, typer.Argument(parser=an_id, metavar="ID", help="A lead's id.")],
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="The address that you found for this person.")],
) -> None:
    """Say where a lead is written to, where you know it. What is published: ingot leads contacts ID."""
    from ingot.cli.console import out, text

    async def deed(wiring: Wiring) -> Lead:
        from ingot.actions.lead_address import set_address

        async with wiring.uow() as uow:
            return await set_address(uow, lead_id, address, who="cli")

    lead = with_wiring(deed)
    out.print(text(f"{lead.company_name} (lead {lead.id}) is written to at {lead.person_email}."))


def _decide(lead_ids: list[int], decision: GateDecision, reason: str) -> None:
    async def deed(wiring: Wiring) -> tuple[list[tuple[Lead, bool, str]], list[str]]:
        from ingot.actions.decide import decide
        from ingot.cli.continuing import going_on

        decided = []
        async with wiring.uow() as uow:
            # All or none: a typo in the third id must not leave the first two decided.
            for lead_id in dict.fromkeys(lead_ids):
                before = (await uow.leads.get(lead_id)).status
                lead = await decide(uow, lead_id, decision, who="cli", now=wiring.now(), reason=reason)
                name = (await uow.campaigns.get(lead.campaign_id or 0)).campaign_name
                decided.append((lead, lead.status is not before, name))
            await uow.commit()
        yes = sorted({name for lead, _, name in decided if lead.status is LeadStatus.approved})
        return decided, await going_on(wiring, yes)

    from ingot.cli.console import out, text

    decided, next_steps = with_wiring(deed)
    for lead, moved, _ in decided:
        out.print(text(f"{lead.company_name} (lead {lead.id}): {'' if moved else 'still '}{lead.status.value}"))
    for line in next_steps:
        out.print(text(line, "dim"))
