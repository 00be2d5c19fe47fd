"""How well a lead fits the user: 0-100 from four parts, each with its reason. Same input, same score."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from ingot.domain.match import Confidence
from ingot.domain.skills import canonical, family, find_skills
from ingot.domain.user import UserProfile
from ingot.domain.vocabulary import content_stems

SKILLS_POINTS, EXPERIENCE_POINTS, SENIORITY_POINTS, SIZE_POINTS = 40, 30, 15, 15

# A company names few technologies in public; below this many, each one would weigh too much.
_FEWEST_SKILLS = 3
# A skill of the same family (MySQL for Postgres) is worth this much of the skill itself.
_RELATED = 0.4
# What a technology is worth that the company may use and does not name.
_UNNAMED = 0.4
# A résumé that shares this part of a company's topic words is as close as résumés get; measured over 300 companies.
_FULL_OVERLAP = 0.30

_LEVELS = (
    ("intern", 0),
    ("junior", 1),
    ("entry", 1),
    ("senior", 6),
    ("lead", 7),
    ("staff", 8),
    ("principal", 9),
    ("head", 9),
    ("founding", 4),
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NOW = re.compile(r"present|current|today|now|heute|aujourd", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class CompanyFacts:
    """What is known of a company when it is matched: all its text, its size in people, the role it looks for."""

    text: str
    team_size: int | None = None
    open_role: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a score: `points` of `of`, and why."""

    part: str
    points: int
    of: int
    why: str


@dataclass(frozen=True, kw_only=True)
class Score:
    """The sum of the parts, and how much it can be trusted."""

    total: int
    parts: tuple[Part, ...]
    confidence: Confidence

    def breakdown(self) -> list[dict[str, Any]]:
        """The parts as JSON values."""
        return [asdict(part) for part in self.parts]


def profile_skills(profile: UserProfile) -> set[str]:
    """The canonical skills that the résumé names anywhere."""
    listed = {name for skill in profile.skills if (name := canonical(skill))}
    return listed | find_skills("\n".join([*profile.skills, profile.resume_raw_text])).keys()


def years_of_experience(profile: UserProfile, *, this_year: int) -> int:
    """Years from the first job's start to the last job's end; 0 where the résumé gives no years."""
    starts, ends = set[int](), set[int]()
    for job in profile.experience:
        starts.update(int(year) for year in _YEAR.findall(job.start))
        ends.update(int(year) for year in _YEAR.findall(job.end))
        if _NOW.search(job.end) or (job.start and not job.end):
            ends.add(this_year)
    return max(0, max(ends | starts) - min(starts)) if starts else 0


def score_match(profile: UserProfile, company: CompanyFacts, *, this_year: int) -> Score:
    """Score a company for the user."""
    years = years_of_experience(profile, this_year=this_year)
    needed = find_skills(company.text)
    parts = (
        _skills(profile_skills(profile), needed),
        _experience(profile, company.text),
        _seniority(years, company),
        _size(years, company.team_size),
    )
    known = (
        (len(needed) >= _FEWEST_SKILLS)
        + (company.team_size is not None)
        + (len(company.text) > 600)
        + bool(company.open_role)
    )
    confidence = (Confidence.low, Confidence.low, Confidence.medium, Confidence.high, Confidence.high)[known]
    return Score(total=sum(part.points for part in parts), parts=parts, confidence=confidence)


def _skills(owned: set[str], needed: Iterable[str]) -> Part:
    wanted = list(needed)
    if not wanted:
        neutral = round(SKILLS_POINTS * _UNNAMED)
        why = "The company names no technology; counted as neutral."
        return Part(part="skills", points=neutral, of=SKILLS_POINTS, why=why)
    common = [skill for skill in wanted if skill in owned]
    families = {family(skill) for skill in owned}
    related = [skill for skill in wanted if skill not in owned and family(skill) in families]
    unnamed = max(0, _FEWEST_SKILLS - len(wanted))
    share = (len(common) + _RELATED * len(related) + _UNNAMED * unnamed) / (len(wanted) + unnamed)
    missing = [skill for skill in wanted if skill not in owned]
    why = f"{len(common)} of {len(wanted)} named technologies are on the résumé"
    why += f" ({', '.join(common[:6])})" if common else ""
    why += f"; not on it: {', '.join(missing[:4])}." if missing else "."
    return Part(part="skills", points=round(SKILLS_POINTS * share), of=SKILLS_POINTS, why=why)


def _experience(profile: UserProfile, text: str) -> Part:
    theirs, ours = content_stems(text), content_stems(profile.resume_raw_text)
    if not theirs:
        return Part(part="experience", points=0, of=EXPERIENCE_POINTS, why="Nothing is known of what the company does.")
    common = theirs & ours
    share = min(1.0, len(common) / len(theirs) / _FULL_OVERLAP)
    why = f"{len(common)} of the {len(theirs)} topic words of the company stand on the résumé."
    return Part(part="experience", points=round(EXPERIENCE_POINTS * share), of=EXPERIENCE_POINTS, why=why)


def _seniority(years: int, company: CompanyFacts) -> Part:
    role = company.open_role.lower()
    asked = [level for word, level in _LEVELS if re.search(rf"\b{word}\b", role)]
    wanted = (
        max(asked) if asked else 4 if company.team_size is not None and company.team_size <= 10 else 2
    )  # a team of ten trains nobody
    gap = max(0, wanted - years)
    points = max(0, SENIORITY_POINTS - 3 * gap)
    source = f"the open role ({company.open_role})" if asked else "the size of the team"
    return Part(
        part="seniority",
        points=points,
        of=SENIORITY_POINTS,
        why=f"{years} years on the résumé; about {wanted} asked for, by {source}.",
    )


def _size(years: int, team_size: int | None) -> Part:
    if team_size is None:
        return Part(
            part="company size",
            points=SIZE_POINTS // 2,
            of=SIZE_POINTS,
            why="The size is not known; counted as neutral.",
        )
    reach = 15 if team_size <= 50 else 12 if team_size <= 200 else 8
    early = 4 if team_size <= 5 and years < 3 else 0  # the first hires work without anybody to ask
    why = f"{team_size} people: " + (
        "a letter reaches who decides." if team_size <= 50 else "a letter may go through several hands."
    )
    return Part(part="company size", points=reach - early, of=SIZE_POINTS, why=why)


def initial_score(
    profile: UserProfile | None, *, text: str, hiring: bool | None, website: str, team_size: int | None
) -> tuple[float, dict[str, float]]:
    """A first order for research, 0-1, from the venue's record alone, with its parts."""
    needed = find_skills(text)
    owned = profile_skills(profile) if profile else set()
    theirs, ours = content_stems(text), content_stems(profile.resume_raw_text) if profile else set()
    parts = {
        "hiring": 0.2 if hiring else 0.0,
        "website": 0.1 if website else 0.0,
        "described": 0.1 * min(1.0, len(text) / 400),
        "size": 0.1 if team_size is not None and team_size <= 200 else 0.0,
        "skills": 0.25 * min(1.0, len(needed.keys() & owned) / _FEWEST_SKILLS),
        "topics": 0.25 * min(1.0, len(theirs & ours) / len(theirs) / _FULL_OVERLAP) if theirs else 0.0,
    }
    rounded = {name: round(value, 4) for name, value in parts.items()}
    return round(sum(rounded.values()), 4), rounded
