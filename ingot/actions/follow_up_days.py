"""When follow-ups are due: one after the other, counted from what left before, and behind an absence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ingot.config.schema import AppConfig
from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import Delivery, DeliveryKind, DeliveryStatus
from ingot.domain.send_window import business_day_after


async def date_next(uow: SqlAlchemyUnitOfWork, left: Sequence[Delivery], *, config: AppConfig) -> None:
    """Give each letter's next follow-up its day. Does not commit.

    The one after it gets none yet: two that were kept back for long would leave together.
    """
    before = {item.email_id: item for item in left if item.email_id is not None}
    away = await uow.inbox.away_until([item.lead_id for item in before.values()])
    waiting = await uow.deliveries.of_letters(before, DeliveryKind.follow_up)  # in the order of their days
    days = await uow.letters.follow_up_days(
        item.followup_id for item in (*waiting, *left) if item.followup_id is not None
    )
    for later in waiting:
        first = before.get(later.email_id or 0) if later.status is DeliveryStatus.queued else None
        if first is None or first.sent_at is None:
            continue
        del before[first.email_id or 0]
        gap = days[later.followup_id or 0] - days.get(first.followup_id or 0, 0)  # the letter itself is day 0
        later.due_at = business_day_after(first.sent_at, gap, later.zone, at=config.window.start)
        if (until := away.get(later.lead_id)) is not None:
            later.due_at = max(later.due_at, after_absence(until, later.zone, config=config))


def after_absence(until: date, zone: str, *, config: AppConfig) -> datetime:
    """The first business day behind the day on which somebody is back."""
    back = datetime.combine(until, config.window.start, tzinfo=ZoneInfo(zone))
    return business_day_after(back, 1, zone, at=config.window.start)
