"""Whether a batch of records can be trusted: a source that changed its format must not fill the database."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from ingot.errors import VenueError
from ingot.venues.record import VenueRecord

MAX_MISSING_SHARE = 0.20
MAX_NAME, MAX_LINE, MAX_TEXT = 200, 1_000, 100_000

# No database takes these in a text: a zero byte (Postgres), and halves of characters (UTF-8).
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_ADDRESS = re.compile(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\"]+")


def check_records(raw_records: Sequence[Any], expected_fields: Sequence[str]) -> None:
    """Raise `VenueError` for an empty batch, or where more than 20 % of the expected fields are missing.

    A field is missing where its key is absent; null, zero and empty text are odd but legal. Anything but an object
    misses every field. `error.fields["missing"]` counts the missing ones per field.
    """
    if not raw_records:
        raise VenueError("The venue sent no records.", hint="Try again later, or check the venue's address.")
    missing = {
        name: sum(not isinstance(record, dict) or name not in record for record in raw_records)
        for name in expected_fields
    }
    share = sum(missing.values()) / (len(raw_records) * len(expected_fields))
    if share > MAX_MISSING_SHARE:
        counts = ", ".join(f"{name} {count}" for name, count in missing.items() if count)
        raise VenueError(
            f"The venue's format has changed: {share:.0%} of the expected fields are missing in {len(raw_records)} "
            f"records ({counts}).",
            hint="Nothing was stored. Check the venue's address, or import companies from a CSV file meanwhile.",
            missing=missing,
        )


def refusal(record: Any, *, id_field: str, name_field: str) -> str:
    """Why this one record cannot become a lead, or an empty string."""
    if not isinstance(record, dict):
        return "is not an object"
    for field in (id_field, name_field):
        value = record.get(field)
        if isinstance(value, bool) or not isinstance(value, str | int) or not str(value).strip():
            return f"has no {field}"
    return ""


_TYPES = {name: kind for name, kind in get_type_hints(VenueRecord).items() if name != "raw"}
_LINES = (
    "company_name",
    "venue_ref",
    "website",
    "location",
    "url",
    "published",
    "person_name",
    "person_email",
    "person_role",
)


def record_problem(record: Any) -> str:
    """Why a record cannot be stored, or an empty string; whoever wrote the venue may have made a mistake."""
    if not isinstance(record, VenueRecord):
        return "is not a VenueRecord"
    if wrong := next((item.name for item in fields(record) if not _has_type(record, item.name)), ""):
        return f"has a {wrong} of the wrong type"
    lines = [getattr(record, name) for name in _LINES]
    rest = (record.one_liner, record.description, record.industry, record.batch)
    lists = (*record.tags, *record.regions, *record.industries)
    checks = (
        (record.company_name.strip(), "has no company"),
        (
            len(record.company_name) <= MAX_NAME and max(map(len, lines)) <= MAX_LINE,
            "has a name or line that is too long",
        ),
        (sum(map(len, (*rest, *lists))) <= MAX_TEXT, "has a text that is too long"),
        (not _CONTROL.search("".join(lines)), "has a control character in a name or line"),
        (not _UNSTORABLE.search("".join((*lines, *rest, *lists))), "has characters that cannot be stored"),
        (not record.person_email or _ADDRESS.fullmatch(record.person_email), "has an e-mail address that is none"),
    )
    return ", ".join(problem for is_fine, problem in checks if not is_fine)


def _has_type(record: VenueRecord, name: str) -> bool:
    value, kind = getattr(record, name), _TYPES.get(name)
    if kind is None:
        return True
    if get_origin(kind) is tuple:
        return isinstance(value, tuple) and all(isinstance(item, str) for item in value)
    if kind is str or isinstance(kind, UnionType):
        return type(value) in (get_args(kind) or (str,))
    return isinstance(value, kind)
