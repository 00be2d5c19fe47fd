"""Which line of the résumé each letter leads with: the closest one that no other letter of the campaign leads with."""

from __future__ import annotations

from collections import Counter

from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.deeds import deed
from ingot.domain.skills import find_skills
from ingot.domain.user import Achievement
from ingot.domain.vocabulary import content_stems

# A shared technology says more than a shared word.
_SKILL_WEIGHT = 3


async def assign_lead_lines(uow: SqlAlchemyUnitOfWork, campaign_id: int) -> None:
    """Choose for every lead of the campaign whose brief has no line yet, in campaign order. Does not commit.

    Lines that say what the user did come before those that only describe. Order and evidence are stable, so a killed run chooses the same again. When there are more letters than lines,
    lines come round again and the brief says how often.
    """
    campaign = await uow.campaigns.get(campaign_id)
    lines = (await uow.profiles.get(campaign.profile_id or 0)).achievements()
    briefs = [(lead, await uow.briefs.of_lead(lead.id or 0)) for lead in await uow.leads.of_campaign(campaign_id)]
    uses = Counter(brief.lead_line for _, brief in briefs if brief is not None and brief.lead_line is not None)
    for lead, brief in briefs:
        if brief is None or brief.depth < 2 or brief.lead_line is not None or not lines:
            continue
        told = "\n".join(item.quote for item in await uow.evidence.of_lead(lead.id or 0))
        best = min(
            lines, key=lambda line: (uses[line.line], deed(line.text) is None, -closeness(line, told), line.line)
        )
        uses[best.line] += 1
        brief.lead_line, brief.lead_line_use = best.line, uses[best.line]
    await uow.session.flush()


def closeness(line: Achievement, told: str) -> int:
    """How much a résumé line and what is known of a company have in common."""
    skills = find_skills(line.text).keys() & find_skills(told).keys()
    return _SKILL_WEIGHT * len(skills) + len(content_stems(line.text) & content_stems(told))
