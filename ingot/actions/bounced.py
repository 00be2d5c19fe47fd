"""A letter that came back: its address, the mailbox's counters, and the pause when too many do."""

from __future__ import annotations

from datetime import datetime

from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import MailAccount, PauseKind
from ingot.domain.clearance import DAY, HOUR
from ingot.domain.delivery import Delivery
from ingot.domain.inbound import BounceClass
from ingot.domain.job import AuditLevel, AuditType
from ingot.domain.pace import bounce_rate, must_pause


async def bounced(
    uow: SqlAlchemyUnitOfWork, delivery: Delivery, bounce_class: BounceClass, account: MailAccount, *, now: datetime
) -> None:
    """Note a bounce once, suppress a dead address, pause the mailbox where the line is crossed. Does not commit."""
    if bounce_class is BounceClass.dead:
        # The address, not the person: who is found under another one may be written to there.
        delivery.bounce_class = bounce_class
        await uow.suppressed.suppress(delivery.recipient_key, reason="the address does not exist", now=now)
    if delivery.bounced_at is not None:
        return
    delivery.bounced_at, delivery.bounce_class = now, bounce_class
    uow.collect_events(delivery.event("DeliveryBounced"))
    await refresh_metric(uow, account.user_id, now=now, sent_now=False)
    sent, came_back = await uow.deliveries.sent_and_bounced(now, user_id=account.user_id)
    if must_pause(sent, came_back):
        reason = f"{came_back} of the last {sent} letters bounced ({bounce_rate(sent, came_back):.0%})."
        pause(uow, account, PauseKind.bounces, reason, now=now)


def pause(uow: SqlAlchemyUnitOfWork, account: MailAccount, kind: PauseKind, reason: str, *, now: datetime) -> None:
    """Stop the mailbox, and say so once."""
    if account.pause(kind, reason, now=now):
        audit.note(uow, AuditType.state_change, f"Sending is paused. {reason}", level=AuditLevel.WARNING)


async def refresh_metric(uow: SqlAlchemyUnitOfWork, user_id: str, *, now: datetime, sent_now: bool = True) -> None:
    """Bring the mailbox's counters up to date. Does not commit."""
    await uow.session.flush()
    metric = await uow.accounts.metric(user_id)
    sent, came_back = await uow.deliveries.sent_and_bounced(now, user_id=user_id)
    metric.sent_today = await uow.deliveries.count_spent(now - DAY, user_id=user_id)
    metric.sent_this_hour = await uow.deliveries.count_spent(now - HOUR, user_id=user_id)
    metric.bounce_count, metric.bounce_rate = came_back, bounce_rate(sent, came_back)
    if sent_now:
        metric.last_sent_at = now
