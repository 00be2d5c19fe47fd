"""Thirty invented leads with their briefs, each for one of six invented résumés: what engines and prompts are measured on.

A file of `golden/` holds a profile and its cases. The résumé's text is made of the profile's fields, so that there is one
source for both. Some cases are traps, and say in `trap` for what.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import pydantic
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ingot.domain.email import Question
from ingot.domain.intel import Evidence, EvidenceKind, IntelBrief, TalkingPoint, TalkingPointKind
from ingot.domain.lead import Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.match import Match
from ingot.domain.user import Education, Experience, Project, UserProfile
from ingot.errors import ValidationError
from ingot.sample.server import sample_path

_FETCHED = datetime(2026, 10, 1, tzinfo=UTC)
_VENUE = "https://venue.example/companies/"

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3)]


class _Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Job(_Closed):
    title: Words
    company: Words
    start: str
    end: str
    lines: Annotated[list[Words], Field(min_length=1)]


class _Project(_Closed):
    name: Words
    url: str = ""
    lines: list[Words]


class _Education(_Closed):
    school: Words
    degree: Words
    start: str
    end: str


class _Profile(_Closed):
    name: Words
    headline: Words
    email: str
    phone: str
    location: str
    github_url: str = ""
    linkedin_url: str = ""
    summary: list[Words]
    experience: Annotated[list[_Job], Field(min_length=1)]
    projects: list[_Project]
    education: list[_Education]
    skills: list[Annotated[str, Field(min_length=1)]]


class _Evidence(_Closed):
    """`at` is a path of the company's site, `profile` (of the venue) or `notes` (the user's own file)."""

    kind: EvidenceKind
    at: Annotated[str, StringConstraints(pattern=r"^(?:/.*|profile|notes)$")]
    quote: Words
    statement: str = ""


class _Point(_Closed):
    """`evidence` counts the case's evidence from 1."""

    kind: TalkingPointKind
    text: Words
    evidence: int


class _Question(_Closed):
    topic: Literal["angle", "experience", "ask"]
    text: Words
    options: Annotated[list[Words], Field(min_length=2, max_length=5)]
    answer: Words


class _Case(_Closed):
    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{3,60}$")]
    trap: str
    company_name: Words
    website: str
    location: str
    team_size: int | None
    person_name: str
    person_role: str
    product: Words
    evidence: Annotated[list[_Evidence], Field(min_length=1)]
    talking_points: Annotated[list[_Point], Field(min_length=3, max_length=3)]
    lead_line: Words
    value_proposition: Words
    match_score: Annotated[int, Field(ge=0, le=100)]
    questions: list[_Question]


class _File(_Closed):
    profile: _Profile
    cases: Annotated[list[_Case], Field(min_length=1)]


@dataclass(frozen=True, kw_only=True)
class GoldenCase:
    """One lead with all that a letter to it may be made of. The lead has no id: it stands in no database."""

    name: str
    trap: str
    lead: Lead
    brief: IntelBrief
    match: Match
    evidence: list[Evidence]
    questions: list[Question]
    profile: UserProfile
    variant: int


def golden_cases(folder: Path | None = None) -> list[GoldenCase]:
    """The cases of all files of a folder (default: the packaged set), in the order of the files' names.

    Raises `ValidationError` that names the file and what is wrong in it.
    """
    cases: list[GoldenCase] = []
    for path in _files(folder):
        read = _read(path)
        profile = _profile(read.profile)
        cases += [_case(case, profile, path.name, variant) for variant, case in enumerate(read.cases, len(cases))]
    twice = [name for name, count in Counter(case.name for case in cases).items() if count > 1]
    twice += [name for name, count in Counter(case.lead.company_name for case in cases).items() if count > 1]
    if twice:
        raise ValidationError(f"Two cases of the golden set are named {twice[0]}.", hint="Give each a name of its own.")
    return cases


def golden_hash(folder: Path | None = None) -> str:
    """SHA-256 over the files of the set: figures of runs with the same hash can be compared."""
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(folder: Path | None) -> list[Path]:
    folder = folder or sample_path("golden")
    found = sorted(folder.glob("*.json"))
    if not found:
        raise ValidationError("The folder of the golden set holds no JSON file.", hint="Install INGOT again.")
    return found


