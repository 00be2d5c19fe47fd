"""Stage: tell what came of it, as Prefect artifacts and as numbers. No personal data: companies, ids, scores, sources."""

from __future__ import annotations

from urllib.parse import urlsplit

from prefect import task
from prefect.artifacts import acreate_markdown_artifact, acreate_table_artifact

from ingot.actions.campaign import summary
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import CampaignStatus
from ingot.domain.email import Email, EmailStatus
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.match import Match
from ingot.wiring import current

_UNFINISHED = (LeadStatus.discovered, LeadStatus.researching, LeadStatus.approved, LeadStatus.drafted)


@task(name="report", task_run_name="report")
async def report(campaign_id: int) -> dict[str, int]:
    """Publish the leads table, one page per draft and the summary; close the campaign where nothing waits."""
    wiring = current()
    async with wiring.uow() as uow:
        counts = await summary(uow, campaign_id)
        campaign = await uow.campaigns.get(campaign_id)
        if not any(counts.get(status.value) for status in _UNFINISHED) and not counts["open_gates"]:
            campaign.status, campaign.ended_at = CampaignStatus.completed, wiring.now()
        await uow.commit()
        leads = await uow.leads.shown(user_id=wiring.user_id, status=None, campaign_id=campaign_id, limit=500)
        drafts = await uow.letters.with_status(
            EmailStatus.drafted, user_id=wiring.user_id, campaign_id=campaign_id, limit=500
        )
        matches = await uow.matches.of_leads([lead.id or 0 for lead, _ in leads])
        pages = [await _draft_page(uow, letter, lead) for letter, lead in drafts]
    why = {match.lead_id or 0: _why(match) for match in matches}
    key = f"campaign-{campaign_id}"
    await acreate_table_artifact(
        key=f"{key}-leads",
        table=[
            {
                "lead": lead.id,
                "company": lead.company_name,
                "status": lead.status.value,
                "match": score,
                "why": why.get(lead.id or 0, ""),
            }
            for lead, score in leads
        ],
        description="Leads of this campaign, best match first. Decide by their numbers: run the deployment decide/decide.",
    )
    for lead_id, markdown in pages:
        await acreate_markdown_artifact(
            key=f"draft-lead-{lead_id}", markdown=markdown, description="A draft that waits for review."
        )
    lines = [f"- {name.replace('_', ' ')}: {count}" for name, count in counts.items()]
    await acreate_markdown_artifact(
        key=f"{key}-summary", markdown="\n".join(["## Campaign", *lines]), description="What came of this run."
    )
    return counts


def _why(match: Match) -> str:
    """The parts of the score; what they say of the user's résumé stays in our own database."""
    return ", ".join(f"{part['part']} {part['points']} of {part['of']}" for part in match.breakdown)


async def _draft_page(uow: SqlAlchemyUnitOfWork, letter: Email, lead: Lead) -> tuple[int, str]:
    """What may be shown of a draft in Prefect's store: never its text, which names people."""
    ties = await uow.letters.ties(letter.id or 0)
    evidence = {item.id: item.source_url for item in await uow.evidence.of_lead(lead.id or 0)}
    hosts = sorted({urlsplit(evidence[tie.evidence_id]).netloc for tie in ties if tie.evidence_id in evidence} - {""})
    lines = sorted({tie.resume_line + 1 for tie in ties if tie.resume_line is not None})
    markdown = "\n".join(
        [
            f"## {lead.company_name} (lead {lead.id}, draft {letter.id})",
            f"- written by {letter.engine}, draft {letter.attempts}",
            f"- {len(letter.body.split())} words, tone: {letter.tone_adapted_for.value}",
            f"- {sum(tie.claim != '' for tie in ties)} claims, all backed: {'yes' if all(tie.backed for tie in ties) else 'no'}",
            f"- company sources: {', '.join(hosts) or 'the venue record'}",
            f"- résumé lines used: {', '.join(map(str, lines)) or 'none'}",
            f"- read it with `ingot mail show {letter.id}`",
        ]
    )
    return lead.id or 0, markdown
