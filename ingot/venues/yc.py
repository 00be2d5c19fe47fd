"""Y Combinator's companies, from the public mirror of its directory (github.com/yc-oss/api)."""

from __future__ import annotations

from typing import Any

from ingot.errors import PageError, VenueError
from ingot.venues.filters import Filters, batch_slug
from ingot.venues.quality import check_records, refusal
from ingot.venues.reader import Reader
from ingot.venues.record import VenueRecord, known_size

BASE_URL = "https://yc-oss.github.io/api/"
EXPECTED_FIELDS = (
    "id",
    "name",
    "slug",
    "website",
    "one_liner",
    "long_description",
    "all_locations",
    "regions",
    "team_size",
    "industry",
    "tags",
    "batch",
    "isHiring",
    "url",
)


class YCVenue:
    """Reads one JSON list of companies. `base_url` is the mirror's root, with or without its `api/`."""

    name = "yc"

    def __init__(self, base_url: str = BASE_URL) -> None:
        self.base_url = base_url if base_url.endswith("/") else f"{base_url}/"
        self.refused: list[str] = []

    async def fetch(self, web: Reader, filters: Filters) -> list[VenueRecord]:
        """The matching companies, in the venue's order. Raises `VenueError` for a source that is broken or away."""
        found = await self._load(web, source_path(filters))
        if not isinstance(found, list):
            raise VenueError("The venue did not send a list of companies.", hint="Check the venue's address.")
        check_records(found, EXPECTED_FIELDS)
        reasons = [refusal(record, id_field="id", name_field="name") for record in found]
        self.refused = [f"record {number} {reason}" for number, reason in enumerate(reasons, start=1) if reason]
        records = (parse_company(record) for record, reason in zip(found, reasons, strict=True) if not reason)
        return [record for record in records if filters.matches(record)]

    async def _load(self, web: Reader, path: str) -> Any:
        try:
            try:
                return await web.get_json(self.base_url + path)
            except PageError as error:
                if error.fields.get("status") != 404:
                    raise
                return await web.get_json(f"{self.base_url}api/{path}")
        except PageError as error:
            raise VenueError(
                f"The list of companies could not be read ({error.reason}).",
                hint="Check the network and the venue's address, then run the campaign again.",
                reason=error.reason,
                status=error.fields.get("status"),
            ) from error


def source_path(filters: Filters) -> str:
    """The smallest list that holds every match: one batch, the companies that are hiring, or all."""
    if filters.batch:
        return f"batches/{batch_slug(filters.batch)}.json"
    return "companies/hiring.json" if filters.hiring else "companies/all.json"


def parse_company(raw: dict[str, Any]) -> VenueRecord:
    """One company of the mirror. Absent or null texts become empty, a team size of null or 0 becomes None."""
    hiring = raw.get("isHiring")
    return VenueRecord(
        company_name=_text(raw, "name"),
        venue_ref=str(raw["id"]),
        website=_text(raw, "website"),
        one_liner=_text(raw, "one_liner"),
        description=_text(raw, "long_description"),
        location=_text(raw, "all_locations"),
        regions=_texts(raw, "regions"),
        team_size=known_size(raw.get("team_size")),
        industry=_text(raw, "industry"),
        industries=_texts(raw, "industries"),
        tags=_texts(raw, "tags"),
        batch=_text(raw, "batch"),
        hiring=hiring if isinstance(hiring, bool) else None,
        active=raw.get("status") != "Inactive",
        url=_text(raw, "url"),
        raw=raw,
    )


def _text(raw: dict[str, Any], key: str) -> str:
    value = raw.get(key)
    return value.strip() if isinstance(value, str) else ""


def _texts(raw: dict[str, Any], key: str) -> tuple[str, ...]:
    values = raw.get(key)
    return tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()
