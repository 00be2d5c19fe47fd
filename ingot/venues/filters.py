"""Which of a venue's companies are wanted. Pure: no network, no clock."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingot.errors import ValidationError
from ingot.venues.record import VenueRecord

# Y Combinator's short names: X is its letter for spring.
_SEASONS = {"w": "winter", "x": "spring", "sp": "spring", "s": "summer", "f": "fall"}


def batch_slug(batch: str) -> str:
    """`Winter 2025`, `winter-2025`, `W25` -> `winter-2025`. Raises `ValidationError` for anything else."""
    text = " ".join(batch.lower().replace("-", " ").split())
    match = re.fullmatch(r"(winter|spring|summer|fall|sp|[wxsf]) ?((?:20)?\d\d)", text)
    if match is None:
        raise ValidationError("The batch is not a season and a year.", hint="Write it as W25 or Winter 2025.")
    season, year = match.groups()
    return f"{_SEASONS.get(season, season)}-{year if len(year) == 4 else f'20{year}'}"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the user looks for; every given filter must hold, of several tags one is enough.

    `hiring` drops companies that say they are not hiring; those that say nothing stay. With a team bound, a company of
    unknown size does not match: what is not known is not promised. `region` is a region's name or part of a location.
    """

    hiring: bool = True
    batch: str = ""
    tags: tuple[str, ...] = ()
    industry: str = ""
    region: str = ""
    min_team: int | None = None
    max_team: int | None = None

    def matches(self, record: VenueRecord) -> bool:
        """Whether the record passes every filter."""
        return all(
            (
                record.active,
                not (self.hiring and record.hiring is False),
                not self.batch or _same_batch(record.batch, self.batch),
                not self.tags or bool(_folded(self.tags) & _folded(record.tags)),
                not self.industry or self.industry.casefold() in _folded((record.industry, *record.industries)),
                not self.region or self._in_region(record),
                self._fits_team(record.team_size),
            )
        )

    def _in_region(self, record: VenueRecord) -> bool:
        wanted = self.region.casefold()
        return wanted in _folded(record.regions) or wanted in record.location.casefold()

    def _fits_team(self, size: int | None) -> bool:
        if self.min_team is None and self.max_team is None:
            return True
        return size is not None and (self.min_team or 0) <= size and (self.max_team is None or size <= self.max_team)


def _folded(words: tuple[str, ...]) -> set[str]:
    return {word.casefold() for word in words}


def _same_batch(found: str, wanted: str) -> bool:
    try:
        return batch_slug(found) == batch_slug(wanted)
    except ValidationError:  # "Unspecified" is what some records say
        return found.casefold() == wanted.casefold()
