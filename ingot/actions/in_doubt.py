"""Letters of which nobody knows whether they left: looked for in Sent, never sent again blindly."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from ingot.actions.settle import left
from ingot.config.schema import AppConfig
from ingot.db import audit
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.account import MailAccount
from ingot.domain.delivery import Delivery, DeliveryStatus
from ingot.domain.job import AuditType
from ingot.errors import ValidationError

FindInSent = Callable[[str], Awaitable[bool]]
"""Whether the Sent mailbox holds exactly this Message-ID. Raises where it cannot be asked: then nothing is known."""


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What a look into Sent settled. `waiting` is too recent to mean anything, or needs a person.

    `asked` is False where the mailbox could not be asked.
    """

    found: int = 0
    queued_again: int = 0
    waiting: int = 0
    asked: bool = True


async def look_for_unknown(
    uow: Callable[[], SqlAlchemyUnitOfWork],
    find: FindInSent,
    *,
    user_id: str,
    config: AppConfig,
    now: Callable[[], datetime],
) -> Looked:
    """Settle unknown letters by their Message-ID in Sent. Commits one by one.

    Found is sent. Absent twice, minutes apart, is queued again with the same bytes; but only where a letter to oneself
    has shown that this provider files letters in Sent under the Message-ID that we gave.
    """
    async with uow() as work:
        open_ones = [item.id for item, _ in await work.deliveries.with_status(DeliveryStatus.unknown, user_id=user_id)]
    counts = {"found": 0, "queued_again": 0, "waiting": 0}
    for delivery_id in open_ones:
        async with uow() as work:
            delivery = await work.deliveries.get(delivery_id or 0)
        if not delivery.may_be_looked_for(now()):
            counts["waiting"] += 1
            continue
        present = await find(delivery.message_id)
        async with uow() as work:
            done = await _settle(work, delivery, present, config=config, now=now())
        counts[done] += 1
    return Looked(found=counts["found"], queued_again=counts["queued_again"], waiting=counts["waiting"])


async def _settle(uow: SqlAlchemyUnitOfWork, seen: Delivery, present: bool, *, config: AppConfig, now: datetime) -> str:
    account = await uow.accounts.of_user(seen.user_id)
    delivery = (await uow.deliveries.held_by([seen.id or 0])).get(seen.id or 0)
    if (
        delivery is None
        or delivery.status is not DeliveryStatus.unknown
        or delivery.unknown_since != seen.unknown_since
    ):
        return "waiting"  # another process settled it while we looked
    result = "waiting"
    if present:
        uow.collect_events(delivery.settle_sent(now=delivery.claimed_at or now, by="sent_mailbox"))
        await left(uow, [delivery], account, config=config, now=now)
        result = "found"
    elif _tells_absence(account, delivery, config) and delivery.found_absent(now=now):
        uow.collect_events(delivery.event("DeliveryQueuedAgain"))
        result = "queued_again"
    await uow.commit()
    return result


def _tells_absence(account: MailAccount, delivery: Delivery, config: AppConfig) -> bool:
    """Only the mailbox that it was sent from, and that was tried, shows by its silence that a letter did not leave."""
    return delivery.sender == config.sender_address and account.finds_in_sent(delivery.sender)


async def settle_by_hand(
    uow: SqlAlchemyUnitOfWork, delivery_id: int, *, was_sent: bool, who: str, config: AppConfig, now: datetime
) -> Delivery:
    """A person looked: it left, or it did not and may be sent again. Commits."""
    account = await uow.accounts.of_user((await uow.deliveries.get(delivery_id)).user_id)
    delivery = (await uow.deliveries.held_by([delivery_id]))[delivery_id]
    if delivery.status is not DeliveryStatus.unknown:
        raise ValidationError(
            f"Delivery {delivery_id} is {delivery.status.value}, not unknown.", hint="See `ingot mail status`."
        )
    if was_sent:
        uow.collect_events(delivery.settle_sent(now=delivery.claimed_at or now, by="person"))
        await left(uow, [delivery], account, config=config, now=now)
    else:
        delivery.queue_again(now=now)
        uow.collect_events(delivery.event("DeliveryQueuedAgain"))
    answer = "was sent" if was_sent else "was not sent"
    audit.note(
        uow,
        AuditType.state_change,
        f"Delivery {delivery_id} {answer}, said a person.",
        who=who,
        row_number=delivery.lead_id,
    )
    await uow.commit()
    return delivery
