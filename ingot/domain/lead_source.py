"""Where a company was found: each venue that named it keeps its own record beside the one lead."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(kw_only=True, eq=False)
class LeadSource:
    """One venue's record of a lead. Unique per lead, venue and reference; `record` is as `to_lead` keeps it."""

    lead_id: int
    venue_name: str
    venue_ref: str = ""
    url: str = ""
    record: dict[str, Any] = field(default_factory=dict)
    id: int | None = None
    created_at: datetime | None = None
