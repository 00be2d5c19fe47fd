"""Whom of a company's people to write to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ingot.web.structured import PublishedPerson

SMALL_TEAM = 10
LARGEST_FOUNDERS_READ = 50

_ENGINEERING_LEAD = re.compile(
    r"\bcto\b|chief tech|(?:vp|vice president|head|director)\b.{0,12}\b(?:engineering|technology|software|platform)|"
    r"engineering (?:lead|manager|director)|(?:tech|technical|team) lead|lead (?:software |backend |platform )?engineer",
    re.IGNORECASE,
)
_FOUNDER = re.compile(r"\b(?:co-?)?founder|\bceo\b|\bowner\b|chief executive|geschäftsführer", re.IGNORECASE)
# Of a founder whose title tells nothing: what the page says of the work they did.
_BUILDER = re.compile(
    r"\b(?:software|staff|lead|principal|senior|ml|ai|backend|frontend|platform|data|infrastructure|founding|robotics)\b[\w /&-]{0,20}"
    r"\bengineer(?:ing)?\b|(?:product|design) (?:&|and) engineering\b|\bengineered\b|\bcto\b|computer science|machine learning|"
    r"\bdeveloper\b(?! (?:platform|tool|experience|relation|doc|productivity))|\bprogrammer\b|\bcoded\b|"
    r"(?:^|\W)technical(?: co-?founder|\.|$)",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r"\b(?:hr|human resources|talent|recruit\w*|people)\b", re.IGNORECASE)
_ENGINEER = re.compile(
    r"engineer|develop|program|software|backend|frontend|full.?stack|devops|sre|data|machine learning|\bml\b|\bai\b|tech",
    re.IGNORECASE,
)


def choose_recipient(
    people: Sequence[PublishedPerson], *, role_hint: str, team_size: int | None
) -> tuple[PublishedPerson | None, str]:
    """Whom to write to, and why in one sentence. `role_hint` is the work the user looks for; None: nobody fits.

    In a company of ten or fewer a founder reads every letter (the technical one for an engineer); in a larger one
    whoever leads that work does, then whoever hires, then, as long as it is not large, a founder.
    """
    technical = _ENGINEER.search(role_hint) is not None
    small = team_size is not None and team_size <= SMALL_TEAM
    preferences: tuple[tuple[bool, Callable[[PublishedPerson], bool], str], ...] = (
        (
            small and technical,
            lambda person: _both(person.role, _FOUNDER, _ENGINEERING_LEAD),
            "is the technical founder of a small team",
        ),
        (technical, lambda person: bool(_ENGINEERING_LEAD.search(person.role)), "leads engineering"),
        (
            small and technical,
            lambda person: bool(_FOUNDER.search(person.role) and _BUILDER.search(person.background)),
            "is a founder of a small team, with a background in engineering",
        ),
        (small, lambda person: bool(_FOUNDER.search(person.role)), f"is a founder in a team of {SMALL_TEAM} or fewer"),
        (not technical, lambda person: _leads(person.role, role_hint), "leads the work you look for"),
        (True, lambda person: bool(_PEOPLE.search(person.role)), "is responsible for hiring"),
        (
            team_size is None or team_size <= LARGEST_FOUNDERS_READ,
            lambda person: bool(_FOUNDER.search(person.role)),
            "is a founder, and nobody closer is named",
        ),
    )
    for applies, fits, reason in preferences:
        if applies and (person := next((person for person in people if fits(person)), None)):
            return person, f"{person.role}: {reason}."
    return None, "Nobody whose work it is to read this letter is named on the pages that were read."


def _both(role: str, *patterns: re.Pattern[str]) -> bool:
    return all(pattern.search(role) for pattern in patterns)


def _leads(role: str, role_hint: str) -> bool:
    """Whether the role leads the field of the hint: "Head of Design" for "product designer"."""
    stems = {word[:6] for word in re.findall(r"[a-z]{4,}", role_hint.casefold())}
    leads = re.search(r"\b(?:head|lead|vp|vice president|director|chief)\b", role, re.IGNORECASE)
    return leads is not None and any(word[:6] in stems for word in re.findall(r"[a-z]{4,}", role.casefold()))
