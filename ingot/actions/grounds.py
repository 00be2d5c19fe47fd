"""What a text about one lead may rest on, and what of it a writing model is shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from ingot.domain.email import Tie
from ingot.domain.grounding import EvidenceSpan, Grounds
from ingot.domain.intel import Evidence
from ingot.domain.lead import Lead
from ingot.domain.orders import gives_orders
from ingot.domain.user import UserProfile


def grounds_of(
    lead: Lead,
    evidence: Sequence[Evidence],
    profile: UserProfile,
    *,
    today: date,
    person_name: str = "",
    person_role: str = "",
    chosen: Iterable[str] = (),
) -> Grounds:
    """What may back a sentence about this lead and this user. `today` ends the jobs that the résumé calls present.

    A page that speaks of the user, or to a program, backs nothing: whoever wrote it knew that a program would read it.
    """
    name = profile.name.casefold()
    quotes = [item for item in told(evidence) if not name or name not in item.quote.casefold()]
    own = (profile.email, profile.github_url, profile.linkedin_url, profile.phone, profile.location)
    return Grounds(
        company_name=lead.company_name,
        user_name=profile.name,
        evidence=tuple(EvidenceSpan(evidence_id=item.id or 0, quote=item.quote) for item in quotes),
        resume_lines=tuple(profile.lines()),
        person_name=person_name,
        person_role=person_role,
        own_values=tuple(filter(None, own)),
        chosen=tuple(chosen),
        today=today,
        line_headings=tuple(profile.line_headings().items()),
    )


def told(evidence: Iterable[Evidence]) -> list[Evidence]:
    """The evidence that a model which also sees the résumé is shown: quotes, without those that give orders to programs."""
    return [item for item in evidence if not gives_orders(item.quote) and not gives_orders(item.statement)]


def resume_inputs(profile: UserProfile) -> list[dict[str, Any]]:
    """The lines of work of a résumé as inputs of a prompt."""
    return [{"no": item.line, "text": item.text, "employer": item.employer} for item in profile.achievements()]


def as_details(ties: Iterable[Tie]) -> list[dict[str, str]]:
    """Refused claims as the audit log keeps them."""
    return [{"part": tie.part, "claim": tie.claim, "kind": tie.claim_kind, "sentence": tie.sentence} for tie in ties]
