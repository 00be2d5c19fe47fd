"""Stage: visit the venues, store what is new, and give this campaign its share."""

from __future__ import annotations

import asyncio
from typing import Any

from prefect import task

from ingot.actions.campaign import POOL_PER_LETTER
from ingot.actions.discover import discover, first_look
from ingot.actions.venues import opened_venue, record_visit
from ingot.domain.campaign import Campaign
from ingot.domain.event import DomainEvent
from ingot.errors import IngotError, VenueError
from ingot.venues.filters import Filters
from ingot.wiring import current

# The option in which a campaign remembers for how many letters it has scouted.
SCOUTED = "scouted_for"


@task(name="scout", task_run_name="scout")
async def scout(campaign_id: int) -> int:
    """Visit the campaign's venues side by side and claim its pool of leads. Returns how many it claimed.

    Done once per campaign and limit: a rerun adds nothing. Raises `VenueError` where no venue gave anything.
    """
    wiring = current()
    async with wiring.uow() as uow:
        campaign = await uow.campaigns.get(campaign_id)
        have = sum((await uow.leads.count_by_status(campaign_id=campaign_id)).values())
    limit, venues = campaign.options["limit"], campaign.options["venues"]
    wanted = POOL_PER_LETTER * limit - have
    if wanted <= 0 or campaign.options[SCOUTED] >= limit:
        return 0
    wiring.progress("scout", 0, len(venues))
    visits = await asyncio.gather(
        *(visit(campaign_id, number) for number in range(len(venues))), return_exceptions=True
    )
    found = _found(visits)
    wiring.progress("scout", len(visits), len(visits))
    async with wiring.uow() as uow:
        claimed = await uow.leads.claim_for(campaign_id, user_id=wiring.user_id, count=wanted, among=found)
        if not have and not claimed:
            raise VenueError(
                "Every company found is in another campaign already.", hint="Choose another batch, tag or venue."
            )
        campaign = await uow.campaigns.get(campaign_id)
        campaign.total_leads = have + claimed
        campaign.options = {**campaign.options, SCOUTED: limit}
        await uow.commit()
    return claimed


def _found(visits: list[list[int] | BaseException]) -> set[int]:
    """The leads of the venues that answered. One venue down is recorded at the venue; all of them down is an error."""
    failed = [visit for visit in visits if isinstance(visit, BaseException)]
    if unexpected := [error for error in failed if not isinstance(error, IngotError)]:
        raise unexpected[0]
    if len(failed) == len(visits):
        raise failed[0]
    return {lead_id for visit in visits if isinstance(visit, list) for lead_id in visit}


@task(name="visit venue", task_run_name="visit venue {number}")
async def visit(campaign_id: int, number: int) -> list[int]:
    """Fetch the companies of the campaign's venue `number` (from 0) and store them: what is new, and what they add.

    Returns the ids of the best ones that no campaign has, as many as this campaign could claim.

    Called by number: the source may be a path or an address that is nobody else's business.
    """
    wiring = current()
    async with wiring.uow() as uow:
        campaign = await uow.campaigns.get(campaign_id)
        profile = await uow.profiles.get(campaign.profile_id or 0)
        look = await first_look(uow, profile, user_id=wiring.user_id)
    chosen = campaign.options["venues"][number]
    name = chosen["kind"]
    try:
        async with wiring.uow() as uow:
            directory = wiring.base_dir / "venues"
            venue = await opened_venue(uow, chosen["kind"], chosen["source"], directory=directory)
        name = venue.name
        records = await venue.fetch(wiring.web, _filters(campaign))
        if not records:
            raise VenueError(
                f"Venue {chosen['kind']} has no company that fits.",
                hint="Loosen the filters (--tag, --region, --batch).",
            )
    except IngotError as error:
        async with wiring.uow() as uow:
            await record_visit(uow, name, chosen, now=wiring.now(), error=str(error))
            await uow.commit()
        raise error from None  # Prefect stores the text of causes, and theirs may name a path of the user's
    finds = await discover(wiring.uow, records, venue_name=name, look=look, user_id=wiring.user_id)
    async with wiring.uow() as uow:
        await record_visit(uow, name, chosen, now=wiring.now(), added=len(finds.added))
        uow.collect_events(
            DomainEvent(
                event_type="LeadsDiscovered",
                aggregate_type="campaign",
                aggregate_id=str(campaign_id),
                payload={"added": len(finds.added)},
            )
        )
        free = await uow.leads.free_among(
            finds.lead_ids, user_id=wiring.user_id, limit=POOL_PER_LETTER * campaign.options["limit"]
        )
        await uow.commit()
    return free


def _filters(campaign: Campaign) -> Filters:
    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in campaign.options["filters"].items()
    }
    return Filters(**given)
