"""The user's own list of companies as a CSV file."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from ingot.errors import PageError, ValidationError, VenueError
from ingot.venues.filters import Filters
from ingot.venues.reader import Reader
from ingot.venues.record import VenueRecord

MAX_BYTES = 10_000_000

# What people call a column -> what it is. Spaces, dashes and case in headers do not count.
HEADERS = {
    "company": "company",
    "companyname": "company",
    "organisation": "company",
    "organization": "company",
    "employer": "company",
    "startup": "company",
    "website": "website",
    "companywebsite": "website",
    "url": "website",
    "homepage": "website",
    "domain": "website",
    "email": "email",
    "emailaddress": "email",
    "contactemail": "email",
    "personemail": "email",
    "mail": "email",
    "contact": "person",
    "contactname": "person",
    "contactperson": "person",
    "name": "person",
    "fullname": "person",
    "person": "person",
    "personname": "person",
    "role": "role",
    "title": "role",
    "jobtitle": "role",
    "position": "role",
    "personrole": "role",
    "location": "location",
    "city": "location",
    "description": "description",
    "about": "description",
    "notes": "description",
    "oneliner": "one_liner",
    "tagline": "one_liner",
    "tags": "tags",
    "keywords": "tags",
    "industry": "industry",
    "teamsize": "team_size",
    "employees": "team_size",
    "size": "team_size",
    "id": "id",
}
_ADDRESS = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\"]+")


class CSVVenue:
    """Companies from a CSV file (a path) or the same behind an address (http, https)."""

    name = "csv"

    def __init__(self, path_or_url: str | Path) -> None:
        self.source = str(path_or_url)
        self.refused: list[str] = []

    async def fetch(self, web: Reader, filters: Filters) -> list[VenueRecord]:
        """The matching rows. Raises `ValidationError` naming every bad line, or `VenueError` without a file."""
        records = parse_csv(await self._load(web))
        return [record for record in records if filters.matches(record)]

    async def _load(self, web: Reader) -> bytes:
        if re.match(r"https?://", self.source, re.IGNORECASE):
            try:
                return (await web.get_source(self.source, max_bytes=MAX_BYTES)).body
            except PageError as error:
                raise VenueError(
                    f"The CSV file could not be fetched ({error.reason}).",
                    hint="Check its address.",
                    reason=error.reason,
                ) from error
        try:
            return await asyncio.to_thread(_read_file, self.source)
        except OSError as error:
            raise VenueError("The CSV file could not be opened.", hint="Check its path and permissions.") from error


def _read_file(source: str) -> bytes:
    path = Path(source).expanduser()
    if path.stat().st_size > MAX_BYTES:
        raise ValidationError(f"The CSV file is over {MAX_BYTES // 1_000_000} MB.", hint="Split it into several files.")
    return path.read_bytes()


def parse_csv(content: bytes) -> list[VenueRecord]:
    """Every row as a record. UTF-8 with or without BOM; comma, semicolon or tab.

    Raises `ValidationError` with all bad lines in `error.fields["lines"]` (line number -> what is wrong with it).
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError("The CSV file is not UTF-8 text.", hint="Save it as CSV UTF-8.") from error
    rows = _rows(text)
    columns = _columns(next(rows, (1, []))[1])
    records: list[VenueRecord] = []
    bad: dict[int, str] = {}
    for line, cells in rows:
        problem = f"has {len(cells)} cells, the header {len(columns)}" if len(cells) > len(columns) else ""
        values = _values(columns, cells)
        if problem := problem or _problem(values):
            bad[line] = problem
        else:
            records.append(_record(values))
    if bad:
        first = "; ".join(f"line {line} {problem}" for line, problem in list(bad.items())[:20])
        more = f"; and {len(bad) - 20} more" if len(bad) > 20 else ""
        raise ValidationError(
            f"{len(bad)} rows of the CSV file cannot be used: {first}{more}.",
            hint="Nothing was stored. Correct these lines and import the file again.",
            lines=bad,
        )
    if not records:
        raise ValidationError("The CSV file holds no companies.", hint="Give a header line and a row per company.")
    return records


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(first line, cells) of every row that is not blank."""
    header = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, [cell.strip() for cell in cells]
            start = reader.line_num + 1
    except csv.Error as error:
        raise ValidationError(
            f"The CSV file cannot be read from line {start} on.", hint="Look for an unclosed quotation mark there."
        ) from error


def _columns(header: list[str]) -> list[str]:
    columns = [HEADERS.get(re.sub(r"[^a-z]", "", cell.lower()), "") for cell in header]
    if "company" not in columns:
        raise ValidationError(
            "The CSV file has no company column.",
            hint="Name the columns in the first line: company, website, email, contact, role, location, description.",
        )
    return columns


def _values(columns: list[str], cells: list[str]) -> dict[str, str]:
    """The row by column; of two columns for the same thing the first that is filled counts."""
    values: dict[str, str] = {}
    for column, cell in zip(columns, cells, strict=False):
        if column == "person" and _ADDRESS.fullmatch(cell):
            values.setdefault("email", cell)
        elif column and cell and not values.get(column):
            values[column] = cell
    return values


def _problem(values: dict[str, str]) -> str:
    checks = (
        ("company" in values, "has no company"),
        (_ADDRESS.fullmatch(values.get("email", "a@b.c")), "has an e-mail address that is none"),
        (re.fullmatch(r"\d{1,7}", values.get("team_size", "0")), "has a team size that is not a number"),
        (not re.search(r"\s", values.get("website", "")), "has a website with a blank in it"),
    )
    return ", ".join(problem for is_fine, problem in checks if not is_fine)


def _record(values: dict[str, str]) -> VenueRecord:
    return VenueRecord(
        company_name=values["company"],
        venue_ref=values.get("id", ""),
        website=values.get("website", ""),
        one_liner=values.get("one_liner", ""),
        description=values.get("description", ""),
        location=values.get("location", ""),
        industry=values.get("industry", ""),
        tags=tuple(tag.strip() for tag in re.split(r"[,;|]", values.get("tags", "")) if tag.strip()),
        team_size=int(values.get("team_size", "0")) or None,
        person_name=values.get("person", ""),
        person_email=values.get("email", ""),
        person_role=values.get("role", ""),
        raw=dict(values),
    )
