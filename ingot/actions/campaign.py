"""Starting a campaign, or going on with the one of the same name."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from ingot.db.repositories.web_cache import WebCacheRepository
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.campaign import Campaign, CampaignStatus
from ingot.domain.event import DomainEvent
from ingot.domain.lead_state import LeadStatus
from ingot.errors import ConfigError

DEFAULTS: dict[str, Any] = {
    "limit": 10,
    "min_score": 40,
    "review": "queue",
    "venues": [{"kind": "yc", "source": None}],
    "filters": {},
    "offline": False,
    "replay": None,
    "command": "",
    "scouted_for": 0,  # kept by the campaign itself
}

# How many leads are researched for each letter wanted: some will not fit, some sites say nothing.
POOL_PER_LETTER = 2

# A page read longer ago than this is read anew; its row would only take room.
_PAGES_KEPT = timedelta(days=30)

# Of a lead that a letter will be written to, or was.
IN_WORK = (LeadStatus.approved, LeadStatus.drafted, LeadStatus.sent, LeadStatus.replied)


async def open_campaign(
    uow: SqlAlchemyUnitOfWork,
    *,
    name: str,
    options: Mapping[str, Any],
    profile_id: int,
    user_id: str,
    now: datetime,
    min_score: int = DEFAULTS["min_score"],
) -> Campaign:
    """The user's campaign of this name with the given options, new ones over stored ones. Commits.

    `options` are those of `DEFAULTS`; one that is None was not given, and stays what it was. `min_score` is the
    configured one, for a new campaign whose options name none.
    """
    given = {key: value for key, value in options.items() if value is not None}
    if unknown := given.keys() - DEFAULTS.keys():
        raise ConfigError(f"A campaign has no option {min(unknown)!r}.", hint=f"It has: {', '.join(DEFAULTS)}.")
    campaign = await uow.campaigns.named(name, user_id=user_id)
    if campaign is None:
        campaign = Campaign(
            campaign_name=name,
            options={**deepcopy(DEFAULTS), "min_score": min_score, **given},
            user_id=user_id,
            profile_id=profile_id,
            started_at=now,
        )
        await uow.campaigns.add(campaign)
        started = DomainEvent(event_type="CampaignStarted", aggregate_type="campaign", aggregate_id=str(campaign.id))
        uow.collect_events(started)
    else:
        looks_elsewhere = any(
            given.get(key, campaign.options[key]) != campaign.options[key] for key in ("venues", "filters")
        )
        campaign.options = {**campaign.options, **given, **({"scouted_for": 0} if looks_elsewhere else {})}
        campaign.profile_id = profile_id
        campaign.status = CampaignStatus.active
    await WebCacheRepository(uow.session).forget_before(now - _PAGES_KEPT)
    await uow.commit()
    return campaign


def means(options: Mapping[str, Any]) -> dict[str, Any]:
    """What `opened` needs to know of a campaign's options."""
    sources = [
        venue["source"]
        for venue in options["venues"]
        if (venue["source"] or "").startswith(("http://127.", "http://localhost"))
    ]
    return {"offline": options["offline"], "replay": options["replay"], "source": sources[0] if sources else None}


async def summary(uow: SqlAlchemyUnitOfWork, campaign_id: int) -> dict[str, int]:
    """How many of the campaign's leads stand where, and how many gates are open. Ids and numbers only."""
    counts = await uow.leads.count_by_status(campaign_id=campaign_id)
    told = {status.value: counts.get(status, 0) for status in LeadStatus if counts.get(status)}
    return {"leads": sum(counts.values()), **told, "open_gates": len(await uow.gates.open_in(campaign_id))}
