"""What a chat changes: after a yes to a question that names it, by the command that does it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from ingot.cli import campaigns, leads, outbox, suppress
from ingot.cli.console import clean, err, text
from ingot.cli.opening import with_wiring
from ingot.domain.campaign import CampaignStatus
from ingot.domain.conversation import ChatAction

if TYPE_CHECKING:
    from ingot.actions.chat import Choice
    from ingot.wiring import Wiring


def _confirmed(question: str) -> None:
    """Go on after a yes; anything else ends it."""
    if not typer.confirm(clean(question), default=False, err=True):
        err.print(text("Nothing was changed."))
        raise typer.Exit(1)


def _pause_campaign(choice: Choice) -> None:
    name = _campaign(choice, CampaignStatus.active)
    _confirmed(f"Hold the letters of campaign {name}?")
    campaigns.pause(name)


def _resume_campaign(choice: Choice) -> None:
    name = _campaign(choice, CampaignStatus.paused)
    _confirmed(f"Let the letters of campaign {name} go again?")
    campaigns.resume(name)


def _campaign(choice: Choice, status: CampaignStatus) -> str:
    async def deed(wiring: Wiring) -> str:
        from ingot.actions.chat import campaign_meant

        async with wiring.uow() as uow:
            return await campaign_meant(uow, choice.name, user_id=wiring.user_id, status=status)

    return with_wiring(deed)


def _pause_sending(_choice: Choice) -> None:
    _confirmed("Stop all sending until you resume it?")
    outbox.pause(campaign="", reason="you paused it")


def _resume_sending(_choice: Choice) -> None:
    outbox.resume(campaign="", yes=False)  # tells why it is paused, and asks itself


def _approve(choice: Choice) -> None:
    _decide("Approve", leads.approve, choice)


def _reject(choice: Choice) -> None:
    _decide("Reject", leads.reject, choice)


def _defer(choice: Choice) -> None:
    _decide("Defer", leads.defer, choice)


def _decide(verb: str, command: Callable[..., None], choice: Choice) -> None:
    async def deed(wiring: Wiring) -> list[tuple[int, str]]:
        from ingot.actions.chat import leads_meant

        async with wiring.uow() as uow:
            ids = await leads_meant(uow, choice.lead, user_id=wiring.user_id)
            return [(lead_id, (await uow.leads.get(lead_id)).company_name) for lead_id in ids]

    meant = with_wiring(deed)
    told = ", ".join(f"{company} (lead {lead_id})" for lead_id, company in meant)
    _confirmed(f"{verb} {told}?")
    command([lead_id for lead_id, _ in meant], reason=choice.reason)


def _suppress(choice: Choice) -> None:
    from ingot.actions.chat import address_meant

    address = address_meant(choice.name)
    _confirmed(f"Never write to {'anybody at ' if address.startswith('@') else ''}{address} again?")
    suppress.add([address], reason="said in the chat")


DEEDS: dict[ChatAction, Callable[[Choice], None]] = {
    ChatAction.pause_campaign: _pause_campaign,
    ChatAction.resume_campaign: _resume_campaign,
    ChatAction.pause_sending: _pause_sending,
    ChatAction.resume_sending: _resume_sending,
    ChatAction.approve_lead: _approve,
    ChatAction.reject_lead: _reject,
    ChatAction.defer_lead: _defer,
    ChatAction.suppress: _suppress,
}
