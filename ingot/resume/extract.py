"""From a résumé's text to a profile, by rules alone: what the text does not say stays empty."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingot.domain.user import Education, Experience, Project, UserProfile
from ingot.errors import ResumeError
from ingot.resume import contact
from ingot.resume.dates import find_dates
from ingot.resume.entries import Entry, is_bullet, is_label, split_entries
from ingot.resume.read import ResumeText
from ingot.resume.section_words import Section
from ingot.resume.sections import split_sections
from ingot.resume.skills import skills_in
from ingot.resume.words import DEGREE, FIRM, SCHOOL, TITLE, is_place, place_in

MIN_FILLED_SHARE = 0.2  # a name alone fills a ninth, and any two capitalised words look like one
_TOWN = re.compile(
    r"(?!\S*(?:ics|ogy|ing|ence|istry|omy|ory|phy|law|ine|try)$)(?:(?:San|Santa|Los|Las|St\.?|New|Ann|Chapel|College) )?[A-Z][\w-]+",
    re.IGNORECASE,
)
_FIRM_FORM = re.compile(r"(?:inc|llc|ltd|gmbh|corp|co|ag|plc|s\.a|b\.v)\.?", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)[^\s\t|)>,]+|\b(?:github|gitlab)\.com/[^\s\t|)>,]+", re.IGNORECASE)
_ABOUT_THE_PERSON = {Section.header, Section.contact, Section.summary}


def extract_profile(resume: ResumeText) -> UserProfile:
    """The profile a résumé states. Raises `ResumeError` where it names nobody or says next to nothing."""
    sections = split_sections(resume.text)
    header = [line for section, lines in sections if section in _ABOUT_THE_PERSON for line in lines if line]
    addresses = contact.emails("\n".join(header), resume.links) or contact.emails(resume.text, resume.links)
    email = addresses[0] if addresses else ""
    github = contact.profile_url(resume.text, resume.links, "github")
    linkedin = contact.profile_url(resume.text, resume.links, "linkedin")
    known = re.sub(r"[^a-z]", "", (email.split("@")[0] + linkedin.rpartition("/")[2]).lower())
    name, headline = contact.name_and_headline([[line for line in lines if line] for _, lines in sections], known)
    if not name:
        raise ResumeError(
            "No name was found in the résumé.",
            hint="Put the name on the first line, or paste the text with the name on top.",
        )
    near = header + _around(resume.text.splitlines(), email)
    profile = UserProfile(
        name=name,
        headline=headline,
        skills=list(dict.fromkeys(skill for lines in _lines(sections, Section.skills) for skill in skills_in(lines))),
        experience=[job for lines in _lines(sections, Section.experience) for job in _jobs(lines)]
        or _jobs_without_headings(sections),
        education=[school for lines in _lines(sections, Section.education) for school in _schools(lines)],
        projects=[project for lines in _lines(sections, Section.projects) for project in _projects(lines)],
        github_url=github,
        linkedin_url=linkedin,
        email=email,
        phone=contact.phone("\n".join(near), resume.links),
        location=contact.location(near),
        resume_raw_text=resume.text,
        source_name=resume.source_name,
    )
    told = profile.experience or profile.education or profile.projects or profile.skills
    if profile.filled_share() < MIN_FILLED_SHARE or not told:
        raise ResumeError(
            "The file says too little to be a résumé.",
            hint="Import one with experience, education, projects or skills.",
        )
    return profile


def _around(lines: Sequence[str], email: str) -> list[str]:
    """The lines beside the e-mail address: a column without a heading follows whatever section stands before it."""
    at = next((index for index, line in enumerate(lines) if email and email in line), None)
    return [] if at is None else [line for line in lines[max(at - 3, 0) : at + 4] if line and not is_bullet(line)]


def _lines(sections: Iterable[tuple[Section, list[str]]], wanted: Section) -> list[list[str]]:
    return [lines for section, lines in sections if section is wanted]


def _jobs_without_headings(sections: Sequence[tuple[Section, list[str]]]) -> list[Experience]:
    """The jobs of a text without any section heading: entries with a range of dates and something done in it."""
    lines = sections[0][1] if len(sections) == 1 else []
    if "" not in lines:
        return []
    # What stands above the first empty line names the person, not an employer.
    return [job for job in _jobs(lines[lines.index("") + 1 :]) if job.lines and job.start and job.end]


def _jobs(lines: Sequence[str]) -> list[Experience]:
    jobs = []
    for entry in split_entries(lines):
        title, company = _title_and_company(entry.parts())
        if not title and not company:
            continue
        jobs.append(
            Experience(
                title=title,
                company=company,
                start=(entry.dates.start or entry.dates.end) if entry.dates else "",  # a job's only date is its start
                end=entry.dates.end if entry.dates and entry.dates.is_range else "",
                lines=tuple(line.removeprefix("• ") for line in entry.body),
            )
        )
    return jobs


def _title_and_company(parts: Sequence[str]) -> tuple[str, str]:
    """The parts of a head told apart by their words; `("", company)` where none of them is a job title."""
    if not parts:
        return "", ""
    titled = [part for part in parts if _title_weight(part) > 0]
    if not titled:
        return (parts[1], parts[0]) if len(parts) > 1 else ("", parts[0])
    title = max(titled, key=_title_weight)
    others = [part for part in parts if part is not title]
    before, at, after = title.partition(" at ")
    if at and _title_weight(before) > 0:
        return before.strip(), _without_place(after)
    if others:
        return title, _without_place(others[0])
    return _by_commas(title)


def _title_weight(part: str) -> float:
    found = TITLE.findall(part)
    if not found:
        return 0
    return (
        1
        + 0.5 * bool(TITLE.search(part.split(",", maxsplit=1)[0].rsplit(maxsplit=1)[-1]))
        - 0.8 * bool(FIRM.search(part))
        - 0.02 * len(part.split())
    )


def _by_commas(text: str) -> tuple[str, str]:
    pieces: list[str] = []
    for piece in _without_place(text).split(", "):
        if pieces and _FIRM_FORM.fullmatch(piece.strip()):
            pieces[-1] += f", {piece}"
        else:
            pieces.append(piece.strip())
    if len(pieces) == 1:
        return pieces[0], ""
    if _title_weight(pieces[0]) > 0:
        return ", ".join(pieces[:-1]), pieces[-1]
    return ", ".join(pieces[1:]), pieces[0]


def _without_place(text: str) -> str:
    _, comma, last = text.rpartition(",")
    place = place_in(text) or (last if comma and is_place(last) else "")
    return text.removesuffix(place).strip(" ,") or text if place else text


def _schools(lines: Sequence[str]) -> list[Education]:
    schools = []
    for entry in split_entries(lines):
        for school, degree in _schools_and_degrees(entry):
            schools.append(
                Education(
                    school=school,
                    degree=degree,
                    start=entry.dates.start if entry.dates else "",
                    end=entry.dates.end if entry.dates else "",
                )
            )
    return schools


def _schools_and_degrees(entry: Entry) -> list[tuple[str, str]]:
    pieces = [piece.strip(" ,") for part in entry.parts() for piece in _pieces(part)]
    pieces = [piece for piece in pieces if piece and not is_place(piece)]
    school = next((piece for piece in pieces if SCHOOL.search(piece)), "")
    degree = next((piece for piece in pieces if DEGREE.search(piece) and piece != school), "")
    rest = [piece for piece in pieces if piece not in {school, degree}]
    if not school and rest:
        school = rest.pop(0)
    return [(school, degree)] if school or degree else []


def _pieces(part: str) -> list[str]:
    """A part cut at its commas, and at the "at" between a degree and its school (not at the one in a school's name)."""
    degree, at, school = part.partition(" at ")
    if at and SCHOOL.search(school) and not SCHOOL.search(degree):
        return [*_pieces(degree), *_pieces(school)]
    return _whole_names(part.split(", "))


def _whole_names(pieces: Sequence[str]) -> list[str]:
    """Pieces with the town put back that belongs to a school's name ("University of Somewhere, Town")."""
    whole: list[str] = []
    for piece in pieces:
        if (
            _TOWN.fullmatch(piece)
            and whole
            and re.match(r"(?:The )?University of ", whole[-1])
            and "," not in whole[-1]
        ):
            whole[-1] += f", {piece}"
        else:
            whole.append(piece)
    return whole


def _projects(lines: Sequence[str]) -> list[Project]:
    projects = []
    for entry in split_entries(lines):
        text = "\n".join((*entry.head, *entry.body))
        if not entry.head and not entry.body:
            continue
        first = (entry.parts() or [entry.body[0].removeprefix("• ") if entry.body else ""])[0]
        name, _, lead = first.partition(": ")
        head = [line for line in entry.head[1:] if not is_label(line) and find_dates(line) is None]
        about = [
            line.removeprefix("• ") for line in (lead, *head, *entry.body) if line and line.removeprefix("• ") != first
        ]
        address = _URL.search(text)
        if name and (entry.head or is_bullet(entry.body[0])):
            projects.append(Project(name=name, description="\n".join(about), url=address[0] if address else ""))
    return projects
