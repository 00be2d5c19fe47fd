"""What happened, told once: domain events are written to the outbox in the commit that made them true."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class DomainEvent:
    """A fact about one aggregate. `payload` holds ids and plain values only: no names, no addresses."""

    event_type: str
    aggregate_type: str
    aggregate_id: str
    payload: dict[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True, eq=False)
class OutboxEvent:
    """A domain event as stored. `processed_at` is when the user was told of it, `hooked_at` when its hook was started."""

    event_type: str
    aggregate_type: str
    aggregate_id: str
    payload: str = "{}"
    id: int | None = None
    created_at: datetime | None = None
    processed_at: datetime | None = None
    hooked_at: datetime | None = None
