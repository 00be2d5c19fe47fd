"""What is queued and must not leave any more: skipped, with its follow-up, for a lead or for a suppressed mailbox."""

from __future__ import annotations

from datetime import datetime

from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import Delivery, DeliveryKind, DeliveryStatus
from ingot.domain.follow_up import FollowUp, FollowUpStatus


async def suppress_address(uow: SqlAlchemyUnitOfWork, entry: str, *, reason: str, now: datetime) -> bool:
    """Add an entry to the suppression list and skip what waits for that mailbox. Does not commit."""
    is_new = await uow.suppressed.suppress(entry, reason=reason, now=now)
    for delivery in await uow.deliveries.waiting_to(entry):
        await skip(uow, delivery)
    return is_new


async def skip_waiting(uow: SqlAlchemyUnitOfWork, lead_id: int, *, only: DeliveryKind | None = None) -> None:
    """Skip what is queued to a lead. Does not commit."""
    for delivery in await uow.deliveries.waiting_of_lead(lead_id):
        if only is None or delivery.kind is only:
            await skip(uow, delivery)


async def skip(uow: SqlAlchemyUnitOfWork, delivery: Delivery) -> None:
    """Skip one, and the follow-up that it is. Does not commit."""
    delivery.move(DeliveryStatus.skipped)
    if delivery.followup_id is not None:
        follow_up = await uow.session.get_one(FollowUp, delivery.followup_id)
        follow_up.status = FollowUpStatus.skipped
    uow.collect_events(delivery.event("DeliverySkipped"))
