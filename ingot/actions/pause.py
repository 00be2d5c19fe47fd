"""Stopping and resuming: only a person lifts a pause."""

from __future__ import annotations

from datetime import datetime

from ingot.actions.bounced import pause
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import PauseKind
from ingot.domain.campaign import Campaign, CampaignStatus
from ingot.domain.event import DomainEvent
from ingot.domain.job import AuditType
from ingot.errors import ValidationError


async def pause_mailbox(uow: SqlAlchemyUnitOfWork, reason: str, *, user_id: str, who: str, now: datetime) -> None:
    """Send nothing until a person resumes. A pause that stands keeps its reason. Commits."""
    account = await uow.accounts.of_user(user_id)
    pause(uow, account, PauseKind.person, f"{reason.rstrip('.')}.", now=now)
    audit.note(uow, AuditType.state_change, "The mailbox was paused by hand.", who=who)
    await uow.commit()


async def why_paused(uow: SqlAlchemyUnitOfWork, *, user_id: str) -> str:
    """Why the mailbox sends nothing. `ValidationError` where it is not paused."""
    account = await uow.accounts.of_user(user_id)
    if account.pause_kind is None:
        raise ValidationError("The mailbox is not paused.", hint="See `ingot mail status` for what holds letters back.")
    return account.pause_reason


async def resume_mailbox(uow: SqlAlchemyUnitOfWork, *, user_id: str, who: str) -> str:
    """Lift the pause; returns why there was one. Commits."""
    await why_paused(uow, user_id=user_id)
    reason = (await uow.accounts.of_user(user_id)).resume()
    audit.note(uow, AuditType.state_change, f"Sending goes on. It was paused: {reason}", who=who)
    await uow.commit()
    return reason


async def pause_campaign(uow: SqlAlchemyUnitOfWork, name: str, *, user_id: str, who: str) -> None:
    """Hold a campaign's letters. Commits."""
    campaign = await _named(uow, name, user_id=user_id)
    campaign.status = CampaignStatus.paused
    uow.collect_events(
        DomainEvent(event_type="CampaignPaused", aggregate_type="campaign", aggregate_id=str(campaign.id))
    )
    audit.note(uow, AuditType.state_change, f"Campaign {campaign.id} was paused.", who=who)
    await uow.commit()


async def resume_campaign(uow: SqlAlchemyUnitOfWork, name: str, *, user_id: str, who: str) -> None:
    """Let a paused campaign's letters go again. Commits."""
    campaign = await _named(uow, name, user_id=user_id)
    if campaign.status is not CampaignStatus.paused:
        raise ValidationError(
            "This campaign is not paused.", hint="See `ingot mail status` for what holds letters back."
        )
    campaign.status = CampaignStatus.active
    audit.note(uow, AuditType.state_change, f"Campaign {campaign.id} goes on.", who=who)
    await uow.commit()


async def _named(uow: SqlAlchemyUnitOfWork, name: str, *, user_id: str) -> Campaign:
    campaign = await uow.campaigns.named(name, user_id=user_id)
    if campaign is None:
        raise ValidationError("There is no campaign of this name.", hint="Its name is what was given with --name.")
    return campaign
