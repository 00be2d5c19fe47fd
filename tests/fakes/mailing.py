"""Letters on their way, as they stand after they were approved."""

from __future__ import annotations

from itertools import count
from typing import Any

from ingot.db.unit_of_work import SqlAlchemyUnitOfWork
from ingot.domain.delivery import SPENT, Delivery, DeliveryKind, DeliveryStatus
from ingot.domain.email import Email
from ingot.domain.lead import normal_email
from tests.fakes.entities import NOW, USER

_numbers = count(1)


async def add_delivery(
    uow: SqlAlchemyUnitOfWork,
    letter: Email,
    *,
    status: DeliveryStatus = DeliveryStatus.queued,
    kind: DeliveryKind = DeliveryKind.letter,
    recipient: str = "bo@millpond1.example",
    **changes: Any,
) -> Delivery:
    """A frozen letter that is due now; one that left, or may have, was claimed now."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "key": f"{kind.value}-made-{number}",
        "message_id": f"<made-{number}@valk.example>",
        "recipient_key": normal_email(recipient),
        "email_id": letter.id,
        "due_at": NOW,
    }
    if status in SPENT:
        given |= {"claimed_at": NOW, "attempts": 1}
    if status is DeliveryStatus.sent:
        given["sent_at"] = NOW
    return await uow.deliveries.add(
        Delivery(
            user_id=USER,
            lead_id=letter.lead_id or 0,
            kind=kind,
            status=status,
            sender="imre@valk.example",
            recipient=recipient,
            subject=letter.subject_a,
            raw=b"Subject: x\r\n\r\nhi\r\n",
            created_at=NOW,
            **{**given, **changes},
        )
    )