def _read(path: Path) -> _File:
    try:
        return _File.model_validate_json(path.read_bytes())
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise ValidationError(
            f"{path.name}: {place}: {first['msg']}.", hint="Correct that place of the golden set."
        ) from error


def _case(case: _Case, profile: UserProfile, file: str, variant: int) -> GoldenCase:
    numbers = {item.text: item.line for item in profile.achievements()}
    _must(case.lead_line in numbers, file, case, "lead_line is no line of a job or project of the profile")
    kinds = {point.kind for point in case.talking_points}
    _must(len(kinds) == len(TalkingPointKind), file, case, "talking_points must be one of each kind")
    for point in case.talking_points:
        _must(1 <= point.evidence <= len(case.evidence), file, case, f"there is no evidence {point.evidence}")
    for question in case.questions:
        _must(question.answer in question.options, file, case, "an answer is none of its options")
    record_url = _VENUE + case.name
    lead = Lead(
        company_name=case.company_name, source_venue="golden", company_website=case.website, location=case.location,
        team_size=case.team_size, person_name=case.person_name, person_role=case.person_role, record={"url": record_url},
        status=LeadStatus.approved,
    )  # fmt: skip
    brief = IntelBrief(
        company_name=case.company_name,
        company_signals=[item.quote for item in case.evidence if item.kind is EvidenceKind.signal],
        person_name=case.person_name,
        person_role=case.person_role,
        company_website=case.website,
        talking_points=[TalkingPoint(kind=p.kind, text=p.text, evidence_id=p.evidence) for p in case.talking_points],
        company_product_description=case.product,
        depth=2,
        lead_line=numbers[case.lead_line],
    )
    return GoldenCase(
        name=case.name,
        trap=case.trap,
        lead=lead,
        brief=brief,
        match=Match(match_score=case.match_score, value_proposition=case.value_proposition),
        evidence=[_evidence(number, item, case, record_url) for number, item in enumerate(case.evidence, start=1)],
        questions=[
            Question(position=number, **question.model_dump())
            for number, question in enumerate(case.questions, start=1)
        ],
        profile=profile,
        variant=variant,
    )


def _must(holds: bool, file: str, case: _Case, problem: str) -> None:
    if not holds:
        raise ValidationError(f"{file}: {case.name}: {problem}.", hint="Correct that case of the golden set.")


def _evidence(number: int, item: _Evidence, case: _Case, record_url: str) -> Evidence:
    urls = {"profile": record_url, "notes": "notes"}
    return Evidence(
        id=number,
        kind=item.kind,
        source_url=urls.get(item.at) or case.website.rstrip("/") + item.at,
        quote=item.quote,
        statement=item.statement,
        page_sha256=hashlib.sha256(item.quote.encode()).hexdigest(),
        fetched_at=_FETCHED,
    )


def _profile(given: _Profile) -> UserProfile:
    return UserProfile(
        name=given.name,
        headline=given.headline,
        skills=given.skills,
        experience=[
            Experience(**job.model_dump(exclude={"lines"}), lines=tuple(job.lines)) for job in given.experience
        ],
        education=[Education(**school.model_dump()) for school in given.education],
        projects=[Project(name=p.name, url=p.url, description="\n".join(p.lines)) for p in given.projects],
        email=given.email,
        phone=given.phone,
        location=given.location,
        github_url=given.github_url,
        linkedin_url=given.linkedin_url,
        resume_raw_text="\n".join(_resume(given)),
    )


def _resume(given: _Profile) -> Iterable[str]:
    yield from (given.name, given.headline, f"{given.email} | {given.phone} | {given.location}")
    yield from filter(None, (given.github_url, given.linkedin_url))
    yield from ("", "SUMMARY", *given.summary, "", "EXPERIENCE")
    for job in given.experience:
        yield from ("", f"{job.title}, {job.company}", f"{job.start} - {job.end}", *(f"• {line}" for line in job.lines))
    yield from ("", "PROJECTS")
    for project in given.projects:
        heading = " | ".join(filter(None, (project.name, project.url)))
        yield from ("", heading, *(f"• {line}" for line in project.lines))
    yield from ("", "EDUCATION")
    for school in given.education:
        yield from ("", f"{school.degree}, {school.school}", f"{school.start} - {school.end}")
    yield from ("", "SKILLS", ", ".join(given.skills))
