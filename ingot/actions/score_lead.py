"""A lead's score from what is stored of it: the record, the evidence, the profile, the user's preferences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from ingot.db.tables import preference
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.candidate import candidate_of
from ingot.domain.company import CompanyFacts
from ingot.domain.intel import Evidence, EvidenceKind
from ingot.domain.lead import Lead, email_host, website_host
from ingot.domain.preferences import Preference, Wishes
from ingot.domain.scoring import Score, score_match
from ingot.domain.user import UserProfile
from ingot.domain.weights import weights_of
from ingot.venues.record import from_lead, record_text

# Who decided where the user's own rules did; nothing is learned from these.
BY_PREFERENCES = "preferences"
BY_RULE = frozenset({BY_PREFERENCES, "auto"})


@dataclass(frozen=True, kw_only=True)
class Choices:
    """The user's wishes and weights, as they stand."""

    wishes: Wishes
    weights: dict[str, int]

    def plain(self) -> list[Any]:
        """As JSON values, for a checksum."""
        return [self.wishes.to_json(), self.weights]


async def choices_of(uow: SqlAlchemyUnitOfWork, user_id: str) -> Choices:
    """The user's wishes and weights; the defaults where none are stored."""
    # Only read: making the row would take SQLite's one write lock.
    query = sa.select(Preference).where(preference.c.user_id == user_id)
    stored = await uow.session.scalar(query) or Preference(user_id=user_id)
    return Choices(wishes=Wishes.from_json(stored.wishes), weights=weights_of(stored.weights))


def company_facts(lead: Lead, evidence: Sequence[Evidence]) -> CompanyFacts:
    """What the score is computed from: the record and every quote."""
    record = from_lead(lead)
    telling = {EvidenceKind.product, EvidenceKind.signal, EvidenceKind.fact}
    about = [record.one_liner, record.description, *(item.quote for item in evidence if item.kind in telling)]
    roles = [item.statement for item in evidence if item.kind is EvidenceKind.role]
    return CompanyFacts(
        text="\n".join([record_text(record), *(item.quote for item in evidence)]),
        about="\n".join(filter(None, about)),
        team_size=lead.team_size,
        open_roles=tuple(dict.fromkeys(filter(None, roles))),
        location=lead.location,
        regions=record.regions,
        labels=tuple(filter(None, (lead.industry, *record.industries, *record.tags))),
        domain=website_host(lead.company_website) or email_host(lead.person_email),
    )


def score_lead(
    lead: Lead, evidence: Sequence[Evidence], profile: UserProfile, choices: Choices, *, this_year: int
) -> Score:
    """The score by the user's weights and wishes."""
    candidate = candidate_of(profile, this_year=this_year)
    return score_match(candidate, company_facts(lead, evidence), wishes=choices.wishes, weights=choices.weights)
