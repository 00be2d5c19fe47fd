"""The venues: which there are and how their last visits went, a look at what one gives, a list taken in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePath
from typing import Any

from ingot.actions.discover import Finds, first_look, found_of, portions
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Venue
from ingot.venues.columns import Columns
from ingot.venues.company_list import ListVenue
from ingot.venues.filters import Filters
from ingot.venues.plugins import Venue as OpenVenue
from ingot.venues.quality import record_problem
from ingot.venues.reader import Reader
from ingot.venues.record import VenueRecord
from ingot.venues.registry import kinds, open_venue
from ingot.venues.rows import Refusal

_JSON = frozenset({".json", ".jsonl", ".ndjson"})
COLUMNS = "map"
"""Where a venue's configuration keeps the columns that the user chose for a list."""


@dataclass(frozen=True, kw_only=True)
class VenueLine:
    """One kind of venue, or one source of it that was visited. `error` says why it cannot be used."""

    kind: str
    name: str
    origin: str
    enabled: bool
    last_run_at: datetime | None
    found: int
    last_error: str
    error: str


@dataclass(frozen=True, kw_only=True)
class TakenIn:
    """One usable row of a list: a new lead, or the lead (by id) or row (by number) that it is the same company as."""

    number: int
    company: str
    lead_id: int | None = None
    row: int | None = None

    @property
    def is_new(self) -> bool:
        return self.lead_id is None and self.row is None


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What a list gave, or would give: its kind of venue, its columns, each usable row, and the rows that were refused."""

    kind: str
    columns: Columns
    taken: list[TakenIn]
    refused: list[Refusal]


async def venue_lines(uow: SqlAlchemyUnitOfWork, *, directory: Path) -> list[VenueLine]:
    """Every kind of venue, with a line for each of its sources that was visited."""
    visited: dict[str, list[Venue]] = {}
    for venue in await uow.venues.everyone():
        visited.setdefault(venue.venue_type, []).append(venue)
    lines: list[VenueLine] = []
    for plugin in kinds(directory):
        for visit in visited.get(plugin.kind) or [Venue(venue_name=plugin.kind, venue_type=plugin.kind)]:
            line = VenueLine(
                kind=plugin.kind,
                name=visit.venue_name,
                origin=plugin.origin,
                enabled=plugin.open is not None,
                last_run_at=visit.last_run_at,
                found=visit.lead_count_discovered,
                last_error=visit.last_error,
                error=plugin.error,
            )
            lines.append(line)
    return lines


async def opened_venue(uow: SqlAlchemyUnitOfWork, kind: str, source: str | None, *, directory: Path) -> OpenVenue:
    """The venue, a list of the user's with the columns that were chosen when it was imported."""
    venue = open_venue(kind, source, directory=directory)
    if isinstance(venue, ListVenue):
        stored = await uow.venues.named(venue.name)
        venue.chosen = stored.config_json.get(COLUMNS) if stored else None
    return venue


async def record_visit(
    uow: SqlAlchemyUnitOfWork,
    name: str,
    config: Mapping[str, Any],
    *,
    now: datetime,
    added: int = 0,
    error: str = "",
) -> None:
    """Note at the venue how a visit went. `config` is its kind, its source and what else to remember. Does not commit."""
    venue = await uow.venues.of_name(name, kind=config["kind"])
    venue.config_json = {**venue.config_json, **config}
    venue.last_run_at, venue.last_error = now, error
    venue.lead_count_discovered += added


async def try_venue(venue: OpenVenue, web: Reader) -> tuple[list[VenueRecord], list[str]]:
    """What the venue gives now to somebody who asks for companies that may be hiring, and what it refuses. Stores nothing."""
    records = await venue.fetch(web, Filters())
    problems = [record_problem(record) for record in records]
    unfit = (f"record {number} {why}" for number, why in enumerate(problems, start=1) if why)
    return [record for record, why in zip(records, problems, strict=True) if not why], [*venue.refused, *unfit]


async def import_list(
    uow: Callable[[], SqlAlchemyUnitOfWork],
    web: Reader,
    source: str,
    *,
    chosen: Mapping[str, str],
    user_id: str,
    now: datetime,
    dry_run: bool,
) -> Imported:
    """Read a CSV or JSON list and store its companies as leads: all usable rows in one transaction. A dry run stores nothing.

    `chosen` is field -> heading. Raises `ValidationError` where not one row can be used.
    """
    kind = "json" if PurePath(source).suffix.lower() in _JSON else "csv"
    venue = ListVenue(kind, source, chosen=chosen)
    read = await venue.read(web)
    usable: list[tuple[int, VenueRecord]] = []
    refused = list(read.refused)
    for number, record in zip(read.numbers, read.records, strict=True):
        if problem := record_problem(record):
            refused.append(Refusal(number=number, reason=problem))
        else:
            usable.append((number, record))
    async with uow() as work:
        look = await first_look(work, await work.profiles.active(user_id), user_id=user_id)
    batches = [
        [found_of(record, venue_name=venue.name, look=look, user_id=user_id) for record in portion]
        for portion in portions(record for _, record in usable)
    ]
    finds = Finds()
    # A dry run does what the other does, and leaves without a commit.
    async with uow() as work:
        for batch in batches:
            finds.extend(await work.leads.add_discovered(batch, user_id=user_id))
        if not dry_run:
            config = {"kind": kind, "source": source, COLUMNS: dict(chosen)}
            await record_visit(work, venue.name, config, now=now, added=len(finds.added))
            await work.commit()
    return Imported(
        kind=kind,
        columns=read.columns,
        taken=_taken(usable, finds),
        refused=sorted(refused, key=lambda item: item.number),
    )


def _taken(usable: list[tuple[int, VenueRecord]], finds: Finds) -> list[TakenIn]:
    made = {finds.lead_ids[at]: usable[at][0] for at in finds.added}
    taken = []
    for at, (number, record) in enumerate(usable):
        lead_id = finds.lead_ids[at]
        is_new, row = at in finds.added, made.get(lead_id)
        taken.append(
            TakenIn(
                number=number,
                company=record.company_name,
                lead_id=None if is_new or row else lead_id,
                row=None if is_new else row,
            )
        )
    return taken
