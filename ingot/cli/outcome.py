"""What came of a campaign run: the leads, the drafts, what failed and why, and what to do next."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingot.actions.campaign import summary
from ingot.actions.review import DraftPage, page_of
from ingot.cli.console import counted, out, table, text
from ingot.cli.letters import as_json, render
from ingot.cli.offer import offer
from ingot.domain.email import EmailStatus
from ingot.domain.lead_state import LeadStatus

if TYPE_CHECKING:
    from ingot.domain.lead import Lead
    from ingot.wiring import Wiring


# Left by a run that was stopped; a person's decision is not waited for here.
_UNFINISHED = (LeadStatus.discovered, LeadStatus.researching, LeadStatus.approved)

# The stage that takes up the leads that stand here.
_AFTER = {LeadStatus.discovered: "research", LeadStatus.researching: "match", LeadStatus.approved: "write"}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """A campaign as it stands after a run."""

    name: str
    counts: dict[str, int]
    leads: list[tuple[Lead, int | None]]
    drafts: list[DraftPage]
    min_score: int
    offer: list[str]

    def as_json(self) -> dict[str, Any]:
        """For scripts."""
        leads = [
            {
                "id": lead.id,
                "company": lead.company_name,
                "status": lead.status.value,
                "match": score,
                "why": lead.status_reason,
            }
            for lead, score in self.leads
        ]
        return {
            "campaign": self.name,
            "counts": self.counts,
            "leads": leads,
            "drafts": [as_json(page) for page in self.drafts],
        }


async def outcome(wiring: Wiring, campaign_id: int) -> Outcome:
    """Read what there is to tell."""
    async with wiring.uow() as uow:
        campaign = await uow.campaigns.get(campaign_id)
        drafts = await uow.letters.with_status(
            EmailStatus.drafted, user_id=wiring.user_id, campaign_id=campaign_id, limit=500
        )
        return Outcome(
            name=campaign.campaign_name,
            counts=await summary(uow, campaign_id),
            leads=await uow.leads.shown(user_id=wiring.user_id, status=None, campaign_id=campaign_id, limit=500),
            drafts=[await page_of(uow, letter.id or 0) for letter, _ in drafts],
            min_score=campaign.options["min_score"],
            offer=await offer(uow, wiring.user_id, chooses=campaign.options["review"] == "auto"),
        )


def print_outcome(result: Outcome) -> None:
    """The leads, every draft, and what to do next."""
    rows = [(lead.id, lead.company_name, score, lead.status.value, lead.status_reason) for lead, score in result.leads]
    out.print(table(f"Campaign {result.name}", ("id", "company", "match", "status", "note"), rows))
    for page in result.drafts:
        out.print(render(page, follow_ups=False))
    for line in _next_steps(result) + result.offer:
        out.print(text(line))


def print_stage(result: Outcome, stage: str) -> None:
    """The leads after one stage that ran alone, and the command that goes on."""
    rows = [(lead.id, lead.company_name, score, lead.status.value, lead.status_reason) for lead, score in result.leads]
    out.print(table(f"Campaign {result.name}: {stage}", ("id", "company", "match", "status", "note"), rows))
    name = shlex.quote(result.name)
    if failed := result.counts.get(LeadStatus.failed.value):
        out.print(f"Failed: {counted(failed, 'lead')}. The table says why; more with ingot leads show ID.")
    if result.counts["open_gates"]:
        waiting = counted(result.counts["open_gates"], "lead")
        out.print(
            text(f"To decide: {waiting}: ingot leads list --status matched --campaign {name}, ingot leads approve ID")
        )
    for status, after in _AFTER.items():
        if count := result.counts.get(status.value):
            out.print(text(f"Next, for {counted(count, 'lead')}: ingot run {after} --campaign {name}"))


def _next_steps(result: Outcome) -> list[str]:
    counts, steps = result.counts, list[str]()
    if counts["open_gates"]:
        steps.append(
            f"To decide: {counted(counts['open_gates'], 'lead')}: ingot leads list --status matched, ingot leads approve ID"
        )
    if unfinished := sum(counts.get(status.value, 0) for status in _UNFINISHED):
        steps.append(f"Not finished: {counted(unfinished, 'lead')}. Run the same command again: it goes on from there.")
    if failed := counts.get(LeadStatus.failed.value):
        steps.append(f"Failed: {counted(failed, 'lead')}. The table says why; more with ingot leads show ID.")
    below = sum(
        lead.status is LeadStatus.matched and score is not None and score < result.min_score
        for lead, score in result.leads
    )
    if below:
        steps.append(
            f"Below a match of {result.min_score}: {counted(below, 'lead')}. A lower --min-score includes them."
        )
    if result.drafts:
        steps.append(f"To review: {counted(len(result.drafts), 'draft')}: ingot mail pending, ingot mail show ID")
    if not steps:
        steps.append("Nothing waits here.")
    return steps
