"""New weights proposed from what the user approved and rejected. Never applied without the user's yes.

Method: of each part, the difference of its mean share (points of points) between approved and rejected leads is shrunk by its
standard error (the positive-part rule of James and Stein: Efron and Morris 1973, JASA 68) and by the number of decisions;
what is left moves the part's weight up or down from the present one, by at most ten points. Nothing is proposed where that
would order the past decisions worse than the present weights do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor, fsum
from typing import Any

from ingot.domain.weights import PARTS, TOTAL, Weights

FEWEST_DECISIONS = 12
FEWEST_OF_A_KIND = 3
LARGEST_CHANGE = 10
# A difference of one whole share moves a weight by this many points, were there decisions without end.
_POINTS_PER_SHARE = 50
# So many decisions count half.
_HALF_TRUSTED = 20


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What the user decided of a lead, and the share (0-1) of each part that it had then."""

    approved: bool
    shares: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The weights proposed, and the share (0-1) of pairs of an approved and a rejected lead that each ordering has right."""

    before: dict[str, int]
    after: dict[str, int]
    decisions: int
    concordance_before: float
    concordance_after: float

    @property
    def is_change(self) -> bool:
        """Whether anything is proposed at all."""
        return self.before != self.after


def decision_of(breakdown: Sequence[Mapping[str, Any]], *, approved: bool) -> Decision | None:
    """A decision from the breakdown stored with the match; None where that is older than today's parts."""
    shares = {row["part"]: row["points"] / row["of"] if row["of"] else 0.0 for row in breakdown if row["part"] in PARTS}
    return Decision(approved=approved, shares=shares) if shares.keys() == PARTS.keys() else None


def missing_decisions(decisions: Sequence[Decision]) -> str:
    """How many decisions are still missing before anything can be learned, in words; "" where there are enough."""
    approved = sum(decision.approved for decision in decisions)
    rejected = len(decisions) - approved
    wanting = {
        "more decisions": FEWEST_DECISIONS - len(decisions),
        "more approved": FEWEST_OF_A_KIND - approved,
        "more rejected": FEWEST_OF_A_KIND - rejected,
    }
    return ", ".join(f"{number} {what}" for what, number in wanting.items() if number > 0)


def propose(decisions: Sequence[Decision], weights: Weights) -> Proposal:
    """Weights that order the decisions better, or the present ones. Wants decisions of both kinds."""
    kept = {part: _signal(part, decisions) for part in PARTS}
    mean = fsum(kept.values()) / len(kept)
    trust = len(decisions) / (len(decisions) + _HALF_TRUSTED)
    wished = {part: weights[part] + _POINTS_PER_SHARE * trust * (kept[part] - mean) for part in PARTS}
    after = _within_bounds(wished, weights)
    before = {part: weights[part] for part in PARTS}
    agreed, agreed_after = concordance(decisions, before), concordance(decisions, after)
    if agreed_after < agreed:
        after, agreed_after = before, agreed
    return Proposal(
        before=before,
        after=after,
        decisions=len(decisions),
        concordance_before=agreed,
        concordance_after=agreed_after,
    )


def concordance(decisions: Sequence[Decision], weights: Weights) -> float:
    """The share (0-1) of pairs of an approved and a rejected lead in which the approved one scores higher; ties count half."""
    scored = [
        (decision.approved, fsum(weights[part] * decision.shares[part] for part in PARTS)) for decision in decisions
    ]
    approved = [score for yes, score in scored if yes]
    rejected = [score for yes, score in scored if not yes]
    right = sum(1.0 if high > low else 0.5 if high == low else 0.0 for high in approved for low in rejected)
    return right / (len(approved) * len(rejected))


def _signal(part: str, decisions: Sequence[Decision]) -> float:
    """The difference of the means, shrunk towards 0 by how uncertain it is."""
    approved = [decision.shares[part] for decision in decisions if decision.approved]
    rejected = [decision.shares[part] for decision in decisions if not decision.approved]
    difference = fsum(approved) / len(approved) - fsum(rejected) / len(rejected)
    noise = _variance(approved) / len(approved) + _variance(rejected) / len(rejected)
    return difference * max(0.0, 1 - noise / difference**2) if abs(difference) > 1e-9 else 0.0


def _variance(values: Sequence[float]) -> float:
    mean = fsum(values) / len(values)
    return fsum((value - mean) ** 2 for value in values) / max(1, len(values) - 1)


def _within_bounds(wished: Mapping[str, float], weights: Weights) -> dict[str, int]:
    """Whole points that sum to 100, each within ten of the present ones and not below 0, as near to the wished as can be."""
    low = {part: max(0, weights[part] - LARGEST_CHANGE) for part in PARTS}
    high = {part: weights[part] + LARGEST_CHANGE for part in PARTS}

    def shifted(by: float) -> dict[str, float]:
        return {part: min(high[part], max(low[part], wished[part] + by)) for part in PARTS}

    least, most = -2.0 * TOTAL, 2.0 * TOTAL
    for _ in range(60):  # halves the uncertainty each time: far below a point
        middle = (least + most) / 2
        least, most = (middle, most) if fsum(shifted(middle).values()) < TOTAL else (least, middle)
    exact = shifted(most)
    points = {part: floor(exact[part] + 1e-6) for part in PARTS}
    by_rest = sorted(PARTS, key=lambda part: points[part] - exact[part])
    for part in by_rest[: TOTAL - sum(points.values())]:
        points[part] += 1
    return points
