"""A first order for research, from the venue's record alone: cheap, because thousands of companies are looked at."""

from __future__ import annotations

from ingot.domain.candidate import Candidate, candidate_of
from ingot.domain.company import CompanyFacts
from ingot.domain.industries import relatedness
from ingot.domain.preferences import NO_WISHES, Wishes
from ingot.domain.user import UserProfile
from ingot.domain.wish_checks import Outcome, check_wishes, rejection
from ingot.domain.work_terms import Remote

# What each part is worth of 1.
PARTS = {
    "hiring": 0.15,
    "website": 0.05,
    "described": 0.1,
    "size": 0.1,
    "skills": 0.2,
    "topics": 0.2,
    "industry": 0.1,
    "place": 0.1,
}
_FEW_SKILLS = 3
_FULL_OVERLAP = 0.30
_FULL_DESCRIPTION = 400
_LARGEST = 200
# What a wish that is not met takes away.
_UNMET = 0.1


class FirstLook:
    """Scores companies for one user: the profile is read once. Without a profile only the company counts."""

    def __init__(self, profile: UserProfile | None, *, wishes: Wishes = NO_WISHES) -> None:
        # Years do not count here, so that no clock is needed.
        self._candidate: Candidate | None = candidate_of(profile, this_year=0) if profile else None
        self._wishes = wishes

    def score(self, company: CompanyFacts, *, hiring: bool | None, website: str) -> tuple[float, dict[str, float]]:
        """0-1, and the parts that it is the sum of. A lead that a deal-breaker rejects has 0."""
        shares = {
            "hiring": 1.0 if hiring else 0.0,
            "website": 1.0 if website else 0.0,
            "described": min(1.0, len(company.text) / _FULL_DESCRIPTION),
            "size": 1.0 if company.team_size is not None and company.team_size <= _LARGEST else 0.0,
            **(self._fit(self._candidate, company) if self._candidate else {}),
        }
        parts = {name: round(worth * shares.get(name, 0.0), 4) for name, worth in PARTS.items()}
        if self._wishes != NO_WISHES:
            findings = check_wishes(self._wishes, company)
            unmet = sum(item.outcome is (Outcome.met if item.is_unwanted else Outcome.not_met) for item in findings)
            total = sum(parts.values())
            parts["wishes"] = -round(total if rejection(findings) else min(total, _UNMET * unmet), 4)
        return round(sum(parts.values()), 4), parts

    @staticmethod
    def _fit(candidate: Candidate, company: CompanyFacts) -> dict[str, float]:
        shared = company.skills.keys() & candidate.skills
        topics = len(company.topics & candidate.topics) / len(company.topics) if company.topics else 0.0
        pairs = (
            relatedness(name, own) * weight
            for name in company.industries
            for own, weight in candidate.industries.items()
        )
        return {
            "skills": min(1.0, len(shared) / _FEW_SKILLS),
            "topics": min(1.0, topics / _FULL_OVERLAP),
            "industry": max(pairs, default=0.0),
            "place": _nearness(candidate, company),
        }


def _nearness(candidate: Candidate, company: CompanyFacts) -> float:
    if candidate.place.countries & company.place.countries:
        return 1.0
    named = " ".join((company.location, *company.regions)).lower()
    return 0.8 if str(Remote.fully) in named else 0.5 if "remote" in named or not company.place.countries else 0.0


def initial_score(
    profile: UserProfile | None, *, text: str, hiring: bool | None, website: str, team_size: int | None
) -> tuple[float, dict[str, float]]:
    """One company by the little that every venue gives; for many of them make one `FirstLook`."""
    company = CompanyFacts(text=text, team_size=team_size)
    return FirstLook(profile).score(company, hiring=hiring, website=website)
