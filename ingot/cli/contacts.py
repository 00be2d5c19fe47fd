"""`ingot leads contacts`: the ways to reach a lead, and your yes to one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingot.cli.leads import AsJson, LeadId, leads_app
from ingot.cli.opening import with_wiring

if TYPE_CHECKING:
    from ingot.actions.contacts import Candidate, Candidates
    from ingot.domain.lead import Lead
    from ingot.wiring import Wiring


@leads_app.command(epilog="Example: ingot leads contacts 3 --accept kim@acme.example")
def contacts(
    lead_id: LeadId,
    *,
    accept: Annotated[
        str, typer.Option("--accept", metavar="ADDRESS", help="Say yes to one of the listed addresses.")
    ] = "",
    check: Annotated[bool, typer.Option("--check", help="Ask DNS whether the hosts take mail.")] = False,
    look_up: Annotated[
        bool, typer.Option("--look-up", help="Ask the services that you set up; they learn host and name.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """List the ways to reach a lead: published addresses first, then guesses, which are used only with your yes."""
    if accept and (check or look_up):
        raise typer.BadParameter("it stands alone; --check and --look-up go before it", param_hint="--accept")
    if accept:
        _accept(lead_id, accept, as_json=as_json)
        return

    async def deed(wiring: Wiring) -> Candidates:
        from ingot.actions.contacts import candidates, check_mail_exchanges
        from ingot.actions.look_up import look_up as ask
        from ingot.web.contact_finder import find_finders

        if look_up:
            await ask(wiring.uow, lead_id, find_finders(wiring.config), who="cli")
        async with wiring.uow() as uow:
            found = await candidates(uow, lead_id)
        if check:
            from ingot.actions.launch import system_resolver

            await check_mail_exchanges(wiring.uow, found, resolver=system_resolver())
            async with wiring.uow() as uow:
                found = await candidates(uow, lead_id)
        return found

    found = with_wiring(deed)
    if as_json:
        from ingot.cli.console import print_json

        print_json([_row(item) for item in found.found])
        return
    _show(found)


def _accept(lead_id: int, address: str, *, as_json: bool) -> None:
    from ingot.cli.console import out, print_json, text

    async def deed(wiring: Wiring) -> tuple[Lead, str]:
        from ingot.actions.contacts import accept

        async with wiring.uow() as uow:
            return await accept(uow, lead_id, address, who="cli", now=wiring.now())

    lead, told = with_wiring(deed)
    if as_json:
        print_json({"lead": lead.id, "address": lead.person_email, "note": told})
        return
    out.print(text(f"{lead.company_name} (lead {lead.id}) is written to at {lead.person_email}."))
    if told:
        out.print(text(told))


def _show(found: Candidates) -> None:
    from ingot.cli.console import out, text

    lead = found.lead
    whom = f", where {found.person} is written to" if found.person else ", where nobody is chosen to write to yet"
    out.print(text(f"{lead.company_name} (lead {lead.id}){whom}"))
    for item in found.found:
        # Never wrapped: an address is there to be copied.
        out.print(text(f"  {item.address}"), soft_wrap=True)
        out.print(text(f"      {_words(item)}"), soft_wrap=True, style="dim")
    if not found.found:
        out.print(text(f"No address is known. Yours: ingot leads address {lead.id} ADDRESS"), soft_wrap=True)
    if any(item.needs_yes and "in use" not in item.note for item in found.found):
        out.print(text(f"Guesses are used only with your yes: ingot leads contacts {lead.id} --accept ADDRESS"))
    if found.withheld:
        out.print(text(f"Not shown, because suppressed or known not to exist: {found.withheld}."))


def _words(item: Candidate) -> str:
    sure = f"{item.kind.value.replace('_', ' ')}, {item.confidence:.0%}" if item.needs_yes else item.kind.value
    mail = {"yes": "takes mail", "no": "takes no mail", "unknown": "DNS did not answer"}.get(item.mail_exchange, "")
    whose = item.person if item.person and not item.needs_yes else ""
    return "; ".join(filter(None, (sure, item.source, whose, mail, item.note)))


def _row(item: Candidate) -> dict[str, Any]:
    return {
        "address": item.address,
        "kind": item.kind.value,
        "person": item.person,
        "confidence": item.confidence,
        "takes_mail": item.mail_exchange.value,
        "source": item.source,
        "pattern": item.pattern,
        "needs_yes": item.needs_yes,
        "note": item.note,
    }
