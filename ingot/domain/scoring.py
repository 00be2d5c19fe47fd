"""How well a lead fits the user: 0-100 from seven parts, each with its reason. Same input, same score."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from ingot.domain.candidate import Candidate
from ingot.domain.company import CompanyFacts
from ingot.domain.first_look import initial_score as initial_score  # noqa: PLC0414 - scouting asks for it here
from ingot.domain.match import Confidence
from ingot.domain.part_shares import Share, experience, industry, location, seniority, size, skills, wished
from ingot.domain.preferences import NO_WISHES, Wishes
from ingot.domain.weights import DEFAULT_WEIGHTS, Weights
from ingot.domain.wish_checks import Finding, check_wishes, rejection

# What a text needs to be long to tell enough of a company, in characters.
_TELLING = 600
# A company names few technologies in public; fewer than these tell little.
_FEWEST_SKILLS = 3

_Rule = Callable[[Candidate, CompanyFacts, tuple[Finding, ...]], Share]

_RULES: dict[str, _Rule] = {
    "skills": skills,
    "experience": experience,
    "industry": industry,
    "seniority": seniority,
    "size": size,
    "location": location,
    "wishes": wished,
}


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a score: `points` of `of`, why, and what would raise it.

    `theirs` are the words of the company's text that it rests on, `ours` those of the résumé.
    """

    part: str
    points: int
    of: int
    why: str
    change: str = ""
    theirs: tuple[str, ...] = ()
    ours: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Score:
    """The sum of the parts, how much it can be trusted, and what was found about each wish."""

    total: int
    parts: tuple[Part, ...]
    confidence: Confidence
    findings: tuple[Finding, ...] = ()

    @property
    def rejection(self) -> str:
        """Why the user's own rules reject the lead, or ""."""
        found = rejection(self.findings)
        return found.reason() if found else ""

    def breakdown(self) -> list[dict[str, Any]]:
        """The parts as JSON values; the findings stand in the part `wishes`."""
        told = [{**asdict(part), "theirs": list(part.theirs), "ours": list(part.ours)} for part in self.parts]
        findings = [
            {
                "wish": item.wish,
                "strength": item.strength.value,
                "outcome": item.outcome.value,
                "words": item.words,
                "part": item.part,
                "rejects": item.rejects,
            }
            for item in self.findings
        ]
        return [row | {"wishes": findings} if row["part"] == "wishes" else row for row in told]


def score_match(
    candidate: Candidate, company: CompanyFacts, *, wishes: Wishes = NO_WISHES, weights: Weights = DEFAULT_WEIGHTS
) -> Score:
    """Score a company for the user."""
    findings = check_wishes(wishes, company)
    parts = tuple(_part(name, rule(candidate, company, findings), of=weights[name]) for name, rule in _RULES.items())
    known = (
        (len(company.skills) >= _FEWEST_SKILLS)
        + (company.team_size is not None)
        + (len(company.text) > _TELLING)
        + bool(company.open_roles)
    )
    confidence = (Confidence.low, Confidence.low, Confidence.medium, Confidence.high, Confidence.high)[known]
    return Score(total=sum(part.points for part in parts), parts=parts, confidence=confidence, findings=findings)


def _part(name: str, share: Share, *, of: int) -> Part:
    return Part(
        part=name,
        points=round(of * share.share),
        of=of,
        why=share.why,
        change=share.change,
        theirs=share.theirs,
        ours=share.ours,
    )
