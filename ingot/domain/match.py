"""How well a lead fits the user."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Confidence(StrEnum):
    """How much the match score can be trusted, given how much was known."""

    low = "low"
    medium = "medium"
    high = "high"


@dataclass(kw_only=True, eq=False)
class Match:
    """A score of 0-100 with the parts it was computed from, and why it matters in one sentence."""

    match_score: int
    lead_id: int | None = None
    value_proposition: str = ""
    confidence_level: Confidence = Confidence.medium
    breakdown: list[dict[str, Any]] = field(default_factory=list)
    engine: str = ""
    id: int | None = None
    created_at: datetime | None = None
