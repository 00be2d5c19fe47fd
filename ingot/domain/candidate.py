"""The user as a match sees them: worked out once from the profile, then held against any number of companies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from ingot.domain.experience import is_section
from ingot.domain.industries import named_industries
from ingot.domain.places import Place, place_of
from ingot.domain.roles import families, nearness
from ingot.domain.skills import canonical, family, find_skills, kin
from ingot.domain.topics import topics
from ingot.domain.user import UserProfile

# A role of long ago says less of what the user does next: the job before the last counts so much, and so on.
_FADING = 0.85
_LEAST = 0.5
# Where work of a kind is mostly done, and how much having done it tells of having worked there.
_AT_HOME = {
    "embedded": ("robotics", "manufacturing", "mobility", "aerospace"),
    "hardware": ("manufacturing", "robotics", "mobility", "aerospace"),
    "security": ("security",),
    "platform": ("infrastructure", "developer tools"),
    "data engineering": ("data and analytics",),
    "data science": ("data and analytics",),
    "games": ("gaming",),
    "care": ("health",),
    "teaching": ("education",),
    "finance": ("fintech",),
    "legal": ("legal",),
    "people": ("recruiting and hr",),
    "sales": ("sales and marketing",),
    "marketing": ("sales and marketing",),
    "customer": ("customer support",),
}
_BY_TRADE = 0.6
# So often must a résumé name an industry to count as from it.
_WELL_NAMED = 2

_ADDRESS = re.compile(r"@|https?://|www\.")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NOW = re.compile(r"present|current|today|now|heute|aujourd", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """What the profile shows. `titles` have a weight of 0-1 by how recent they are, `industries` by how well they show."""

    skills: frozenset[str]
    kin: Mapping[str, str]
    skill_families: frozenset[str]
    topics: frozenset[str]
    years: int
    titles: Mapping[str, float]
    industries: Mapping[str, float]
    industry_words: Mapping[str, tuple[str, ...]]
    place: Place
    location: str

    def fit(self, title: str) -> tuple[float, str]:
        """How near (0-1) the title is to the user's own, and to which of them."""
        wanted = families(title)
        fits = [(weight * nearness(wanted, families(own)), own) for own, weight in self.titles.items()]
        return max(fits, key=lambda fit: fit[0], default=(0.0, ""))


def candidate_of(profile: UserProfile, *, this_year: int) -> Candidate:
    """Read the profile."""
    skills = profile_skills(profile)
    titles = {profile.headline: 1.0} if families(profile.headline) else {}
    for number, job in enumerate(profile.experience):
        if families(job.title):
            titles.setdefault(job.title, max(_LEAST, _FADING**number))
    work = _work_of(profile)
    industries = named_industries((), work)
    shown = {name: min(1.0, naming.weight / _WELL_NAMED) for name, naming in industries.items()}
    trades = {name: title for title in titles for kind in sorted(families(title)) for name in _AT_HOME.get(kind, ())}
    by_trade = dict.fromkeys(trades, _BY_TRADE)
    return Candidate(
        skills=frozenset(skills),
        kin={other: skill for skill in sorted(skills) for other in kin(skill)},
        skill_families=frozenset(map(family, skills)),
        topics=topics(work),
        years=years_of_experience(profile, this_year=this_year),
        titles=titles,
        industries={name: max(shown.get(name, 0.0), by_trade.get(name, 0.0)) for name in [*shown, *by_trade]},
        industry_words={name: (title,) for name, title in trades.items()}
        | {name: naming.words for name, naming in industries.items()},
        place=place_of(profile.location),
        location=profile.location,
    )


def _work_of(profile: UserProfile) -> str:
    """The résumé without headings, addresses and schools: a heading "Education" tells of no work in education."""
    schools = [school.casefold() for item in profile.education for school in (item.school, item.degree) if school]
    told = (line for line in profile.lines() if not is_section(line) and not _ADDRESS.search(line))
    return "\n".join(line for line in told if not any(school in line.casefold() for school in schools))


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
