"""Stage: the profile that this campaign writes from."""

from __future__ import annotations

from prefect import task

from ingot.actions.profile import active_profile
from ingot.errors import ResumeError
from ingot.wiring import current


@task(name="profile", task_run_name="profile")
async def pin_profile(campaign_id: int) -> int:
    """Pin the active profile to the campaign where none is. Returns its id. `ResumeError` where there is none."""
    wiring = current()
    async with wiring.uow() as uow:
        campaign = await uow.campaigns.get(campaign_id)
        pinned = campaign.profile_id
    if pinned is None:
        profile = await active_profile(wiring.uow, user_id=wiring.user_id)
        if profile.id is None:
            raise ResumeError("The profile was not stored.", hint="Import it again: ingot profile import FILE.")
        async with wiring.uow() as uow:
            campaign = await uow.campaigns.get(campaign_id)
            campaign.profile_id = pinned = profile.id
            await uow.commit()
    return pinned
