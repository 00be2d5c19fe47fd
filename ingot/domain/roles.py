"""What a job title says: which families of roles it belongs to, and how many years it asks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from ingot.domain.role_table import NEARNESS_TABLE, ROLE_TABLE

# Years of work that a word of the title asks for; what names no level is worked out from the size of the team.
_LEVELS = (
    ("intern", 0),
    ("internship", 0),
    ("trainee", 0),
    ("junior", 1),
    ("graduate", 1),
    ("entry", 1),
    ("founding", 4),
    ("senior", 6),
    ("sr", 6),
    ("lead", 7),
    ("manager", 7),
    ("staff", 8),
    ("principal", 9),
    ("head", 9),
    ("director", 10),
    ("vp", 10),
    ("chief", 10),
    ("cto", 10),
)
# So general that another family in the same title says more: "Software Engineer, Backend".
_GENERAL = frozenset({"software", "analytics", "science"})


@cache
def _phrases() -> dict[str, str]:
    rows = (line.strip().partition(": ") for line in ROLE_TABLE.strip().splitlines())
    return {phrase: family for family, _, phrases in rows for phrase in phrases.split(", ")}


@cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(_phrases(), key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})s?(?!\w)")


@cache
def _nearness() -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for line in NEARNESS_TABLE.strip().splitlines():
        pair, _, value = line.strip().partition(": ")
        one, _, other = pair.partition(", ")
        found[one, other] = found[other, one] = float(value)
    return found


@lru_cache(maxsize=4096)
def families(title: str) -> frozenset[str]:
    """The families that a title names ("Senior Backend and Platform Engineer" names two); empty where none is known."""
    plain = " ".join(re.sub(r"[-–_]", " ", title.casefold()).split())
    phrases = _phrases()
    found = {phrases.get(words) or phrases[words.removesuffix("s")] for words in _pattern().findall(plain)}
    return frozenset(found - _GENERAL or found)


def family_names() -> tuple[str, ...]:
    """The families, in the table's order."""
    return tuple(dict.fromkeys(_phrases().values()))


def nearness(one: Iterable[str], other: Iterable[str]) -> float:
    """How near two titles are by their families: 1 the same, 0 nothing in common."""
    theirs = tuple(other)
    pairs = ((a, b) for a in one for b in theirs)
    return max((1.0 if a == b else _nearness().get((a, b), 0.0) for a, b in pairs), default=0.0)


def closest_role(titles: Iterable[str], roles: Sequence[str]) -> str:
    """Of open `roles` the one nearest to the user's own `titles`, the first of several; empty where there is none."""
    own = frozenset[str]().union(*map(families, titles))
    return max(roles, key=lambda role: nearness(families(role), own), default="")


def years_of_title(title: str) -> int | None:
    """The years of work that a title asks for by its words ("Staff", "Junior"), or None where it names no level."""
    lower = title.casefold()
    asked = [years for word, years in _LEVELS if re.search(rf"\b{word}\b", lower)]
    return max(asked) if asked else None
