"""Why a lead has its score: each part with the company's words and the résumé's lines it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ingot.actions.score_lead import BY_RULE
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.intel import Evidence
from ingot.domain.lead import Lead
from ingot.domain.user import UserProfile
from ingot.errors import ValidationError
from ingot.venues.record import from_lead, record_text

# So many quotes and lines make a part plain; more would hide it.
_MOST = 4


async def explanation(uow: SqlAlchemyUnitOfWork, lead_id: int) -> dict[str, Any]:
    """The lead's score part by part, as JSON values. Raises `ValidationError` where it was never matched."""
    lead = await uow.leads.get(lead_id)
    match = await uow.matches.of_lead(lead_id)
    if match is None:
        raise ValidationError(
            f"Lead {lead_id} has no score yet.", hint=f"It is {lead.status.value}; run its campaign again."
        )
    campaign = await uow.campaigns.get(lead.campaign_id) if lead.campaign_id else None
    profile = await uow.profiles.get(campaign.profile_id or 0) if campaign else None
    evidence, gate = await uow.evidence.of_lead(lead_id), await uow.gates.of_lead(lead_id)
    parts = [_part(row, lead, evidence, profile) for row in match.breakdown]
    return {
        "lead": lead_id,
        "company": lead.company_name,
        "status": lead.status.value,
        "reason": lead.status_reason,
        "rejected_by_preferences": bool(
            gate and gate.decided_by in BY_RULE and gate.decided_by != "auto" and lead.status.value == "rejected"
        ),
        "score": match.match_score,
        "confidence": match.confidence_level.value,
        "value_proposition": match.value_proposition,
        "parts": parts,
        "wishes": [wish for row in match.breakdown for wish in row.get("wishes", [])],
        "is_of_an_older_kind": any("theirs" not in row for row in match.breakdown) or not match.breakdown,
    }


def _part(row: dict[str, Any], lead: Lead, evidence: Sequence[Evidence], profile: UserProfile | None) -> dict[str, Any]:
    theirs, ours = row.get("theirs", []), row.get("ours", [])
    return {
        "part": row["part"],
        "points": row["points"],
        "of": row["of"],
        "why": row.get("why", ""),
        "change": row.get("change", ""),
        "could_gain": row["of"] - row["points"],
        "quotes": _quotes(theirs, lead, evidence),
        "lines": _lines(ours, profile),
    }


def _quotes(words: Sequence[str], lead: Lead, evidence: Sequence[Evidence]) -> list[dict[str, Any]]:
    """The quotes that hold the words, with their address; the lines of the venue's record come last."""
    record = from_lead(lead)
    sources = [(item.quote, item.source_url, item.id) for item in evidence]
    sources += [(line, record.url or lead.source_venue, None) for line in record_text(record).splitlines()]
    found: dict[str, dict[str, Any]] = {}
    for word in words:
        for quote, url, number in sources:
            if _holds(quote, word):
                found.setdefault(quote, {"quote": quote, "url": url, "evidence": number, "words": []})["words"] += [
                    word
                ]
                break
    return list(found.values())[:_MOST]


def _lines(words: Iterable[str], profile: UserProfile | None) -> list[dict[str, Any]]:
    """The lines of the résumé that hold the words, numbered from 1; a line of a job goes before a list of skills."""
    if profile is None:
        return []
    jobs = {achievement.line for achievement in profile.achievements()}
    lines = sorted(enumerate(profile.lines()), key=lambda line: (line[0] not in jobs, line[0]))
    found: dict[int, dict[str, Any]] = {}
    for word in words:
        number, line = next(((n, line) for n, line in lines if _holds(line, word)), (-1, ""))
        if line:
            found.setdefault(number, {"line": number + 1, "text": line, "words": []})["words"] += [word]
    return list(found.values())[:_MOST]


def _holds(text: str, word: str) -> bool:
    from ingot.domain.skills import canonical, find_skills

    if name := canonical(word):
        return name in find_skills(text)
    return bool(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE))
