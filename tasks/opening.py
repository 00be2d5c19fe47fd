"""Opens what a flow works with: the campaign of a name, and the wiring its options ask for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from ingot.actions.campaign import means, open_campaign
from ingot.actions.profile import active_profile
from ingot.domain.campaign import Campaign
from ingot.wiring import Wiring, current, is_open, opened


@asynccontextmanager
async def at_work(name: str, options: Mapping[str, Any]) -> AsyncIterator[int]:
    """The id of the campaign of this name, made where there is none, with everything open that its options ask for.

    Inside a command that opened the wiring itself (with a person at the terminal), that one is used. An empty name is
    today's date: a scheduled flow starts a campaign a day.
    """
    if is_open():
        yield _id(await _campaign(current(), name, options))
        return
    async with opened() as wiring:
        campaign = await _campaign(wiring, name, options)
    async with opened(**means(campaign.options)):
        yield _id(campaign)


@asynccontextmanager
async def opened_for_mail() -> AsyncIterator[Wiring]:
    """What sending and hearing back work with: the wiring of the command that called, or one of its own."""
    if is_open():
        yield current()
        return
    async with opened() as wiring:
        yield wiring


async def _campaign(wiring: Wiring, name: str, options: Mapping[str, Any]) -> Campaign:
    name = name or f"{wiring.now():%Y-%m-%d}"
    async with wiring.uow() as uow:
        known = await uow.campaigns.named(name, user_id=wiring.user_id)
        profile_id = known.profile_id if known else None
    if profile_id is None:
        profile_id = (await active_profile(wiring.uow, user_id=wiring.user_id)).id or 0
    async with wiring.uow() as uow:
        return await open_campaign(
            uow,
            name=name,
            options=options,
            profile_id=profile_id,
            user_id=wiring.user_id,
            now=wiring.now(),
            min_score=wiring.config.min_score,
        )


def _id(campaign: Campaign) -> int:
    assert campaign.id is not None
    return campaign.id
