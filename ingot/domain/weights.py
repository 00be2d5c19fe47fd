"""How many of the hundred points each part of a match is worth."""

from __future__ import annotations

from collections.abc import Mapping

from ingot.errors import ValidationError

Weights = Mapping[str, int]

# What a part looks at; the defaults were chosen so that, of 300 companies, the skills and the role decide the order.
PARTS: dict[str, str] = {
    "skills": "technologies the company names and your résumé shows",
    "experience": "its open roles against your titles, and the topics you share",
    "industry": "the industries it works in and those you come from",
    "seniority": "the years it asks for and the years you have",
    "size": "how many people it has",
    "location": "its place, remote work and visas",
    "wishes": "your other preferences and must-haves",
}
DEFAULT_WEIGHTS: dict[str, int] = {
    "skills": 28,
    "experience": 27,
    "industry": 12,
    "seniority": 8,
    "size": 5,
    "location": 10,
    "wishes": 10,
}
TOTAL = 100


def weights_of(stored: Weights) -> dict[str, int]:
    """The points of every part: as stored, or the defaults where nothing is stored."""
    return {part: stored.get(part, 0) for part in PARTS} if stored else dict(DEFAULT_WEIGHTS)


def changed(weights: Weights, changes: Weights) -> dict[str, int]:
    """The weights with some of them replaced. Raises `ValidationError` unless they are then points that sum to 100."""
    for part, points in changes.items():
        if part not in PARTS:
            raise ValidationError(f"There is no part {part!r} of a match.", hint=f"The parts are: {', '.join(PARTS)}.")
        if not 0 <= points <= TOTAL:
            raise ValidationError(f"{part} cannot be worth {points} points.", hint="Give a number from 0 to 100.")
    merged = {part: changes.get(part, weights[part]) for part in PARTS}
    total = sum(merged.values())
    if total != TOTAL:
        shown = " ".join(f"{part}={points}" for part, points in merged.items())
        off = f"{total - TOTAL} too many" if total > TOTAL else f"{TOTAL - total} too few"
        raise ValidationError(
            f"The points sum to {total}, {off}; nothing was changed.",
            hint=f"Name other parts too. It would be: {shown}",
        )
    return merged
