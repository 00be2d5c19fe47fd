"""What the user says of themselves beside the résumé: lines of the raw text, below a mark, so that letters can rest on them."""

from __future__ import annotations

from ingot.domain.user import UserProfile

HEADING = "Added by you"
# Two blanks in a row: reading a résumé makes one of them, so no file can hold this line.
_MARK = f"\n\n\n--  {HEADING}  --\n"


def resume_part(raw: str) -> str:
    """The raw text as the résumé gave it, without what the user added."""
    return raw.partition(_MARK)[0]


def is_corrected(raw: str) -> bool:
    """Whether the user has corrected what was read. A correction that only takes away leaves an empty part below the mark."""
    return _MARK in raw


def corrected_text(profile: UserProfile, resume: str) -> str:
    """The résumé's text, and below it whatever the profile says that no line of it does. One statement a line."""
    own = [*_person(profile, resume), *_jobs(profile, resume), *_schools_and_projects(profile, resume)]
    return resume + _MARK + "\n".join(dict.fromkeys(own))


def _person(profile: UserProfile, resume: str) -> list[str]:
    told = [("Name", profile.name), ("Headline", profile.headline), ("Location", profile.location)]
    skills = [skill for skill in profile.skills if not _says(resume, skill)]
    return [f"{label}: {value}" for label, value in told if not _says(resume, value)] + (
        [f"Skills: {', '.join(skills)}"] if skills else []
    )


def _jobs(profile: UserProfile, resume: str) -> list[str]:
    lines = _bare_lines(resume)
    own: list[str] = []
    for job in profile.experience:
        added = [f"• {line}" for line in job.lines if _bare(line) not in lines]
        dates = " - ".join(filter(None, (job.start, job.end)))
        parts = (job.title, job.company, dates)
        if added or not all(_says(resume, part) for part in (job.title, job.company, job.start, job.end)):
            own += [", ".join(filter(None, parts)), *added]
    return own


def _schools_and_projects(profile: UserProfile, resume: str) -> list[str]:
    lines = _bare_lines(resume)
    own = [
        ", ".join(filter(None, (item.degree, item.school)))
        for item in profile.education
        if not (_says(resume, item.degree) and _says(resume, item.school))
    ]
    for project in profile.projects:
        added = [f"• {line}" for line in project.description.splitlines() if line and _bare(line) not in lines]
        if added or not _says(resume, project.name):
            own += [project.name, *added]
    return own


def _says(resume: str, value: str) -> bool:
    return " ".join(value.split()).casefold() in " ".join(resume.split()).casefold()


def _bare(line: str) -> str:
    return " ".join(line.lstrip("• ").split())


def _bare_lines(resume: str) -> set[str]:
    return {_bare(line.strip()) for line in resume.splitlines()}
