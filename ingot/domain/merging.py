"""Records that share an identity are one company: which belong together, and what one adds to another."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingot.domain.lead import normal_email

COMPANY_FIELDS = ("company_website", "location", "industry", "team_size")
"""What is true of the company, whoever works there."""

PERSON_FIELDS = ("person_name", "person_email", "person_role")
"""What is true of one person: never mixed from two."""

FILLED = ("company_name", *COMPANY_FIELDS, *PERSON_FIELDS)
"""All that `additions` looks at."""

_LEGAL_FORMS = frozenset(
    "inc incorporated llc ltd limited corp corporation co gmbh ag ug bv sas sarl plc pty oy ab".split()
)


@dataclass(frozen=True, kw_only=True)
class Group:
    """Records of one company: their positions as they came, and the leads that have one of their keys, by id."""

    members: tuple[int, ...]
    leads: tuple[int, ...]


def group(keys: Sequence[Collection[str]], known: Mapping[str, int]) -> list[Group]:
    """Join records that share a key, directly or through others; `known` is key -> lead id. In order of arrival.

    Which records end up together does not depend on their order.
    """
    joined = list(range(len(keys)))

    def root(at: int) -> int:
        while joined[at] != at:
            joined[at] = joined[joined[at]]
            at = joined[at]
        return at

    first: dict[str | int, int] = {}
    for at, own in enumerate(keys):
        names: list[str | int] = [*own, *(known[key] for key in own if key in known)]
        for name in names:
            seen = first.setdefault(name, at)
            if seen != at:
                one, other = root(seen), root(at)
                joined[max(one, other)] = min(one, other)
    members: dict[int, list[int]] = {}
    for at in range(len(keys)):
        members.setdefault(root(at), []).append(at)
    leads: dict[int, set[int]] = {start: set() for start in members}
    for name, at in first.items():
        if isinstance(name, int):
            leads[root(at)].add(name)
    return [Group(members=tuple(found), leads=tuple(sorted(leads[start]))) for start, found in members.items()]


def same_company(one: str, other: str) -> bool:
    """Whether two names can be one company's: `Acme`, `Acme, Inc.` and `Acme Robotics (W24)`."""
    left, right = _words(one), _words(other)
    shorter = min(len(left), len(right))
    return shorter > 0 and left[:shorter] == right[:shorter]


def _words(name: str) -> list[str]:
    words = re.findall(r"\w+", re.sub(r"\([^)]*\)", " ", name).casefold())
    while len(words) > 1 and words[-1] in _LEGAL_FORMS:
        words.pop()
    return words


def additions(
    known: Mapping[str, Any], found: Mapping[str, Any], *, suppressed: Collection[str] = ()
) -> dict[str, Any]:
    """What a record adds to the empty fields of a lead, both given as fields by name. Nothing is overwritten.

    Nothing is taken from a record of another name: joined by a shared mailbox, they need not be one company. A person's
    fields are taken only where they are the same person's, and never of one whose address is in `suppressed`.
    """
    if not same_company(known["company_name"], found["company_name"]):
        return {}
    fields = list(COMPANY_FIELDS)
    if found["person_email"] not in suppressed and _is_same_person(known, found):
        fields += PERSON_FIELDS
    return {name: found[name] for name in fields if found[name] and not known[name]}


def _is_same_person(known: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    name, address = known["person_name"].strip().casefold(), known["person_email"]
    if address and found["person_email"]:
        return normal_email(address) == normal_email(found["person_email"])
    if name and found["person_name"]:
        return bool(name == found["person_name"].strip().casefold())
    return not (name or address)
