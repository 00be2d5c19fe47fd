"""Storing what venues found: rows in bulk, each company once, with every source that named it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from ingot.db.repositories.bulk_rows import JSON_OF_LEAD, KEY, LEAD, SOURCE, insert_rows, json_text, moment_for
from ingot.db.repositories.suppression import SuppressionRepository
from ingot.db.tables import lead, lead_key, lead_source
from ingot.db.tables.base import utc_now
from ingot.domain.lead import ERASED, Lead
from ingot.domain.lead_state import LeadStatus
from ingot.domain.merging import FILLED, Group, additions, group

# SQLite allows 32,766 variables in a statement; keys are looked up in portions well below.
PORTION = 5_000

_STORED = tuple(column.name for column in lead.columns if column.name not in {"id", "created_at", "updated_at"})

_OF_SOURCE = ("venue_name", "venue_ref", "url", "record", "created_at")

V = TypeVar("V")
Found = tuple[Lead, tuple[str, ...]]
"""A lead as its record gives it, and its identity keys (see `dedupe_keys`)."""


@dataclass(frozen=True, kw_only=True)
class Discovered:
    """What became of a batch: the lead of each record in its order, and which records made a lead (by position)."""

    lead_ids: list[int]
    added: frozenset[int]


class _Plan:
    """The rows that a batch leads to."""

    def __init__(self, now: Any) -> None:
        self.leads: list[dict[str, Any]] = []
        self.keys: list[dict[str, Any]] = []
        self.sources: list[dict[str, Any]] = []
        self.changes: list[dict[str, Any]] = []
        self._now = now

    def make(self, lead_id: int, records: Sequence[Found], suppressed: Collection[str]) -> None:
        """A new lead: its first record, and what the others add."""
        given = vars(records[0][0])  # past SQLAlchemy's attributes, which cost more than all else here
        row = {name: given[name] for name in _STORED}
        for other, _ in records[1:]:
            row |= additions(row, vars(other), suppressed=suppressed)
        row |= {name: json_text(row[name]) for name in JSON_OF_LEAD}
        row["status"] = row["status"].value
        row["id"], row["created_at"], row["updated_at"] = lead_id, self._now, self._now
        self.leads.append(row)

    def change(self, stored: dict[str, Any], records: Sequence[Found], suppressed: Collection[str]) -> None:
        """What the records add to a lead that is not worked on yet."""
        filled = stored | _added(stored, records, suppressed)
        if filled != stored:
            self.changes.append({"of": stored["id"], **{name: filled[name] for name in FILLED}})

    def trace(self, lead_id: int, records: Sequence[Found], known: Mapping[str, int]) -> None:
        """The keys that are not known yet, and the sources."""
        record = self.leads[-1]["record"] if self.leads and self.leads[-1]["id"] == lead_id else ""
        for item, keys in records:
            given = vars(item)
            user_id, url = given["user_id"], given["record"].get("url", "")
            self.keys += [{"key": key, "user_id": user_id, "lead_id": lead_id} for key in keys if key not in known]
            self.sources.append(
                {
                    "lead_id": lead_id,
                    "venue_name": given["source_venue"],
                    # Without a number of the venue's the post itself, or what the record is known by, tells two apart.
                    "venue_ref": given["venue_ref"] or url or keys[0],
                    "url": url,
                    "record": record or json_text(given["record"]),
                    "created_at": self._now,
                }
            )
            record = ""  # the next record of the group is another one


def _added(stored: dict[str, Any], records: Sequence[Found], suppressed: Collection[str]) -> dict[str, Any]:
    """What records add to a lead as it stands; nothing to one that is worked on already."""
    added: dict[str, Any] = {}
    if stored["status"] is LeadStatus.discovered:
        for item, _ in records:
            added |= additions(stored | added, vars(item), suppressed=suppressed)
    return added


class Discovery:
    """One batch at a time into lead, lead_key and lead_source; the caller commits.

    Portions of some thousand records keep memory flat and no lock for long. Rows go in by `executemany` on the tables
    with ids taken beforehand: mapped objects cost about ten times as much. Objects that the session has loaded are not
    refreshed, so discover in a transaction of its own.
    """

    def __init__(self, session: AsyncSession, *, user_id: str) -> None:
        self.session = session
        self._dialect = session.get_bind().dialect
        self.user_id = user_id

    async def store(self, found: Sequence[Found]) -> Discovered:
        """Store what is new, and add to what is known: sources, keys, and what an untouched lead lacks."""
        if not found:
            return Discovered(lead_ids=[], added=frozenset())
        await self._lock()
        known = await self._known({key for _, keys in found for key in keys})
        groups = group([keys for _, keys in found], known)
        stored = await self._stored(known.values())
        suppressed = await self._suppressed(found, groups, stored)
        # Only these are locked: whoever claims leads for a campaign passes locked ones over.
        stored |= await self._stored(_to_change(groups, found, stored, suppressed), lock=True)
        new = [one for one in groups if not one.leads]
        ids = dict(zip((one.members[0] for one in new), await self._new_ids(len(new)), strict=True))
        plan, lead_ids = _Plan(moment_for(self._dialect, utc_now())), [0] * len(found)
        for one in groups:
            records = [found[at] for at in one.members]
            if one.leads:
                lead_id = await self._survivor(one.leads, stored, suppressed)
                plan.change(stored[lead_id], records, suppressed)
            else:
                lead_id = ids[one.members[0]]
                plan.make(lead_id, records, suppressed)
            # Of an erased person nothing comes back with the next list.
            if lead_id not in stored or stored[lead_id]["status_reason"] != ERASED:
                plan.trace(lead_id, records, known)
            for at in one.members:
                lead_ids[at] = lead_id
        await self._write(plan)
        return Discovered(lead_ids=lead_ids, added=frozenset(ids))

    async def _lock(self) -> None:
        """Let one transaction of a user at a time discover. SQLite's `BEGIN IMMEDIATE` does that by itself."""
        if self._dialect.name == "postgresql":
            key = sa.func.hashtext(f"ingot-discover-{self.user_id}")
            await self.session.execute(sa.select(sa.func.pg_advisory_xact_lock(key)))

    async def _known(self, keys: set[str]) -> dict[str, int]:
        query = sa.select(lead_key.c.key, lead_key.c.lead_id).where(lead_key.c.user_id == self.user_id)
        known: dict[str, int] = {}
        for portion in portions(sorted(keys)):
            known.update(
                (row[0], row[1]) for row in await self.session.execute(query.where(lead_key.c.key.in_(portion)))
            )
        return known

    async def _stored(self, lead_ids: Iterable[int], *, lock: bool = False) -> dict[int, dict[str, Any]]:
        """Known leads as they stand."""
        columns = (
            lead.c.id,
            lead.c.status,
            lead.c.status_reason,
            lead.c.campaign_id,
            *(lead.c[name] for name in FILLED),
        )
        query = sa.select(*columns).order_by(lead.c.id)
        stored: dict[int, dict[str, Any]] = {}
        for portion in portions(sorted(set(lead_ids))):
            chosen = query.where(lead.c.id.in_(portion))
            rows = await self.session.execute(chosen.with_for_update() if lock else chosen)
            stored.update((row["id"], dict(row)) for row in rows.mappings())
        return stored

    async def _suppressed(
        self, found: Sequence[Found], groups: Sequence[Group], stored: Mapping[int, Mapping[str, Any]]
    ) -> set[str]:
        """Those addresses that might be added to a lead, and must not be."""
        merged = (at for one in groups for at in (one.members if one.leads else one.members[1:]))
        addresses = {found[at][0].person_email for at in merged}
        addresses |= {stored[lead_id]["person_email"] for one in groups if len(one.leads) > 1 for lead_id in one.leads}
        taken: set[str] = set()
        for portion in portions(sorted(addresses - {""})):
            taken |= await SuppressionRepository(self.session).among(portion)
        return taken

    async def _new_ids(self, count: int) -> Sequence[int]:
        """Ids for new leads, taken beforehand: what an insert returns row by row is slow to get."""
        if self._dialect.name == "postgresql":
            sequence = sa.func.pg_get_serial_sequence(lead.name, "id")
            numbers = sa.select(sa.func.nextval(sequence)).select_from(sa.func.generate_series(1, count))
            return list((await self.session.scalars(numbers)).all())
        highest = await self.session.scalar(sa.select(sa.func.max(lead.c.id))) or 0
        return range(highest + 1, highest + 1 + count)

    async def _survivor(
        self, lead_ids: Sequence[int], stored: dict[int, dict[str, Any]], suppressed: Collection[str]
    ) -> int:
        """The one of these leads that is kept. Several that nobody has touched become one, the oldest.

        A lead in a campaign, or further on, stays as it is and takes the others in; several of those stay apart.
        """
        touched = [lead_id for lead_id in lead_ids if _is_touched(stored[lead_id])]
        survivor = (touched or lead_ids)[0]
        others = [lead_id for lead_id in lead_ids if lead_id != survivor and lead_id not in touched]
        if others:
            await self._take_in(survivor, others)
            if not touched:
                filled = stored[survivor]
                for other in others:
                    filled = filled | additions(filled, stored[other], suppressed=suppressed)
                await self._change([{"of": survivor, **{name: filled[name] for name in FILLED}}])
                stored[survivor] = filled
        return survivor

    async def _take_in(self, survivor: int, others: Sequence[int]) -> None:
        moved = sa.select(sa.literal(survivor), *(lead_source.c[name] for name in _OF_SOURCE)).where(
            lead_source.c.lead_id.in_(others)
        )
        dialect = postgresql if self._dialect.name == "postgresql" else sqlite
        insert = dialect.insert(lead_source).from_select(["lead_id", *_OF_SOURCE], moved.order_by(lead_source.c.id))
        await self.session.execute(insert.on_conflict_do_nothing())
        await self.session.execute(sa.update(lead_key).where(lead_key.c.lead_id.in_(others)).values(lead_id=survivor))
        await self.session.execute(sa.delete(lead).where(lead.c.id.in_(others)))

    async def _change(self, changes: Sequence[dict[str, Any]]) -> None:
        await self.session.execute(sa.update(lead).where(lead.c.id == sa.bindparam("of")), changes)

    async def _write(self, plan: _Plan) -> None:
        if plan.changes:
            await self._change(plan.changes)
        await insert_rows(self.session, LEAD, plan.leads)
        await insert_rows(self.session, KEY, plan.keys, pass_known=True)
        await insert_rows(self.session, SOURCE, plan.sources, pass_known=True)


def _is_touched(stored: Mapping[str, Any]) -> bool:
    return stored["status"] is not LeadStatus.discovered or stored["campaign_id"] is not None


def _to_change(
    groups: Sequence[Group], found: Sequence[Found], stored: dict[int, dict[str, Any]], suppressed: Collection[str]
) -> Iterator[int]:
    """The leads that will not stay as they are: those that become one, and those that records add to."""
    for one in groups:
        records = [found[at] for at in one.members]
        if len(one.leads) > 1 or (one.leads and _added(stored[one.leads[0]], records, suppressed)):
            yield from one.leads


def portions(values: Sequence[V]) -> Iterator[Sequence[V]]:
    """The values in portions that one statement can take."""
    return (values[start : start + PORTION] for start in range(0, len(values), PORTION))
