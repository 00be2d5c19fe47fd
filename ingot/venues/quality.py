"""Whether a batch of records can be trusted: a source that changed its format must not fill the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ingot.errors import VenueError

MAX_MISSING_SHARE = 0.20


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
