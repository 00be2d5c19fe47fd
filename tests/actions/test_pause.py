"""Stopping, and who lifts it."""

import pytest
import sqlalchemy as sa

from ingot.actions.pause import pause_campaign, pause_mailbox, resume_campaign, resume_mailbox, why_paused
from ingot.db.tables import audit_logs
from ingot.domain.account import PauseKind
from ingot.domain.campaign import CampaignStatus
from ingot.errors import ValidationError
from tests.fakes.entities import USER, add_campaign
from tests.fakes.incoming import Uow
from tests.fakes.outgoing import MONDAY


async def test_a_person_pauses_and_resumes_the_mailbox_and_is_told_why_it_stood(uow: Uow):
    async with uow() as work:
        await pause_mailbox(work, "holidays", user_id=USER, who="cli", now=MONDAY)
    async with uow() as work:
        assert await why_paused(work, user_id=USER) == "holidays."
        assert (await work.accounts.of_user(USER)).pause_kind is PauseKind.person
    async with uow() as work:
        assert await resume_mailbox(work, user_id=USER, who="cli") == "holidays."
    async with uow() as work:
        assert (await work.accounts.of_user(USER)).pause_kind is None
        who = (await work.session.scalars(sa.select(audit_logs.c.who))).all()
    assert who == ["ingot", "cli", "cli"]


async def test_a_pause_for_bounces_is_not_replaced_by_a_persons(uow: Uow):
    async with uow() as work:
        (await work.accounts.of_user(USER)).pause(PauseKind.bounces, "2 of 20 bounced.", now=MONDAY)
        await pause_mailbox(work, "holidays", user_id=USER, who="cli", now=MONDAY)
    async with uow() as work:
        assert await why_paused(work, user_id=USER) == "2 of 20 bounced."


async def test_what_is_not_paused_is_not_resumed(uow: Uow):
    async with uow() as work:
        with pytest.raises(ValidationError, match="not paused"):
            await resume_mailbox(work, user_id=USER, who="cli")


async def test_a_campaign_is_paused_by_its_name_and_goes_on(uow: Uow):
    async with uow() as work:
        await add_campaign(work, "autumn")
        await work.commit()
    async with uow() as work:
        await pause_campaign(work, "autumn", user_id=USER, who="cli")
    async with uow() as work:
        assert (await work.campaigns.get(1)).status is CampaignStatus.paused
        await resume_campaign(work, "autumn", user_id=USER, who="cli")
    async with uow() as work:
        assert (await work.campaigns.get(1)).status is CampaignStatus.active
        with pytest.raises(ValidationError, match="not paused"):
            await resume_campaign(work, "autumn", user_id=USER, who="cli")
        with pytest.raises(ValidationError, match="no campaign of this name"):
            await pause_campaign(work, "winter", user_id=USER, who="cli")
