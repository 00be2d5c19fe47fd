"""The venue behind a list that the user has: a CSV or JSON file, or the same behind an address."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path

from ingot.errors import PageError, ValidationError, VenueError
from ingot.venues.csv_file import parse_csv
from ingot.venues.filters import Filters
from ingot.venues.json_file import parse_json
from ingot.venues.reader import Reader
from ingot.venues.record import VenueRecord
from ingot.venues.rows import CompanyList
from ingot.venues.source_name import is_web_address, source_name

MAX_BYTES = 10_000_000


class ListVenue:
    """Companies from `source`, a path or an address (http, https). `chosen` is field -> heading (see `columns_of`)."""

    def __init__(self, kind: str, source: str | Path, *, chosen: Mapping[str, str] | None = None) -> None:
        self.source = str(source)
        self.name = source_name(kind, self.source)
        self.refused: list[str] = []
        self.chosen = chosen

    async def fetch(self, web: Reader, filters: Filters) -> list[VenueRecord]:
        """The matching rows. Raises `ValidationError` for what is no list, or `VenueError` without a file."""
        found = await self.read(web)
        self.refused = [f"row {item.number} {item.reason}" for item in found.refused]
        return [record for record in found.records if filters.matches(record)]

    async def read(self, web: Reader) -> CompanyList:
        """All rows."""
        content = await self._load(web)
        parse = parse_json if re.match(rb"(?:\xef\xbb\xbf)?\s*[\[{]", content) else parse_csv
        return await asyncio.to_thread(parse, content, self.chosen)

    async def _load(self, web: Reader) -> bytes:
        if is_web_address(self.source):
            try:
                return (await web.get_source(self.source, max_bytes=MAX_BYTES)).body
            except PageError as error:
                raise VenueError(
                    f"The list could not be fetched ({error.reason}).", hint="Check its address.", reason=error.reason
                ) from error
        try:
            return await asyncio.to_thread(_read_file, self.source)
        except (OSError, ValueError, RuntimeError) as error:  # also: a zero byte in the path, a home of nobody
            raise VenueError("The list could not be opened.", hint="Check its path and permissions.") from error


def _read_file(source: str) -> bytes:
    path = Path(source).expanduser()
    if path.stat().st_size > MAX_BYTES:
        raise ValidationError(f"The list is over {MAX_BYTES // 1_000_000} MB.", hint="Split it into several files.")
    return path.read_bytes()
