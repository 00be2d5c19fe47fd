"""A campaign: one search for work, from the scouting to the answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class CampaignStatus(StrEnum):
    """Where a campaign stands."""

    active = "active"
    paused = "paused"
    completed = "completed"


@dataclass(kw_only=True, eq=False)
class Campaign:
    """A named run. `options` are the choices it was started with; a rerun under the same name goes on from there."""

    campaign_name: str
    started_at: datetime | None = None
    ended_at: datetime | None = None
    total_leads: int = 0
    total_sent: int = 0
    total_replied: int = 0
    status: CampaignStatus = CampaignStatus.active
    options: dict[str, Any] = field(default_factory=dict)
    user_id: str = "user_local"
    profile_id: int | None = None
    id: int | None = None


class GateDecision(StrEnum):
    """What a person (or a standing choice of theirs) decided about a lead."""

    approve = "approve"
    reject = "reject"
    defer = "defer"


@dataclass(kw_only=True, eq=False)
class Gate:
    """A question to a person, as a row: nothing waits in a process. `decision` is None while it is open.

    `approvals` counts the yeses (one can be taken back and given again); `continued_at` is when a run took the last one up,
    or was started to do so.
    """

    campaign_id: int
    lead_id: int
    decision: GateDecision | None = None
    decided_by: str = ""
    reason: str = ""
    id: int | None = None
    opened_at: datetime | None = None
    decided_at: datetime | None = None
    approvals: int = 0
    continued_at: datetime | None = None

    def decide(self, decision: GateDecision, *, who: str, reason: str, now: datetime) -> None:
        """Record a decision. A yes is to be taken up by a run."""
        self.decision, self.decided_by, self.reason, self.decided_at = decision, who, reason, now
        if decision is GateDecision.approve:
            self.approvals += 1
            self.continued_at = None

    def idempotency_key(self) -> str:
        """The only author of the key under which deciding this gate starts a run."""
        return f"gate-{self.id}" if self.approvals < 2 else f"gate-{self.id}-{self.approvals}"


@dataclass(kw_only=True, eq=False)
class Venue:
    """Where leads come from, and how the last visit went."""

    venue_name: str
    venue_type: str
    config_json: dict[str, Any] = field(default_factory=dict)
    last_run_at: datetime | None = None
    lead_count_discovered: int = 0
    last_error: str = ""
    id: int | None = None


@dataclass(kw_only=True, eq=False)
class OutreachMetric:
    """How much went out from one mailbox lately. `bounce_rate` is 0-1."""

    user_id: str = "user_local"
    sent_today: int = 0
    sent_this_hour: int = 0
    bounce_count: int = 0
    bounce_rate: float = 0.0
    last_sent_at: datetime | None = None
    id: int | None = None
