"""From a venue's records to leads: scored for the user, each company stored once, in portions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from ingot.actions.score_lead import choices_of, company_facts
from ingot.db.repositories.discovery import Discovered, Found
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.first_look import FirstLook
from ingot.domain.lead import dedupe_keys
from ingot.domain.user import UserProfile
from ingot.venues.quality import record_problem
from ingot.venues.record import VenueRecord, to_lead

# Large enough that a commit costs little, small enough that memory stays flat and nobody waits long for the lock.
PORTION = 2_000


@dataclass(kw_only=True)
class Finds:
    """What became of a venue's records: their leads in their order, and how many leads are new."""

    lead_ids: list[int] = field(default_factory=list)
    added: set[int] = field(default_factory=set)

    def extend(self, stored: Discovered) -> None:
        """Count a portion in; `added` are positions over all portions."""
        start = len(self.lead_ids)
        self.lead_ids += stored.lead_ids
        self.added.update(start + at for at in stored.added)


async def first_look(uow: SqlAlchemyUnitOfWork, profile: UserProfile | None, *, user_id: str) -> FirstLook:
    """What scores companies for the user, by the profile and the wishes."""
    return FirstLook(profile, wishes=(await choices_of(uow, user_id)).wishes)


def found_of(record: VenueRecord, *, venue_name: str, look: FirstLook, user_id: str) -> Found:
    """The lead a record becomes, with its first score, and its identity keys."""
    lead = to_lead(record, venue_name=venue_name, user_id=user_id)
    lead.initial_score, lead.score_parts = look.score(
        company_facts(lead, ()), hiring=record.hiring, website=lead.company_website
    )
    keys = dedupe_keys(
        email=lead.person_email,
        venue=venue_name,
        venue_ref=lead.venue_ref,
        website=lead.company_website,
        company_name=lead.company_name,
    )
    return lead, keys


def portions(records: Iterable[VenueRecord], size: int = PORTION) -> Iterator[Sequence[VenueRecord]]:
    """The records in portions."""
    waiting = iter(records)
    while portion := list(islice(waiting, size)):
        yield portion


async def discover(
    uow: Callable[[], SqlAlchemyUnitOfWork],
    records: Iterable[VenueRecord],
    *,
    venue_name: str,
    look: FirstLook,
    user_id: str,
    portion_size: int = PORTION,
) -> Finds:
    """Store the records portion by portion, a commit for each; what cannot be stored is left out.

    Scored before the transaction opens: on SQLite it locks the database. A run that dies between two portions is made up
    for by the next, which finds the leads known.
    """
    finds = Finds()
    for portion in portions((record for record in records if not record_problem(record)), portion_size):
        found = [found_of(record, venue_name=venue_name, look=look, user_id=user_id) for record in portion]
        async with uow() as work:
            finds.extend(await work.leads.add_discovered(found, user_id=user_id))
            await work.commit()
    return finds
