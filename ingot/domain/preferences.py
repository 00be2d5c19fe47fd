"""What the user wants and does not want of a company, and how much each part of a match counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(kw_only=True, eq=False)
class Preference:
    """The user's wishes and weights as stored: one row a user. See `Wishes` for what `wishes` holds.

    `weights` are points per part of the score where the user changed them; `proposal` is what was learned from decisions and
    waits for the user's yes.
    """

    user_id: str
    wishes: dict[str, Any] = field(default_factory=dict)
    weights: dict[str, int] = field(default_factory=dict)
    proposal: dict[str, Any] = field(default_factory=dict)
    id: int | None = None
    updated_at: datetime | None = None
