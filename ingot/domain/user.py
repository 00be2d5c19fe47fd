"""The user: whose mailbox it is, and what their résumé says about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(kw_only=True, eq=False)
class User:
    """An account. One on a laptop, several on a coach's server. `id` looks like `user_ab12...`."""

    id: str
    email: str
    email_verified: bool = False
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(kw_only=True, eq=False)
class EncryptedSecret:
    """A secret that changes while running (tokens, mailbox passwords), as ciphertext."""

    user_id: str
    secret_type: str
    encrypted_value: str
    id: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Experience:
    """One job on the résumé. `start` and `end` are as written there ("2019-03", "March 2019", "present")."""

    title: str = ""
    company: str = ""
    start: str = ""
    end: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Education:
    """One school on the résumé."""

    school: str = ""
    degree: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, kw_only=True)
class Project:
    """One project on the résumé."""

    name: str = ""
    description: str = ""
    url: str = ""


def _bare(line: str) -> str:
    return " ".join(line.strip().lstrip("•●▪◦‣∙·*-–— ").split())


@dataclass(frozen=True, kw_only=True)
class Achievement:
    """A line of the résumé that says what the user did: its number, its words without the bullet, and where it was."""

    line: int
    text: str
    employer: str = ""


@dataclass(kw_only=True, eq=False)
class UserProfile:
    """What one résumé says, field by field, beside its raw text (the only source for claims about the user).

    Profiles are versioned: a new import is a new row, and one row per user is active.
    """

    name: str
    headline: str = ""
    skills: list[str] = field(default_factory=list)
    experience: list[Experience] = field(default_factory=list)
    education: list[Education] = field(default_factory=list)
    projects: list[Project] = field(default_factory=list)
    github_url: str = ""
    linkedin_url: str = ""
    email: str = ""
    phone: str = ""
    location: str = ""
    resume_raw_text: str = ""
    user_id: str = "user_local"
    version: int = 1
    active: bool = True
    source_name: str = ""
    id: int | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None

    def lines(self) -> list[str]:
        """The résumé's lines, stripped, in order; a claim about the user names one by its index."""
        return [line.strip() for line in self.resume_raw_text.splitlines()]

    def achievements(self) -> list[Achievement]:
        """What the user did, line by line, newest job first, then projects; each is found again in the raw text.

        A job's line that the raw text does not hold in one piece cannot be cited and is left out.
        """
        numbers = {_bare(line): number for number, line in enumerate(self.lines()) if line}
        told = [(line, job.company) for job in self.experience for line in job.lines]
        told += [(line, "") for project in self.projects for line in project.description.splitlines()]
        found = ((numbers.get(_bare(text)), _bare(text), employer) for text, employer in told)
        return [
            Achievement(line=number, text=text, employer=employer)
            for number, text, employer in found
            if number is not None
        ]

    def line_headings(self) -> dict[int, str]:
        """For each line of a job its heading: title, employer and dates, as the profile has them."""
        numbers = {_bare(line): number for number, line in enumerate(self.lines()) if line}
        named = [
            (f"{job.title}, {job.company}\n{job.start} - {job.end}", job.lines)
            for job in self.experience
            if job.company
        ]
        return {numbers[_bare(text)]: heading for heading, lines in named for text in lines if _bare(text) in numbers}

    def filled_share(self) -> float:
        """The share (0-1) of the nine fields a résumé should fill that hold something."""
        values = (
            self.name,
            self.headline,
            self.skills,
            self.experience,
            self.education,
            self.projects,
            self.github_url,
            self.linkedin_url,
            self.email,
        )
        return sum(bool(value) for value in values) / len(values)
