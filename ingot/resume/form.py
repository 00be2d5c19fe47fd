"""A profile as a form that a person can correct: TOML with a word of explanation above each part."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingot.domain.user import Education, Experience, Project, UserProfile

_INTRODUCTION = """\
# What INGOT understood of your résumé. Correct what is wrong, save, and close the editor.
#
# Every letter rests on this and on nothing else. The lines of a job are what may be said about you.
# A line that you add or change is your own statement: it is kept under "Added by you" below the résumé's
# text, and letters may quote it like any other line. So write only what is true.
#
# Each value stands between "quotes"; inside them write \\" for a quote and \\\\ for a backslash.
# To take something away, delete its line or its part. To add a job, copy a [[job]] with all its lines.
# Dates are written like 2021, 2021-03, March 2021 or present.
"""
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_SIMPLE = ("name", "headline", "email", "phone", "location", "github_url", "linkedin_url")


def profile_form(profile: UserProfile) -> str:
    """The form of a profile; `read_form` reads it again to the same content."""
    blocks = [
        _INTRODUCTION,
        f"version = {profile.version}  # of the profile that this form shows; leave it as it is\n",
        "".join(f"{name} = {quoted(getattr(profile, name))}\n" for name in _SIMPLE),
        _list("skills", profile.skills),
        *(_job(job) for job in profile.experience),
        *(_school(item) for item in profile.education),
        *(_project(item) for item in profile.projects),
    ]
    return "\n".join(blocks)


def _job(job: Experience) -> str:
    return f"[[job]]\n{_pairs(job, 'title', 'company', 'start', 'end')}{_list('lines', job.lines)}"


def _school(item: Education) -> str:
    return f"[[school]]\n{_pairs(item, 'school', 'degree', 'start', 'end')}"


def _project(item: Project) -> str:
    lines = _list("lines", item.description.splitlines())
    return f"[[project]]\n{_pairs(item, 'name', 'url')}{lines}"


def _pairs(item: Experience | Education | Project, *names: str) -> str:
    return "".join(f"{name} = {quoted(getattr(item, name))}\n" for name in names)


def _list(name: str, values: Iterable[str]) -> str:
    items = "".join(f"  {quoted(value)},\n" for value in values if value.strip())
    return f"{name} = [\n{items}]\n"


def quoted(value: str) -> str:
    """A TOML basic string on one line, its runs of blanks as one."""
    escaped = _CONTROL.sub("", " ".join(value.split())).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
