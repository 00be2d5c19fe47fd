"""Which venues there are, and how one is opened by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from ingot.errors import ConfigError
from ingot.venues.csv_file import CSVVenue
from ingot.venues.filters import Filters
from ingot.venues.reader import Reader
from ingot.venues.record import VenueRecord
from ingot.venues.yc import BASE_URL, YCVenue


class Venue(Protocol):
    """A source of companies. `name` marks its leads, `refused` tells which records the last fetch left out, and why."""

    name: str
    refused: list[str]

    async def fetch(self, web: Reader, filters: Filters) -> list[VenueRecord]:
        """The companies that match. Raises `VenueError` (broken source) or `ValidationError` (the user's file)."""
        ...


def _open_csv(source: str | None) -> Venue:
    if not source:
        raise ConfigError("The csv venue needs a file.", hint="Give a path or an address as the venue's source.")
    return CSVVenue(source)


VENUES: dict[str, Callable[[str | None], Venue]] = {
    "csv": _open_csv,
    "yc": lambda source: YCVenue(source or BASE_URL),
}


def open_venue(kind: str, source: str | None = None) -> Venue:
    """The venue of this kind, reading from `source` (a path or an address; None is the kind's usual one)."""
    if kind not in VENUES:
        raise ConfigError("There is no venue of that kind.", hint=f"Known kinds: {', '.join(sorted(VENUES))}.")
    return VENUES[kind](source)
