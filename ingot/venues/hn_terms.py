"""The terms of a post: where, from where, how one is employed, visa and pay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingot.venues.hn_headline import (
    EMPLOYMENT,
    HYBRID,
    NO_REMOTE,
    ONSITE,
    REMOTE,
    SALARY,
    VISA,
    Field,
    Kind,
    is_sentence,
    names_place,
)

MAX_LOCATION = 120

_NO_VISA = re.compile(
    r"\b(?:no|not|non|cannot|can't|can’t|unable|don't|don’t|without)\b[^|.]{0,40}?\b(?:visas?|sponsor\w*|h-?1b)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^(?:locations?|where|office)\s*:\s*(?P<value>.{2,120})$", re.IGNORECASE | re.MULTILINE)
_PAY = re.compile(r"^(?:salary|compensation|pay)(?: range)?\s*:\s*(?P<value>.{2,120})$", re.IGNORECASE | re.MULTILINE)
_NO_PLACE = re.compile(r"\b(?:must|citizens?|eligible|green card|authori[sz]ed|time ?zones?|legally)\b", re.IGNORECASE)
_OUTER = re.compile(r"^\(([^()]*)\)?$|^([^()]*)\)$")
_LEFTOVER = re.compile(
    r"\(\s*\)|\b(?:or|and|&)\s*\([^)]*\)$|^-?friendly\b|^\d+%|^hiring in\b|\[\s*\]|\b(?:only|ok|okay|preferred|possible|considered|friendly|optional|or|and|in|at|at hq|the|first|hq in|based in)\s*$|^\s*(?:only|in|or|and|at|at hq in|based in|within)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """`location` names places only; `visa` is None where the post is silent; `employment` is in lower case."""

    location: str = ""
    remote: bool = False
    onsite: bool = False
    hybrid: bool = False
    visa: bool | None = None
    employment: tuple[str, ...] = ()
    salary: str = ""


def terms_of(fields: Sequence[Field], lines: Sequence[str]) -> Terms:
    """Read from the first line; a labelled line ("Location: ...", "Salary: ...") fills in what it leaves open."""
    first = " | ".join(field.text for field in fields if not is_sentence(field.text)) or (lines[0] if lines else "")
    text = "\n".join(lines)
    labelled, pay = _LABELLED.search(text), _PAY.search(text)
    location = _places(fields) or (_place(labelled["value"]) if labelled else "")
    no_remote = NO_REMOTE.search(first)
    where = f"{first} | {labelled['value']}" if labelled else first
    visa = False if _NO_VISA.search(first) else True if VISA.search(first) else None
    salary = next((field.text for field in fields if field.kind is Kind.salary), "") or (
        pay["value"].strip() if pay else ""
    )
    return Terms(
        location=location[:MAX_LOCATION],
        remote=bool(REMOTE.search(where)) and not no_remote,
        onsite=bool(ONSITE.search(where)),
        hybrid=bool(HYBRID.search(where)),
        visa=visa,
        employment=_employment(first),
        salary=salary if re.search(r"\d", salary) else _amount(first),
    )


def _places(fields: Sequence[Field]) -> str:
    """The places of the fields that name some, the first field (the company) only where it is nothing else."""
    later = [
        field
        for field in fields[1:]
        if field.kind in {Kind.place, Kind.terms, Kind.salary} and not is_sentence(field.text)
    ]
    places = [_place(field.text) for field in later]
    if not any(places) and fields and fields[0].kind is Kind.place:
        places = [_place(fields[0].text)]
    return "; ".join(dict.fromkeys(filter(None, places)))


def _place(text: str) -> str:
    """The text without terms, where a known place is left."""
    for pattern in (REMOTE, ONSITE, EMPLOYMENT, VISA):
        text = pattern.sub("", text)
    before = None
    while before != text:
        before = text
        text = _LEFTOVER.sub("", " ".join(text.split())).strip(" ,;:|/&+-–—.*")
        text = _OUTER.sub(r"\1\2", text)
    if SALARY.search(text) or len(text) > MAX_LOCATION or text.startswith("(") or _NO_PLACE.search(text):
        return ""
    return text if names_place(text) else ""


def _employment(first: str) -> tuple[str, ...]:
    names = (
        ("full-time", r"full[- ]*time|\bft\b|perm(?:anent)?\b"),
        ("part-time", r"part[- ]*time|\bpt\b"),
        ("contract", r"\bcontract(?:ors?|ing)?\b|freelanc"),
        ("internship", r"\bintern(?:s|ship|ships)?\b"),
    )
    return tuple(name for name, pattern in names if re.search(pattern, first, re.IGNORECASE))


def _amount(first: str) -> str:
    found = re.search(r"[^|]*(?:[$£€¥]\s?\d|\d\s?[$£€¥]|\b\d{2,3}\s?k\b)[^|]*", first, re.IGNORECASE)
    return found[0].strip() if found and len(found[0]) <= MAX_LOCATION else ""
