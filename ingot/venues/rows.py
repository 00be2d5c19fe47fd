"""A row of the user's own list as a record, or why it cannot be one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ingot.errors import ValidationError
from ingot.venues.columns import Columns, columns_of
from ingot.venues.record import VenueRecord

_ADDRESS = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\"]+")
_SIZE = re.compile(r"(?P<exact>\d{1,7})|\d[\d.,' ]*\s*(?:[-–+]|to|bis|à|a)\s*\d*[\d.,' ]*|[<>~]\s*\d+")


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row as its file holds it: the number of its line or item (from 1), its cells by heading, what is wrong with it."""

    number: int
    cells: Mapping[str, str]
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A row that cannot be used, and why."""

    number: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class CompanyList:
    """What a file gives: its records with the numbers of their rows, the rows it cannot give, what its columns are."""

    records: list[VenueRecord]
    numbers: list[int]
    refused: list[Refusal]
    columns: Columns


def read_rows(headings: Iterable[str], rows: Iterable[Row], chosen: Mapping[str, str] | None = None) -> CompanyList:
    """Every row as a record or a refusal. Raises `ValidationError` where not one row can be used."""
    columns = columns_of(list(headings), chosen)
    found = CompanyList(records=[], numbers=[], refused=[], columns=columns)
    for row in rows:
        values = _contact_apart(columns.values(row.cells))
        if problem := row.problem or _problem(values):
            found.refused.append(Refusal(number=row.number, reason=problem))
        else:
            found.records.append(_record(values))
            found.numbers.append(row.number)
    if not found.records:
        if not found.refused:
            raise ValidationError("The list holds no companies.", hint="Give headings and a row per company.")
        reasons = "; ".join(f"row {item.number} {item.reason}" for item in found.refused[:20])
        raise ValidationError(
            f"None of the {len(found.refused)} rows can be used: {reasons}.", hint="Correct these rows and try again."
        )
    return found


def _contact_apart(values: dict[str, str]) -> dict[str, str]:
    """A contact that is an address is the address."""
    if _ADDRESS.fullmatch(values.get("person", "")):
        address = values.pop("person")
        values.setdefault("email", address)
    return values


def _problem(values: Mapping[str, str]) -> str:
    checks = (
        (values.get("company"), "has no company"),
        (_ADDRESS.fullmatch(values.get("email", "a@b.c")), "has an e-mail address that is none"),
        (_SIZE.fullmatch(values.get("team_size", "0")), "has a team size that is not a number"),
        (not re.search(r"\s", values.get("website", "")), "has a website with a blank in it"),
    )
    return ", ".join(problem for is_fine, problem in checks if not is_fine)


def _record(values: Mapping[str, str]) -> VenueRecord:
    size = _SIZE.fullmatch(values.get("team_size", "0"))
    exact = size["exact"] if size else None
    return VenueRecord(
        company_name=values["company"],
        venue_ref=values.get("id", ""),
        website=values.get("website", ""),
        one_liner=values.get("one_liner", ""),
        description=values.get("description", ""),
        location=values.get("location", ""),
        industry=values.get("industry", ""),
        tags=tuple(tag.strip() for tag in re.split(r"[,;|]", values.get("tags", "")) if tag.strip()),
        team_size=int(exact or 0) or None,  # of a range (11-50) nobody knows the number
        person_name=values.get("person", ""),
        person_email=values.get("email", ""),
        person_role=values.get("role", ""),
        raw=dict(values),
    )
