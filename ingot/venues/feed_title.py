"""Which company a feed's item is about, by the ways in which job boards write their titles."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ROLE = re.compile(
    r"""\b(?:engineer(?:ing)?|developers?|programmer|architect|scientist|researcher|analyst|designer|manager|lead|head\ of|vp\ of
    |director|administrator|admin|consultant|specialist|intern(?:ship)?|devops|sre|cto|ceo|coo|cfo|founding|officer|writer|editor
    |recruiter|marketer|marketing|sales|support|accountant|technician|coordinator|representative|associate|strategist|qa
    |tester|full[\s-]?stack|back[\s-]?end|front[\s-]?end|product|data|machine\ learning|werkstudent(?:in)?|praktikant(?:in)?
    |\w*entwickler(?:in)?|\w*ingenieur(?:in)?|leiter(?:in)?|ingénieure?|développeu(?:r|se)|responsable|desarrollador(?:a)?
    |ingenier[oa]|sviluppatore|ontwikkelaar|desenvolvedor(?:a)?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_HIRING = re.compile(
    r"(?P<company>.+?)\s+(?:is|are)\s+(?:now\s+|currently\s+)?(?:hiring|looking for|recruiting|seeking)\b\s*:?\s*(?:for\s+)?(?:an?\s+)?(?P<role>.*)",
    re.IGNORECASE,
)
_SUCHT = re.compile(r"(?P<company>.+?)\s+(?:sucht|recrute|busca|cerca|zoekt)\s+(?P<role>.+)")
_AT = re.compile(r"(?P<role>.+)\s(?:at|@|bei|chez)\s(?P<company>.+)")
_COLON = re.compile(r"(?P<company>[^:]+):\s+(?P<role>.+)")
_PLACE = re.compile(r"\s*[(\[](?P<place>[^()\[\]]{2,60})[)\]]\s*$")

# Titles that name nobody, or a column of the board instead of a company.
_NOBODY = re.compile(
    r"(?:(?:ask|show|tell|launch) hn|remote|hiring|jobs?|new job|updates?|news|confidential|undisclosed|stealth(?: startup)?|we|they"
    r"|(?:an?|our|your|my|this|some) (?:\w+ )*(?:start-?up|company|team|agency|client|employer)|(?:why|how|what|who|when|top \d+)\b.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Named:
    """The company, the role it hires for and the place, as far as the title says them."""

    company: str
    role: str = ""
    location: str = ""


def company_and_role(title: str, *, said: str = "", author: str = "") -> Named | None:
    """What the title of an item says; None where no company can be told.

    `said` is the company by an element of its own, which is believed. `author` is believed where the title is a role and
    no more: boards put the company there, blogs a person.
    """
    if len(title) > 300:
        return None
    rest, place = _without_place(title)
    if said:
        found = _by_title(rest)
        is_role = bool(_ROLE.search(rest))
        role = found.role if found and found.company.casefold() == said.casefold() else rest if is_role else ""
        return _checked(Named(company=said, role=role, location=place))
    found = _by_title(rest)
    if found is None and author and _ROLE.search(rest) and not re.search(r"[:?!]", rest):
        found = Named(company=author, role=rest)
    return _checked(Named(company=found.company, role=found.role, location=place)) if found else None


def _by_title(title: str) -> Named | None:
    for pattern in (_HIRING, _SUCHT):
        if match := pattern.fullmatch(title):
            return Named(company=_without_place(match["company"])[0], role=match["role"].strip(" .!?"))
    for pattern in (_COLON, _AT):
        match = pattern.fullmatch(title)
        if match and _ROLE.search(match["role"]):
            company, _ = _without_place(match["company"])
            return Named(company=company.strip(" ,."), role=match["role"].strip())
    return None


def _without_place(title: str) -> tuple[str, str]:
    """`Engineer at Acme (Berlin)` -> `Engineer at Acme`, `Berlin`. Brackets such as (m/w/d) or (W24) are no place."""
    match = _PLACE.search(title)
    if match is None:
        return title.strip(), ""
    place = match["place"].strip()
    is_place = not re.fullmatch(r"(?:\w\s*[/|*]\s*)+\w|YC\s.*|[WSXF]\d\d|all genders?", place, re.IGNORECASE)
    return title[: match.start()].strip(), place if is_place and not _ROLE.search(place) else ""


def _checked(named: Named) -> Named | None:
    company = named.company
    is_name = 2 <= len(company) <= 80 and len(company.split()) <= 8 and re.search(r"\w", company)
    return named if is_name and not _NOBODY.fullmatch(company) and not re.search(r"[?!]$", company) else None
